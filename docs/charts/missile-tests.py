"""The counts of North Korean launches in 2022 run from 31 to 99, because they count different things."""

import altair as alt

from farreaching.charts import GRID, INK, SERIES

KINDS = {"rounds": "occasions of firing", "missiles": "missiles fired"}
BOUNDS = {"exact": "", "about": "about ", "at least": "at least "}


def chart(rows: list[dict[str, str]]) -> alt.TopLevelMixin:
    """Rows are the CSV's rows as strings; returns the finished chart (width at most 640, fonts left alone)."""
    values = [
        {
            "row": f"{row['year']}  {row['counter']}: {row['unit']}",
            "kind": KINDS[row["kind"]],
            "count": int(row["count"]),
            "text": f"{BOUNDS[row['bound']]}{row['count']}",
        }
        for row in rows
    ]
    names = list(KINDS.values())
    x = alt.X(
        "count:Q",
        title="number counted in the year",
        scale=alt.Scale(domain=[0, 112]),
        axis=alt.Axis(values=[0, 25, 50, 75, 100], gridColor=GRID, labelFontSize=12, titleFontSize=12, titleAnchor="start"),
    )
    y = alt.Y(
        "row:N",
        sort=[value["row"] for value in values],
        title=None,
        axis=alt.Axis(labelFontSize=12, labelLimit=260, ticks=False, domain=False, grid=True, gridColor=GRID),
    )
    data = alt.Chart(alt.Data(values=values))
    color = alt.Color("kind:N", scale=alt.Scale(domain=names, range=[SERIES[1], SERIES[0]]))
    stem = data.mark_rule(strokeWidth=2, opacity=0.6).encode(x=x, x2=alt.datum(0), y=y, color=color)
    head = data.mark_point(filled=True, size=100, opacity=1, stroke=INK, strokeWidth=0.5).encode(
        x=x,
        y=y,
        shape=alt.Shape(
            "kind:N",
            scale=alt.Scale(domain=names, range=["square", "circle"]),
            legend=alt.Legend(title=None, orient="bottom", direction="horizontal", labelFontSize=12),
        ),
        color=color,
    )
    number = data.mark_text(align="left", dx=10, fontSize=12, color=INK).encode(x=x, y=y, text="text:N")
    return (stem + head + number).properties(
        width=340,
        height=23 * len(rows),
        title=alt.Title(
            ["Thirty-one or ninety-nine in 2022:", "the counts differ because they count different things"],
            anchor="start",
            offset=12,
        ),
    )
