"""The Council took longer to answer each nuclear test than the one before, until the sixth."""

import altair as alt

from farreaching.charts import SERIES
from farreaching.charts.rows import LABEL, POINT, amounts, kinds, names

KINDS = {"nuclear test": "after a nuclear test", "launch": "after a launch"}
LOOKS = {"after a nuclear test": ("circle", SERIES[1]), "after a launch": ("diamond", SERIES[0])}


def chart(rows: list[dict[str, str]]) -> alt.TopLevelMixin:
    """Rows are the CSV's rows as strings; returns the finished chart (width at most 640, fonts left alone)."""
    values = [
        {
            "row": f"{row['act']}, {row['act_date'][:4]} ({row['resolution']})",
            "kind": KINDS[row["kind"]],
            "days": int(row["days"]),
        }
        for row in rows
    ]
    x = amounts("days", "days from the act to the resolution", (0, 90), range(0, 81, 20))
    data = alt.Chart(alt.Data(values=values)).encode(x=x, y=names("row", [value["row"] for value in values]))
    shape, color = kinds("kind", LOOKS)
    stem = data.mark_rule(strokeWidth=3, opacity=0.6).encode(x2=alt.datum(0), color=color)
    head = data.mark_point(**POINT).encode(shape=shape, color=color)
    number = data.mark_text(**LABEL).encode(text="days:Q")
    return (stem + head + number).properties(
        width=360,
        height=26 * len(rows),
        title=alt.Title("Each nuclear test took longer to answer, until the sixth", anchor="start", offset=12),
    )
