project = "Great Rivers"
author = "A. Hydrologist"
copyright = "2026, A. Hydrologist"
version = release = "1"
language = "en"
extensions = ["farreaching"]
exclude_patterns = ["claims", "data", "charts", "reviews"]
bibtex_bibfiles = ["../references.bib"]
farreaching_subtitle = "A very small course"
html_theme = "furo"
html_title = project
myst_enable_extensions = ["colon_fence", "deflist"]
