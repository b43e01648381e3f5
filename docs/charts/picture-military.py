"""A picture for the home page: containers that were said to have gone to Russia, by who said so."""

import altair as alt

from farreaching.charts import MUTED, SERIES

SHAPES = ["circle", "square", "triangle-up", "diamond", "cross"]


def chart(rows: list[dict[str, str]]) -> alt.TopLevelMixin:
    """Rows are the rows of shells-containers.csv; returns a picture without words."""
    values = [{"date": row["date"], "count": int(row["containers"]), "who": row["claimant"]} for row in rows]
    x = alt.X("date:T", axis=None, scale=alt.Scale(type="utc"))
    y = alt.Y("count:Q", axis=None)
    base = alt.Chart(alt.Data(values=values))
    stems = base.mark_rule(color=MUTED, strokeWidth=1).encode(x=x, y=y, y2=alt.datum(0))
    heads = base.mark_point(filled=True, size=130, opacity=1).encode(
        x=x,
        y=y,
        shape=alt.Shape("who:N", scale=alt.Scale(range=SHAPES), legend=None),
        color=alt.Color("who:N", scale=alt.Scale(range=SERIES), legend=None),
    )
    return alt.layer(stems, heads).properties(width=340, height=110)
