"""Where they went: a symbol for the grade of evidence, rings for the lowest and highest number given."""

import json

import altair as alt

from farreaching.charts import GRID, INK, MUTED, SERIES
from farreaching.charts.rows import kinds

GRADES = dict(zip("ABCD", zip(["circle", "square", "triangle-up", "cross"], SERIES, strict=False), strict=True))
#: Where the name of a case stands, as (pixels right, pixels down); beside the mark where nothing is said.
PLACES = {
    "Egypt": (-12, 14), "Libya": (-12, 14), "Malta": (-10, -12), "Congo": (-20, -26), "Angola": (-18, 14), "Namibia": (-46, 4),
    "Syria": (-14, -20), "Uganda": (-14, -10), "Tanzania": (9, 8), "Russia": (-16, -26), "North Vietnam": (10, -8),
    "Burma": (-46, 4), "South Vietnam": (9, 6), "Iran": (8, 4),
}  # fmt: skip
HOME = {"case": "Pyongyang", "lat": 39.03, "lon": 125.75, "dx": -22, "dy": -12}


def chart(rows: list[dict[str, str]], land: str) -> alt.TopLevelMixin:
    """Rows are the CSV's rows as strings, `land` is TopoJSON; returns the finished map (fonts left alone)."""
    outlines = alt.Data(values=json.loads(land), format=alt.TopoDataFormat(feature="land", type="topojson"))
    points, rings, labels = [], [], [HOME]
    for row in rows:
        place = {"lat": float(row["lat"]), "lon": float(row["lon"])}
        points.append({**place, "grade": row["grade"]})
        rings += [{**place, "people": int(row[end])} for end in ("low", "high") if row[end].isdigit() and int(row[end]) > 0]
        if row["case"] not in {label["case"] for label in labels}:
            dx, dy = PLACES.get(row["case"], (9, 4))
            labels.append({**place, "case": row["case"], "dx": dx, "dy": dy})
    shape, color = kinds("grade", GRADES, title="evidence", titleFontSize=12)
    size = alt.Size(
        "people:Q",
        scale=alt.Scale(domain=[0, 15000], range=[0, 16000]),
        legend=alt.Legend(
            title="rings: lowest and highest number",
            titleLimit=300,
            values=[100, 1000, 4000],
            orient="bottom",
            direction="horizontal",
            symbolFillColor="transparent",
            symbolStrokeColor=INK,
        ),
    )
    layers: list[alt.Chart] = [
        alt.Chart(outlines).mark_geoshape(fill=GRID, stroke=MUTED, strokeWidth=0.4),
        alt.Chart(alt.Data(values=rings))
        .mark_point(shape="circle", filled=False, stroke=INK, strokeWidth=1.2, opacity=1)
        .encode(longitude="lon:Q", latitude="lat:Q", size=size),
        alt.Chart(alt.Data(values=points))
        .mark_point(filled=True, size=70, opacity=1, stroke=INK, strokeWidth=0.6)
        .encode(longitude="lon:Q", latitude="lat:Q", shape=shape, color=color),
        alt.Chart(alt.Data(values=[HOME])).mark_point(shape="diamond", filled=True, size=90, color=INK, opacity=1)
        .encode(longitude="lon:Q", latitude="lat:Q"),
    ]  # fmt: skip
    layers += [
        alt.Chart(alt.Data(values=[label]))
        .mark_text(align="left", dx=label["dx"], dy=label["dy"], fontSize=11, color=INK)
        .encode(longitude="lon:Q", latitude="lat:Q", text="case:N")
        for label in labels
    ]
    return (
        alt.layer(*layers)
        .project(type="equirectangular", scale=178, center=[36, 16], clipExtent=[[0, 0], [640, 350]])
        .properties(
            width=640,
            height=350,
            title=alt.Title("Missions on four continents, and one that dwarfs the others", anchor="start"),
        )
        .configure_view(stroke=GRID)
    )
