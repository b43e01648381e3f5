"""A picture for the home page: every mission abroad as a line of years, thick where the highest number is large."""

import altair as alt

from farreaching.charts import SERIES


def chart(rows: list[dict[str, str]]) -> alt.TopLevelMixin:
    """Rows are the rows of deployments.csv; returns a picture without words."""
    values = [
        {
            "order": int(row["order"]),
            "start": int(row["start"]),
            "end": int(row["end"]) + 1,
            "people": int(row["high"]) if row["high"].isdigit() else 1,
            "last": row is rows[-1],
        }
        for row in rows
        if row["start"].isdigit() and row["end"].isdigit()
    ]
    return (
        alt.Chart(alt.Data(values=values))
        .mark_bar()
        .encode(
            x=alt.X("start:Q", axis=None, scale=alt.Scale(domain=[1964, 2028])),
            x2="end:Q",
            y=alt.Y("order:O", axis=None),
            color=alt.Color("people:Q", scale=alt.Scale(type="threshold", domain=[1000], range=SERIES[:2]), legend=None),
        )
        .properties(width=340, height=110)
    )
