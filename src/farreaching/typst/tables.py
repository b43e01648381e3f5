"""The measurements of a table: how wide its columns should be, and which hold numbers."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from docutils import nodes

if TYPE_CHECKING:
    from collections.abc import Iterator

#: A column whose longest line has at most this many characters is as wide as that line.
NARROW = 18
#: More characters in a cell, or in a word (an address may be broken), ask for no wider column.
LONG_CELL = 600
LONG_WORD = 16
_NUMBER = re.compile(r"[-−+±~≈<>≤≥$€£]?\d[\d\s,.  ]*(?:%|[–-]\d[\d,.]*)?")


@dataclass(frozen=True)
class Shape:
    """What the template must know of a table besides its cells."""

    widths: list[str]  #: a Typst length or fraction for each column
    alignments: list[str]  #: start, center or end for each column
    dense: bool  #: whether it has so many columns that the type should be smaller


def shape(table: nodes.table) -> Shape:
    """Return a table's shape: from its ``:widths:`` where they were given, else from its words."""
    group = next(table.findall(nodes.tgroup))
    given = [spec["colwidth"] for spec in group.findall(nodes.colspec)]
    columns: list[list[str]] = [[] for _ in given]
    numbers: list[list[str]] = [[] for _ in given]
    for row in group.findall(nodes.row):
        for position, entry in positions(row):
            if position < len(columns) and not entry.get("morecols"):
                text = entry.astext().strip()
                columns[position].append(text)
                if isinstance(row.parent, nodes.tbody) and text and text not in {"–", "—", "-"}:
                    numbers[position].append(text)
    widths = [_width(cells, has_words=len(given) > 1) for cells in columns]
    if "colwidths-given" in table["classes"] and len(set(given)) > 1:
        widths = [f"{width}fr" for width in given]
    alignments = ["end" if found and all(_NUMBER.fullmatch(text) for text in found) else "start" for found in numbers]
    return Shape(widths, alignments, dense=len(given) > 5)


def _width(cells: list[str], *, has_words: bool) -> str:
    lines = [line for cell in cells for line in cell.split("\n\n")]
    if has_words and max(map(len, lines), default=0) <= NARROW:
        return "auto"
    longest = min(max(map(len, cells), default=0), LONG_CELL)
    word = min(max((len(word) for cell in cells for word in cell.split()), default=0), LONG_WORD)
    # the root keeps a column of long texts from starving one of short ones; the longest word must have room
    return f"{max(longest**0.5, word * 0.6):.2f}fr"


def positions(row: nodes.row) -> Iterator[tuple[int, nodes.entry]]:
    """Yield the cells of a row with the column each starts in (cells that reach down from above are not counted)."""
    position = 0
    for entry in row.children:
        if isinstance(entry, nodes.entry):
            yield position, entry
            position += entry.get("morecols", 0) + 1
