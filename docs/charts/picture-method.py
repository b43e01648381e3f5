"""A picture for the home page: who said yes and who said no, from week to week, until two said it themselves."""

import altair as alt

from farreaching.charts import GRID, INK, MUTED, SERIES

LOOKS = {
    "says so": ("triangle-up", SERIES[0]),
    "cannot confirm": ("circle", MUTED),
    "neither yes nor no": ("square", SERIES[2]),
    "denies": ("cross", SERIES[1]),
    "acknowledges": ("diamond", INK),
}


def chart(rows: list[dict[str, str]]) -> alt.TopLevelMixin:
    """Rows are the rows of evidence-stances.csv; returns a picture without words."""
    speakers = list(dict.fromkeys(row["speaker"] for row in rows))
    values = [{"x": place, "y": speakers.index(row["speaker"]), "stance": row["stance"]} for place, row in enumerate(rows)]
    scales = zip(*LOOKS.values(), strict=True)
    shape, colour = (alt.Scale(domain=list(LOOKS), range=list(looks)) for looks in scales)
    return (
        alt.Chart(alt.Data(values=values))
        .mark_point(filled=True, size=150, opacity=1)
        .encode(
            x=alt.X("x:Q", axis=None),
            y=alt.Y("y:Q", axis=alt.Axis(labels=False, ticks=False, domain=False, title=None, gridColor=GRID)),
            shape=alt.Shape("stance:N", scale=shape, legend=None),
            color=alt.Color("stance:N", scale=colour, legend=None),
        )
        .properties(width=340, height=110)
    )
