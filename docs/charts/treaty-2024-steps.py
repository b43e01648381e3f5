"""Troops in Russia and talk of Article 4 were reported before the treaty was in force; the article was invoked for them after."""

from datetime import date

import altair as alt

from farreaching.charts import GRID, INK, MUTED, SERIES

KINDS = ["treaty", "reading", "war"]
LABELS = ["Treaty procedure", "What leaders said it means", "War"]
MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
FORCE = "2024-12-04"


def chart(rows: list[dict[str, str]]) -> alt.TopLevelMixin:
    """Rows are the CSV's rows as strings; returns the finished chart (width at most 640, fonts left alone)."""
    values = []
    for row in rows:
        day = date.fromisoformat(row["date"])
        values.append(
            {
                "date": row["date"],
                "event": row["event"],
                "group": LABELS[KINDS.index(row["kind"])],
                "day": f"{day.day} {MONTHS[day.month - 1]}",
                "before": row["date"] < FORCE,
            }
        )
    x = alt.X(
        "date:T",
        title=None,
        scale=alt.Scale(type="utc", domain=["2024-03-25", "2025-08-20"]),
        axis=alt.Axis(
            format="%b %Y",
            gridColor=GRID,
            labelFontSize=12,
            values=[f"{d}T00:00:00Z" for d in ("2024-06-01", "2024-09-01", "2024-12-01", "2025-03-01", "2025-06-01")],
        ),
    )
    y = alt.Y(
        "event:N",
        sort=[row["event"] for row in rows],
        title=None,
        axis=alt.Axis(labelFontSize=12, grid=True, gridColor=GRID, ticks=False, domain=False),
    )
    force = alt.Chart(alt.Data(values=[{"date": FORCE, "text": "in force from 4 December 2024"}]))
    line = force.mark_rule(color=INK, strokeDash=[5, 3]).encode(x=x)
    name = force.mark_text(align="left", dx=5, fontSize=12, color=INK).encode(x=x, y=alt.value(-8), text="text:N")
    data = alt.Chart(alt.Data(values=values))
    marks = data.mark_point(filled=True, size=110, opacity=1).encode(
        x=x,
        y=y,
        shape=alt.Shape(
            "group:N",
            scale=alt.Scale(domain=LABELS, range=["circle", "diamond", "triangle-up"]),
            legend=alt.Legend(title=None, orient="bottom", direction="vertical", columns=1, labelFontSize=12),
        ),
        color=alt.Color("group:N", scale=alt.Scale(domain=LABELS, range=[SERIES[0], SERIES[1], SERIES[2]])),
    )
    left = (
        data.transform_filter("datum.before")
        .mark_text(align="right", dx=-9, fontSize=11, color=MUTED)
        .encode(x=x, y=y, text="day:N")
    )
    right = (
        data.transform_filter("!datum.before")
        .mark_text(align="left", dx=9, fontSize=11, color=MUTED)
        .encode(x=x, y=y, text="day:N")
    )
    return (line + name + marks + left + right).properties(
        width=330,
        height=26 * len(rows),
        title=alt.Title(
            [
                "The war and the talk of Article 4 outran the treaty,",
                "which was invoked for the troops only in April 2025",
            ],
            anchor="start",
            offset=20,
        ),
    )
