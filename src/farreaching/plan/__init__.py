"""Syllabi computed from the minutes of chapters and exercises.

`course` reads these minutes, `schedule` and `workshop` lay them out in time, `writers` print the result.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.util.typing import ExtensionMetadata


def setup(app: Sphinx) -> ExtensionMetadata:
    """Register the builder that reads and writes nothing; only `course` loads this extension."""
    from .course import FactsBuilder

    app.add_builder(FactsBuilder)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
