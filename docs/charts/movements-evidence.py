"""Ten cases on a scale of kinds of evidence: what is the best that has been read for each."""

import altair as alt

from farreaching.charts import GRID, INK, SERIES

KINDS = ["a list", "a statement", "one side heard", "an act", "an object", "papers", "a trial"]
SHAPES = ["circle", "square", "triangle-up", "diamond", "cross", "triangle-down", "triangle-right"]


def chart(rows: list[dict[str, str]]) -> alt.TopLevelMixin:
    """Rows are the CSV's rows as strings; returns the finished chart (width at most 640, fonts left alone)."""
    values = [{"row": row["case"], "kind": row["kind"], "text": row["finding"]} for row in rows]
    y = alt.Y(
        "row:N",
        sort=[value["row"] for value in values],
        title=None,
        axis=alt.Axis(labelFontSize=12, labelLimit=220, ticks=False, domain=False, grid=False),
    )
    x = alt.X(
        "kind:N",
        sort=KINDS,
        scale=alt.Scale(domain=KINDS),
        title="best kind of evidence read",
        axis=alt.Axis(labelFontSize=12, titleFontSize=12, titleAnchor="start", labelAngle=-40, grid=True, gridColor=GRID),
    )
    data = alt.Chart(alt.Data(values=values))
    look = {"filled": True, "size": 110, "opacity": 1, "stroke": INK, "strokeWidth": 0.5, "color": SERIES[0]}
    shape = alt.Shape("kind:N", scale=alt.Scale(domain=KINDS, range=SHAPES), legend=None)
    points = data.mark_point(**look).encode(x=x, y=y, shape=shape)
    right = alt.datum.kind != "papers"
    left = data.transform_filter((alt.datum.kind == "papers") | (alt.datum.kind == "a trial"))
    rest = data.transform_filter(right & (alt.datum.kind != "a trial"))
    labels = rest.mark_text(align="left", dx=10, fontSize=12, color=INK).encode(x=x, y=y, text="text:N")
    labels_left = left.mark_text(align="right", dx=-10, fontSize=12, color=INK).encode(x=x, y=y, text="text:N")
    return (points + labels + labels_left).properties(
        width=380,
        height=28 * len(rows),
        title=alt.Title(
            ["Ten cases, seven kinds of evidence:", "none of them says all that the list says"], anchor="start", offset=12
        ),
    )
