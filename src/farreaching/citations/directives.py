"""The directives `{references}` (a document's sources) and `{bibliography}` (the whole book's)."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from docutils import nodes
from sphinx.util import logging
from sphinx.util.docutils import SphinxDirective

from .nodes import bibliography_node, references_node
from .roles import CitationRole

if TYPE_CHECKING:
    from sphinx.application import Sphinx

    from .domain import CitationsDomain

logger = logging.getLogger(__name__)


class _ListDirective(SphinxDirective):
    """Leaves a placeholder, filled when every document has been read."""

    node_class: type[nodes.Element]
    collection: str  #: the domain's set of the documents that hold such a list

    def run(self) -> list[nodes.Node]:
        domain = cast("CitationsDomain", self.env.get_domain("cite"))
        docname = self.env.docname
        if docname in domain.data["lists"] | domain.data["books"]:
            message = "this page has a list of sources already; a second would repeat its addresses. Remove one."
            logger.warning(message, location=self.get_location(), type="farreaching", subtype="citations")
            return []
        domain.data[self.collection].add(docname)
        node = self.node_class(docname=docname)
        self.set_source_info(node)
        return [node]


class ReferencesDirective(_ListDirective):
    """Lists the sources that the document cites."""

    node_class = references_node
    collection = "lists"


class BibliographyDirective(_ListDirective):
    """Lists all sources that the book cites, by kind."""

    node_class = bibliography_node
    collection = "books"


def note_heading_levels(app: Sphinx, document: nodes.document) -> None:
    """Tell each bibliography below which heading it stands, while its ancestors are at hand."""
    for node in document.findall(bibliography_node):
        parent, level = node.parent, 1
        while parent is not None:
            level += isinstance(parent, nodes.section)
            parent = parent.parent
        node["level"] = level


def setup(app: Sphinx) -> None:
    """Register the directives, and the role without a domain that sphinxcontrib-bibtex has, too."""
    app.add_directive("references", ReferencesDirective)
    app.add_directive("bibliography", BibliographyDirective, override=True)
    app.add_role("cite", CitationRole(), override=True)
    app.connect("doctree-read", note_heading_levels)
