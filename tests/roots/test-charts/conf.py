project = "Rivers"
extensions = ["myst_parser", "sphinxcontrib.bibtex", "farreaching.charts"]
bibtex_bibfiles = ["references.bib"]
myst_enable_extensions = ["colon_fence"]
numfig = True
html_theme = "basic"
copyright = "2026, the test"
version = "1"
