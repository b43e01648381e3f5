"""A handout as one HTML file that needs nothing else: docutils' own HTML 5 writer, and a style sheet inside."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING, Any

from docutils import nodes
from docutils.core import publish_from_doctree
from docutils.writers import html5_polyglot

if TYPE_CHECKING:
    from .builder import Frame

STYLE = """
:root { color-scheme: light; }
body { max-width: 42rem; margin: 0 auto; padding: 2rem 1rem; font: 1.05rem/1.55 "Source Serif 4", Georgia, serif; color: #1a1a1a; background: #fff; }
h1, h2, h3, h4, .rubric, th { font-family: "Source Sans 3", system-ui, sans-serif; line-height: 1.25; }
h1 { font-size: 1.9rem; } h2 { font-size: 1.4rem; } h3 { font-size: 1.1rem; }
section.exercise { margin-top: 2.5rem; border-top: 1px solid #767676; }
a { color: #1b4965; } .rubric { font-weight: 600; }
.exercise-facts { padding: .4rem 1rem; background: #f3f6f8; font-size: .95em; }
.exercise-facts p { margin: .4rem 0; } li > p { margin: .25rem 0; }
table { width: 100%; border-collapse: collapse; font-size: .9em; } th, td { padding: .35rem .5rem; border: 1px solid #767676; text-align: left; vertical-align: top; }
th p, td p { margin: 0; }
#sources ul { padding: 0; list-style: none; } #sources li { padding-left: 1.5rem; text-indent: -1.5rem; overflow-wrap: anywhere; }
aside.admonition { margin: 1rem 0; padding: .1rem 1rem; border-left: .25rem solid #1b4965; }
.writing-space { height: 16rem; background: repeating-linear-gradient(transparent 0 calc(2rem - 1px), #767676 calc(2rem - 1px) 2rem); print-color-adjust: exact; -webkit-print-color-adjust: exact; }
footer { margin-top: 3rem; border-top: 1px solid #767676; font-size: .85em; }
@media print { body { max-width: none; padding: 0; font-size: 11pt; } h2, h3, .rubric { break-after: avoid; } tr, .exercise-facts, .writing-space { break-inside: avoid; } }
"""  # noqa: E501 (a style sheet)


class Translator(html5_polyglot.HTMLTranslator):
    """Writes docutils' nodes; of a node that only Sphinx knows, what is in it."""

    def unknown_visit(self, node: nodes.Node) -> None:
        """Go on to what is in the node."""

    def unknown_departure(self, node: nodes.Node) -> None:
        """Come back from what was in it."""

    def visit_thead(self, node: nodes.thead) -> None:
        """Say of the cells in the head that they head their columns."""
        for entry in node.findall(nodes.entry):
            entry["is_heading"] = True
        super().visit_thead(node)

    def visit_entry(self, node: nodes.entry) -> None:
        super().visit_entry(node)
        if node.get("is_heading"):
            self.body[-1] = self.body[-1].replace("<th", '<th scope="col"', 1)


class Writer(html5_polyglot.Writer):
    """docutils' writer with the translator above."""

    def __init__(self) -> None:
        super().__init__()
        self.translator_class = Translator


def write(doctree: nodes.document, frame: Frame) -> bytes:
    """Return a resolved document as a web page."""
    writer = Writer()
    settings: dict[str, Any] = {
        "_disable_config": True,  # a docutils.conf that lies about must not change a handout
        "language_code": frame.language,
        "initial_header_level": "1",
        "output_encoding": "unicode",
        "table_style": "colwidths-auto",
    }
    publish_from_doctree(doctree.deepcopy(), writer=writer, settings_overrides=settings)
    return (
        f'<!DOCTYPE html>\n<html lang="{escape(frame.language)}">\n<head>\n<meta charset="utf-8">\n'
        f'<meta name="viewport" content="width=device-width, initial-scale=1">\n<title>{escape(frame.title)}</title>\n'
        f"<style>{STYLE}</style>\n</head>\n<body>\n<main>\n{writer.parts['body'].strip()}\n</main>\n"
        f"<footer><p>{escape(frame.origin)}</p></footer>\n</body>\n</html>\n"
    ).encode()
