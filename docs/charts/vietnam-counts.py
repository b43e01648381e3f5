"""One contingent, eleven numbers: those who counted at one time, over the years, and pilots only."""

import altair as alt

from farreaching.charts import GRID, INK, SERIES

KINDS = {"at one time": "all, at one time", "over the years": "all, over the years", "pilots": "pilots only"}
SHAPES = ["circle", "square", "triangle-up"]


def chart(rows: list[dict[str, str]]) -> alt.TopLevelMixin:
    """Rows are the CSV's rows as strings; returns the finished chart (width at most 640, fonts left alone)."""
    values = [
        {
            "row": row["teller"],
            "kind": KINDS[row["kind"]],
            "low": int(row["low"]),
            "high": int(row["high"]),
            "text": row["low"] if row["low"] == row["high"] else f"{row['low']} to {row['high']}",
        }
        for row in rows
    ]
    names = list(KINDS.values())
    scale = alt.Scale(domain=[0, 900])
    axis = alt.Axis(values=[0, 200, 400, 600, 800], gridColor=GRID, labelFontSize=12, titleFontSize=12, titleAnchor="start")
    y = alt.Y(
        "row:N",
        sort=[value["row"] for value in values],
        title=None,
        axis=alt.Axis(labelFontSize=12, labelLimit=260, ticks=False, domain=False, grid=True, gridColor=GRID),
    )
    data = alt.Chart(alt.Data(values=values))
    color = alt.Color("kind:N", scale=alt.Scale(domain=names, range=SERIES[:3]))
    low = alt.X("low:Q", title="people", scale=scale, axis=axis)
    shape = alt.Shape(
        "kind:N",
        scale=alt.Scale(domain=names, range=SHAPES),
        legend=alt.Legend(title=None, orient="bottom", direction="horizontal", labelFontSize=12),
    )
    ranges = data.mark_rule(strokeWidth=3).encode(x=low, x2="high:Q", y=y, color=color)
    look = {"filled": True, "size": 100, "opacity": 1, "stroke": INK, "strokeWidth": 0.5}
    lows = data.mark_point(**look).encode(x=low, y=y, shape=shape, color=color)
    highs = data.mark_point(**look).encode(x=alt.X("high:Q", scale=scale), y=y, shape=shape, color=color)
    numbers = data.mark_text(align="left", dx=10, fontSize=12, color=INK).encode(
        x=alt.X("high:Q", scale=scale), y=y, text="text:N"
    )
    return (ranges + lows + highs + numbers).properties(
        width=330,
        height=26 * len(rows),
        title=alt.Title(["One contingent, eleven numbers:", "they count different things"], anchor="start", offset=12),
    )
