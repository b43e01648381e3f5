"""A Common Cartridge 1.3: exercises as discussion topics, self-checks as assessments, keys for instructors only.

Source: IMS Common Cartridge Profile 1.3 with its schemas: the manifest, the discussion topic (4.7), the roles of
resources (``intendedEndUserRole``) and their intended use.
"""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

from .model import images_of
from .qti import cartridge_check, with_base
from .xml import document, element

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path
    from xml.etree.ElementTree import Element

    from .model import Export, Sheet

PACKAGE = "http://www.imsglobal.org/xsd/imsccv1p3/imscp_v1p1"
TOPIC = "http://www.imsglobal.org/xsd/imsccv1p3/imsdt_v1p3"
LOM_MANIFEST = "http://ltsc.ieee.org/xsd/imsccv1p3/LOM/manifest"
LOM_RESOURCE = "http://ltsc.ieee.org/xsd/imsccv1p3/LOM/resource"
KEYS = "Keys (for instructors only)"


def cartridge_files(export: Export) -> Iterator[tuple[str, bytes]]:
    """Yield the files of a cartridge, the manifest first."""
    yield "imsmanifest.xml", document(_manifest(export))
    for sheet in export.sheets:
        if sheet.is_check:
            yield _href(export, sheet), cartridge_check(export, sheet)
        else:
            yield _href(export, sheet), document(_topic(sheet))
    for sheet in _with_key(export):
        yield _key_href(export, sheet), key_page(sheet, export.language, "../images/").encode()
    for name, path in _images(export).items():
        yield f"images/{name}", path.read_bytes()


def key_page(sheet: Sheet, language: str, images: str) -> str:
    """Return a key as a page of its own; `images` leads from it to the folder of images."""
    title = escape(f"Key: {sheet.exercise.title}")
    body = sheet.key.replace('src="images/', f'src="{images}')
    return (
        f'<!DOCTYPE html>\n<html lang="{language}">\n<head>\n<meta charset="utf-8">\n<title>{title}</title>\n</head>\n'
        f"<body>\n<h2>{title}</h2>\n{body}\n</body>\n</html>\n"
    )


def _topic(sheet: Sheet) -> Element:
    text = element("text", with_base(sheet.body), texttype="text/html")
    return element("topic", [element("title", sheet.exercise.title), text], xmlns=TOPIC)


def _manifest(export: Export) -> Element:
    modules = [
        _module(
            export,
            chapter.docname,
            chapter.title,
            [(_identifier(export, sheet), sheet.exercise.title) for sheet in chapter.sheets],
        )
        for chapter in export.chapters
    ]
    if keys := [(export.identifier("key", sheet.id), f"Key: {sheet.exercise.title}") for sheet in _with_key(export)]:
        modules.append(_module(export, "keys", KEYS, keys))
    root = element("item", modules, identifier=export.identifier("root"))
    organization = element("organization", [root], identifier=export.identifier("organization"), structure="rooted-hierarchy")
    return element(
        "manifest",
        [
            element(
                "metadata",
                [
                    element("schema", "IMS Common Cartridge"),
                    element("schemaversion", "1.3.0"),
                    _lom_of_manifest(export),
                ],
            ),
            element("organizations", [organization]),
            element("resources", list(_resources(export))),
        ],
        identifier=export.identifier("cartridge", export.name),
        **{"xmlns": PACKAGE, "xmlns:lomimscc": LOM_MANIFEST, "xmlns:lom": LOM_RESOURCE},
    )


def _module(export: Export, name: str, title: str, items: list[tuple[str, str]]) -> Element:
    listed = [
        element("item", [element("title", words)], identifier=export.identifier("place", resource), identifierref=resource)
        for resource, words in items
    ]
    return element("item", [element("title", title), *listed], identifier=export.identifier("module", name))


def _lom_of_manifest(export: Export) -> Element:
    def string(name: str, text: str) -> Element:
        return element(f"lomimscc:{name}", [element("lomimscc:string", text, language=export.language)])

    restricted = element("lomimscc:copyrightAndOtherRestrictions", [element("lomimscc:value", "yes")])
    return element(
        "lomimscc:lom",
        [
            element("lomimscc:general", [string("title", export.course)]),
            element("lomimscc:rights", [restricted, string("description", export.rights)]),
        ],
    )


def _resources(export: Export) -> Iterator[Element]:
    for sheet in export.sheets:
        kind = "imsqti_xmlv1p2/imscc_xmlv1p3/assessment" if sheet.is_check else "imsdt_xmlv1p3"
        needed = [element("dependency", identifierref=export.identifier("image", name)) for name in sorted(sheet.images)]
        yield element(
            "resource", [element("file", href=_href(export, sheet)), *needed], identifier=_identifier(export, sheet), type=kind
        )
    for sheet in _with_key(export):
        href = _key_href(export, sheet)
        needed = [element("dependency", identifierref=export.identifier("image", name)) for name in sorted(sheet.key_images)]
        yield element(
            "resource", [_for_instructors(), element("file", href=href), *needed],
            identifier=export.identifier("key", sheet.id), type="webcontent", href=href, intendeduse="lessonplan",
        )  # fmt: skip
    in_sheets = images_of(export.sheets, keys=False)
    for name in _images(export):
        href = f"images/{name}"
        role = [] if name in in_sheets else [_for_instructors()]
        yield element(
            "resource", [*role, element("file", href=href)],
            identifier=export.identifier("image", name), type="webcontent", href=href,
        )  # fmt: skip


def _for_instructors() -> Element:
    """Return the metadata that keeps a resource from learners (profile 1.3: vocabulary of roles)."""
    role = [element("lom:source", "IMSGLC_CC_Rolesv1p1"), element("lom:value", "Instructor")]
    educational = element("lom:educational", [element("lom:intendedEndUserRole", role)])
    return element("metadata", [element("lom:lom", [educational])])


def _images(export: Export) -> dict[str, Path]:
    return images_of(export.sheets, keys=False) | images_of(_with_key(export), keys=True)


def _with_key(export: Export) -> list[Sheet]:
    return [sheet for sheet in export.sheets if sheet.key]


def _identifier(export: Export, sheet: Sheet) -> str:
    return export.identifier("check" if sheet.is_check else "topic", sheet.id)


def _href(export: Export, sheet: Sheet) -> str:
    return f"{'checks' if sheet.is_check else 'topics'}/{_identifier(export, sheet)}.xml"


def _key_href(export: Export, sheet: Sheet) -> str:
    return f"keys/{export.identifier('key', sheet.id)}.html"
