"""Questions in QTI 1.2.1, in two dialects: the profile of Common Cartridge 1.3, and what Canvas reads.

Sources: IMS Question & Test Interoperability 1.2.1, ASI XML Binding; IMS Common Cartridge Profile 1.3, section 4.10
(metadata fields, one section, items only); Canvas's own exports for ``question_type`` and ``points_possible``.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from .model import images_of
from .xml import document, element

if TYPE_CHECKING:
    from collections.abc import Iterator
    from xml.etree.ElementTree import Element

    from .model import Export, Item, Sheet

NAMESPACE = "http://www.imsglobal.org/xsd/ims_qtiasiv1p2"
#: Stands in HTML for the folder of the package (Common Cartridge Profile, 4.3.2; Canvas reads it too).
FILE_BASE = "$IMS-CC-FILEBASE$"
RESPONSE, SCORE = "response1", "100"


def with_base(html: str) -> str:
    """Return HTML whose images are named from the package's folder."""
    return html.replace('src="images/', f'src="{FILE_BASE}/images/')


def canvas_files(export: Export) -> Iterator[tuple[str, bytes]]:
    """Yield the files of a package for Canvas: a manifest, and an unpublished quiz for each exercise or self-check."""
    yield "imsmanifest.xml", document(_canvas_manifest(export))
    for sheet in export.sheets:
        quiz = export.identifier("quiz", sheet.id)
        items = (
            [_choice_item(export, item, number, canvas=True) for number, item in enumerate(sheet.items, 1)]
            if sheet.is_check
            else [_essay_item(export, sheet)]
        )
        yield f"{quiz}/{quiz}.xml", document(_assessment(quiz, sheet.exercise.title, {}, items))
    for name, path in images_of(export.sheets, keys=False).items():
        yield f"images/{name}", path.read_bytes()


def cartridge_check(export: Export, sheet: Sheet) -> bytes:
    """Return a self-check as an assessment of a Common Cartridge."""
    fields = {
        "cc_profile": "cc.exam.v0p1",
        "qmd_assessmenttype": "Examination",
        "qmd_scoretype": "Percentage",
        "cc_maxattempts": "unlimited",
    }
    items = [_choice_item(export, item, number, canvas=False) for number, item in enumerate(sheet.items, 1)]
    return document(_assessment(export.identifier("check", sheet.id), sheet.exercise.title, fields, items))


def _canvas_manifest(export: Export) -> Element:
    resources = []
    for sheet in export.sheets:
        quiz = export.identifier("quiz", sheet.id)
        resources.append(
            element("resource", [element("file", href=f"{quiz}/{quiz}.xml")], identifier=quiz, type="imsqti_xmlv1p2")
        )
    for name in images_of(export.sheets, keys=False):
        href = f"images/{name}"
        resources.append(
            element(
                "resource", [element("file", href=href)],
                identifier=export.identifier("image", name), type="webcontent", href=href,
            )
        )  # fmt: skip
    return element(
        "manifest",
        [
            element("metadata", [element("schema", "IMS Content"), element("schemaversion", "1.1.3")]),
            element("organizations"),
            element("resources", resources),
        ],
        identifier=export.identifier("canvas", export.name),
        xmlns="http://www.imsglobal.org/xsd/imsccv1p1/imscp_v1p1",
    )


def _assessment(identifier: str, title: str, fields: dict[str, str], items: list[Element]) -> Element:
    parts = [_metadata(fields)] if fields else []
    section = element("section", items, ident="root_section")
    assessment = element("assessment", [*parts, section], ident=identifier, title=title)
    return element("questestinterop", [assessment], xmlns=NAMESPACE)


def _metadata(fields: dict[str, str]) -> Element:
    return element(
        "qtimetadata",
        [
            element("qtimetadatafield", [element("fieldlabel", label), element("fieldentry", entry)])
            for label, entry in fields.items()
        ],
    )


def _essay_item(export: Export, sheet: Sheet) -> Element:
    """Return the exercise as an essay; it holds no model answer."""
    fields = {"question_type": "essay_question", "points_possible": "1"}
    answer = element("render_fib", [element("response_label", ident="answer1", rshuffle="No")])
    presentation = [_material(sheet.body), element("response_str", [answer], ident=RESPONSE, rcardinality="Single")]
    return element(
        "item",
        [
            element("itemmetadata", [_metadata(fields)]),
            element("presentation", presentation),
            _processing([element("respcondition", [_when(element("other"))], **{"continue": "No"})]),
        ],
        ident=export.identifier("item", sheet.id),
        title=sheet.exercise.title,
    )


def _choice_item(export: Export, item: Item, number: int, *, canvas: bool) -> Element:
    """Return a question with one right answer; every answer has its feedback, and the sources stand in the general one."""
    fields = (
        {"question_type": "multiple_choice_question", "points_possible": "1"}
        if canvas
        else {"cc_profile": "cc.multiple_choice.v0p1"}
    )
    idents = [export.identifier("choice", item.id, str(place)) for place in range(len(item.choices))]
    labels = [
        element("response_label", [_material(choice.html)], ident=ident)
        for ident, choice in zip(idents, item.choices, strict=True)
    ]
    asked = element("response_lid", [element("render_choice", labels)], ident=RESPONSE, rcardinality="Single")
    conditions, feedback = [], []
    if item.sources:
        conditions.append(_show(element("other"), "general_fb"))
        feedback.append(_feedback("general_fb", f"<p>Sources</p>\n{item.sources}"))
    for ident, choice in zip(idents, item.choices, strict=True):
        conditions.append(_show(_equals(ident), f"{ident}_fb"))
        feedback.append(_feedback(f"{ident}_fb", choice.explanation))
    right = next(ident for ident, choice in zip(idents, item.choices, strict=True) if choice.correct)
    scored = [_when(_equals(right)), element("setvar", SCORE, action="Set", varname="SCORE")]
    conditions.append(element("respcondition", scored, **{"continue": "No"}))
    return element(
        "item",
        [
            element("itemmetadata", [_metadata(fields)]),
            element("presentation", [_material(item.html), asked]),
            _processing(conditions),
            *feedback,
        ],
        ident=export.identifier("item", item.id),
        title=f"Question {number}",
    )


def _material(html: str) -> Element:
    return element("material", [element("mattext", with_base(html), texttype="text/html")])


def _processing(conditions: list[Element]) -> Element:
    variable = element("decvar", maxvalue=SCORE, minvalue="0", varname="SCORE", vartype="Decimal")
    return element("resprocessing", [element("outcomes", [variable]), *conditions])


def _when(test: Element) -> Element:
    return element("conditionvar", [test])


def _equals(ident: str) -> Element:
    return element("varequal", ident, respident=RESPONSE)


def _show(test: Element, feedback: str) -> Element:
    shown = element("displayfeedback", feedbacktype="Response", linkrefid=feedback)
    return element("respcondition", [_when(test), shown], **{"continue": "Yes"})


def _feedback(identifier: str, html: str) -> Element:
    return element("itemfeedback", [element("flow_mat", [_material(html)])], ident=identifier)
