"""Cases by kind of work and year, with the grade of the evidence as shape and colour."""

import altair as alt

from farreaching.charts import SERIES
from farreaching.charts.rows import POINT, amounts, kinds, names

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
LOOKS = dict(zip("ABCD", zip(["circle", "square", "triangle-up", "cross"], SERIES, strict=False), strict=True))


def chart(rows: list[dict[str, str]]) -> alt.TopLevelMixin:
    """Rows are the CSV's rows as strings; returns the finished chart (width at most 640, fonts left alone)."""
    values = [{"kind": row["kind"], "year": int(row["start"]), "grade": row["grade"]} for row in rows]
    shape, color = kinds("grade", LOOKS, title="evidence", titleFontSize=12)
    points = (
        alt.Chart(alt.Data(values=values))
        .mark_point(**POINT)
        .encode(
            x=amounts("year", "first year", (1964, 2027), range(1970, 2021, 10), number="d", nice=False),
            y=names("kind", KINDS),
            # two cases of one kind and year would hide each other
            yOffset=alt.YOffset("grade:N", sort=list(LOOKS), scale=alt.Scale(domain=list(LOOKS))),
            shape=shape,
            color=color,
        )
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
