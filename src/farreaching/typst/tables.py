"""The measurements of a table: how wide its columns should be, and which hold numbers."""

from __future__ import annotations

import re
from dataclasses import dataclass
from math import ceil
from typing import TYPE_CHECKING

from docutils import nodes

from ..nodes import page_reference

if TYPE_CHECKING:
    from collections.abc import Iterator

#: A column whose longest line has at most this many characters is as wide as that line.
NARROW = 18
#: More characters in a cell, or in a word (an address may be broken), ask for no wider column.
LONG_CELL = 600
LONG_WORD = 16
#: About how many characters stand in a line across the page.
LINE = 90
#: Width of a letter, in em, with room to spare.
LETTER = 0.53
#: Space above and below a row, in lines.
ROW_SPACE = 0.8
#: Rows and tables of at most so many lines stay on one page.
WHOLE_ROW = 12
WHOLE_TABLE = 14
_NUMBER = re.compile(r"[-−+±~≈<>≤≥$€£]?\d[\d\s,.  ]*(?:%|[–-]\d[\d,.]*)?")


@dataclass(frozen=True)
class Shape:
    """What the template must know of a table besides its cells."""

    widths: list[str]  #: a Typst length or fraction for each column
    alignments: list[str]  #: start, center or end for each column
    dense: bool  #: whether it has so many columns that the type should be smaller
    shares: list[float]  #: about how much of the table's width each column has, of 1
    words: list[int]  #: letters of each column's longest word, which should not be broken
    whole: bool  #: whether it is so short that it should stand on one page


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
    # numbers of pages are not known here, and a list of them would be as wide as the page
    for position in {place for row in group.findall(nodes.row) for place, entry in positions(row) if _has_pages(entry)}:
        if widths[position] == "auto":
            widths[position] = f"{_longest_line(columns[position]) * LETTER:.2f}em"
    if "colwidths-given" in table["classes"] and len(set(given)) > 1:
        widths = [f"{width}fr" for width in given]
    alignments = ["end" if found and all(_NUMBER.fullmatch(text) for text in found) else "start" for found in numbers]
    shares = _shares(widths, columns)
    height = sum(_lines(row, shares) + ROW_SPACE for row in group.findall(nodes.row))
    words = [_longest_word(cells) for cells in columns]
    return Shape(widths, alignments, len(given) > 5, shares, words, whole=height <= WHOLE_TABLE)


def fits_together(row: nodes.row, form: Shape) -> bool:
    """Tell whether a row is so short that it should not run on to another page."""
    return _lines(row, form.shares) <= WHOLE_ROW


def _lines(row: nodes.row, shares: list[float]) -> float:
    """Return about how many lines a row has, as its longest cell fills its column."""
    return max(
        (
            sum(ceil(len(line) / (LINE * share)) for line in entry.astext().split("\n\n"))
            for position, entry in positions(row)
            if (share := sum(shares[position : position + 1 + entry.get("morecols", 0)]))
        ),
        default=0,
    )


def _shares(widths: list[str], columns: list[list[str]]) -> list[float]:
    """Return the columns' parts of the whole width: narrow ones have what they need, the others divide what is left."""
    parts = [float(width.removesuffix("fr")) if width.endswith("fr") else 0.0 for width in widths]
    needs = [0.0 if part else _longest_line(cells) / LINE for part, cells in zip(parts, columns, strict=True)]
    left = max(1 - sum(needs), 0.1)
    return [need or left * part / (sum(parts) or 1) for need, part in zip(needs, parts, strict=True)]


def _has_pages(entry: nodes.entry) -> bool:
    return next(entry.findall(page_reference), None) is not None


def _longest_line(cells: list[str]) -> int:
    return max((len(line) for cell in cells for line in cell.split("\n\n")), default=0)


def _longest_word(cells: list[str]) -> int:
    return min(max((len(word) for cell in cells for word in cell.split()), default=0), LONG_WORD)


def _width(cells: list[str], *, has_words: bool) -> str:
    if has_words and _longest_line(cells) <= NARROW:
        return "auto"
    longest = min(max(map(len, cells), default=0), LONG_CELL)
    word = _longest_word(cells)
    # the root keeps a column of long texts from starving one of short ones; the longest word must have room
    return f"{max(longest**0.5, word * 0.6):.2f}fr"


def positions(row: nodes.row) -> Iterator[tuple[int, nodes.entry]]:
    """Yield the cells of a row with the column each starts in (cells that reach down from above are not counted)."""
    position = 0
    for entry in row.children:
        if isinstance(entry, nodes.entry):
            yield position, entry
            position += entry.get("morecols", 0) + 1
