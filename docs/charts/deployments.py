"""Cases by kind of work and year, with the grade of the evidence as shape and colour."""

import altair as alt

from farreaching.charts import GRID, INK, SERIES

KINDS = [
    "pilots",
    "propaganda",
    "advisers",
    "instructors",
    "guards",
    "agents",
    "technicians",
    "builders",
    "combat units",
]
GRADES = ["A", "B", "C", "D"]
SHAPES = ["circle", "square", "triangle-up", "cross"]


def chart(rows: list[dict[str, str]]) -> alt.TopLevelMixin:
    """Rows are the CSV's rows as strings; returns the finished chart (width at most 640, fonts left alone)."""
    values = [{"kind": row["kind"], "year": int(row["start"]), "grade": row["grade"]} for row in rows]
    scale = alt.Scale(domain=[1964, 2027], nice=False)
    axis = alt.Axis(
        values=[1970, 1980, 1990, 2000, 2010, 2020],
        format="d",
        gridColor=GRID,
        labelFontSize=12,
        titleFontSize=12,
        titleAnchor="start",
    )
    y = alt.Y(
        "kind:N",
        sort=KINDS,
        scale=alt.Scale(domain=KINDS),
        title=None,
        axis=alt.Axis(labelFontSize=12, ticks=False, domain=False, grid=True, gridColor=GRID),
    )
    shape = alt.Shape(
        "grade:N",
        scale=alt.Scale(domain=GRADES, range=SHAPES),
        legend=alt.Legend(title="evidence", orient="bottom", direction="horizontal", labelFontSize=12, titleFontSize=12),
    )
    color = alt.Color("grade:N", scale=alt.Scale(domain=GRADES, range=SERIES[:4]))
    # two cases of one kind and year would hide each other
    offset = alt.YOffset("grade:N", sort=GRADES, scale=alt.Scale(domain=GRADES))
    points = (
        alt.Chart(alt.Data(values=values))
        .mark_point(filled=True, size=120, opacity=1, stroke=INK, strokeWidth=0.5)
        .encode(x=alt.X("year:Q", title="first year", scale=scale, axis=axis), y=y, yOffset=offset, shape=shape, color=color)
    )
    return points.properties(
        width=440,
        height=30 * len(KINDS),
        title=alt.Title(
            ["Twenty-two cases by kind of work:", "teaching is common, combat units are rare"],
            anchor="start",
            offset=12,
        ),
    )
