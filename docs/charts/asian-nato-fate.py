"""The proposal was dropped before the deployment was announced, so it can hardly have moved it."""

import altair as alt

from farreaching.charts import INK, SERIES
from farreaching.charts.sequence import sequence_around

KINDS = {
    "Asian NATO": ("circle", SERIES[0]),
    "economic coalition": ("square", SERIES[2]),
    "Moscow and Pyongyang": ("triangle-up", SERIES[1]),
    "the deployment": ("diamond", SERIES[1]),
    "the article": ("cross", INK),
}


def chart(rows: list[dict[str, str]]) -> alt.TopLevelMixin:
    """Rows are the CSV's rows as strings; returns the finished chart (width at most 640, fonts left alone)."""
    events = [{"date": row["date"], "row": row["event"], "kind": row["kind"]} for row in rows]
    marks = sequence_around(
        events,
        KINDS,
        ("2024-09-08", "2024-10-30"),
        ("2024-10-09", "set aside, 9 Oct"),
        axis={"format": "%-d %b", "tickCount": 6},
        legend={"columns": 2},
    )
    title = alt.Title("Set aside before Seoul announced the deployment", anchor="start", offset=14)
    return marks.properties(width=340, height=320, title=title)
