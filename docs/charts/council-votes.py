"""On sanctions and the Panel the five permanent members voted alike until 2022; on human rights they never did."""

import altair as alt

from farreaching.charts import GRID, INK, SERIES

MEMBERS = {
    "united_states": "US",
    "united_kingdom": "UK",
    "france": "France",
    "china": "China",
    "russia": "Russia",
}
VOTES = ["yes", "abstained", "no"]
KINDS = {"other": "Nuclear treaty", "sanctions": "Sanctions", "panel": "Panel of Experts", "human rights": "Human rights"}


def chart(rows: list[dict[str, str]]) -> alt.TopLevelMixin:
    """Rows are the CSV's rows as strings; returns the finished chart (width at most 640, fonts left alone)."""
    read = [row for row in rows if row["china"] != "not read"]
    panels = []
    for kind, heading in KINDS.items():
        of_kind = [row for row in read if row["kind"] == kind]
        values = [
            {"text": f"{row['text'].removeprefix('Agenda ').removeprefix('Meeting ')} ", "member": member, "vote": row[column]}
            for row in of_kind
            for column, member in MEMBERS.items()
        ]
        members = alt.Axis(orient="top", labelAngle=0, labelFontSize=12, ticks=False, domain=False, labels=not panels)
        panels.append(
            alt.Chart(alt.Data(values=values))
            .mark_point(filled=True, opacity=1, stroke=INK, strokeWidth=0.8)
            .encode(
                x=alt.X("member:N", sort=list(MEMBERS.values()), title=None, axis=members),
                y=alt.Y(
                    "text:N",
                    sort=None,
                    title=None,
                    axis=alt.Axis(labelFontSize=11, ticks=False, domain=False, grid=True, gridColor=GRID),
                ),
                shape=alt.Shape(
                    "vote:N",
                    scale=alt.Scale(domain=VOTES, range=["circle", "diamond", "cross"]),
                    legend=alt.Legend(title=None, orient="bottom", direction="horizontal", labelFontSize=12),
                ),
                color=alt.Color("vote:N", scale=alt.Scale(domain=VOTES, range=[SERIES[0], SERIES[2], SERIES[1]])),
                size=alt.Size("vote:N", scale=alt.Scale(domain=VOTES, range=[45, 110, 130])),
            )
            .properties(
                width=260,
                height=17 * len(of_kind),
                title=alt.Title(heading, anchor="start", fontSize=12, offset=4, frame="group"),
            )
        )
    return alt.vconcat(*panels, spacing=8).properties(
        title=alt.Title(
            [
                "Since 2006 the five have parted twice on",
                "sanctions and the Panel, and in every vote",
                "found on human rights",
            ],
            anchor="start",
        )
    )
