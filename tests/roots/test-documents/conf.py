project = copyright = "Rivers"
version = "1"
extensions = ["myst_parser", "sphinxcontrib.bibtex", "farreaching.citations", "farreaching.typst"]
bibtex_bibfiles = ["refs.bib"]
html_theme = "basic"
html_copy_source = False
exclude_patterns = ["_build"]
