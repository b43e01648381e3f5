"""Beijing went on speaking while one word left its texts."""

import altair as alt

from farreaching.charts import INK, SERIES
from farreaching.charts.sequence import sequence

KINDS = {
    "names denuclearisation": ("circle", SERIES[0]),
    "the two states' own affair": ("square", SERIES[2]),
    "against pressure on North Korea": ("triangle-up", SERIES[1]),
    "asks all sides for restraint": ("diamond", SERIES[2]),
    "text without the word": ("cross", INK),
}


def chart(rows: list[dict[str, str]]) -> alt.TopLevelMixin:
    """Rows are the CSV's rows as strings; returns the finished chart (width at most 640, fonts left alone)."""
    events = [{"date": row["date"], "row": row["kind"], "kind": row["kind"]} for row in rows]
    marks = sequence(events, KINDS, ("2018-01-01", "2026-02-01"), rows=list(KINDS), axis={"format": "%Y", "tickCount": 8})
    return marks.properties(
        width=430, height=170, title=alt.Title("Beijing went on speaking while one word left its texts", frame="bounds")
    )
