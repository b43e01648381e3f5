"""The car and the first tankers came before the veto, so they cannot be its consequences."""

import altair as alt

from farreaching.charts import SERIES
from farreaching.charts.sequence import sequence_around

LABELS = {
    "cited by the article": "The article's examples",
    "Council and Panel": "Council and Panel",
    "after the Panel": "Later examples",
}
LOOKS = [("diamond", SERIES[1]), ("circle", SERIES[0]), ("triangle-up", SERIES[2])]


def chart(rows: list[dict[str, str]]) -> alt.TopLevelMixin:
    """Rows are the CSV's rows as strings; returns the finished chart (width at most 640, fonts left alone)."""
    events = [{"date": row["date"], "row": row["event"], "kind": LABELS[row["kind"]]} for row in rows]
    marks = sequence_around(
        events,
        dict(zip(LABELS.values(), LOOKS, strict=True)),
        ("2024-01-25", "2024-07-09"),
        ("2024-03-28", "veto, 28 March"),
        axis={"format": "%-d %b", "tickCount": 6},
        legend={"direction": "vertical"},
    )
    return marks.properties(
        width=380,
        height=26 * len(rows),
        title=alt.Title("The car and the first tankers came before the veto", anchor="start", offset=18),
    )
