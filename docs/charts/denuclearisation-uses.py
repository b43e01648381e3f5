"""Moscow and Pyongyang came to reject a word that both had used."""

import altair as alt

from farreaching.charts import INK, SERIES
from farreaching.charts.sequence import sequence

SPEAKERS = ["Russia", "North Korea", "China", "United States", "Three allies", "South Korea", "Japan"]
KINDS = {
    "affirms": ("circle", SERIES[0]),
    "own position only": ("square", SERIES[2]),
    "text without it": ("cross", INK),
    "rejects": ("triangle-up", SERIES[1]),
}


def chart(rows: list[dict[str, str]]) -> alt.TopLevelMixin:
    """Rows are the CSV's rows as strings; returns the finished chart (width at most 640, fonts left alone)."""
    events = [{"date": row["date"], "row": row["speaker"], "kind": row["kind"]} for row in rows]
    span = ("2017-06-01", "2026-06-01")
    marks = sequence(events, KINDS, span, rows=SPEAKERS, axis={"format": "%Y", "tickCount": 9}, legend={"columns": 4})
    return marks.properties(
        width=500,
        height=210,
        title=alt.Title("Moscow and Pyongyang came to reject a word that both had used", frame="bounds"),
    )
