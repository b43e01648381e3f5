"""Totals of killed and wounded drew together over time; estimates of the killed alone never did."""

from datetime import date

import altair as alt

from farreaching.charts import GRID, INK, MUTED, SERIES

MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
MEASURES = ["killed", "killed and wounded"]
SIGNS = {"about": "", "at least": "≥ ", "more than": "> "}


def chart(rows: list[dict[str, str]]) -> alt.TopLevelMixin:
    """Rows are the CSV's rows as strings; returns the finished chart (width at most 640, fonts left alone)."""
    values = []
    for row in rows:
        day = date.fromisoformat(row["date"])
        values.append(
            {
                "row": f"{day.day} {MONTHS[day.month - 1]} {day.year}  {row['claimant']}",
                "measure": row["measure"],
                "value": int(row["value"]),
                "open": row["bound"] != "about",
                "text": f"{SIGNS[row['bound']]}{round(int(row['value']), -2 if row['method'] == 'computed' else 0):,}"
                f"{'*' if row['method'] == 'computed' else ''}",
            }
        )
    order = list(dict.fromkeys(value["row"] for value in values))
    y = alt.Y(
        "row:N",
        sort=order,
        title=None,
        axis=alt.Axis(labelFontSize=12, grid=True, gridColor=GRID, ticks=False, domain=False),
    )
    x = alt.X(
        "value:Q",
        title="persons (* computed here)",
        scale=alt.Scale(domain=[0, 7000]),
        axis=alt.Axis(format=",d", values=[0, 2000, 4000, 6000], gridColor=GRID, labelFontSize=12),
    )
    data = alt.Chart(alt.Data(values=values))
    spans = [
        {"row": row, "low": min(pair), "high": max(pair)}
        for row in order
        if len(pair := [value["value"] for value in values if value["row"] == row]) == 2
    ]
    span = (
        alt.Chart(alt.Data(values=spans))
        .mark_rule(color=MUTED, strokeWidth=2)
        .encode(x=alt.X("low:Q", scale=alt.Scale(domain=[0, 7000])), x2="high:Q", y=y)
    )
    marks = data.mark_point(filled=True, size=100, opacity=1).encode(
        x=x,
        y=y,
        shape=alt.Shape(
            "measure:N",
            scale=alt.Scale(domain=MEASURES, range=["diamond", "circle"]),
            legend=alt.Legend(title=None, orient="bottom", labelFontSize=12),
        ),
        color=alt.Color("measure:N", scale=alt.Scale(domain=MEASURES, range=[SERIES[1], SERIES[0]])),
    )
    # A label between the two marks of a row would be read as the wounded: the killed stand above theirs.
    killed = (
        data.transform_filter("datum.measure == 'killed'")
        .mark_text(dy=-11, fontSize=11, color=INK)
        .encode(x=x, y=y, text="text:N")
    )
    total = (
        data.transform_filter("datum.measure != 'killed'")
        .mark_text(align="left", dx=9, fontSize=11, color=INK)
        .encode(x=x, y=y, text="text:N")
    )
    return (span + marks + killed + total).properties(
        width=330,
        height=32 * len(order),
        title=alt.Title("Totals drew together, the number of dead did not", anchor="start"),
    )
