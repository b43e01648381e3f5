"""Ten cases on a scale of kinds of evidence: what is the best that has been read for each."""

import altair as alt

from farreaching.charts import GRID, SERIES
from farreaching.charts.rows import LABEL, POINT, names

KINDS = ["a list", "a statement", "one side heard", "an act", "an object", "papers", "a trial"]
SHAPES = ["circle", "square", "triangle-up", "diamond", "cross", "triangle-down", "triangle-right"]


def chart(rows: list[dict[str, str]]) -> alt.TopLevelMixin:
    """Rows are the CSV's rows as strings; returns the finished chart (width at most 640, fonts left alone)."""
    values = [{"row": row["case"], "kind": row["kind"], "text": row["finding"]} for row in rows]
    x = alt.X(
        "kind:N",
        scale=alt.Scale(domain=KINDS),
        title="best kind of evidence read",
        axis=alt.Axis(labelFontSize=12, titleFontSize=12, titleAnchor="start", labelAngle=-40, grid=True, gridColor=GRID),
    )
    y = names("row", [value["row"] for value in values], lines=False)
    data = alt.Chart(alt.Data(values=values)).encode(x=x, y=y)
    shape = alt.Shape("kind:N", scale=alt.Scale(domain=KINDS, range=SHAPES), legend=None)
    points = data.mark_point(**POINT, color=SERIES[0]).encode(shape=shape)
    # in the last two columns the words stand on the left, where there is room
    last = (alt.datum.kind == "papers") | (alt.datum.kind == "a trial")
    right = data.transform_filter(~last).mark_text(**LABEL).encode(text="text:N")
    left = data.transform_filter(last).mark_text(**{**LABEL, "align": "right", "dx": -10}).encode(text="text:N")
    return (points + right + left).properties(
        width=380,
        height=28 * len(rows),
        title=alt.Title(
            ["Ten cases, seven kinds of evidence:", "none of them says all that the list says"], anchor="start", offset=12
        ),
    )
