"""Months from a dispatch to its first acknowledgement, on a scale of tenfold steps."""

import altair as alt

from farreaching.charts import SERIES
from farreaching.charts.rows import LABEL, POINT, amounts, names


def chart(rows: list[dict[str, str]]) -> alt.TopLevelMixin:
    """Rows are the CSV's rows as strings; returns the finished chart (width at most 640, fonts left alone)."""
    values = [{"row": row["case"], "months": int(row["months"])} for row in rows]
    x = amounts("months", "months (each step is tenfold)", (1, 1000), (1, 10, 100, 1000), type="log")
    y = names("row", [value["row"] for value in values], lines=False)
    data = alt.Chart(alt.Data(values=values)).encode(x=x, y=y)
    stems = data.mark_rule(strokeWidth=3, color=SERIES[0]).encode(x2=alt.datum(1))
    ends = data.mark_point(**POINT, color=SERIES[0])
    numbers = data.mark_text(**LABEL).encode(text="months:Q")
    return (stems + ends + numbers).properties(
        width=400,
        height=32 * len(rows),
        title=alt.Title(
            ["From dispatch to first acknowledgement:", "a generation for Vietnam, half a year for Kursk"],
            anchor="start",
            offset=12,
        ),
    )
