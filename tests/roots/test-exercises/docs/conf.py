extensions = [
    "myst_parser",
    "sphinx_design",
    "sphinxcontrib.bibtex",
    "farreaching.exercises",
    "farreaching.outcomes",
    "farreaching.openings",
]
project = copyright = "Volcanoes"
version = "1"
bibtex_bibfiles = ["refs.bib"]
bibtex_default_style = "unsrt"
myst_enable_extensions = ["colon_fence"]
html_copy_source = True  # so that the leak test looks at the sources too


def setup(app):
    app.add_config_value("farreaching_edition", "student", "env", str)
