extensions = ["myst_parser", "sphinxcontrib.bibtex", "farreaching.citations", "farreaching.claims"]
bibtex_bibfiles = ["refs.bib"]
exclude_patterns = ["_build", "claims"]
