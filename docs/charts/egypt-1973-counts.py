"""Those who watched or commanded counted North Koreans in Egypt by tens; the three texts with 1,500 name no source."""

import json

import altair as alt

from farreaching.charts import GRID, INK, MUTED, SERIES

KINDS = ["pilots", "others with the pilots", "missile experts", "commando instructors", "advisers or personnel"]
SHAPES = ["circle", "square", "triangle-up", "cross", "diamond"]


def chart(rows: list[dict[str, str]]) -> alt.TopLevelMixin:
    """A line for each count, in order of date, labelled with what it counts; counts on a logarithmic scale."""
    data, names = [], []
    for line, row in enumerate(rows, start=1):
        low, high = int(row["low"]), int(row["high"])
        number = f"{high:,}" if low == high else f"{low:,} to {high:,}"
        names.append("the same text" if line > 1 and rows[line - 2]["teller"] == row["teller"] else row["teller"])
        data.append({"line": line, "counted": row["counted"], "low": low, "high": high, "label": f"{number} {row['counted']}"})

    base = alt.Chart(alt.Data(values=data)).encode(
        y=alt.Y(
            "line:O",
            title=None,
            axis=alt.Axis(labelExpr=f"{json.dumps(names)}[datum.value - 1]", labelFontSize=12, ticks=False, domain=False),
        ),
        color=alt.Color("counted:N", scale=alt.Scale(domain=KINDS, range=SERIES[: len(KINDS)]), legend=None),
    )
    low_end = alt.X(
        "low:Q",
        scale=alt.Scale(type="log", domain=[8, 90000], nice=False),
        axis=alt.Axis(
            values=[10, 20, 50, 100, 200, 500, 1500],
            format=",d",
            labelOverlap=False,
            labelFontSize=12,
            grid=True,
            gridColor=GRID,
            titleColor=MUTED,
        ),
        title="People (logarithmic scale)",
    )
    high_end = alt.X("high:Q")
    shape = alt.Shape("counted:N", scale=alt.Scale(domain=KINDS, range=SHAPES), legend=None)
    ranges = base.mark_rule(strokeWidth=3).encode(x=low_end, x2="high:Q")
    lows = base.mark_point(size=70, filled=True, opacity=1).encode(x=low_end, shape=shape)
    highs = base.mark_point(size=70, filled=True, opacity=1).encode(x=high_end, shape=shape)
    labels = base.mark_text(align="left", dx=10, fontSize=12).encode(x=high_end, text="label:N", color=alt.value(INK))

    return (ranges + lows + highs + labels).properties(
        width=370,
        height=alt.Step(24),
        title=alt.TitleParams(
            ["Commanders and watchers counted in tens;", "the texts that say 1,500 name no source"],
            anchor="start",
            fontSize=14,
        ),
    )
