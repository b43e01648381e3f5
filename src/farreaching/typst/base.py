"""The machinery of the translator: what it writes to, the targets it sets, what it does with an unknown node."""

from __future__ import annotations

from typing import TYPE_CHECKING

from docutils import nodes
from sphinx.util.docutils import SphinxTranslator

from ..nodes import SCREEN_ONLY
from .fonts import missing
from .literals import string

if TYPE_CHECKING:
    from sphinx.builders import Builder

    from .builder import TypstBuilder
    from .volume import Entry, Volume


class CodeWriter(SphinxTranslator):
    """Writes a document as statements of Typst's code mode into `body`."""

    builder: TypstBuilder

    def __init__(self, document: nodes.document, builder: Builder) -> None:
        super().__init__(document, builder)
        self.body: list[str] = []
        self._waiting: list[str] = []  # labels to set before the next printed thing
        self._holding = 0  # above 0 where a label would be printed twice (headings, heads of tables)
        self._depth = 0
        self._languages: list[str] = []

    def begin(self, volume: Volume, entry: Entry) -> None:
        """Say which PDF, and which place in it, the document is translated for."""
        self.volume, self.entry, self.docname = volume, entry, entry.docname
        notes = list(self.document.findall(nodes.footnote))
        self._footnotes: dict[str, nodes.footnote] = {node_id: note for note in notes for node_id in note["ids"]}
        self._referenced = {reference["refid"] for reference in self.document.findall(nodes.footnote_reference)}
        if next(self.document.findall(nodes.section), None) is None:
            message = "this document has no title for the contents. Begin it with one."
            self.builder.problem(message, location=self.docname)

    def dispatch_visit(self, node: nodes.Node) -> None:
        if isinstance(node, nodes.Element):
            if SCREEN_ONLY in node.get("classes", ()):
                raise nodes.SkipNode
            # a section's ids are its heading's label, a footnote's its note's
            if not isinstance(node, (nodes.section, nodes.title, nodes.footnote, nodes.document)) and not isinstance(
                node.parent, nodes.title
            ):
                self._await(node)
        super().dispatch_visit(node)

    def unknown_visit(self, node: nodes.Node) -> None:
        self.builder.problem(
            "the node '%s' has no print form in the PDF (document '%s'). Give it one with app.add_node(…, typst=…), "
            "turn it into standard nodes in a post-transform, or give it the class '%s'.",
            node.__class__.__name__, self.docname, SCREEN_ONLY, location=node,
        )  # fmt: skip
        raise nodes.SkipNode

    def add(self, code: str) -> None:
        """Write a statement."""
        self.body.append(f"{code}\n")

    def block(self, *children: nodes.Node) -> str:
        """Return nodes as a code block that gives their content."""
        outer, self.body = self.body, []
        for child in children:
            child.walkabout(self)
        inner, self.body = self.body, outer
        return f"{{[]\n{''.join(inner)}}}"

    def _label(self, docname: str, node_id: str) -> str | None:
        return self.volume.labels.get(f"{docname}#{node_id}" if node_id else docname)

    def _await(self, node: nodes.Element) -> None:
        """Have a node's ids stand before the next thing that is printed, and so on its page."""
        ids: list[str] = node["ids"]
        self._waiting += filter(None, (self._label(self.docname, node_id) for node_id in ids))

    def _anchors(self) -> str:
        if self._holding or not self._waiting:
            return ""
        labels, self._waiting = self._waiting, []
        return "".join(f"anchor({string(label)})\n" for label in dict.fromkeys(labels))

    def _wrap(self, function: str, node: nodes.Element) -> None:
        """Write a function of the node's content."""
        self.add(f"{function}({self.block(*node.children)})")
        raise nodes.SkipNode

    def _checked(self, text: str, node: nodes.Node) -> str:
        """Return the text; report what no font can print."""
        if characters := missing(text):
            named = ", ".join(f"'{character}' (U+{ord(character):04X})" for character in characters)
            self.builder.problem(
                "no font of the print edition has %s, used in '%s'. Write it otherwise, or add a font for it.",
                named, self.docname, location=node.parent if isinstance(node, nodes.Text) else node,
            )  # fmt: skip
        return text


def boolean(value: bool) -> str:
    """Return a Typst boolean."""
    return "true" if value else "false"


def write_children(self: CodeWriter, node: nodes.Element) -> None:
    """Visit a node that only holds others."""


def end(self: CodeWriter, node: nodes.Element) -> None:
    """Depart from a node that wrote all of itself when it was visited."""


def leave_out(self: CodeWriter, node: nodes.Element) -> None:
    """Visit a node that is not for readers."""
    raise nodes.SkipNode
