"""Far-Reaching: an engine for open courses in which claims, citations and exercises are first-class objects.

Put ``farreaching`` in the ``extensions`` of a Sphinx project's conf.py.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.config import Config
    from sphinx.util.typing import ExtensionMetadata

__version__ = "0.1.0"

#: The extension modules, in the order in which their directives and transforms register.
EXTENSIONS = (
    "citations",
    "claims",
    "exercises",
    "outcomes",
    "openings",
    "classplans",
    "downloads",
    "study",
    "filters",
    "chronology",
    "reviews",
    "stateofsources",
    "charts",
    "numbering",
    "listings",
    "lexicon",
    "bookindex",
    "flashcards",
    "printforms",
    "pages",
    "search",
    "typst",
)


def name_edition(app: Sphinx, config: Config) -> None:
    """Say on every page, and on the title page, that an instructor edition is one."""
    if config.farreaching_edition == "instructor":
        config.html_title = f"{config.html_title}: instructor edition"
        config.epub_title = f"{config.epub_title}: instructor edition"
        config.farreaching_subtitle = f"{config.farreaching_subtitle} (instructor edition)".strip()


def setup(app: Sphinx) -> ExtensionMetadata:
    """Register everything the engine adds to Sphinx."""
    for extension in ("myst_parser", "sphinx_design", "sphinxcontrib.bibtex"):
        app.setup_extension(extension)
    app.add_config_value("farreaching_edition", "student", "env", str, "'student' or 'instructor'")
    for name in EXTENSIONS:
        app.setup_extension(f"{__name__}.{name}")
    app.connect("config-inited", name_edition)
    return {"version": __version__, "parallel_read_safe": True, "parallel_write_safe": True}
