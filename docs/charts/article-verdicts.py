"""Nearly every fault could be seen in sources that were public when the article appeared."""

from itertools import groupby

import altair as alt

from farreaching.charts import INK, MUTED, SERIES
from farreaching.charts.rows import POINT, kinds, names

VERDICTS = ["accurate", "imprecise", "overtaken", "wrong", "unverifiable", "opinion"]
LOOKS = {
    "no fault found": ("circle", SERIES[0]),
    "shown by a source of the day": ("square", SERIES[1]),
    "shown only later": ("triangle-up", SERIES[2]),
    "nothing found either way": ("cross", MUTED),
    "not a matter of record": ("diamond", MUTED),
}


def chart(rows: list[dict[str, str]]) -> alt.TopLevelMixin:
    """Rows are the CSV's rows as strings; returns the finished chart (width at most 640, fonts left alone)."""
    order = list(LOOKS)
    by_verdict = sorted(rows, key=lambda row: (VERDICTS.index(row["verdict"]), order.index(row["fault"])))
    values = [
        {"verdict": verdict, "place": place, "fault": row["fault"]}
        for verdict, group in groupby(by_verdict, key=lambda row: row["verdict"])
        for place, row in enumerate(group, start=1)
    ]
    totals = [{"verdict": verdict, "place": 0, "label": sum(row["verdict"] == verdict for row in rows)} for verdict in VERDICTS]
    shape, colour = kinds("fault", LOOKS, columns=2)
    x = alt.X("place:Q", title=None, axis=None, scale=alt.Scale(domain=[-1, 25]))
    points = alt.Chart(alt.Data(values=values)).mark_point(**POINT)
    labels = alt.Chart(alt.Data(values=totals)).mark_text(align="right", dx=4, fontSize=12, fontWeight="bold", color=INK)
    return alt.layer(
        points.encode(x=x, y=names("verdict", VERDICTS, lines=False), shape=shape, color=colour),
        labels.encode(x=x, y=names("verdict", VERDICTS, lines=False), text="label:N"),
    ).properties(
        width=470,
        height=190,
        title=alt.Title("Thirty of thirty-three faults could be seen in sources of the day", anchor="start"),
    )
