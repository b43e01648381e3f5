"""Exercises as files that learning platforms import.

`render` has Sphinx make HTML of exercises; `cartridge`, `moodle`, `qti` and `blackboard` write it in a format each;
`export` chooses what goes in, and puts the files in place.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.util.typing import ExtensionMetadata


def setup(app: Sphinx) -> ExtensionMetadata:
    """Register what the rendering of sheets needs; only `render` loads this extension."""
    from .builder import SheetBuilder
    from .directives import ClaimEntriesDirective, ExerciseKeyDirective, SourcesDirective

    app.add_builder(SheetBuilder)
    app.add_directive("exercise-key", ExerciseKeyDirective)
    app.add_directive("claim-entries", ClaimEntriesDirective)
    app.add_directive("sheet-sources", SourcesDirective)
    return {"parallel_read_safe": True, "parallel_write_safe": False}
