"""Rows of evidence against eight hypotheses: whoever counts what speaks against each crowns the untested one."""

import altair as alt

from farreaching.charts import GRID, INK, MUTED, SERIES

HYPOTHESES = ["money", "technology", "experience", "insurance", "loyalty", "beijing", "standing", "request"]
TITLES = {name: "Beijing" if name == "beijing" else name.capitalize() for name in HYPOTHESES}
LOOKS = {
    "inconsistent": ("square", SERIES[1], SERIES[1]),
    "consistent": ("circle", SERIES[0], "transparent"),
    "neither": ("M-0.4,0H0.4", MUTED, "transparent"),
}
GROUPS = {0: "Count against something", 11: "Fit some, count against none", 19: "Tell nothing"}
COUNT = "Rows that count against it"


def chart(rows: list[dict[str, str]]) -> alt.TopLevelMixin:
    """Rows are the CSV's rows as strings; returns the finished chart (width at most 640, fonts left alone)."""
    label = [f"{row['row']} ({row['grade']})  {row['order']}" for row in rows]
    order = [name for place, text in enumerate(label) for name in (*([GROUPS[place]] if place in GROUPS else []), text)]
    values = [
        {"row": text, "hypothesis": TITLES[name], "reading": row[name]}
        for text, row in zip(label, rows, strict=True)
        for name in HYPOTHESES
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
    headings = " || ".join(f"datum.value == '{name}'" for name in (*GROUPS.values(), COUNT))
    weight = {"condition": {"test": headings, "value": "bold"}, "value": "normal"}
    lines = alt.Y(
        "row:N",
        sort=[*order, COUNT],
        title=None,
        scale=alt.Scale(domain=[*order, COUNT]),
        axis=alt.Axis(labelFontSize=12, ticks=False, domain=False, labelFontWeight=weight),
    )
    shapes, strokes, fills = ([look[part] for look in LOOKS.values()] for part in range(3))
    legend = alt.Legend(title=None, orient="bottom", direction="horizontal", labelFontSize=12)
    rules = alt.Chart(alt.Data(values=[{"row": text} for text in label])).mark_rule(color=GRID).encode(y=lines)
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
    return alt.layer(rules, marks, counts).properties(
        width=272,
        height=20 * (len(order) + 1),
        title=alt.Title(
            ["Counting would crown the hypothesis", "about which the evidence says least"],
            anchor="start",
            offset=8,
        ),
    )
