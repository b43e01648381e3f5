"""Which builder is at work: what several transforms need to know."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sphinx.builders import Builder
    from sphinx.environment import BuildEnvironment

#: The builders whose output a browser shows; an EPUB has the same format, but folds and opens nothing.
HTML_BUILDERS = ("html", "dirhtml")


def current_builder(env: BuildEnvironment) -> Builder:
    """Return the builder at work."""
    # Sphinx 9 deprecates `.app` and gives transforms no other way; its own post-transforms do the same
    return env._app.builder
