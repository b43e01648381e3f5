project = "Rivers"
author = "A. Hydrologist"
copyright = "2026, A. Hydrologist"
extensions = ["myst_parser", "sphinx_design", "farreaching.printforms", "farreaching.typst"]
myst_enable_extensions = ["colon_fence", "deflist", "fieldlist", "attrs_inline", "attrs_block"]
html_baseurl = "https://rivers.example"
farreaching_pdf_exclude = ["screen"]
smartquotes = False
