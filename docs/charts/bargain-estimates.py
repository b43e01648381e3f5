"""Five prices for what North Korea sent disagree widely, and the one ceiling for what came back lies below nearly all."""

import altair as alt

from farreaching.charts import MUTED, SERIES
from farreaching.charts.rows import LABEL, POINT, TWO_LINES, amounts, kinds, names

SIDES = {"sent": "value put on what North Korea sent", "returned": "Russian compensation that could be traced"}
LOOKS = {SIDES["sent"]: ("circle", SERIES[0]), SIDES["returned"]: ("diamond", SERIES[1])}
DOMAIN = (0, 24)


def chart(rows: list[dict[str, str]]) -> alt.TopLevelMixin:
    """Rows are the CSV's rows as strings; returns the finished chart (width at most 640, fonts left alone)."""
    values = []
    for row in rows:
        high = float(row["high"])
        low = float(row["low"]) if row["low"] else high
        text = {"point": f"{high:g}", "range": f"{low:g}–{high:g}", "at most": f"at most {high:g}"}[row["bound"]]
        values.append(
            {
                "row": f"{row['estimate']}|{row['basket']}",
                "side": SIDES[row["side"]],
                "low": low,
                "high": high,
                "text": text,
                "open": row["bound"] == "at most",
            }
        )
    x = amounts("high", "billion US dollars", DOMAIN, [0, 5, 10, 15, 20])
    y = names("row", [value["row"] for value in values], **TWO_LINES)
    low = alt.X("low:Q", scale=alt.Scale(domain=list(DOMAIN)))
    shape, color = kinds("side", LOOKS, direction="vertical", columns=1)
    data = alt.Chart(alt.Data(values=values))
    span = data.mark_rule(color=MUTED, strokeWidth=3).encode(x=low, x2="high:Q", y=y)
    ends = data.mark_point(**POINT).encode(x=x, y=y, shape=shape, color=color)
    starts = data.transform_filter("!datum.open").mark_point(**POINT).encode(x=low, y=y, shape=shape, color=color)
    labels = data.mark_text(**LABEL, dy=-9).encode(x=x, y=y, text="text:N")
    return (span + ends + starts + labels).properties(
        width=330,
        height=46 * len(rows),
        title=alt.Title(
            ["Five prices for what was sent differ in basket and period;", "what could be traced coming back is small"],
            anchor="start",
            offset=16,
        ),
    )
