"""References, notes and targets as Typst code."""

from __future__ import annotations

import re

from docutils import nodes

from ..nodes import page_reference
from .base import CodeWriter, boolean, end
from .literals import array, string

#: Classes inside cross-references that a reader of paper wants to leaf to; most of them are Sphinx's.
_PAGED = frozenset({"std-ref", "std-doc", "std-numref", "doc", "myst", "exercise-reference", "exercise-ref", "paged"})
_EXTERNAL = re.compile(r"[a-z][a-z0-9+.-]*:", re.IGNORECASE)


class LinkVisitor(CodeWriter):
    """Visits references, notes and targets."""

    def visit_reference(self, node: nodes.Element) -> None:
        words = self.block(*node.children)
        uri = node.get("refuri", "")
        if "refid" in node or uri.startswith(("%", "#")):
            docname, node_id = self.docname, node.get("refid", uri[1:])
            if uri.startswith("%"):
                docname, _, node_id = uri[1:].partition("#")
            self._internal(node, words, docname, node_id)
        elif _EXTERNAL.match(uri):
            self.add(f"external({string(uri)}, {words})")
        else:
            self.builder.problem(
                "the link to '%s' leads nowhere on paper. Use a cross-reference or a full address.", uri, location=node
            )
        raise nodes.SkipNode

    def _internal(self, node: nodes.Element, words: str, docname: str, node_id: str) -> None:
        label = self._label(docname, node_id)
        if label:
            classes = {name for inner in [node, *node.findall(nodes.inline)] for name in inner["classes"]}
            # in the text of a heading the number would stand in the contents too
            paged = bool(classes & _PAGED) and not self._holding
            self.add(f"cross-reference({string(label)}, {words}, paged: {boolean(paged)})")
        elif docname in self.volume:
            self.builder.problem("the target '%s' of this link is not in '%s'.", node_id, docname, location=node)
        else:
            address = self._site(docname, node_id)
            self.add(f"external({string(address)}, {words})" if address else words)

    def _site(self, docname: str, node_id: str) -> str:
        """Return the address on the course's site of what this PDF does not hold, or "" where it has no site."""
        base = self.config.html_baseurl
        if not base:
            return ""
        suffix = self.config.html_link_suffix or self.config.html_file_suffix or ".html"
        return f"{base.rstrip('/')}/{docname}{suffix}{'#' if node_id else ''}{node_id}"

    def visit_number_reference(self, node: nodes.Element) -> None:
        self.visit_reference(node)

    def visit_download_reference(self, node: nodes.Element) -> None:
        base, name = self.config.html_baseurl, node.get("filename")
        words = self.block(*node.children)
        if uri := node.get("refuri"):
            self.add(f"external({string(uri)}, {words})")
        elif base and name:
            address = f"{base.rstrip('/')}/_downloads/{name}"
            self.add(f"external({string(address)}, {words})")
        else:
            self.add(words)
        raise nodes.SkipNode

    def visit_page_reference(self, node: page_reference) -> None:
        """Write the pages of this reference and of those that follow it at once, each page once."""
        siblings = node.parent.children
        place = siblings.index(node)
        if place and isinstance(siblings[place - 1], page_reference):
            raise nodes.SkipNode
        labels = []
        for sibling in siblings[place:]:
            if not isinstance(sibling, page_reference):
                break
            docname = sibling.get("refdocname", self.docname)
            if label := self._label(docname, sibling["refid"]):
                labels.append(string(label))
            elif docname in self.volume:
                message = "the target '%s' of a page number is not in '%s'."
                self.builder.problem(message, sibling["refid"], docname, location=node)
        if labels:
            self.add(f"pages-of({array(labels)})")
        raise nodes.SkipNode

    def visit_footnote_reference(self, node: nodes.Element) -> None:
        node_id = node["refid"]
        note = self._footnotes.get(node_id)
        if note is None:
            self.builder.problem("the footnote '%s' has no text.", node_id, location=node)
            raise nodes.SkipNode
        self.body.append(self._anchors())
        label = f"{self.docname}#{node_id}"
        if label in self.volume.noted:
            self.add(f"note-again({string(label)})")
        else:
            self.volume.noted.add(label)
            waiting, self._waiting = self._waiting, []
            words = self.block(*(child for child in note.children if not isinstance(child, nodes.label)))
            self._waiting = waiting
            self.add(f"note({string(label)}, {words})")
        raise nodes.SkipNode

    def visit_footnote(self, node: nodes.Element) -> None:
        """Leave it out here: it is printed with its first mark; one without a mark would be lost."""
        if not self._referenced.intersection(node["ids"]):
            message = "no mark in the text leads to this footnote, so it would be lost. Refer to it, or remove it."
            self.builder.problem(message, location=node)
        raise nodes.SkipNode

    def visit_target(self, node: nodes.Element) -> None:
        if not node.children and node["ids"] and not isinstance(node.parent, nodes.title):
            self.body.append(self._anchors())

    depart_target = end
