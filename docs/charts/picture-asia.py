"""A picture for the home page: forecasts from the day they were made to the day they fell due, by what became of them."""

import altair as alt

from farreaching.charts import MUTED, SERIES

LOOKS = {
    "came about": ("circle", SERIES[0]),
    "in part": ("diamond", SERIES[2]),
    "did not": ("cross", SERIES[1]),
    "not known": ("square", MUTED),
    "open": ("triangle-up", SERIES[3]),
}


def chart(rows: list[dict[str, str]]) -> alt.TopLevelMixin:
    """Rows are the rows of forecasts-made.csv; returns a picture without words."""
    values = [{"y": place, "made": row["made"], "due": row["due"], "verdict": row["verdict"]} for place, row in enumerate(rows)]
    shape, colour = (alt.Scale(domain=list(LOOKS), range=list(looks)) for looks in zip(*LOOKS.values(), strict=True))
    y = alt.Y("y:Q", axis=None, scale=alt.Scale(reverse=True))
    base = alt.Chart(alt.Data(values=values))
    scale = alt.Scale(type="utc")
    lines = base.mark_rule(color=MUTED).encode(x=alt.X("made:T", axis=None, scale=scale), x2="due:T", y=y)
    marks = base.mark_point(filled=True, size=110, opacity=1).encode(
        x=alt.X("due:T", axis=None, scale=scale),
        y=y,
        shape=alt.Shape("verdict:N", scale=shape, legend=None),
        color=alt.Color("verdict:N", scale=colour, legend=None),
    )
    return alt.layer(lines, marks).properties(width=340, height=110)
