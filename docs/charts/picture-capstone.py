"""A picture for the home page: the assertions of one article in their order, by what became of each."""

import altair as alt

from farreaching.charts import MUTED, SERIES

COLUMNS = 17
SHAPES = ["circle", "square", "triangle-up", "diamond", "cross", "triangle-down", "triangle-right"]


def chart(rows: list[dict[str, str]]) -> alt.TopLevelMixin:
    """Rows are the rows of article-verdicts.csv; returns a picture without words."""
    verdicts = list(dict.fromkeys(row["verdict"] for row in rows))
    values = [{"x": place % COLUMNS, "y": place // COLUMNS, "verdict": row["verdict"]} for place, row in enumerate(rows)]
    return (
        alt.Chart(alt.Data(values=values))
        .mark_point(filled=True, size=130, opacity=1)
        .encode(
            x=alt.X("x:Q", axis=None),
            y=alt.Y("y:Q", axis=None, scale=alt.Scale(reverse=True)),
            shape=alt.Shape("verdict:N", scale=alt.Scale(domain=verdicts, range=SHAPES[: len(verdicts)]), legend=None),
            color=alt.Color("verdict:N", scale=alt.Scale(domain=verdicts, range=[MUTED, *SERIES][: len(verdicts)]), legend=None),
        )
        .properties(width=340, height=110)
    )
