extensions = ["myst_parser", "sphinx_design", "sphinxcontrib.bibtex", "farreaching.outcomes", "farreaching.openings"]
project = copyright = "Rivers"
version = "1"
bibtex_bibfiles = ["refs.bib"]
bibtex_default_style = "unsrt"
myst_enable_extensions = ["colon_fence"]
