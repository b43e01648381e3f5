"""What goes into one PDF: which documents, in what order and depth, and which targets are in reach."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from docutils import nodes
from sphinx import addnodes

from ..nodes import printed_elements

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from sphinx.environment import BuildEnvironment


@dataclass(frozen=True)
class Entry:
    """A document, or the caption of a group of documents, in its place in the book."""

    docname: str  #: empty for a caption
    level: int  #: of its heading, from 1
    is_part: bool  #: whether others stand under it, at the book's top level
    caption: str = ""


@dataclass
class Volume:
    """One PDF: its contents, and what its translators share."""

    name: str  #: the file's path below the output folder, without suffix
    entries: list[Entry]
    doctrees: dict[str, nodes.document]  #: resolved, by docname
    labels: dict[str, str] = field(init=False)  #: "docname#id" of every target in this PDF → its label
    noted: set[str] = field(default_factory=set)  #: labels of the footnotes already printed

    def __post_init__(self) -> None:
        self.labels = {}
        for entry in self.entries:
            if entry.docname:
                self.labels.update(_labels(entry.docname, self.doctrees[entry.docname]))

    def __contains__(self, docname: str) -> bool:
        return docname in self.labels


def _labels(docname: str, doctree: nodes.document) -> Iterator[tuple[str, str]]:
    """Yield each target of a document with its label; a heading has one label for all its ids."""
    first = next(doctree.findall(nodes.section), None)
    yield docname, f"{docname}#{first['ids'][0]}" if first is not None and first["ids"] else docname
    for node in printed_elements(doctree):
        ids: list[str] = node["ids"]
        if isinstance(node, nodes.section):
            # a label inside a heading would be printed again in the contents
            title = node.next_node(nodes.title)
            inner = [node_id for part in title.findall(nodes.Element) for node_id in part["ids"]] if title else []
            yield from ((f"{docname}#{node_id}", f"{docname}#{ids[0]}") for node_id in [*ids, *inner])
        elif not isinstance(node.parent, nodes.title):
            yield from ((f"{docname}#{node_id}", f"{docname}#{node_id}") for node_id in ids)


def book_entries(env: BuildEnvironment, is_printed: Callable[[str], bool]) -> list[Entry]:
    """Return the book's contents: the root document and what its toctrees list, depth first.

    A toctree's caption becomes a part; a document that is not printed leaves its place to those under it.
    """
    entries: list[Entry] = []
    seen: set[str] = set()

    def add(docname: str, level: int) -> None:
        if docname in seen or docname not in env.found_docs:
            return
        seen.add(docname)
        trees = list(env.get_doctree(docname).findall(addnodes.toctree))
        below = level
        if is_printed(docname):
            is_root = docname == env.config.root_doc
            has_children = any(child in env.found_docs for tree in trees for _, child in tree["entries"])
            entries.append(Entry(docname, level, is_part=has_children and level == 1 and not is_root))
            below = level if is_root else level + 1
        for tree in trees:
            children = [child for _, child in tree["entries"] if child in env.found_docs and child not in seen]
            caption = tree.get("caption")
            printed = any(is_printed(child) or env.toctree_includes.get(child) for child in children)
            if caption and printed:
                entries.append(Entry("", below, is_part=below == 1, caption=caption))
            for child in children:
                add(child, below + 1 if caption else below)

    add(env.config.root_doc, 1)
    return entries
