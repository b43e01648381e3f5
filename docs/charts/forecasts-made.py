"""Thirteen dated forecasts, each from the day it was made to the day it was due: one came about as a whole."""

import altair as alt

from farreaching.charts import GRID, INK, MUTED, SERIES
from farreaching.charts.rows import POINT, kinds, names

LOOKS = {
    "came about": ("circle", SERIES[0]),
    "in part": ("diamond", SERIES[0]),
    "did not": ("cross", SERIES[1]),
    "not known": ("square", MUTED),
    "open": ("triangle-up", INK),
}


def chart(rows: list[dict[str, str]]) -> alt.TopLevelMixin:
    """Rows are the CSV's rows as strings; returns the finished chart (width at most 640, fonts left alone)."""
    values = [{**row, "row": row["forecast"]} for row in rows]
    time = alt.Axis(format="%b %Y", gridColor=GRID, labelFontSize=12, tickCount=6)
    scale = alt.Scale(type="utc", domain=["2023-12-01", "2027-01-15"])
    shape, colour = kinds("verdict", LOOKS, columns=5)
    y = names("row", [value["row"] for value in values], lines=False)
    data = alt.Chart(alt.Data(values=values))
    spans = data.mark_rule(color=MUTED, strokeWidth=2).encode(
        x=alt.X("made:T", title=None, scale=scale, axis=time), x2="due:T", y=y
    )
    ends = data.mark_point(**POINT).encode(x=alt.X("due:T", title=None, scale=scale, axis=time), y=y, shape=shape, color=colour)
    return (spans + ends).properties(
        width=350,
        height=26 * len(rows),
        title=alt.Title("Of nine that could be scored, one came about as a whole", anchor="start", frame="bounds", offset=12),
    )
