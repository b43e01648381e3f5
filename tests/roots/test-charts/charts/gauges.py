"""Floods come in April."""

import altair as alt


def chart(rows: list[dict[str, str]]) -> alt.TopLevelMixin:
    marks = alt.Chart(alt.Data(values=rows)).mark_text(clip=True)
    return marks.encode(x="floods:Q", text=alt.Text("day:T", format="%-d %b"), y="day:T")
