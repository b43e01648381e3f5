"""The proposal was dropped before the deployment was announced, so it can hardly have moved it."""

from datetime import date

import altair as alt

from farreaching.charts import GRID, INK, MUTED, SERIES

KINDS = ["Asian NATO", "economic coalition", "Moscow and Pyongyang", "the deployment", "the article"]
SHAPES = ["circle", "square", "triangle-up", "diamond", "cross"]
COLOURS = [SERIES[0], SERIES[2], SERIES[1], SERIES[1], INK]
DROPPED = "2024-10-09"


def chart(rows: list[dict[str, str]]) -> alt.TopLevelMixin:
    """Rows are the CSV's rows as strings; returns the finished chart (width at most 640, fonts left alone)."""
    values = []
    for row in rows:
        day = date.fromisoformat(row["date"])
        month = "Sept" if day.month == 9 else "Oct"
        values.append(
            {
                "date": row["date"],
                "event": row["event"],
                "kind": row["kind"],
                "day": f"{day.day} {month}",
                "before": row["date"] < DROPPED,
            }
        )
    x = alt.X(
        "date:T",
        title=None,
        scale=alt.Scale(type="utc", domain=["2024-09-08", "2024-10-30"]),
        axis=alt.Axis(format="%-d %b", gridColor=GRID, tickCount=6, labelFontSize=12),
    )
    y = alt.Y(
        "event:N",
        sort=[row["event"] for row in rows],
        title=None,
        axis=alt.Axis(labelFontSize=12, labelLimit=330, grid=True, gridColor=GRID, ticks=False, domain=False),
    )
    dropped = alt.Chart(alt.Data(values=[{"date": DROPPED, "text": "set aside, 9 Oct"}]))
    line = dropped.mark_rule(color=INK, strokeDash=[5, 3]).encode(x=x)
    name = dropped.mark_text(align="left", dx=5, fontSize=12, color=INK).encode(x=x, y=alt.value(-8), text="text:N")
    data = alt.Chart(alt.Data(values=values))
    marks = data.mark_point(filled=True, size=110, opacity=1).encode(
        x=x,
        y=y,
        shape=alt.Shape(
            "kind:N",
            sort=KINDS,
            scale=alt.Scale(domain=KINDS, range=SHAPES),
            legend=alt.Legend(title=None, orient="bottom", columns=2, labelFontSize=12, labelLimit=220),
        ),
        color=alt.Color("kind:N", scale=alt.Scale(domain=KINDS, range=COLOURS)),
    )
    # the dates stand on the side away from the line
    left = data.transform_filter("datum.before").mark_text(align="right", dx=-9, fontSize=11, color=MUTED)
    right = data.transform_filter("!datum.before").mark_text(align="left", dx=9, fontSize=11, color=MUTED)
    days = left.encode(x=x, y=y, text="day:N") + right.encode(x=x, y=y, text="day:N")
    title = alt.Title("Set aside before Seoul announced the deployment", anchor="start", offset=14)
    return (line + name + marks + days).properties(width=340, height=320, title=title)
