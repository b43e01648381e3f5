"""The mud was slower than the telephone."""

import altair as alt

from farreaching.charts import SERIES

ORDER = ["Upper bridge", "Mill", "Ferry", "Town"]
KINDS = ["Mud arrived", "Warning given"]


def chart(rows: list[dict[str, str]]) -> alt.TopLevelMixin:
    points = alt.Chart(alt.Data(values=rows)).mark_point(filled=True, size=140, opacity=1)
    scale = alt.Scale(domain=KINDS, range=SERIES[:2])
    return points.encode(
        x=alt.X("minutes:Q", title="Minutes after the eruption"),
        y=alt.Y("town:N", sort=ORDER, title=None),
        color=alt.Color("measure:N", scale=scale, legend=alt.Legend(title=None, orient="bottom")),
        shape=alt.Shape("measure:N", scale=alt.Scale(domain=KINDS, range=["circle", "triangle-up"])),
    ).properties(width=520, height=180, title="The mud was slower than the telephone")
