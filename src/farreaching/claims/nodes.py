"""Doctree nodes of the claims extension; transforms replace all of them but `claim_node` and `claim_card` in HTML.

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


class claim_card(nodes.General, nodes.Element):
    """The entry of one claim as a popover (HTML only). Attributes: ``claim``, ``number``, ``status``."""
