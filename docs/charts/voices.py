"""South Korean voices are heard in every chapter, Pyongyang’s own in most, and seldom much."""

import altair as alt

from farreaching.charts import GRID, INK, SERIES

PARTS = ["method", "military-cooperation", "security-council", "deployments-abroad", "northeast-asia", "capstone"]
PARTIES = {
    "rok": "South Korea", "us": "US", "russia": "Russia", "dprk": "North Korea", "ukraine": "Ukraine", "un": "UN",
    "china": "China", "japan": "Japan", "independent": "Press", "scholarly": "Scholars", "other": "Others",
}  # fmt: skip
#: A share from which the figure is written out, in per cent.
WRITTEN = 20


def chart(rows: list[dict[str, str]]) -> alt.TopLevelMixin:
    """Rows are the rows of voices.csv; returns the finished chart (width at most 640, fonts left alone)."""
    ordered = sorted(rows, key=lambda row: PARTS.index(row["part"]))
    values = [
        {
            "chapter": row["chapter"].replace("-", " "),
            "party": PARTIES[row["party"]],
            "share": round(100 * int(row["sources"]) / int(row["total"])),
        }
        for row in ordered
    ]
    chapters = list(dict.fromkeys(value["chapter"] for value in values))
    parties = [name for name in PARTIES.values() if any(value["party"] == name for value in values)]
    x = alt.X(
        "party:N",
        sort=parties,
        title=None,
        axis=alt.Axis(orient="top", labelAngle=0, labelFontSize=11, ticks=False, domain=False, grid=True, gridColor=GRID),
    )
    y = alt.Y(
        "chapter:N",
        sort=chapters,
        title=None,
        axis=alt.Axis(labelFontSize=11, ticks=False, domain=False, grid=True, gridColor=GRID),
    )
    circles = (
        alt.Chart(alt.Data(values=values))
        .mark_point(shape="circle", filled=True, opacity=0.55, color=SERIES[0])
        .encode(x=x, y=y, size=alt.Size("share:Q", scale=alt.Scale(domain=[0, 60], range=[0, 420]), legend=None))
    )
    labels = (
        alt.Chart(alt.Data(values=[value for value in values if value["share"] >= WRITTEN]))
        .mark_text(fontSize=11, color=INK)
        .encode(x=x, y=y, text="share:Q")
    )
    return alt.layer(circles, labels).properties(
        width=470,
        height=20 * len(chapters),
        title=alt.Title("South Korean voices in every chapter, Pyongyang’s own in most", anchor="start", offset=12),
    )
