"""The counts of North Korean launches in 2022 run from 31 to 99, because they count different things."""

import altair as alt

from farreaching.charts import SERIES
from farreaching.charts.rows import LABEL, POINT, amounts, kinds, names

KINDS = {"rounds": "occasions of firing", "missiles": "missiles fired"}
LOOKS = {"occasions of firing": ("square", SERIES[1]), "missiles fired": ("circle", SERIES[0])}
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
    x = amounts("count", "number counted in the year", (0, 112), range(0, 101, 25))
    data = alt.Chart(alt.Data(values=values)).encode(x=x, y=names("row", [value["row"] for value in values]))
    shape, color = kinds("kind", LOOKS)
    stem = data.mark_rule(strokeWidth=2, opacity=0.6).encode(x2=alt.datum(0), color=color)
    head = data.mark_point(**POINT).encode(shape=shape, color=color)
    number = data.mark_text(**LABEL).encode(text="text:N")
    return (stem + head + number).properties(
        width=340,
        height=23 * len(rows),
        title=alt.Title(
            ["Thirty-one or ninety-nine in 2022:", "the counts differ because they count different things"],
            anchor="start",
            offset=12,
        ),
    )
