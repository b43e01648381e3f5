"""Doctree nodes of the citations extension.

The placeholders carry their document's name in ``docname``: a book joins the doctrees of many, whose parents lead
astray.
"""

from __future__ import annotations

from docutils import nodes


class references_node(nodes.General, nodes.Element):
    """Where a document prints the list of its own sources."""


class bibliography_node(nodes.General, nodes.Element):
    """Where a document prints the list of the whole book's sources. Attributes: ``level`` (of its headings)."""
