"""Moodle XML: exercises as essay questions, self-checks as multiple-choice questions, a category a chapter.

Source: docs.moodle.org, "Moodle XML format", and the importer's own code (question/format/xml/format.php).
"""

from __future__ import annotations

import base64
import re
from typing import TYPE_CHECKING

from .xml import document, element

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path
    from xml.etree.ElementTree import Element

    from .model import Choice, Export, Item, Sheet

#: What a student finds in the field of the answer.
TEMPLATE = (
    "<p><strong>My answer</strong></p>\n<p></p>\n"
    "<p><strong>The sources it rests on, with page or paragraph</strong></p>\n<p></p>\n"
    "<p><strong>What would change my mind</strong></p>\n<p></p>"
)
LINES = "20"
_IMAGE = re.compile(r'src="images/([^"]+)"')


def moodle_file(export: Export) -> bytes:
    """Return the question bank; with keys, these are the graders' information, which students never see."""
    questions: list[Element] = []
    for chapter in export.chapters:
        # a slash in a category's name is written twice
        path = "/".join(name.replace("/", "//") for name in (export.course, chapter.title))
        questions.append(element("question", [element("category", [_text(f"$course$/top/{path}")])], type="category"))
        for sheet in chapter.sheets:
            questions += _check(sheet) if sheet.is_check else [_essay(sheet)]
    return document(element("quiz", questions))


def _text(text: str) -> Element:
    return element("text", text)


def _html(tag: str, html: str, images: Mapping[str, Path] | None = None, /, **attributes: str) -> Element:
    """Return a field of HTML with the files that it shows."""
    named = set(_IMAGE.findall(html))
    files = [
        element("file", base64.b64encode(path.read_bytes()).decode(), name=name, path="/", encoding="base64")
        for name, path in (images or {}).items()
        if name in named
    ]
    return element(
        tag, [_text(_IMAGE.sub(r'src="@@PLUGINFILE@@/\1"', html)), *files], **attributes, format="html"
    )  # fmt: skip


def _question(kind: str, identifier: str, name: str, text: Element, feedback: str, rest: Iterable[Element]) -> Element:
    return element(
        "question",
        [
            element("name", [_text(name)]),
            text,
            _html("generalfeedback", feedback),
            element("defaultgrade", "1"),
            element("penalty", "0"),
            element("hidden", "0"),
            element("idnumber", identifier),
            *rest,
        ],
        type=kind,
    )


def _tags(sheet: Sheet) -> Element:
    return element("tags", [element("tag", [_text(tag)]) for tag in sheet.tags])


def _essay(sheet: Sheet) -> Element:
    settings = {
        "responseformat": "editor", "responserequired": "1", "responsefieldlines": LINES, "attachments": "0",
        "attachmentsrequired": "0",
    }  # fmt: skip
    return _question(
        "essay",
        sheet.id,
        sheet.exercise.title,
        _html("questiontext", sheet.body, sheet.images),
        "",
        [
            *(element(name, value) for name, value in settings.items()),
            _html("graderinfo", sheet.key, sheet.key_images),
            _html("responsetemplate", TEMPLATE),
            _tags(sheet),
        ],
    )


def _check(sheet: Sheet) -> list[Element]:
    return [_choices(sheet, item, number) for number, item in enumerate(sheet.items, 1)]


def _choices(sheet: Sheet, item: Item, number: int) -> Element:
    settings = {"single": "true", "shuffleanswers": "true", "answernumbering": "ABCD", "showstandardinstruction": "0"}
    return _question(
        "multichoice",
        item.id,
        f"{sheet.exercise.title}, question {number}",
        _html("questiontext", f"<p>{item.html}</p>", sheet.images),
        f"<p>Sources</p>\n{item.sources}" if item.sources else "",
        [
            *(element(name, value) for name, value in settings.items()),
            *(_html(tag, "") for tag in ("correctfeedback", "partiallycorrectfeedback", "incorrectfeedback")),
            *(_answer(choice, sheet.images) for choice in item.choices),
            _tags(sheet),
        ],
    )


def _answer(choice: Choice, images: Mapping[str, Path]) -> Element:
    answer = _html("answer", f"<p>{choice.html}</p>", images, fraction="100" if choice.correct else "0")
    answer.append(_html("feedback", choice.explanation, images))
    return answer
