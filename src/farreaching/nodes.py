"""Nodes shared by several extensions."""

from __future__ import annotations

from docutils import nodes


class page_reference(nodes.Inline, nodes.Element):
    """The number of the page on which a target stands; only paged builders print it.

    Attributes: ``refid`` (the target's id) and ``refdocname`` (its document).
    """
