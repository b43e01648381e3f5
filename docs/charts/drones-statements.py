"""One flat denial stands at the start; after it nobody but Pyongyang and Moscow said yes or no."""

import altair as alt

from farreaching.charts import SERIES
from farreaching.charts.sequence import sequence

KINDS = {
    "says that it happened": ("circle", SERIES[0]),
    "denies": ("cross", SERIES[1]),
    "will not say": ("diamond", SERIES[2]),
}


def chart(rows: list[dict[str, str]]) -> alt.TopLevelMixin:
    """Rows are the CSV's rows as strings; returns the finished chart (width at most 640, fonts left alone)."""
    events = [{"date": row["date"], "row": row["speaker"], "kind": row["kind"]} for row in rows]
    marks = sequence(
        events,
        KINDS,
        ("2024-10-10", "2024-10-30"),
        rows=["Pyongyang", "Moscow", "Seoul", "UN Command", "Beijing"],
        axis={"format": "%-d Oct", "tickCount": 10},
        legend={"direction": "horizontal"},
    )
    title = ["One flat denial, on the first day;", "after it only Pyongyang and Moscow said yes or no"]
    return marks.properties(width=470, height=180, title=alt.Title(title, frame="bounds"))
