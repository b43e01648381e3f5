project = "Rivers"
copyright = "2026, A. Hydrologist"
extensions = ["myst_parser", "farreaching.typst"]
myst_enable_extensions = ["colon_fence"]
