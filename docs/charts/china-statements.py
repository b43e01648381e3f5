"""Beijing went on speaking while one word left its texts."""

import altair as alt

from farreaching.charts import GRID, INK, SERIES

ROWS = [
    "names denuclearisation",
    "the two states' own affair",
    "against pressure on North Korea",
    "asks all sides for restraint",
    "text without the word",
]
SHAPES = ["circle", "square", "triangle-up", "diamond", "cross"]
COLOURS = [SERIES[0], SERIES[2], SERIES[1], SERIES[2], INK]


def chart(rows: list[dict[str, str]]) -> alt.TopLevelMixin:
    """Rows are the CSV's rows as strings; returns the finished chart (width at most 640, fonts left alone)."""
    values = [{"date": row["date"], "kind": row["kind"]} for row in rows]
    return (
        alt.Chart(alt.Data(values=values))
        .mark_point(filled=True, size=120, opacity=1)
        .encode(
            x=alt.X(
                "date:T",
                title=None,
                scale=alt.Scale(type="utc", domain=["2018-01-01", "2026-02-01"]),
                axis=alt.Axis(format="%Y", gridColor=GRID, tickCount=8, labelFontSize=12),
            ),
            y=alt.Y(
                "kind:N",
                sort=ROWS,
                title=None,
                axis=alt.Axis(labelFontSize=12, labelLimit=260, grid=True, gridColor=GRID, ticks=False, domain=False),
            ),
            shape=alt.Shape("kind:N", scale=alt.Scale(domain=ROWS, range=SHAPES), legend=None),
            color=alt.Color("kind:N", scale=alt.Scale(domain=ROWS, range=COLOURS), legend=None),
        )
        .properties(
            width=430, height=170, title=alt.Title("Beijing went on speaking while one word left its texts", frame="bounds")
        )
    )
