"""Thirteen members voted together in March; on the troops seven asked, and on the missile ten spoke together."""

import altair as alt

from farreaching.charts import GRID, INK, MUTED, SERIES

RECORDS = {
    "yes": ("circle", SERIES[0], 120),
    "abstained": ("square", SERIES[2], 110),
    "no": ("cross", SERIES[1], 140),
    "not named": ("stroke", MUTED, 90),
}


def chart(rows: list[dict[str, str]]) -> alt.TopLevelMixin:
    """Rows are the CSV's rows as strings; returns the finished chart (width at most 640, fonts left alone)."""
    values = [{key: row[key] for key in ("delegation", "occasion", "record")} for row in rows]
    occasions = list(dict.fromkeys(row["occasion"] for row in rows))
    members = list(dict.fromkeys(row["delegation"] for row in rows))
    shapes, colours, sizes = zip(*RECORDS.values(), strict=True)
    return (
        alt.Chart(alt.Data(values=values))
        .mark_point(filled=True, opacity=1, stroke=INK, strokeWidth=0.8)
        .encode(
            x=alt.X(
                "occasion:N",
                sort=occasions,
                title=None,
                axis=alt.Axis(orient="top", labelAngle=0, labelFontSize=12, labelLimit=150, ticks=False, domain=False),
            ),
            y=alt.Y(
                "delegation:N",
                sort=members,
                title=None,
                axis=alt.Axis(labelFontSize=12, ticks=False, domain=False, grid=True, gridColor=GRID),
            ),
            shape=alt.Shape(
                "record:N",
                scale=alt.Scale(domain=list(RECORDS), range=list(shapes)),
                legend=alt.Legend(title=None, orient="bottom", direction="horizontal", labelFontSize=12),
            ),
            color=alt.Color("record:N", scale=alt.Scale(domain=list(RECORDS), range=list(colours))),
            size=alt.Size("record:N", scale=alt.Scale(domain=list(RECORDS), range=list(sizes))),
        )
        .properties(
            width=500,
            height=20 * len(members),
            title=alt.Title(
                [
                    "Thirteen voted together in March; on the troops seven",
                    "are named as asking, on the missile ten spoke together",
                ],
                anchor="start",
                offset=8,
            ),
        )
    )
