"""What was reported to the Committee stays below the limit; most of what others estimated lies above it."""

import altair as alt

from farreaching.charts import GRID, INK, MUTED, SERIES

LIMIT = 500
CLOSE = 350  # a label that begins between here and the limit would cross the line, so it begins at the line
NAMES = {"reported": "Reported to the 1718 Committee", "estimated": "Estimated by others"}
BOUNDS = {"exact": "", "about": "about ", "at least": "at least ", "more than": "over ", "nearly": "nearly "}
COVERS = {"all": "all suppliers", "Russia": "Russia", "China": "China", "Russia and China": "Russia and China"}


def chart(rows: list[dict[str, str]]) -> alt.TopLevelMixin:
    """Rows are the CSV's rows as strings; returns the finished chart (width at most 640, fonts left alone)."""
    values = []
    for row in rows:
        barrels = int(row["barrels"])
        who = "" if row["kind"] == "reported" else f" ({row['teller']})"
        values.append(
            {
                "row": f"{row['period']}|{COVERS[row['covers']]}{who}",
                "kind": NAMES[row["kind"]],
                "zero": 0,
                "thousand": barrels / 1000,
                "label": max(barrels / 1000, LIMIT) if barrels / 1000 > CLOSE else barrels / 1000,
                "text": f"{BOUNDS[row['bound']]}{round(barrels / 1000):,}",
            }
        )
    order = [value["row"] for value in values]
    scale = alt.Scale(domain=[0, 1950])
    x = alt.X(
        "thousand:Q",
        title="thousand barrels, in the period named",
        scale=scale,
        axis=alt.Axis(values=[0, 500, 1000, 1500], gridColor=GRID, labelFontSize=12),
    )
    y = alt.Y(
        "row:N",
        sort=order,
        title=None,
        axis=alt.Axis(
            labelExpr="split(datum.value, '|')",
            labelFontSize=12,
            labelLimit=300,
            grid=False,
            ticks=False,
            domain=False,
        ),
    )
    limit = alt.Chart(alt.Data(values=[{"limit": LIMIT, "text": "limit for a whole year, all suppliers"}]))
    line = limit.mark_rule(color=INK, strokeDash=[5, 3]).encode(x=alt.X("limit:Q", scale=scale))
    name = limit.mark_text(align="left", dx=5, fontSize=12, color=INK).encode(
        x=alt.X("limit:Q", scale=scale), y=alt.value(-8), text="text:N"
    )
    data = alt.Chart(alt.Data(values=values))
    stems = data.mark_rule(color=MUTED, strokeWidth=2).encode(x=alt.X("zero:Q", scale=scale), x2="thousand:Q", y=y)
    kinds = list(NAMES.values())
    ends = data.mark_point(filled=True, size=110, opacity=1).encode(
        x=x,
        y=y,
        shape=alt.Shape(
            "kind:N",
            scale=alt.Scale(domain=kinds, range=["circle", "diamond"]),
            legend=alt.Legend(title=None, orient="bottom", direction="vertical", columns=1, labelFontSize=12, labelLimit=320),
        ),
        color=alt.Color("kind:N", scale=alt.Scale(domain=kinds, range=[SERIES[0], SERIES[1]])),
    )
    labels = data.mark_text(align="left", dx=9, fontSize=12, color=INK).encode(
        x=alt.X("label:Q", scale=scale), y=y, text="text:N"
    )
    return (line + name + stems + ends + labels).properties(
        width=330,
        height=36 * len(rows),
        title=alt.Title(
            ["What was reported stays below the limit;", "most of what others estimated lies above it"],
            anchor="start",
            offset=22,
        ),
    )
