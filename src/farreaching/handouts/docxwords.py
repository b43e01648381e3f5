"""Paragraphs of a Word document and the words in them: styles, links, places to which links lead."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

from docutils import nodes
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml import OxmlElement
from docx.oxml.ns import qn

from .docxparts import Lists
from .walk import language, visible, words

if TYPE_CHECKING:
    from collections.abc import Iterable

    from docx.text.paragraph import Paragraph

#: Begins the names of bookmarks; a number follows.
PLACE = "place_"


class WordWriter:
    """Writes paragraphs, and the nodes of a line into them."""

    def __init__(self, document: Any, doctree: nodes.document) -> None:
        self.document = document
        self.home: Any = document  #: where paragraphs go: the document, or a cell
        self.level = 0  # of the section
        self.lists = Lists(document)
        # python-docx looks for the default style at every use of another: a third of the time
        self.styles = {style.name: style.style_id for style in document.styles}
        self.list_level = -1
        self.style = ""  # of paragraphs in a box
        self.numbered: tuple[str, int] | None = None  # style and number of the list item that begins
        self.linked = {node["refid"] for node in doctree.findall(nodes.reference) if "refid" in node}
        self.bookmarks: dict[str, str] = {}  # id → its bookmark's name
        self.waiting: list[str] = []  # ids whose place is the next paragraph

    # paragraphs

    def paragraph(self, style: str = "") -> Paragraph:
        """Return a new paragraph at the end, as its place wants it."""
        fresh = self.home.paragraphs[0] if self._is_fresh_cell() else self.home.add_paragraph()
        paragraph = cast("Paragraph", fresh)
        if self.numbered:
            name, number = self.numbered
            paragraph._p.style = self.styles[name]
            self.lists.number(paragraph, number, self.list_level)
            self.numbered = None
        elif self.list_level >= 0 and not style:
            paragraph._p.style = self.styles["List Continue"]
            self.lists.indent(paragraph, self.list_level)
        elif style or self.style:
            paragraph._p.style = self.styles[style or self.style]
        for node_id in self.waiting:
            self._bookmark(paragraph, node_id)
        self.waiting = []
        return paragraph

    def _is_fresh_cell(self) -> bool:
        if self.home is self.document or not getattr(self.home, "is_fresh", False):
            return False
        self.home.is_fresh = False
        return True

    def _bookmark(self, paragraph: Paragraph, node_id: str) -> None:
        name = self._name(node_id)
        number = name.removeprefix(PLACE)
        start, end = OxmlElement("w:bookmarkStart"), OxmlElement("w:bookmarkEnd")
        start.set(qn("w:id"), number)
        start.set(qn("w:name"), name)
        end.set(qn("w:id"), number)
        paragraph._p.append(start)
        paragraph._p.append(end)

    def _name(self, node_id: str) -> str:
        """Return an id as a bookmark's name, of which Word takes 40 characters."""
        return self.bookmarks.setdefault(node_id, f"{PLACE}{len(self.bookmarks) + 1}")

    def _await(self, node: nodes.Element) -> None:
        self.waiting += [node_id for node_id in node["ids"] if node_id in self.linked]

    # words in a line

    def inline(self, paragraph: Paragraph, children: Iterable[nodes.Node], **form: Any) -> None:
        """Write nodes of a line into a paragraph; `form` is how the words look."""
        for child in children:
            if isinstance(child, nodes.Text):
                self._run(paragraph, words(child), form)
                continue
            element = cast("nodes.Element", child)
            if isinstance(element, nodes.reference):
                self._link(paragraph, element, form)
                continue
            self.inline(paragraph, visible(element), **form, **_form(element, form))

    def _run(self, paragraph: Paragraph, text: str, form: dict[str, Any]) -> None:
        if not text:
            return
        run = paragraph.add_run(text)
        if style := form.get("style"):
            run._r.style = self.styles[style]
        for name in ("bold", "italic", "superscript", "subscript"):
            if form.get(name):
                setattr(run.font, name, True)
        if spoken := form.get("language"):
            mark = OxmlElement("w:lang")
            east_asian = spoken in {"ko", "ja", "zh"}
            mark.set(qn("w:eastAsia" if east_asian else "w:val"), spoken)
            run._r.get_or_add_rPr().append(mark)

    def _link(self, paragraph: Paragraph, node: nodes.Element, form: dict[str, Any]) -> None:
        address, target = node.get("refuri", ""), node.get("refid", "")
        if not target and ":" not in address:
            self.inline(paragraph, visible(node), **form)
            return
        before = len(paragraph._p)
        self.inline(paragraph, visible(node), **form, **({"style": "Hyperlink"} if address else {}))
        link = OxmlElement("w:hyperlink")
        if address:
            link.set(qn("r:id"), paragraph.part.relate_to(address, RELATIONSHIP_TYPE.HYPERLINK, is_external=True))
        else:
            link.set(qn("w:anchor"), self._name(target))
        for run in list(paragraph._p)[before:]:
            link.append(run)
        paragraph._p.append(link)


def _form(node: nodes.Element, outer: dict[str, Any]) -> dict[str, Any]:
    """Return what a node adds to the look of its words."""
    form: dict[str, Any] = {}
    if isinstance(node, (nodes.emphasis, nodes.title_reference)):
        form["italic"] = True
    elif isinstance(node, nodes.strong):
        form["bold"] = True
    elif isinstance(node, (nodes.literal, nodes.math)):
        form["style"] = "Code"
    elif isinstance(node, (nodes.superscript, nodes.footnote_reference)):
        form["superscript"] = True
    elif isinstance(node, nodes.subscript):
        form["subscript"] = True
    if spoken := language(node):
        form["language"] = spoken
    return {name: value for name, value in form.items() if name not in outer}
