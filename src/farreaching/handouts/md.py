"""A handout as Markdown: CommonMark, with pipe tables and footnotes as most programs read them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, cast

from docutils import nodes

from .walk import admonition_title, definitions, is_inline, letters, method_for, table_rows, visible, words

if TYPE_CHECKING:
    from collections.abc import Iterable

    from .builder import Frame

# a mark means itself between two letters or two spaces only where CommonMark says so: `_` in a word, `<` before a space
_MARKUP = re.compile(r"[\\`*\[\]]|(?<![^\W_])_|_(?![^\W_])|<(?=[A-Za-z/!?])|&(?=#?\w+;)")
_AT_START = re.compile(r"(#{1,6}(?=\s|$)|[-+>](?=\s|$)|[=~]{3,}|\d{1,9}(?=[.)]\s))")


def write(doctree: nodes.document, frame: Frame) -> bytes:
    """Return a resolved document as Markdown."""
    blocks = MarkdownWriter().blocks(doctree)
    return "\n\n".join([*blocks, "---", _escaped(frame.origin)]).encode() + b"\n"


class MarkdownWriter:
    """Turns nodes into blocks of Markdown; a node that it does not know becomes what is in it."""

    def __init__(self) -> None:
        self.level = 0  # of the section
        self.in_cell = False

    def blocks(self, node: nodes.Element) -> list[str]:
        """Return what is in a node as blocks, without the blank lines between them."""
        found: list[str] = []
        line: list[nodes.Node] = []
        for child in visible(node):
            if is_inline(child):
                line.append(child)
                continue
            found += self._line(line)
            line = []
            method = method_for(self, "block", child)
            found += method(child) if method else self.blocks(cast("nodes.Element", child))
        return [block for block in [*found, *self._line(line)] if block.strip()]

    def _line(self, children: Iterable[nodes.Node]) -> list[str]:
        text = self.inline(children).strip()
        start = None if self.in_cell else _AT_START.match(text)
        if not start:
            return [text]
        digits = start[0].isdigit()  # "1." is escaped at the full stop
        return [f"{start[0]}\\{text[start.end() :]}" if digits else f"\\{text}"]

    # blocks

    def block_section(self, node: nodes.section) -> list[str]:
        self.level += 1
        found = self.blocks(node)
        self.level -= 1
        return found

    def block_title(self, node: nodes.title) -> list[str]:
        if isinstance(node.parent, nodes.section):
            return [f"{'#' * min(self.level, 6)} {self.inline(node.children)}"]
        return self.block_rubric(node)

    def block_rubric(self, node: nodes.Element) -> list[str]:
        return [f"**{self.inline(node.children).strip()}**"]

    def block_paragraph(self, node: nodes.Element) -> list[str]:
        return self._line(visible(node))

    def block_bullet_list(self, node: nodes.Element) -> list[str]:
        return self._list([("- ", cast("nodes.Element", item)) for item in visible(node)])

    def block_enumerated_list(self, node: nodes.Element) -> list[str]:
        first, kind = node.get("start", 1), node.get("enumtype", "arabic")
        numbers = [letters(kind, number) for number in range(first, first + len(node))]
        marks = [f"{number}. " if number.isdigit() else f"- {number}. " for number in numbers]
        return self._list(list(zip(marks, cast("list[nodes.Element]", list(visible(node))), strict=True)))

    def _list(self, items: list[tuple[str, nodes.Element]]) -> list[str]:
        """Return a list as one block; it is tight where every item is one line, perhaps with a list below it."""
        written = [(mark, self.blocks(item)) for mark, item in items]
        tight = all(len(blocks) < 2 or (len(blocks) == 2 and isinstance(item[-1], nodes.Sequential))
                    for (_, blocks), (_, item) in zip(written, items, strict=True))  # fmt: skip
        glue = "\n" if tight else "\n\n"
        return [glue.join(mark + _indented(glue.join(blocks), len(mark.split(" ")[0]) + 1) for mark, blocks in written)]

    def block_definition_list(self, node: nodes.definition_list | nodes.field_list) -> list[str]:
        found = []
        for terms, inner in definitions(node):
            found.append("; ".join(f"**{self.inline(term.children)}**" for term in terms))
            found += self.blocks(nodes.container("", *(child.deepcopy() for child in inner)))
        return found

    block_field_list = block_definition_list

    def block_block_quote(self, node: nodes.Element) -> list[str]:
        return [_quoted(self.blocks(node))]

    def block_attribution(self, node: nodes.Element) -> list[str]:
        return [f"— {self.inline(node.children)}"]

    def block_admonition(self, node: nodes.Element) -> list[str]:
        title = admonition_title(node)
        return [_quoted([*([f"**{title}**"] if title else []), *self.blocks(node)])]

    block_note = block_warning = block_tip = block_important = block_caution = block_admonition
    block_attention = block_danger = block_error = block_hint = block_seealso = block_topic = block_admonition

    def block_literal_block(self, node: nodes.Element) -> list[str]:
        text, language = node.astext().rstrip("\n"), node.get("language", "")
        fence = "`" * max(3, *(len(run) + 1 for run in re.findall(r"`+", text)), 3)
        return [f"{fence}{'' if language == 'default' else language}\n{text}\n{fence}"]

    def block_line_block(self, node: nodes.Element) -> list[str]:
        return ["\\\n".join(block for child in node.children for block in self._of_line(child))]

    def _of_line(self, node: nodes.Node) -> list[str]:
        if isinstance(node, nodes.line_block):
            return self.block_line_block(node)
        return self._line(cast("nodes.Element", node).children)

    def block_math_block(self, node: nodes.Element) -> list[str]:
        return [f"$$\n{node.astext()}\n$$"]

    def block_transition(self, node: nodes.Element) -> list[str]:
        return [] if "footnotes" in node["classes"] else ["---"]

    def block_footnote(self, node: nodes.footnote) -> list[str]:
        return [f"[^{node[0].astext()}]: " + _indented("\n\n".join(self.blocks(node)), 4)]

    def block_table(self, node: nodes.table) -> list[str]:
        widths, head, body = table_rows(node)
        self.in_cell = True
        lines = [self._row(row) for row in [*(head or [nodes.row("", *(nodes.entry() for _ in widths))]), *body]]
        self.in_cell = False
        lines.insert(1, "|" + " --- |" * len(widths))
        title = next((child for child in node.children if isinstance(child, nodes.title)), None)
        return [*(self.block_rubric(title) if title else []), "\n".join(lines)]

    def _row(self, row: nodes.row) -> str:
        cells = ("<br>".join(self.blocks(cast("nodes.Element", cell))).replace("\n", "<br>") for cell in row.children)
        return "|" + "".join(f" {cell} |" for cell in cells)

    # words in a line

    def inline(self, children: Iterable[nodes.Node]) -> str:
        """Return nodes of a line as Markdown."""
        return "".join(self._inline(child) for child in children)

    def _inline(self, node: nodes.Node) -> str:
        if isinstance(node, nodes.Text):
            text = _escaped(words(node))
            return text.replace("|", "\\|") if self.in_cell else text
        method = method_for(self, "inline", node)
        return method(node) if method else self.inline(visible(cast("nodes.Element", node)))

    def inline_emphasis(self, node: nodes.Element) -> str:
        return _wrapped("*", self.inline(node.children))

    inline_title_reference = inline_emphasis

    def inline_strong(self, node: nodes.Element) -> str:
        return _wrapped("**", self.inline(node.children))

    def inline_literal(self, node: nodes.Element) -> str:
        text = node.astext()
        ticks = "`" * (max((len(run) for run in re.findall(r"`+", text)), default=0) + 1)
        space = " " if text[:1] == "`" or text[-1:] == "`" else ""
        return f"{ticks}{space}{text}{space}{ticks}"

    def inline_superscript(self, node: nodes.Element) -> str:
        return f"<sup>{self.inline(node.children)}</sup>"  # Markdown has no marks of its own for these two

    def inline_subscript(self, node: nodes.Element) -> str:
        return f"<sub>{self.inline(node.children)}</sub>"

    def inline_math(self, node: nodes.Element) -> str:
        return f"${node.astext()}$"

    def inline_reference(self, node: nodes.Element) -> str:
        text, address = self.inline(node.children), node.get("refuri", "")
        if ":" not in address:  # a place in this document: every program makes its own
            return text
        if node.astext() == address:
            return f"<{address}>"
        return f"[{text}](<{address}>)" if re.search(r"[\s()<>]", address) else f"[{text}]({address})"

    def inline_footnote_reference(self, node: nodes.Element) -> str:
        return f"[^{node.astext()}]"


def _escaped(text: str) -> str:
    return _MARKUP.sub(r"\\\g<0>", text)


def _wrapped(mark: str, text: str) -> str:
    """Return a text between marks, with its outer spaces outside them, as CommonMark wants it."""
    inner = text.strip()
    return text.replace(inner, f"{mark}{inner}{mark}", 1) if inner else text


def _indented(text: str, width: int) -> str:
    return re.sub(r"\n(?=[^\n])", "\n" + " " * width, text)


def _quoted(blocks: list[str]) -> str:
    return re.sub(r"^(?=.)", "> ", "\n\n".join(blocks), flags=re.MULTILINE).replace("\n\n", "\n>\n")
