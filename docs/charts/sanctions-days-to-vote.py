"""The Council took longer to answer each nuclear test than the one before, until the sixth."""

import altair as alt

from farreaching.charts import GRID, INK, SERIES

KINDS = {"nuclear test": "after a nuclear test", "launch": "after a launch"}
DOMAIN = [0, 90]


def chart(rows: list[dict[str, str]]) -> alt.TopLevelMixin:
    """Rows are the CSV's rows as strings; returns the finished chart (width at most 640, fonts left alone)."""
    values = [
        {
            "row": f"{row['act']}, {row['act_date'][:4]} ({row['resolution']})",
            "kind": KINDS[row["kind"]],
            "days": int(row["days"]),
            "text": row["days"],
        }
        for row in rows
    ]
    names = list(KINDS.values())
    x = alt.X(
        "days:Q",
        title="days from the act to the resolution",
        scale=alt.Scale(domain=DOMAIN),
        axis=alt.Axis(values=[0, 20, 40, 60, 80], gridColor=GRID, labelFontSize=12, titleFontSize=12, titleAnchor="start"),
    )
    y = alt.Y(
        "row:N",
        sort=[value["row"] for value in values],
        title=None,
        axis=alt.Axis(labelFontSize=12, labelLimit=260, ticks=False, domain=False, grid=True, gridColor=GRID),
    )
    data = alt.Chart(alt.Data(values=values))
    color = alt.Color("kind:N", scale=alt.Scale(domain=names, range=[SERIES[1], SERIES[0]]))
    stem = data.mark_rule(strokeWidth=3, opacity=0.6).encode(x=x, x2=alt.datum(0), y=y, color=color)
    head = data.mark_point(filled=True, size=120, opacity=1, stroke=INK, strokeWidth=0.5).encode(
        x=x,
        y=y,
        shape=alt.Shape(
            "kind:N",
            scale=alt.Scale(domain=names, range=["circle", "diamond"]),
            legend=alt.Legend(title=None, orient="bottom", direction="horizontal", labelFontSize=12),
        ),
        color=color,
    )
    number = data.mark_text(align="left", dx=11, fontSize=12, color=INK).encode(x=x, y=y, text="text:N")
    return (stem + head + number).properties(
        width=360,
        height=26 * len(rows),
        title=alt.Title("Each nuclear test took longer to answer, until the sixth", anchor="start", offset=12),
    )
