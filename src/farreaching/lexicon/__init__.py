"""Lexicons: a glossary, a list of people, or anything else that is named, explained and looked up.

A lexicon is a YAML file: ``languages`` (code → name), perhaps ``kinds`` (id → heading), and ``entries``. ``{lexicon} NAME``
prints it as a Sphinx glossary, so that ``{term}`` leads to its entries; `mentions` finds the chapters that name them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.util.typing import ExtensionMetadata

#: Where the lexicons are, from the source folder; a course need not have one.
FILES = ("data/glossary.yaml", "data/people.yaml")


def setup(app: Sphinx) -> ExtensionMetadata:
    """Register the domain, the directive and the search for mentions."""
    # here and not above: the check reads the files without loading Sphinx
    from . import directive, mentions

    app.add_config_value("farreaching_lexicons", FILES, "env", (list, tuple), "files of the lexicons, from the source folder")
    directive.setup(app)
    mentions.setup(app)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
