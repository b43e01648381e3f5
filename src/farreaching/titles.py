"""Titles of the course's parts."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sphinx.environment import BuildEnvironment


def part_title(env: BuildEnvironment, part: str) -> str:
    """Return the title of a part's own page, or its folder's name in words."""
    title = env.titles.get(f"{part}/index")
    return title.astext() if title else part.replace("-", " ").capitalize()
