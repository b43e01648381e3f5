"""Between 57 and 77 per cent of South Koreans want a bomb of their own, depending on who asks; of the elites, a third."""

import altair as alt

from farreaching.charts import GRID, INK, SERIES

NAMES = {"KINU": "KINU", "Chey": "Chey Institute", "Asan": "Asan Institute", "others": "others", "elites": "elites only"}
SHAPES = ["circle", "square", "triangle-up", "diamond", "cross"]


def chart(rows: list[dict[str, str]]) -> alt.TopLevelMixin:
    """Rows are the CSV's rows as strings; returns the finished chart (width at most 640, fonts left alone)."""
    values = [
        {
            "row": f"{row['field']}: {row['pollster']}",
            "series": NAMES[row["series"]],
            "support": float(row["support"]),
            "text": row["support"],
        }
        for row in rows
    ]
    names = list(NAMES.values())
    x = alt.X(
        "support:Q",
        title="per cent for nuclear weapons of their own",
        scale=alt.Scale(domain=[0, 100]),
        axis=alt.Axis(values=[0, 25, 50, 75, 100], gridColor=GRID, labelFontSize=12, titleFontSize=12, titleAnchor="start"),
    )
    y = alt.Y(
        "row:N",
        sort=[value["row"] for value in values],
        title=None,
        axis=alt.Axis(labelFontSize=12, labelLimit=330, ticks=False, domain=False, grid=True, gridColor=GRID),
    )
    data = alt.Chart(alt.Data(values=values))
    points = data.mark_point(filled=True, size=120, opacity=1, stroke=INK, strokeWidth=0.5).encode(
        x=x,
        y=y,
        shape=alt.Shape(
            "series:N",
            scale=alt.Scale(domain=names, range=SHAPES),
            legend=alt.Legend(title=None, orient="bottom", direction="horizontal", columns=3, labelFontSize=12),
        ),
        color=alt.Color("series:N", scale=alt.Scale(domain=names, range=SERIES[:5])),
    )
    number = data.mark_text(align="left", dx=10, fontSize=12, color=INK).encode(x=x, y=y, text="text:N")
    return (points + number).properties(
        width=270,
        height=26 * len(rows),
        title=alt.Title(
            ["Depending on who asks, 57 to 77 per cent want a bomb;", "of the elites, a third"],
            anchor="start",
            offset=12,
        ),
    )
