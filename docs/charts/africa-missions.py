"""Eleven missions in African states on a line of years, by what the host said, with the years of two resolutions."""

import altair as alt

from farreaching.charts import GRID, INK, SERIES

ANSWERS = ["said so", "said so in part", "denied", "no answer read"]
SHAPES = ["circle", "square", "triangle-up", "diamond"]
LAW = [2006, 2009]


def chart(rows: list[dict[str, str]]) -> alt.TopLevelMixin:
    """Rows are the CSV's rows as strings; returns the finished chart (width at most 640, fonts left alone)."""
    values = [
        {
            "row": row["mission"],
            "start": int(row["start"]),
            "end": int(row["end"]),
            "answer": row["answer"],
            "text": "" if row["number"] == "not given" else row["number"],
        }
        for row in rows
    ]
    scale = alt.Scale(domain=[1974, 2024], nice=False)
    axis = alt.Axis(
        values=[1975, 1985, 1995, 2005, 2015], format="d", gridColor=GRID, labelFontSize=12, titleFontSize=12, titleAnchor="start"
    )
    y = alt.Y(
        "row:N",
        sort=[value["row"] for value in values],
        title=None,
        axis=alt.Axis(labelFontSize=12, labelLimit=260, ticks=False, domain=False, grid=False),
    )
    data = alt.Chart(alt.Data(values=values))
    color = alt.Color("answer:N", scale=alt.Scale(domain=ANSWERS, range=SERIES[:4]))
    shape = alt.Shape(
        "answer:N",
        scale=alt.Scale(domain=ANSWERS, range=SHAPES),
        legend=alt.Legend(title=None, orient="bottom", direction="horizontal", columns=2, labelFontSize=12),
    )
    look = {"filled": True, "size": 100, "opacity": 1, "stroke": INK, "strokeWidth": 0.5}
    law = (
        alt.Chart(alt.Data(values=[{"year": year} for year in LAW]))
        .mark_rule(strokeDash=[4, 3], color=INK)
        .encode(x=alt.X("year:Q", scale=scale))
    )
    spans = data.mark_rule(strokeWidth=3).encode(
        x=alt.X("start:Q", title="year", scale=scale, axis=axis), x2="end:Q", y=y, color=color
    )
    starts = data.mark_point(**look).encode(x=alt.X("start:Q", scale=scale), y=y, shape=shape, color=color)
    ends = data.mark_point(**look).encode(x=alt.X("end:Q", scale=scale), y=y, shape=shape, color=color)
    numbers = data.mark_text(align="left", dx=10, fontSize=12, color=INK).encode(
        x=alt.X("end:Q", scale=scale), y=y, text="text:N"
    )
    return (law + spans + starts + ends + numbers).properties(
        width=330,
        height=26 * len(rows),
        title=alt.Title(
            ["What the hosts said of eleven missions", "(dashed: Resolutions 1718 and 1874)"], anchor="start", offset=12
        ),
    )
