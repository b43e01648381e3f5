"""A picture for the home page: five permanent members, vote by vote since 1993."""

import altair as alt

from farreaching.charts import INK, MUTED, SERIES

MEMBERS = ["united_states", "united_kingdom", "france", "china", "russia"]


def chart(rows: list[dict[str, str]]) -> alt.TopLevelMixin:
    """Rows are the rows of council-votes.csv; returns a picture without words."""
    read = [row for row in rows if row["china"] != "not read"]
    values = [
        {"x": place, "y": MEMBERS.index(member), "vote": row[member]} for place, row in enumerate(read) for member in MEMBERS
    ]
    votes = ["yes", "abstained", "no"]
    return (
        alt.Chart(alt.Data(values=values))
        .mark_point(filled=True, size=60, opacity=1)
        .encode(
            x=alt.X("x:Q", axis=None),
            y=alt.Y("y:Q", axis=None, scale=alt.Scale(reverse=True)),
            shape=alt.Shape("vote:N", scale=alt.Scale(domain=votes, range=["circle", "square", "cross"]), legend=None),
            color=alt.Color("vote:N", scale=alt.Scale(domain=votes, range=[MUTED, SERIES[0], SERIES[1]]), legend=None),
            size=alt.Size("vote:N", scale=alt.Scale(domain=votes, range=[40, 110, 150]), legend=None),
            stroke=alt.value(INK),
            strokeWidth=alt.value(0.3),
        )
        .properties(width=340, height=110)
    )
