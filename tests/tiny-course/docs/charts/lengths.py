"""The Amazon may be longer than the Nile."""

import altair as alt

from farreaching.charts import SERIES


def chart(rows: list[dict[str, str]]) -> alt.TopLevelMixin:
    """Return a bar a river."""
    data = alt.Data(values=[{"river": row["river"], "km": int(row["km"])} for row in rows])
    bars = alt.Chart(data, title="The Amazon may be longer than the Nile").mark_bar(color=SERIES[0])
    return bars.encode(x="km:Q", y="river:N").properties(width=400)
