"""Nodes shared by several extensions."""

from __future__ import annotations

from typing import TYPE_CHECKING

from docutils import nodes

if TYPE_CHECKING:
    from collections.abc import Iterator

#: Class of what only screens show; paged builders leave it out.
SCREEN_ONLY = "screen-only"


class page_reference(nodes.Inline, nodes.Element):
    """The number of the page on which a target stands; only paged builders print it.

    Attributes: ``refid`` (the target's id) and ``refdocname`` (its document).
    """


def printed_elements(node: nodes.Element) -> Iterator[nodes.Element]:
    """Yield a node and those under it, without what is only for screens."""
    if SCREEN_ONLY not in node.get("classes", ()):
        yield node
        for child in node.children:
            if isinstance(child, nodes.Element):
                yield from printed_elements(child)
