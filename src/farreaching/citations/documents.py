"""The directive `{documents}`: the book's index of UN documents, treaties and laws, by the places that cite them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

from docutils import nodes
from sphinx.transforms.post_transforms import SphinxPostTransform
from sphinx.util.docutils import SphinxDirective

from ..builders import current_builder
from ..nodes import page_reference
from ..tables import table
from . import cite
from .domain import INDEXED, CitationsDomain, item_id
from .kinds import kind_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sphinx.application import Sphinx

    from .source import Source

#: Heading → share of the table's width.
COLUMNS = {"Document": 45, "Cited in": 55}


class documents_node(nodes.General, nodes.Element):
    """Where the index stands. Attributes: ``docname``, ``level`` (of its headings)."""


class DocumentsDirective(SphinxDirective):
    """Leaves a placeholder, filled when every document has been read."""

    def run(self) -> list[nodes.Node]:
        domain = cast("CitationsDomain", self.env.get_domain("cite"))
        domain.data["indexes"].add(self.env.docname)
        node = documents_node(docname=self.env.docname, level=2)
        self.set_source_info(node)
        return [node]


class DocumentsTransform(SphinxPostTransform):
    """Replaces each placeholder by a table a kind."""

    # at 4, as everything that adds citations
    default_priority = 4

    def run(self, **kwargs: Any) -> None:
        self.domain = cast("CitationsDomain", self.env.get_domain("cite"))
        self.builder = current_builder(self.env)
        for node in list(self.document.findall(documents_node)):
            node.replace_self([*self._tables(node)])

    def _tables(self, node: documents_node) -> Iterator[nodes.Node]:
        found = [source for key in self.domain.indexed() if (source := self.domain.sources.get(key))]
        for kind in INDEXED:
            group = sorted((source for source in found if kind_of(source) is kind), key=_order)
            if group:
                identifier = f"documents-{kind}"
                yield nodes.rubric(
                    "", kind.heading, ids=[identifier], classes=["references-kind"], **{"heading-level": node["level"]}
                )
                yield table(COLUMNS, [self._row(node["docname"], source) for source in group], ["documents"])

    def _row(self, docname: str, source: Source) -> nodes.row:
        name = source.symbol or source.get("title")
        first = nodes.paragraph("", "", nodes.strong("", name))
        about = nodes.paragraph("", "", classes=["document-about"])
        if source.symbol and source.get("title"):
            about += nodes.Text(f"{source.get('title')}. ")
        if source.date:
            about += nodes.Text(f"{source.date}. ")
        about += cite(self.env, docname, source.key)
        places = [self._place(docname, place, source.key) for place in self.domain.citing(source.key)]
        return nodes.row("", nodes.entry("", first, about), nodes.entry("", *places), ids=[f"document-{source.key}"])

    def _place(self, docname: str, citing: str, key: str) -> nodes.paragraph:
        """Return one document that cites a source, with its pinpoints; each leads to its place."""
        shown = nodes.paragraph("", "", classes=["document-place"])
        title = self.env.titles[citing].astext() if citing in self.env.titles else citing
        places = self.domain.places.get(citing, {}).get(key, [])
        # where it is cited in tables made later only, its own list is as near as one comes
        shown += self._link(docname, citing, places[0].node_id if places else item_id(key), title)
        pinned = [place for place in places if place.at]
        for number, place in enumerate(pinned):
            shown += [nodes.Text(", " if number else ": "), self._link(docname, citing, place.node_id, place.at)]
        if self.builder.name == "typst" and places:
            shown += nodes.Text(" ")
            for place in places:
                shown += page_reference(refid=place.node_id, refdocname=citing)
        return shown

    def _link(self, docname: str, citing: str, node_id: str, words: str) -> nodes.Node:
        if self.builder.name == "typst":  # the page numbers lead there
            return nodes.Text(words)
        uri = self.builder.get_relative_uri(docname, citing)
        return nodes.reference("", words, internal=True, refuri=f"{uri}#{node_id}")


def _order(source: Source) -> tuple[str, str, str]:
    """Sort by date, then symbol: a symbol's number counts within its series only."""
    return (source.date.start.iso if source.date else "", source.symbol, source.get("title"))


def setup(app: Sphinx) -> None:
    """Register the directive, its placeholder and the transform."""
    app.add_node(documents_node)
    app.add_directive("documents", DocumentsDirective)
    app.add_post_transform(DocumentsTransform)
