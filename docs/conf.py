"""Sphinx configuration of the course; the engine's defaults carry the rest."""

project = "Far-Reaching"
author = "The Far-Reaching contributors"
copyright = "2026, The Far-Reaching contributors. Text: CC BY 4.0"
version = release = "0.1"
language = "en"

extensions = ["farreaching"]
exclude_patterns = ["claims", "data", "charts", "reviews"]
bibtex_bibfiles = ["../references.bib"]

farreaching_parties = {
    "russia": "Russia",
    "dprk": "North Korea",
    "rok": "South Korea",
    "us": "United States",
    "ukraine": "Ukraine",
    "japan": "Japan",
    "china": "China",
    "un": "United Nations",
    "nato": "NATO",
    "independent": "independent reporting",
    "scholarly": "scholarship",
    "other": "others",
}
# a source there is pointed out until somebody accepts it with keywords = {weak}
farreaching_weak_hosts = [
    "blogspot.com", "c-catcanada.org", "dailywrap.uk", "fandom.com", "kursk-news.net", "namu.wiki", "wikipedia.org",
    "wordpress.com",
    # copies of other outlets' texts
    "allafrica.com", "asianews.network", "dailynkjp.com", "devdiscourse.com", "koreabizwire.com", "menafn.com",
    "namibiadailynews.info", "nknews.jp", "spacewar.com", "urdupoint.com",
]  # fmt: skip
farreaching_subtitle = "An open course on the Russia–North Korea partnership"

farreaching_imprint = [
    "Text: Creative Commons Attribution 4.0 International (CC BY 4.0). Code: MIT licence.",
    "Set in Source Serif 4 and Source Sans 3, with Noto faces for other scripts (SIL Open Font License).",
]
# on paper each chapter lists its own exercises
farreaching_pdf_exclude = ["teach/finder"]

html_title = project
html_theme = "furo"

epub_publisher = author

myst_enable_extensions = ["colon_fence", "deflist", "fieldlist"]
