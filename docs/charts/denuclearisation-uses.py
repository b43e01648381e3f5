"""Moscow and Pyongyang came to reject a word that both had used."""

import altair as alt

from farreaching.charts import GRID, INK, SERIES

SPEAKERS = ["Russia", "North Korea", "China", "United States", "Three allies", "South Korea", "Japan"]
KINDS = ["affirms", "own position only", "text without it", "rejects"]
SHAPES = ["circle", "square", "cross", "triangle-up"]
COLOURS = [SERIES[0], SERIES[2], INK, SERIES[1]]


def chart(rows: list[dict[str, str]]) -> alt.TopLevelMixin:
    """Rows are the CSV's rows as strings; returns the finished chart (width at most 640, fonts left alone)."""
    values = [{"date": row["date"], "speaker": row["speaker"], "kind": row["kind"]} for row in rows]
    return (
        alt.Chart(alt.Data(values=values))
        .mark_point(filled=True, size=110, opacity=1)
        .encode(
            x=alt.X(
                "date:T",
                title=None,
                scale=alt.Scale(type="utc", domain=["2017-06-01", "2026-06-01"]),
                axis=alt.Axis(format="%Y", gridColor=GRID, tickCount=9, labelFontSize=12),
            ),
            y=alt.Y(
                "speaker:N",
                sort=SPEAKERS,
                title=None,
                axis=alt.Axis(labelFontSize=12, grid=True, gridColor=GRID, ticks=False, domain=False),
            ),
            shape=alt.Shape(
                "kind:N",
                sort=KINDS,
                scale=alt.Scale(domain=KINDS, range=SHAPES),
                legend=alt.Legend(title=None, orient="bottom", columns=4, labelFontSize=12),
            ),
            color=alt.Color("kind:N", scale=alt.Scale(domain=KINDS, range=COLOURS)),
        )
        .properties(
            width=500,
            height=210,
            title=alt.Title("Moscow and Pyongyang came to reject a word that both had used", frame="bounds"),
        )
    )
