"""Charts: a program and a data set become a figure that every output can show, with its data under it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .tokens import GRID, INK, MUTED, SERIES

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.util.typing import ExtensionMetadata

__all__ = ["GRID", "INK", "MUTED", "SERIES", "setup"]


def setup(app: Sphinx) -> ExtensionMetadata:
    """Register the `{chart}` directive."""
    # here and not above: chart programs and the checks do without Sphinx
    from . import directive, figures

    directive.setup(app)
    figures.setup(app)
    return {"version": "1", "env_version": 1, "parallel_read_safe": True, "parallel_write_safe": True}
