"""Tables made of data as standard docutils nodes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from docutils import nodes

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping


def table(columns: Mapping[str, int], rows: Iterable[nodes.row], classes: Iterable[str]) -> nodes.table:
    """Return a table with its heading row; `columns` gives each heading its share of the width."""
    group = nodes.tgroup(cols=len(columns))
    group += [nodes.colspec(colwidth=width) for width in columns.values()]
    heading = nodes.row("", *(nodes.entry("", nodes.paragraph("", title)) for title in columns))
    group += [nodes.thead("", heading), nodes.tbody("", *rows)]
    # widths in classes, not in <col style>, which the security policy forbids
    return nodes.table("", group, classes=[*classes, "colwidths-auto"])
