"""A handout as a Word document, in Word's own styles, with real headings, lists, tables and links."""

from __future__ import annotations

import io
import zipfile
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, cast

import docx
from docutils import nodes
from docx.enum.text import WD_BREAK
from docx.shared import Emu

from ..archives import EPOCH
from ..typst.tables import shape
from .docxparts import new_styles, page_number, set_page
from .docxwords import WordWriter
from .walk import admonition_title, definitions, is_inline, method_for, table_rows, visible

if TYPE_CHECKING:
    from docx.table import Table, _Cell

    from .builder import Frame

WRITING_LINES = 8
LETTERS = 70  # about as many of a table's text stand side by side
MAX_STYLE_LEVEL = 3  # "List Bullet 3" is the deepest that Word's template has


def write(doctree: nodes.document, frame: Frame) -> bytes:
    """Return a resolved document as a Word document; the same document gives the same bytes."""
    document = docx.Document()
    set_page(document, frame.paper)
    new_styles(document, frame.language)
    day = datetime.fromtimestamp(frame.timestamp, UTC).replace(tzinfo=None)
    properties = document.core_properties
    properties.title, properties.author, properties.language = frame.title, frame.author, frame.language
    properties.created = properties.modified = day
    properties.last_modified_by, properties.comments = frame.author, ""
    writer = DocxWriter(document, doctree)
    writer.blocks(doctree)
    document.add_paragraph(frame.origin, style="Origin")
    page_number(document.sections[0].footer.paragraphs[0], frame.title)
    return _fixed(document)


def _fixed(document: Any) -> bytes:
    """Return the file's bytes, without the time at which it was written."""
    written = io.BytesIO()
    document.save(written)
    fixed = io.BytesIO()
    with zipfile.ZipFile(written) as old, zipfile.ZipFile(fixed, "w", zipfile.ZIP_DEFLATED) as new:
        for info in old.infolist():
            new.writestr(zipfile.ZipInfo(info.filename, EPOCH), old.read(info), zipfile.ZIP_DEFLATED)
    return fixed.getvalue()


class DocxWriter(WordWriter):
    """Writes nodes into a Word document; of a node that it does not know, what is in it."""

    def blocks(self, node: nodes.Element) -> None:
        """Write what is in a node."""
        line: list[nodes.Node] = []
        for child in visible(node):
            if is_inline(child):
                line.append(child)
                continue
            self._line(line)
            line = []
            element = cast("nodes.Element", child)
            self._await(element)
            if method := method_for(self, "block", child):
                method(element)
            else:
                self.blocks(element)
        self._line(line)

    def _line(self, children: list[nodes.Node], style: str = "") -> None:
        if any(child.astext().strip() for child in children):
            self.inline(self.paragraph(style), children)

    # blocks

    def block_section(self, node: nodes.section) -> None:
        self.level += 1
        self.blocks(node)
        self.level -= 1

    def block_title(self, node: nodes.title) -> None:
        if not isinstance(node.parent, nodes.section):
            self.block_rubric(node)
            return
        # the document's own title has a style of its own, and the exercises are its first headings
        style = "Title" if self.level == 1 else f"Heading {min(self.level - 1, 9)}"
        self._line(list(node.children), style)

    def block_rubric(self, node: nodes.Element) -> None:
        self._line(list(node.children), "Box Title")

    def block_paragraph(self, node: nodes.Element) -> None:
        self._line(list(visible(node)))

    def block_container(self, node: nodes.Element) -> None:
        if "writing-space" in node["classes"]:
            for _ in range(WRITING_LINES):
                self.paragraph("Writing Line")
            return
        self.blocks(node)

    def block_bullet_list(self, node: nodes.Element) -> None:
        if "references" in node["classes"]:
            for item in node.children:
                self._await(cast("nodes.Element", item))
                self._boxed(cast("nodes.Element", item), "Source")
            return
        self._list(node, "List Bullet", "bullet", 1)

    def block_enumerated_list(self, node: nodes.Element) -> None:
        self._list(node, "List Number", node.get("enumtype", "arabic"), node.get("start", 1))

    def _list(self, node: nodes.Element, style: str, kind: str, start: int) -> None:
        self.list_level += 1
        number = self.lists.new(kind, start, self.list_level)
        depth = min(self.list_level + 1, MAX_STYLE_LEVEL)
        for item in visible(node):
            self.numbered = (style if depth == 1 else f"{style} {depth}", number)
            self._await(cast("nodes.Element", item))
            self.blocks(cast("nodes.Element", item))
            if self.numbered:  # an item without words still has its number
                self.paragraph()
        self.list_level -= 1

    def block_definition_list(self, node: nodes.definition_list | nodes.field_list) -> None:
        for terms, inner in definitions(node):
            for term in terms:
                self._line(list(cast("nodes.Element", term).children), "Box Title")
            self.blocks(nodes.container("", *(child.deepcopy() for child in inner)))

    block_field_list = block_definition_list

    def block_block_quote(self, node: nodes.Element) -> None:
        self._boxed(node, "Quote")

    def block_attribution(self, node: nodes.Element) -> None:
        self._line([nodes.Text("— "), *node.children])

    def block_admonition(self, node: nodes.Element) -> None:
        if title := admonition_title(node):
            self._line([nodes.Text(title)], "Box Title")
        self._boxed(node, "Box")

    block_note = block_warning = block_tip = block_important = block_caution = block_admonition
    block_attention = block_danger = block_error = block_hint = block_seealso = block_topic = block_admonition

    def _boxed(self, node: nodes.Element, style: str) -> None:
        outer, self.style = self.style, style
        self.blocks(node)
        self.style = outer

    def block_literal_block(self, node: nodes.Element) -> None:
        paragraph = self.paragraph("Code Block")
        for place, line in enumerate(node.astext().rstrip("\n").split("\n")):
            if place:
                paragraph.add_run().add_break(WD_BREAK.LINE)
            paragraph.add_run(line)

    def block_math_block(self, node: nodes.Element) -> None:
        self._line([nodes.literal("", node.astext())])

    def block_line_block(self, node: nodes.Element) -> None:
        for line in node.children:
            if isinstance(line, nodes.line_block):
                self.block_line_block(line)
            else:
                self._line(list(cast("nodes.Element", line).children))

    def block_transition(self, node: nodes.Element) -> None:
        """Leave the rule out: headings part a handout."""

    def block_footnote(self, node: nodes.footnote) -> None:
        paragraph = self.paragraph("Source")
        paragraph.add_run(f"{node[0].astext()}. ")
        first, *others = visible(node)
        self.inline(paragraph, cast("nodes.Element", first).children)
        self.blocks(nodes.container("", *(other.deepcopy() for other in others)))

    def block_table(self, node: nodes.table) -> None:
        _, head, body = table_rows(node)
        form = shape(node)
        shares = [max(share, (word + 3) / LETTERS) for share, word in zip(form.shares, form.words, strict=True)]
        for child in node.children:
            if isinstance(child, nodes.title):
                self._line(list(child.children), "Caption")
        section = self.document.sections[0]
        full = section.page_width - section.left_margin - section.right_margin
        rows = [*head, *body]
        if self.home is self.document:
            table: Table = self.document.add_table(len(rows), len(shares))
        else:
            table = self.home.add_table(len(rows), len(shares))
        table.style = self.document.styles["Table Grid"]
        table.autofit = False
        widths = [Emu(int(full * share / sum(shares))) for share in shares]
        for column, width in zip(table.columns, widths, strict=True):
            column.width = width
        for place, row in enumerate(rows):
            if place < len(head):
                self.lists.repeat_as_header(table.rows[place])
            for column, (entry, width) in enumerate(zip(row.children, widths, strict=False)):
                cell = table.rows[place].cells[column]
                cell.width = width
                self._cell(cell, cast("nodes.Element", entry), "Table Head" if place < len(head) else "Table Text")
        if self.home is self.document:
            self.document.add_paragraph(style="Table Text")  # space below

    def _cell(self, cell: _Cell, entry: nodes.Element, style: str) -> None:
        outer = self.home, self.style, self.list_level, self.numbered
        self.home, self.style, self.list_level, self.numbered = cell, style, -1, None
        cell.is_fresh = True  # type: ignore[attr-defined]
        self.blocks(entry)
        self.home, self.style, self.list_level, self.numbered = outer
