"""The car and the first tankers came before the veto, so they cannot be its consequences."""

from datetime import date

import altair as alt

from farreaching.charts import GRID, INK, MUTED, SERIES

KINDS = ["cited by the article", "Council and Panel", "after the Panel"]
LABELS = ["The article's examples", "Council and Panel", "Later examples"]
MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun"]
VETO = "2024-03-28"


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
                "before": row["date"] < VETO,
            }
        )
    x = alt.X(
        "date:T",
        title=None,
        scale=alt.Scale(type="utc", domain=["2024-01-25", "2024-07-09"]),
        axis=alt.Axis(format="%-d %b", gridColor=GRID, tickCount=6, labelFontSize=12),
    )
    y = alt.Y(
        "event:N",
        sort=[row["event"] for row in rows],
        title=None,
        axis=alt.Axis(labelFontSize=12, grid=True, gridColor=GRID, ticks=False, domain=False),
    )
    veto = alt.Chart(alt.Data(values=[{"date": VETO, "text": "veto, 28 March"}]))
    line = veto.mark_rule(color=INK, strokeDash=[5, 3]).encode(x=x)
    name = veto.mark_text(align="left", dx=5, fontSize=12, color=INK).encode(x=x, y=alt.value(-8), text="text:N")
    data = alt.Chart(alt.Data(values=values))
    marks = data.mark_point(filled=True, size=110, opacity=1).encode(
        x=x,
        y=y,
        shape=alt.Shape(
            "group:N",
            scale=alt.Scale(domain=LABELS, range=["diamond", "circle", "triangle-up"]),
            legend=alt.Legend(title=None, orient="bottom", direction="vertical", labelFontSize=12),
        ),
        color=alt.Color("group:N", scale=alt.Scale(domain=LABELS, range=[SERIES[1], SERIES[0], SERIES[2]])),
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
        width=380,
        height=26 * len(rows),
        title=alt.Title("The car and the first tankers came before the veto", anchor="start", offset=18),
    )
