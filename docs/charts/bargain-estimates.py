"""Five prices for what North Korea sent disagree widely, and the one ceiling for what came back lies below nearly all."""

import altair as alt

from farreaching.charts import GRID, INK, MUTED, SERIES

SIDES = {"sent": "value put on what North Korea sent", "returned": "Russian compensation that could be traced"}
DOMAIN = [0, 24]


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
    order = [value["row"] for value in values]
    x = alt.X(
        "high:Q",
        title="billion US dollars",
        scale=alt.Scale(domain=DOMAIN),
        axis=alt.Axis(values=[0, 5, 10, 15, 20], gridColor=GRID, labelFontSize=12),
    )
    y = alt.Y(
        "row:N",
        sort=order,
        title=None,
        axis=alt.Axis(
            labelExpr="split(datum.value, '|')",
            labelFontSize=12,
            grid=True,
            gridColor=GRID,
            ticks=False,
            domain=False,
        ),
    )
    names = list(SIDES.values())
    data = alt.Chart(alt.Data(values=values))
    span = data.mark_rule(color=MUTED, strokeWidth=3).encode(x=alt.X("low:Q", scale=alt.Scale(domain=DOMAIN)), x2="high:Q", y=y)
    look = {
        "shape": alt.Shape(
            "side:N",
            scale=alt.Scale(domain=names, range=["circle", "diamond"]),
            legend=alt.Legend(title=None, orient="bottom", direction="vertical", columns=1, labelFontSize=12, labelLimit=320),
        ),
        "color": alt.Color("side:N", scale=alt.Scale(domain=names, range=[SERIES[0], SERIES[1]])),
    }
    ends = data.mark_point(filled=True, size=110, opacity=1).encode(x=x, y=y, **look)
    starts = (
        data.transform_filter("!datum.open")
        .mark_point(filled=True, size=110, opacity=1)
        .encode(x=alt.X("low:Q", scale=alt.Scale(domain=DOMAIN)), y=y, **look)
    )
    labels = data.mark_text(align="left", dx=10, dy=-9, fontSize=12, color=INK).encode(
        x=alt.X("high:Q", scale=alt.Scale(domain=DOMAIN)), y=y, text="text:N"
    )
    return (span + ends + starts + labels).properties(
        width=330,
        height=46 * len(rows),
        title=alt.Title(
            ["Five prices for what was sent differ in basket and period;", "what could be traced coming back is small"],
            anchor="start",
            offset=16,
        ),
    )
