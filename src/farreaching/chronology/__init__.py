"""The chronology: dated events with their sources, on tracks, as tables that a page can filter.

The events stand in a YAML file with its own vocabulary: ``periods`` (first year → title), ``tracks`` and ``actors``
(id → name), and ``events``, oldest first. ``{chronology}`` prints them, a table a period.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.util.typing import ExtensionMetadata


def setup(app: Sphinx) -> ExtensionMetadata:
    """Register the directive."""
    # here and not above: the check reads the file without loading Sphinx
    from .directive import ChronologyDirective

    app.setup_extension("farreaching.filters")
    help_text = "file of the chronology, from the source folder"
    app.add_config_value("farreaching_chronology", "data/timeline.yaml", "env", str, help_text)
    app.add_directive("chronology", ChronologyDirective)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
