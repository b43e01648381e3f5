"""The steps of the two sides alternate, so the order names no first cause."""

import altair as alt

from farreaching.charts import GRID, SERIES

KINDS = ["three states", "Moscow and Pyongyang"]
LABELS = ["United States, Japan, South Korea", "Moscow and Pyongyang"]


def chart(rows: list[dict[str, str]]) -> alt.TopLevelMixin:
    """Rows are the CSV's rows as strings; returns the finished chart (width at most 640, fonts left alone)."""
    values = [{"date": row["date"], "event": row["event"], "side": LABELS[KINDS.index(row["kind"])]} for row in rows]
    return (
        alt.Chart(alt.Data(values=values))
        .mark_point(filled=True, size=110, opacity=1)
        .encode(
            x=alt.X(
                "date:T",
                title=None,
                scale=alt.Scale(type="utc", domain=["2022-10-01", "2025-12-01"]),
                axis=alt.Axis(format="%b %Y", gridColor=GRID, tickCount=6, labelFontSize=12),
            ),
            y=alt.Y(
                "event:N",
                sort=[row["event"] for row in rows],
                title=None,
                axis=alt.Axis(labelFontSize=12, labelLimit=330, grid=True, gridColor=GRID, ticks=False, domain=False),
            ),
            shape=alt.Shape(
                "side:N",
                sort=LABELS,
                scale=alt.Scale(domain=LABELS, range=["circle", "triangle-up"]),
                legend=alt.Legend(title=None, orient="bottom", direction="vertical", labelFontSize=12, labelLimit=300),
            ),
            color=alt.Color("side:N", scale=alt.Scale(domain=LABELS, range=[SERIES[0], SERIES[1]])),
        )
        .properties(
            width=360,
            height=22 * len(rows),
            title=alt.Title("Each side can point to a step of the other's that came first", anchor="start", frame="bounds"),
        )
    )
