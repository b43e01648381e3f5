"""Which of eight tools speaks to which of seven cases, and how well: nothing fits the soldiers well."""

import altair as alt

from farreaching.charts import SERIES
from farreaching.charts.rows import POINT, kinds, names

LOOKS = {
    "fits": ("circle", SERIES[0]),
    "in part": ("square", SERIES[2]),
    "against": ("cross", SERIES[1]),
    "open": ("diamond", SERIES[3]),
}


def chart(rows: list[dict[str, str]]) -> alt.TopLevelMixin:
    """Rows are the CSV's rows as strings; returns the finished chart (width at most 640, fonts left alone)."""
    values = [{"tool": row["tool"], "case": row["case"], "verdict": row["verdict"]} for row in rows]
    tools = list(dict.fromkeys(row["tool"] for row in rows))
    cases = [
        "treaties of 1961",
        "the trilateral",
        "two hostile states",
        "the veto",
        "treaty of 2024",
        "the soldiers",
        "China's reserve",
    ]
    axis = alt.Axis(orient="top", labelAngle=-40, labelFontSize=12, ticks=False, domain=False, grid=False)
    x = alt.X("case:N", sort=cases, title=None, axis=axis)
    data = alt.Chart(alt.Data(values=values)).encode(x=x, y=names("tool", tools))
    shape, color = kinds("verdict", LOOKS)
    marks = data.mark_point(**{**POINT, "size": 150}).encode(shape=shape, color=color)
    return marks.properties(
        width=400,
        height=34 * len(tools),
        title=alt.Title(["Four tools speak to the soldiers,", "and none of them fits well"], anchor="start", offset=12),
    )
