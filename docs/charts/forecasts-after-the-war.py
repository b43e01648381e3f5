"""Sixteen questions on the day they fall due: two can be scored within ten weeks, eight wait for the end of 2027."""

import altair as alt

from farreaching.charts import INK, MUTED, SERIES
from farreaching.charts.sequence import sequence

KINDS = {
    "the war stops": ("square", INK),
    "stops, partnership fades": ("cross", SERIES[1]),
    "stops, partnership stays": ("circle", SERIES[0]),
    "stops, partnership deepens": ("diamond", SERIES[0]),
    "the war goes on": ("triangle-up", SERIES[2]),
    "the war widens": ("triangle-down", MUTED),
}
NAMES = dict(zip(("stops", "fades", "stays", "deepens", "goes on", "widens"), KINDS, strict=True))


def chart(rows: list[dict[str, str]]) -> alt.TopLevelMixin:
    """Rows are the CSV's rows as strings; returns the finished chart (width at most 640, fonts left alone)."""
    events = [
        {"date": row["resolves_by"], "row": f"{int(row['id'][1:])}  {row['short']}", "kind": NAMES[row["scenario"]]}
        for row in rows
    ]
    axis = {"format": "%b %Y", "tickCount": 6}
    marks = sequence(events, KINDS, ("2026-11-28", "2028-05-01"), axis=axis, legend={"columns": 2})
    return marks.properties(
        width=380,
        height=24 * len(rows),
        title=alt.Title("Six questions fall due within a year, ten later", anchor="start", frame="bounds", offset=12),
    )
