"""Between 57 and 77 per cent of South Koreans want a bomb of their own, depending on who asks; of the elites, a third."""

import altair as alt

from farreaching.charts import SERIES
from farreaching.charts.rows import LABEL, POINT, amounts, kinds, names

NAMES = {"KINU": "KINU", "Chey": "Chey Institute", "Asan": "Asan Institute", "others": "others", "elites": "elites only"}
SHAPES = ["circle", "square", "triangle-up", "diamond", "cross"]
LOOKS = dict(zip(NAMES.values(), zip(SHAPES, SERIES, strict=False), strict=True))


def chart(rows: list[dict[str, str]]) -> alt.TopLevelMixin:
    """Rows are the CSV's rows as strings; returns the finished chart (width at most 640, fonts left alone)."""
    values = [
        {
            "row": f"{row['field']}: {row['pollster']}",
            "series": NAMES[row["series"]],
            "support": float(row["support"]),
            "text": row["support"],
        }
        for row in rows
    ]
    x = amounts("support", "per cent for nuclear weapons of their own", (0, 100), range(0, 101, 25))
    data = alt.Chart(alt.Data(values=values)).encode(x=x, y=names("row", [value["row"] for value in values]))
    shape, color = kinds("series", LOOKS, columns=3)
    points = data.mark_point(**POINT).encode(shape=shape, color=color)
    number = data.mark_text(**LABEL).encode(text="text:N")
    return (points + number).properties(
        width=270,
        height=26 * len(rows),
        title=alt.Title(
            ["Depending on who asks, 57 to 77 per cent want a bomb;", "of the elites, a third"],
            anchor="start",
            offset=12,
        ),
    )
