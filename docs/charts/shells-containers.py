"""Four claimants counted containers from different months, and allies differed by thousands at the same moment."""

import altair as alt

from farreaching.charts import GRID, INK, SERIES

CLAIMANTS = ["South Korea", "United States", "Eleven states (MSMT)", "Reuters and Open Source Centre"]
SHAPES = ["circle", "square", "diamond", "triangle-up"]
SIGNS = {"about": "", "more than": "> ", "at least": "≥ ", "nearly": "< "}
LEFT = {"2024-02-23", "2024-08-27", "2024-09-04", "2024-10-23"}
LOW = {"2023-10-13", "2024-03-18", "2024-10-21"}
LOW_LEFT = {"2024-02-26"}


def chart(rows: list[dict[str, str]]) -> alt.TopLevelMixin:
    """Rows are the CSV's rows as strings; returns the finished chart (width at most 640, fonts left alone)."""
    values = [
        {
            "date": row["date"],
            "claimant": row["claimant"],
            "value": int(row["containers"]),
            "text": f"{SIGNS[row['bound']]}{int(row['containers']):,}",
            "place": "left"
            if row["date"] in LEFT
            else "low"
            if row["date"] in LOW
            else "low left"
            if row["date"] in LOW_LEFT
            else "right",
        }
        for row in rows
    ]
    x = alt.X(
        "date:T",
        title=None,
        scale=alt.Scale(domain=["2023-08-01", "2025-10-15"]),
        axis=alt.Axis(format="%b %Y", tickCount=6, gridColor=GRID, labelFontSize=12),
    )
    y = alt.Y(
        "value:Q",
        title="containers, as stated",
        scale=alt.Scale(domain=[0, 30000]),
        axis=alt.Axis(format=",d", values=[0, 10000, 20000, 30000], gridColor=GRID, labelFontSize=12),
    )
    data = alt.Chart(alt.Data(values=values))
    marks = data.mark_point(filled=True, size=95, opacity=1).encode(
        x=x,
        y=y,
        shape=alt.Shape(
            "claimant:N",
            scale=alt.Scale(domain=CLAIMANTS, range=SHAPES),
            legend=alt.Legend(title=None, orient="bottom", columns=2, labelFontSize=12, labelLimit=260),
        ),
        color=alt.Color("claimant:N", scale=alt.Scale(domain=CLAIMANTS, range=list(SERIES[:4]))),
    )
    # No line joins the marks: within one country the offices and the starting months differ.
    labels = [
        data.transform_filter(f"datum.place == '{place}'")
        .mark_text(fontSize=11, color=INK, **how)
        .encode(x=x, y=y, text="text:N")
        for place, how in {
            "right": {"align": "left", "dx": 7, "dy": -9},
            "left": {"align": "right", "dx": -6, "dy": -9},
            "low": {"align": "left", "dx": 9, "dy": 5},
            "low left": {"align": "right", "dx": -8, "dy": 7},
        }.items()
    ]
    return alt.layer(marks, *labels).properties(
        width=560,
        height=300,
        title=alt.Title("Allies counted from different months and reached different totals", anchor="start"),
    )
