"""Neither side's steps lead throughout, so the order names no first cause."""

import altair as alt

from farreaching.charts import SERIES
from farreaching.charts.sequence import sequence

LABELS = {"three states": "United States, Japan, South Korea", "Moscow and Pyongyang": "Moscow and Pyongyang"}
KINDS = {LABELS["three states"]: ("circle", SERIES[0]), LABELS["Moscow and Pyongyang"]: ("triangle-up", SERIES[1])}


def chart(rows: list[dict[str, str]]) -> alt.TopLevelMixin:
    """Rows are the CSV's rows as strings; returns the finished chart (width at most 640, fonts left alone)."""
    events = [{"date": row["date"], "row": row["event"], "kind": LABELS[row["kind"]]} for row in rows]
    span = ("2022-10-01", "2025-12-01")
    marks = sequence(events, KINDS, span, axis={"format": "%b %Y", "tickCount": 6}, legend={"direction": "vertical"})
    return marks.properties(
        width=360,
        height=22 * len(rows),
        title=alt.Title("Each side can point to a step of the other's that came first", anchor="start", frame="bounds"),
    )
