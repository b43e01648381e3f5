"""The votes on the Panel stayed unanimous to the end while the negotiations before them did not."""

import altair as alt

from farreaching.charts import GRID, INK, SERIES

ROWS = ["Vote", "Friction before the vote"]


def chart(rows: list[dict[str, str]]) -> alt.TopLevelMixin:
    """Rows are the CSV's rows as strings; returns the finished chart (width at most 640, fonts left alone)."""
    values = []
    for row in rows:
        vetoed = row["result"].startswith("vetoed")
        values.append({"year": row["year"], "row": ROWS[0], "what": "vetoed" if vetoed else "renewed unanimously"})
        if row["friction"] != "none found":
            values.append({"year": row["year"], "row": ROWS[1], "what": row["friction"].removesuffix(" twice")})
    kinds = ["renewed unanimously", "vetoed", "sources and delays disputed", "vote delayed", "silence broken"]
    return (
        alt.Chart(alt.Data(values=values))
        .mark_point(filled=True, size=150, opacity=1, stroke=INK, strokeWidth=0.5)
        .encode(
            x=alt.X("year:O", title=None, axis=alt.Axis(labelAngle=0, labelFontSize=11, grid=True, gridColor=GRID)),
            y=alt.Y("row:N", sort=ROWS, title=None, axis=alt.Axis(labelFontSize=12, ticks=False, domain=False)),
            shape=alt.Shape(
                "what:N",
                sort=kinds,
                legend=alt.Legend(title=None, orient="bottom", columns=3, labelFontSize=12),
                scale=alt.Scale(domain=kinds, range=["circle", "cross", "diamond", "square", "triangle-up"]),
            ),
            color=alt.Color(
                "what:N", scale=alt.Scale(domain=kinds, range=[SERIES[0], SERIES[1], SERIES[2], SERIES[2], SERIES[1]])
            ),
        )
        .properties(width=460, height=110, title=alt.Title("Fourteen unanimous votes hid a growing quarrel", anchor="start"))
    )
