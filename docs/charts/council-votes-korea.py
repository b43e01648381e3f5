"""How many vote yes does not decide: what counts is whether the matter is procedural and whether a permanent member says no."""

from datetime import date

import altair as alt

from farreaching.charts import GRID, INK, MUTED, SERIES

KINDS = ["for", "against", "abstaining", "absent_or_not_voting"]
LABELS = ["For", "Against (−)", "Abstaining (○)", "Absent or not voting (×)"]
SIGNS = ["", "−", "○", "×"]


def chart(rows: list[dict[str, str]]) -> alt.TopLevelMixin:
    """Rows are the CSV's rows as strings; returns the finished chart (width at most 640, fonts left alone)."""
    bars = []
    ends = []
    order = []
    for row in rows:
        day = date.fromisoformat(row["date"])
        name = f"{row['matter']}, {day.year}"
        order.append(name)
        start = 0
        for kind, label, sign in zip(KINDS, LABELS, SIGNS, strict=True):
            count = int(row[kind])
            if count:
                bars.append(
                    {
                        "vote": name,
                        "kind": label,
                        "start": start,
                        "end": start + count,
                        "middle": start + count / 2,
                        "count": f"{sign}{count}",
                    }
                )
            start += count
        outcome = "passed" if row["outcome"] == "adopted" else "failed"
        ends.append(
            {
                "vote": name,
                "required": int(row["required"]),
                "total": start,
                "text": f"{outcome} (procedure)" if row["kind"] == "procedural" else outcome,
            }
        )
    y = alt.Y(
        "vote:N",
        sort=order,
        title=None,
        axis=alt.Axis(labelFontSize=12, ticks=False, domain=False),
    )
    x_axis = alt.Axis(grid=False, values=[0, 5, 10, 15], labelFontSize=11, titleFontSize=12, titleAnchor="start")
    scale = alt.Scale(domain=[0, 20.5])
    base = alt.Chart(alt.Data(values=bars))
    body = base.mark_bar(height=17, fillOpacity=0.45, stroke=INK, strokeWidth=0.6).encode(
        x=alt.X("start:Q", title="Members", scale=scale, axis=x_axis),
        x2="end:Q",
        y=y,
        color=alt.Color(
            "kind:N",
            scale=alt.Scale(domain=LABELS, range=[SERIES[0], SERIES[1], SERIES[2], GRID]),
            legend=alt.Legend(title=None, orient="bottom", direction="horizontal", columns=2, labelFontSize=12),
        ),
    )
    counts = base.mark_text(fontSize=11, color=INK).encode(x=alt.X("middle:Q", scale=scale), y=y, text="count:N")
    tail = alt.Chart(alt.Data(values=ends))
    need = tail.mark_tick(color=INK, thickness=3, height=25).encode(x=alt.X("required:Q", scale=scale), y=y)
    word = tail.mark_text(align="left", dx=6, fontSize=12, color=MUTED).encode(
        x=alt.X("total:Q", scale=scale), y=y, text="text:N"
    )
    return (body + counts + need + word).properties(
        width=380,
        height=29 * len(rows),
        title=alt.Title("Nine votes were enough in 2015 and 2016; thirteen were not in 2022 and 2024", anchor="start", offset=12),
    )
