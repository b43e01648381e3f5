"""Prints the lists of sources as plain bullet lists, which every builder knows and accessibility checks pass."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING, cast

from docutils import nodes
from pybtex_docutils import Backend
from sphinx.transforms.post_transforms import SphinxPostTransform
from sphinx.util import logging

from . import cite
from .domain import CitationsDomain, item_id
from .kinds import Kind
from .nodes import bibliography_node, references_node
from .style import KEY_SCHEME

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sphinx.application import Sphinx

    from .library import Reference

logger = logging.getLogger(__name__)


class LanguageBackend(Backend):
    """Renders pybtex's rich text as docutils nodes, and ``language-xx`` tags as a class that becomes ``lang="xx"``."""

    def format_tag(self, tag_name: str, text: list[nodes.Node]) -> list[nodes.Node]:
        if tag_name.startswith("language-"):
            return [nodes.inline("", "", *text, classes=[tag_name])]
        return super().format_tag(tag_name, text)


class ReferenceLists(SphinxPostTransform):
    """Replaces each placeholder by fresh nodes, so that a page can be resolved any number of times."""

    # before references (10) are resolved; at 4, as everything that adds citations
    default_priority = 4
    backend = LanguageBackend()

    def run(self, **kwargs: object) -> None:
        self.domain = cast("CitationsDomain", self.env.get_domain("cite"))
        for node in list(self.document.findall(references_node)):
            references = self.domain.listed(node["docname"])
            self._replace(node, [self._list(node["docname"], references)] if references else [])
        for book in list(self.document.findall(bibliography_node)):
            self._replace(book, self._groups(book))

    def _replace(self, node: nodes.Element, new: list[nodes.Node]) -> None:
        if not new:
            message = "nothing is cited that could be listed here. Cite a source, or remove the list."
            logger.warning(message, location=node, type="farreaching", subtype="citations")
        node.replace_self(new)

    def _groups(self, node: bibliography_node) -> list[nodes.Node]:
        """Return a heading and a list for each kind of source."""
        order = list(Kind)
        references = sorted(self.domain.book(), key=lambda reference: order.index(reference.kind))
        new: list[nodes.Node] = []
        for kind, group in groupby(references, key=lambda reference: reference.kind):
            # rubrics: a section made this late would be missing from the tables of contents
            heading = {"heading-level": min(node["level"], 6)}
            new.append(nodes.rubric("", kind.heading, ids=[f"references-{kind}"], classes=["references-kind"], **heading))
            new.append(self._list(node["docname"], group))
        return new

    def _list(self, docname: str, references: Iterable[Reference]) -> nodes.bullet_list:
        listed = nodes.bullet_list(classes=["references"])
        for reference in references:
            text = nodes.paragraph("", "", *reference.text.render(self.backend))
            for found in list(text.findall(nodes.reference)):
                if found["refuri"].startswith(KEY_SCHEME):
                    key = found["refuri"].removeprefix(KEY_SCHEME)
                    found.replace_self(cite(self.env, docname, key))
            listed += nodes.list_item("", text, ids=[item_id(reference.key)])
        return listed


def setup(app: Sphinx) -> None:
    """Register the transform."""
    app.add_node(references_node)
    app.add_node(bibliography_node)
    app.add_post_transform(ReferenceLists)
