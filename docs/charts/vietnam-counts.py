"""One contingent, eleven numbers: those who counted at one time, over the years, and pilots only."""

import altair as alt

from farreaching.charts import SERIES
from farreaching.charts.rows import LABEL, POINT, amounts, kinds, names

KINDS = {"at one time": "all, at one time", "over the years": "all, over the years", "pilots": "pilots only"}
LOOKS = dict(zip(KINDS.values(), zip(["circle", "square", "triangle-up"], SERIES, strict=False), strict=True))


def chart(rows: list[dict[str, str]]) -> alt.TopLevelMixin:
    """Rows are the CSV's rows as strings; returns the finished chart (width at most 640, fonts left alone)."""
    values = [
        {
            "row": row["teller"],
            "kind": KINDS[row["kind"]],
            "low": int(row["low"]),
            "high": int(row["high"]),
            "text": row["low"] if row["low"] == row["high"] else f"{row['low']} to {row['high']}",
        }
        for row in rows
    ]
    low, high = (amounts(end, "people", (0, 900), range(0, 801, 200)) for end in ("low", "high"))
    data = alt.Chart(alt.Data(values=values)).encode(y=names("row", [value["row"] for value in values]))
    shape, color = kinds("kind", LOOKS)
    ranges = data.mark_rule(strokeWidth=3).encode(x=low, x2="high:Q", color=color)
    lows = data.mark_point(**POINT).encode(x=low, shape=shape, color=color)
    highs = data.mark_point(**POINT).encode(x=high, shape=shape, color=color)
    numbers = data.mark_text(**LABEL).encode(x=high, text="text:N")
    return (ranges + lows + highs + numbers).properties(
        width=330,
        height=26 * len(rows),
        title=alt.Title(["One contingent, eleven numbers:", "they count different things"], anchor="start", offset=12),
    )
