"""Accusers and accused spoke for six months; what settled the matter was the accused saying so themselves."""

import altair as alt

from farreaching.charts import GRID, INK, SERIES

SPEAKERS = ["Ukraine", "South Korea", "United States", "NATO", "United Nations", "Russia", "North Korea"]
STANCES = ["says so", "cannot confirm", "neither yes nor no", "denies", "acknowledges"]
SHAPES = ["triangle-up", "circle", "square", "cross", "diamond"]
COLOURS = [SERIES[0], SERIES[3 % len(SERIES)], SERIES[2], SERIES[1], INK]


def panel(values: list[dict[str, str]], domain: list[str], *, width: int, first: bool) -> alt.LayerChart:
    """One stretch of time; only the first carries the names of the speakers."""
    x = alt.X(
        "date:T",
        title=None,
        scale=alt.Scale(type="utc", domain=domain),
        axis=alt.Axis(format="%-d %b" if first else "%b %Y", gridColor=GRID, labelFontSize=12, tickCount=5 if first else 3),
    )
    y = alt.Y(
        "speaker:N",
        sort=SPEAKERS,
        title=None,
        scale=alt.Scale(domain=SPEAKERS),
        axis=alt.Axis(labelFontSize=12, grid=True, gridColor=GRID, ticks=False, domain=False)
        if first
        else alt.Axis(labels=False, grid=True, gridColor=GRID, ticks=False, domain=False),
    )
    marks = (
        alt.Chart(alt.Data(values=values))
        .mark_point(filled=True, size=120, opacity=1)
        .encode(
            x=x,
            y=y,
            shape=alt.Shape(
                "stance:N",
                scale=alt.Scale(domain=STANCES, range=SHAPES),
                legend=alt.Legend(title=None, orient="bottom", labelFontSize=12, columns=5, symbolSize=110),
            ),
            color=alt.Color("stance:N", scale=alt.Scale(domain=STANCES, range=COLOURS)),
        )
    )
    return alt.layer(marks).properties(width=width, height=230)


def chart(rows: list[dict[str, str]]) -> alt.TopLevelMixin:
    """Rows are the CSV's rows as strings; returns the finished chart (width at most 640, fonts left alone)."""
    october = [row for row in rows if row["date"] < "2024-11-01"]
    later = [row for row in rows if row["date"] >= "2024-11-01"]
    left = panel(october, ["2024-10-06", "2024-11-01"], width=320, first=True)
    right = panel(later, ["2024-11-01", "2025-05-10"], width=170, first=False)
    return alt.hconcat(left, right, spacing=12).properties(
        title=alt.Title("Six months of saying and denying ended when the accused spoke", anchor="start", offset=14)
    )
