"""Floods tripled in two years."""

import altair as alt

from farreaching.charts import SERIES


def chart(rows: list[dict[str, str]]) -> alt.TopLevelMixin:
    bars = alt.Chart(alt.Data(values=rows)).mark_bar(clip=True)
    colour = alt.Color("river:N", scale=alt.Scale(range=SERIES))
    return bars.encode(x="year:O", y="floods:Q", color=colour).properties(title="Floods tripled in two years")
