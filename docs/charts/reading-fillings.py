"""One estimate of 2,000 boxes gives totals that differ four-thousandfold, by what is supposed to be inside."""

import altair as alt

from farreaching.charts import GRID, INK, MUTED, SERIES

KINDS = ["stated for all 2000", "multiplied here", "sum nobody briefed"]
SHAPES = ["circle", "triangle-up", "cross"]


def chart(rows: list[dict[str, str]]) -> alt.TopLevelMixin:
    """Rows are the CSV's rows as strings; returns the finished chart (width at most 640, fonts left alone)."""
    data = [
        {
            "filling": row["filling"],
            "rounds": int(row["rounds"]),
            "kind": row["kind"].replace("2000", "2,000"),
            "label": row["label"],
        }
        for row in rows
    ]
    kinds = [kind.replace("2000", "2,000") for kind in KINDS]
    base = alt.Chart(alt.Data(values=data)).encode(
        x=alt.X(
            "rounds:Q",
            title="Rounds in 2,000 containers (logarithmic scale)",
            scale=alt.Scale(type="log", domain=[100000, 10000000000], nice=False),
            axis=alt.Axis(
                values=[100000, 1000000, 10000000, 100000000, 1000000000],
                format=",d",
                labelOverlap=False,
                labelFontSize=11,
                gridColor=GRID,
                titleColor=MUTED,
            ),
        ),
        y=alt.Y(
            "filling:N",
            sort=[row["filling"] for row in rows],
            title=None,
            axis=alt.Axis(labelFontSize=12, labelLimit=220, ticks=False, domain=False),
        ),
    )
    points = base.mark_point(filled=True, size=130, opacity=1).encode(
        shape=alt.Shape(
            "kind:N",
            scale=alt.Scale(domain=kinds, range=SHAPES),
            legend=alt.Legend(title=None, orient="bottom", labelFontSize=12, columns=3),
        ),
        color=alt.Color("kind:N", scale=alt.Scale(domain=kinds, range=SERIES[:3])),
    )
    labels = base.mark_text(align="left", dx=12, fontSize=12).encode(text="label:N", color=alt.value(INK))
    return (points + labels).properties(
        width=400,
        height=alt.Step(34),
        title=alt.TitleParams(
            ["The same 2,000 boxes, three fillings,", "and a sum that no one briefed"], anchor="start", fontSize=14
        ),
    )
