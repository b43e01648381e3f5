"""Colour tokens of charts: the programs use sentinel values, each output puts its own colours in their place."""

from __future__ import annotations

#: Text and the marks that carry the point.
INK = "#010101"
#: Second-rank text, axis lines, marks of context.
MUTED = "#010102"
#: Grid lines and grounds.
GRID = "#010103"
#: Colours of the series, told apart by those who see colours differently too; never the only difference.
SERIES = ["#020201", "#020202", "#020203", "#020204", "#020205", "#020206"]

#: Each token as the web page prints it: the style sheet sets the variables for light and for dark.
SCREEN = {
    INK: "currentColor",
    MUTED: "var(--chart-muted)",
    GRID: "var(--chart-grid)",
    **{token: f"var(--chart-{number})" for number, token in enumerate(SERIES, start=1)},
}
#: Each token on paper: at least 4.5:1 against white for text, 3:1 for marks (WCAG 2.2, 1.4.3 and 1.4.11).
PAPER = {
    INK: "#1c1b19",
    MUTED: "#5a5751",
    GRID: "#d9d5cc",
    **dict(zip(SERIES, ["#1d5f8a", "#b4480f", "#3b7a3f", "#7a4a9c", "#8a6a08", "#9c2f5c"], strict=True)),
}

#: What a chart looks like where its program does not say otherwise (a Vega-Lite configuration).
CONFIG = {
    "font": "Source Sans 3",
    "background": "transparent",
    "view": {"stroke": None},
    "mark": {"color": SERIES[0]},
    "text": {"color": INK, "fontSize": 13},
    "rule": {"color": MUTED},
    "range": {"category": SERIES, "ordinal": SERIES},
    "axis": {
        "labelLimit": 0,  # never cut a label: one too long shows in the width, which is checked
        "labelColor": INK,
        "labelFontSize": 13,
        "titleColor": MUTED,
        "titleFontSize": 13,
        "titleFontWeight": "normal",
        "gridColor": GRID,
        "domainColor": MUTED,
        "tickColor": MUTED,
    },
    "legend": {
        "labelLimit": 0,
        "labelColor": INK,
        "labelFontSize": 13,
        "titleColor": MUTED,
        "titleFontSize": 13,
        "titleFontWeight": "normal",
        "symbolSize": 100,
    },
    "header": {
        "labelColor": INK,
        "labelFontSize": 13,
        "titleColor": MUTED,
        "titleFontSize": 13,
        "titleFontWeight": "normal",
    },
    "title": {
        "anchor": "start",
        "frame": "bounds",
        "color": INK,
        "fontSize": 17,
        "fontWeight": 600,
        "offset": 14,
        "subtitleColor": MUTED,
        "subtitleFontSize": 14,
    },
}
