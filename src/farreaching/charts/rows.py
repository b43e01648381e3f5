"""What figures with a named row for each case share: the axis of names, the axis of amounts, marks, and kinds by shape."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import altair as alt

from .tokens import GRID, INK

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

#: A mark that is seen on any ground: filled, with an outline of ink (properties of Vega-Lite's ``mark_point``).
POINT = {"filled": True, "size": 100, "opacity": 1, "stroke": INK, "strokeWidth": 0.5}
#: A number or word beside its mark (properties of Vega-Lite's ``mark_text``).
LABEL = {"align": "left", "dx": 10, "fontSize": 12, "color": INK}


#: For `names`: a name breaks at each ``|`` (a property of Vega-Lite's axis).
TWO_LINES = {"labelExpr": "split(datum.value, '|')"}


def names(field: str, order: Sequence[str], *, lines: bool = True, **axis_also: Any) -> alt.Y:
    """Return the axis of row names, which stand in `order`.

    `lines` draws a line in each row; the rest goes to Vega-Lite's axis as it is (`TWO_LINES`, for instance).
    """
    axis = alt.Axis(labelFontSize=12, ticks=False, domain=False, grid=lines, gridColor=GRID, **axis_also)
    return alt.Y(f"{field}:N", sort=list(order), title=None, axis=axis)


def amounts(
    field: str, title: str, domain: tuple[float, float], ticks: Sequence[float], *, number: str = "", **scale: Any
) -> alt.X:
    """Return an axis of numbers over `domain` with a line at each of `ticks`.

    `number` is a d3 format where Vega's own does not do (years: ``d``); `scale` goes to Vega-Lite's scale as it is.
    """
    axis = alt.Axis(
        values=list(ticks),
        format=number or alt.Undefined,
        gridColor=GRID,
        labelFontSize=12,
        titleFontSize=12,
        titleAnchor="start",
    )
    return alt.X(f"{field}:Q", title=title, scale=alt.Scale(domain=list(domain), **scale), axis=axis)


def kinds(field: str, looks: Mapping[str, tuple[str, str]], **legend: Any) -> tuple[alt.Shape, alt.Color]:
    """Return the encodings that tell kinds apart, by shape and by colour.

    `looks` gives each kind its Vega shape and its colour, in the order of the legend; `legend` goes to the legend as it is.
    """
    shapes, colours = [shape for shape, _ in looks.values()], [colour for _, colour in looks.values()]
    drawn = alt.Legend(orient="bottom", labelFontSize=12, **{"title": None, "direction": "horizontal", **legend})
    return (
        alt.Shape(f"{field}:N", scale=alt.Scale(domain=list(looks), range=shapes), legend=drawn),
        alt.Color(f"{field}:N", scale=alt.Scale(domain=list(looks), range=colours), legend=drawn),
    )
