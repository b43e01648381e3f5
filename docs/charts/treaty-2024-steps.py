"""Troops in Russia and talk of Article 4 were reported before the treaty was in force; the article was invoked for them after."""

import altair as alt

from farreaching.charts import SERIES
from farreaching.charts.sequence import sequence_around

LABELS = {"treaty": "Treaty procedure", "reading": "What leaders said it means", "war": "War"}
LOOKS = [("circle", SERIES[0]), ("diamond", SERIES[1]), ("triangle-up", SERIES[2])]
TICKS = ["2024-06-01", "2024-09-01", "2024-12-01", "2025-03-01", "2025-06-01"]


def chart(rows: list[dict[str, str]]) -> alt.TopLevelMixin:
    """Rows are the CSV's rows as strings; returns the finished chart (width at most 640, fonts left alone)."""
    events = [{"date": row["date"], "row": row["event"], "kind": LABELS[row["kind"]]} for row in rows]
    marks = sequence_around(
        events,
        dict(zip(LABELS.values(), LOOKS, strict=True)),
        ("2024-03-25", "2025-08-20"),
        ("2024-12-04", "in force from 4 December 2024"),
        axis={"format": "%b %Y", "values": [f"{day}T00:00:00Z" for day in TICKS]},
        legend={"direction": "vertical", "columns": 1},
    )
    return marks.properties(
        width=330,
        height=26 * len(rows),
        title=alt.Title(
            [
                "The war and the talk of Article 4 outran the treaty,",
                "which was invoked for the troops only in April 2025",
            ],
            anchor="start",
            offset=20,
        ),
    )
