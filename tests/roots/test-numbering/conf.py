extensions = ["myst_parser", "farreaching.numbering"]
myst_enable_extensions = ["colon_fence"]
exclude_patterns = ["_build"]
