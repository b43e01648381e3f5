project = "Living with Volcanoes"
author = "The test"
copyright = "2026, the test. Text: CC BY 4.0"
version = release = "1"
language = "en"
extensions = [
    "myst_parser",
    "sphinx_design",
    "sphinxcontrib.bibtex",
    "farreaching.citations",
    "farreaching.claims",
    "farreaching.outcomes",
    "farreaching.exercises",
    "farreaching.openings",
    "farreaching.charts",
    "farreaching.numbering",
    "farreaching.pages",
]
exclude_patterns = ["claims", "data", "charts", "exercises", "_build"]
bibtex_bibfiles = ["references.bib"]
farreaching_exercises_dir = "exercises"
farreaching_parties = ("scholarly", "independent")
html_theme = "furo"
html_title = project
myst_enable_extensions = ["colon_fence", "deflist", "attrs_block"]
