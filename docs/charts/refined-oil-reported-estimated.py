"""What was reported to the Committee stays below the limit; most of what others estimated lies above it."""

import altair as alt

from farreaching.charts import INK, MUTED, SERIES
from farreaching.charts.rows import LABEL, POINT, TWO_LINES, amounts, kinds, names

LIMIT = 500
CLOSE = 350  # a label that begins between here and the limit would cross the line, so it begins at the line
NAMES = {"reported": "Reported to the 1718 Committee", "estimated": "Estimated by others"}
LOOKS = {NAMES["reported"]: ("circle", SERIES[0]), NAMES["estimated"]: ("diamond", SERIES[1])}
DOMAIN = (0, 1950)
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
    scale = alt.Scale(domain=list(DOMAIN))
    x = amounts("thousand", "thousand barrels, in the period named", DOMAIN, [0, 500, 1000, 1500])
    y = names("row", [value["row"] for value in values], lines=False, **TWO_LINES)
    limit = alt.Chart(alt.Data(values=[{"limit": LIMIT, "text": "limit for a whole year, all suppliers"}]))
    line = limit.mark_rule(color=INK, strokeDash=[5, 3]).encode(x=alt.X("limit:Q", scale=scale))
    name = limit.mark_text(align="left", dx=5, fontSize=12, color=INK).encode(
        x=alt.X("limit:Q", scale=scale), y=alt.value(-8), text="text:N"
    )
    data = alt.Chart(alt.Data(values=values))
    stems = data.mark_rule(color=MUTED, strokeWidth=2).encode(x=alt.X("zero:Q", scale=scale), x2="thousand:Q", y=y)
    shape, color = kinds("kind", LOOKS, direction="vertical", columns=1)
    ends = data.mark_point(**POINT).encode(x=x, y=y, shape=shape, color=color)
    labels = data.mark_text(**LABEL).encode(x=alt.X("label:Q", scale=scale), y=y, text="text:N")
    return (line + name + stems + ends + labels).properties(
        width=330,
        height=36 * len(rows),
        title=alt.Title(
            ["What was reported stays below the limit;", "most of what others estimated lies above it"],
            anchor="start",
            offset=22,
        ),
    )
