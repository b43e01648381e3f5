"""Rows of evidence against seven hypotheses: whoever counts what speaks against each crowns the untested one."""

import altair as alt

from farreaching.charts import INK, MUTED, SERIES
from farreaching.charts.rows import names

HYPOTHESES = ["money", "technology", "experience", "insurance", "beijing", "standing", "request"]
TITLES = {name: "Beijing" if name == "beijing" else name.capitalize() for name in HYPOTHESES}
LOOKS = {
    "inconsistent": ("square", SERIES[1], SERIES[1]),
    "consistent": ("circle", SERIES[0], "transparent"),
    "neither": ("M-0.25,0H0.25", MUTED, "transparent"),
}
COUNT = "Rows that count against it"


def chart(rows: list[dict[str, str]]) -> alt.TopLevelMixin:
    """Rows are the CSV's rows as strings; returns the finished chart (width at most 640, fonts left alone)."""
    label = {row["order"]: f"{row['row']} ({row['grade']})" for row in rows}
    values = [
        {"row": label[row["order"]], "hypothesis": TITLES[name], "reading": row[name]} for row in rows for name in HYPOTHESES
    ]
    totals = [
        {"row": COUNT, "hypothesis": TITLES[name], "total": sum(row[name] == "inconsistent" for row in rows)}
        for name in HYPOTHESES
    ]
    columns = alt.X(
        "hypothesis:N",
        sort=list(TITLES.values()),
        title=None,
        axis=alt.Axis(orient="top", labelAngle=-40, labelFontSize=12, ticks=False, domain=False),
    )
    lines = names("row", [*label.values(), COUNT])
    shapes, strokes, fills = ([look[part] for look in LOOKS.values()] for part in range(3))
    legend = alt.Legend(title=None, orient="bottom", direction="horizontal", labelFontSize=12)
    marks = (
        alt.Chart(alt.Data(values=values))
        .mark_point(size=90, opacity=1, strokeWidth=1.6)
        .encode(
            x=columns,
            y=lines,
            shape=alt.Shape("reading:N", scale=alt.Scale(domain=list(LOOKS), range=shapes), legend=legend),
            stroke=alt.Stroke("reading:N", scale=alt.Scale(domain=list(LOOKS), range=strokes), legend=legend),
            fill=alt.Fill("reading:N", scale=alt.Scale(domain=list(LOOKS), range=fills), legend=legend),
        )
    )
    counts = (
        alt.Chart(alt.Data(values=totals))
        .mark_text(fontSize=13, fontWeight="bold", color=INK)
        .encode(x=columns, y=lines, text="total:Q")
    )
    return alt.layer(marks, counts).properties(
        width=280,
        height=21 * (len(rows) + 1),
        title=alt.Title(
            ["Counting would crown the hypothesis", "about which the evidence says least"],
            anchor="start",
            offset=8,
        ),
    )
