"""Doctree nodes of the claims extension; in HTML, transforms leave `claim_node`, `claim_row` and `claim_card`.

Those read from a document carry its name in ``docname``: a book joins the doctrees of many, whose parents lead astray.
"""

from __future__ import annotations

from docutils import nodes


class claim_node(nodes.Inline, nodes.TextElement):
    """Words of the text that state a claim. Attributes: ``claim`` (id), ``number`` (in the document, from 1)."""


class evidence_node(nodes.General, nodes.Element):
    """Where a document prints the table of the claims it uses."""


class ledger_node(nodes.General, nodes.Element):
    """Where a document prints every claim of the course."""


class claim_row(nodes.row):
    """The row of a claim in a table of evidence, which also opens as a popover beside its words (HTML only)."""


class claim_card(nodes.General, nodes.Element):
    """A claim's entry as a popover, where the page has no table (HTML only). Attributes: ``claim``, ``number``, ``status``."""
