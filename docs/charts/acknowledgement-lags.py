"""Months from a dispatch to its first acknowledgement, on a scale of tenfold steps."""

import altair as alt

from farreaching.charts import GRID, INK, SERIES


def chart(rows: list[dict[str, str]]) -> alt.TopLevelMixin:
    """Rows are the CSV's rows as strings; returns the finished chart (width at most 640, fonts left alone)."""
    values = [{"row": row["case"], "months": int(row["months"]), "from": 1, "text": row["months"]} for row in rows]
    scale = alt.Scale(type="log", domain=[1, 1000])
    axis = alt.Axis(values=[1, 10, 100, 1000], gridColor=GRID, labelFontSize=12, titleFontSize=12, titleAnchor="start")
    y = alt.Y(
        "row:N",
        sort=[value["row"] for value in values],
        title=None,
        axis=alt.Axis(labelFontSize=12, labelLimit=240, ticks=False, domain=False, grid=False),
    )
    data = alt.Chart(alt.Data(values=values))
    stems = data.mark_rule(strokeWidth=3, color=SERIES[0]).encode(
        x=alt.X("from:Q", title="months (each step is tenfold)", scale=scale, axis=axis), x2="months:Q", y=y
    )
    ends = data.mark_point(filled=True, size=100, opacity=1, color=SERIES[0], stroke=INK, strokeWidth=0.5).encode(
        x=alt.X("months:Q", scale=scale), y=y
    )
    numbers = data.mark_text(align="left", dx=10, fontSize=12, color=INK).encode(
        x=alt.X("months:Q", scale=scale), y=y, text="text:N"
    )
    return (stems + ends + numbers).properties(
        width=400,
        height=32 * len(rows),
        title=alt.Title(
            ["From dispatch to first acknowledgement:", "a generation for Vietnam, half a year for Kursk"],
            anchor="start",
            offset=12,
        ),
    )
