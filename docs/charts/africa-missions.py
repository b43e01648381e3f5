"""Eleven missions in African states on a line of years, by what the host said, with the years of two resolutions."""

import altair as alt

from farreaching.charts import INK, SERIES
from farreaching.charts.rows import LABEL, POINT, amounts, kinds, names

LOOKS = {
    "said so": ("circle", SERIES[0]),
    "said so in part": ("square", SERIES[1]),
    "denied": ("triangle-up", SERIES[2]),
    "no answer read": ("diamond", SERIES[3]),
}
#: Years of Resolutions 1718 and 1874.
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
    start, end, year = (
        amounts(field, "year", (1974, 2024), range(1975, 2016, 10), number="d", nice=False) for field in ("start", "end", "year")
    )
    data = alt.Chart(alt.Data(values=values)).encode(y=names("row", [value["row"] for value in values], lines=False))
    shape, color = kinds("answer", LOOKS, columns=2)
    law = alt.Chart(alt.Data(values=[{"year": law} for law in LAW])).mark_rule(strokeDash=[4, 3], color=INK).encode(x=year)
    spans = data.mark_rule(strokeWidth=3).encode(x=start, x2="end:Q", color=color)
    starts = data.mark_point(**POINT).encode(x=start, shape=shape, color=color)
    ends = data.mark_point(**POINT).encode(x=end, shape=shape, color=color)
    numbers = data.mark_text(**LABEL).encode(x=end, text="text:N")
    return (law + spans + starts + ends + numbers).properties(
        width=330,
        height=26 * len(rows),
        title=alt.Title(
            ["What the hosts said of eleven missions", "(dashed: Resolutions 1718 and 1874)"], anchor="start", offset=12
        ),
    )
