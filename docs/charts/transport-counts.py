"""Counts of voyages and visits differ mainly because each watches its own stretch of time."""

import altair as alt

from farreaching.charts import GRID, INK, SERIES

KINDS = ["munitions ships", "tankers"]
NAMES = ["Ships from Rajin", "Tankers at Vostochny Port"]
SIGNS = {"at least": "≥ ", "counted": ""}


def chart(rows: list[dict[str, str]]) -> alt.TopLevelMixin:
    """Rows are the CSV's rows as strings; returns the finished chart (width at most 640, fonts left alone)."""
    values = [
        {
            "row": row["counter"],
            "start": row["start"],
            "end": row["end"],
            "kind": NAMES[KINDS.index(row["traffic"])],
            "text": f"{SIGNS[row['bound']]}{row['count']} {row['unit']}",
        }
        for row in rows
    ]
    y = alt.Y(
        "row:N",
        sort=[row["counter"] for row in rows],
        title=None,
        axis=alt.Axis(labelLimit=250, labelFontSize=12, grid=True, gridColor=GRID, ticks=False, domain=False),
    )
    scale = alt.Scale(type="utc", domain=["2023-07-15", "2025-10-31"])
    x = alt.X(
        "start:T",
        title=None,
        scale=scale,
        axis=alt.Axis(
            format="%b %Y",
            gridColor=GRID,
            labelFontSize=12,
            values=[f"{d}T00:00:00Z" for d in ("2023-10-01", "2024-04-01", "2024-10-01", "2025-04-01")],
        ),
    )
    color = alt.Color("kind:N", scale=alt.Scale(domain=NAMES, range=[SERIES[0], SERIES[1]]), legend=None)
    data = alt.Chart(alt.Data(values=values))
    spans = data.mark_rule(strokeWidth=5).encode(x=x, x2="end:T", y=y, color=color)
    ends = data.mark_point(filled=True, size=100, opacity=1).encode(
        x=alt.X("end:T", scale=scale),
        y=y,
        color=alt.Color(
            "kind:N",
            scale=alt.Scale(domain=NAMES, range=[SERIES[0], SERIES[1]]),
            legend=alt.Legend(title=None, orient="bottom", labelFontSize=12, labelLimit=240),
        ),
        shape=alt.Shape("kind:N", scale=alt.Scale(domain=NAMES, range=["circle", "diamond"])),
    )
    labels = data.mark_text(align="left", dx=11, fontSize=12, color=INK).encode(x=alt.X("end:T", scale=scale), y=y, text="text:N")
    return (spans + ends + labels).properties(
        width=355,
        height=30 * len(rows),
        title=alt.Title(["Each count belongs to its own window", "and to its own unit"], anchor="start", offset=12),
    )
