"""The figure that this course draws most: dated events, a row each or a row a group, told apart by shape and colour."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

import altair as alt

from .tokens import GRID, INK, MUTED

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence


def sequence(
    events: Sequence[Mapping[str, str]],
    kinds: Mapping[str, tuple[str, str]],
    span: tuple[str, str],
    *,
    rows: Sequence[str] = (),
    axis: Mapping[str, Any] | None = None,
    legend: Mapping[str, Any] | None = None,
) -> alt.Chart:
    """Return the marks of events on an axis of time; the caller adds size and title.

    `events` hold ``date`` (ISO 8601), ``row`` and ``kind``; `kinds` gives each kind its Vega shape and colour, in the order
    of the legend. `span` is the first and last day shown. `rows` orders the rows, which else stand as the events come.
    `axis` and `legend` go to the axis of time and to the legend as they are; without `legend` none is drawn.
    """
    x, y = _axes(events, span, rows, axis or {})
    look = {"shape": [shape for shape, _ in kinds.values()], "color": [colour for _, colour in kinds.values()]}
    drawn = alt.Legend(title=None, orient="bottom", labelFontSize=12, **legend) if legend else None
    scales = {name: alt.Scale(domain=list(kinds), range=looks) for name, looks in look.items()}
    marks: alt.Chart = (
        alt.Chart({"values": [dict(event) for event in events]})
        .mark_point(filled=True, size=110, opacity=1)
        .encode(
            x=x,
            y=y,
            shape=alt.Shape("kind:N", scale=scales["shape"], legend=drawn),
            color=alt.Color("kind:N", scale=scales["color"], legend=drawn),
        )
    )
    return marks


def sequence_around(
    events: Sequence[Mapping[str, str]],
    kinds: Mapping[str, tuple[str, str]],
    span: tuple[str, str],
    turn: tuple[str, str],
    *,
    axis: Mapping[str, Any] | None = None,
    legend: Mapping[str, Any] | None = None,
) -> alt.LayerChart:
    """Return a `sequence` with its days written out and a line where it turns: `turn` is the line's day and its name."""
    x, y = _axes(events, span, (), axis or {})
    day, name = turn
    line = alt.Chart({"values": [{"date": day, "name": name}]})
    rule = line.mark_rule(color=INK, strokeDash=[5, 3]).encode(x=x)
    label = line.mark_text(align="left", dx=5, fontSize=12, color=INK).encode(x=x, y=alt.value(-8), text="name:N")
    # the days stand on the side away from the line
    sides = [
        alt.Chart({"values": [{**event, "day": _day(event["date"])} for event in events if (event["date"] < day) == before]})
        .mark_text(align="right" if before else "left", dx=-9 if before else 9, fontSize=11, color=MUTED)
        .encode(x=x, y=y, text="day:N")
        for before in (True, False)
    ]
    return alt.LayerChart(layer=[rule, label, sequence(events, kinds, span, axis=axis, legend=legend), *sides])


def _axes(
    events: Sequence[Mapping[str, str]], span: tuple[str, str], rows: Sequence[str], axis: Mapping[str, Any]
) -> tuple[alt.X, alt.Y]:
    time = alt.Axis(gridColor=GRID, labelFontSize=12, **axis)
    lines = alt.Axis(labelFontSize=12, grid=True, gridColor=GRID, ticks=False, domain=False)
    order = list(rows) or [event["row"] for event in events]
    return (
        alt.X("date:T", title=None, scale=alt.Scale(type="utc", domain=list(span)), axis=time),
        alt.Y("row:N", sort=order, title=None, axis=lines),
    )


def _day(iso: str) -> str:
    return f"{date.fromisoformat(iso):%-d %b}"
