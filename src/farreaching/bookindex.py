"""The index of the book, from Sphinx's own index entries: ``{book-index}``, and the places of one entry anywhere.

Sphinx makes its page of the index outside the book, for HTML only. This one is a page among others, in every format. What
authors mark with ``{index}`` stands in it beside the entries of lexicons and the documents that chapters cite.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from docutils import nodes
from sphinx import addnodes
from sphinx.environment.adapters.indexentries import IndexEntries
from sphinx.transforms.post_transforms import SphinxPostTransform
from sphinx.util.docutils import SphinxDirective

from .builders import current_builder
from .listings import Place, add_listing, book_order, linked_places, note_listing, short_title

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sphinx.application import Sphinx
    from sphinx.environment import BuildEnvironment
    from sphinx.util.typing import ExtensionMetadata


class book_index(nodes.General, nodes.Element):
    """Where the index stands. Attribute: ``docname``."""


class index_places(nodes.General, nodes.Element):
    """Where the places of one entry are printed. Attributes: ``docname``, ``entry``, ``label`` (printed before them)."""


class BookIndexDirective(SphinxDirective):
    """Leaves a placeholder, filled when every document has been read."""

    def run(self) -> list[nodes.Node]:
        note_listing(self.env, "index")
        node = book_index(docname=self.env.docname)
        self.set_source_info(node)
        return [node]


class _Addresses:
    """Stands in for a builder where only the addresses of targets are asked for: they are docnames."""

    def get_relative_uri(self, _from: str, to: str, _kind: str | None = None) -> str:
        return to


def entries_of(env: BuildEnvironment) -> list[tuple[str, list[Any]]]:
    """Return the letters of the index with their entries, as Sphinx sorts them; targets are "docname#id"."""
    return IndexEntries(env).create_index(_Addresses(), group_entries=False)  # type: ignore[arg-type]


def places_of(targets: Iterable[tuple[str | None, str | bool]]) -> list[Place]:
    """Return the places of an entry's targets."""
    return [Place(*str(uri).split("#", 1)) for _, uri in targets if uri]


class BookIndexTransform(SphinxPostTransform):
    """Fills the placeholders, and takes the marks of the index out of the page."""

    # before references are resolved (10)
    default_priority = 5

    def run(self, **kwargs: Any) -> None:
        self.builder = current_builder(self.env)
        for node in list(self.document.findall(book_index)):
            letters = [part for letter, entries in entries_of(self.env) for part in self._letter(node, letter, entries)]
            node.replace_self(
                nodes.container("", *letters, classes=["index-columns"]) if self.builder.name == "typst" else letters
            )
        waiting = list(self.document.findall(index_places))
        found = {name: rest for _, entries in entries_of(self.env) for name, rest in entries} if waiting else {}
        for place in waiting:
            # a mark that is the entry itself is no place that mentions it
            mentions = places_of(target for target in found.get(place["entry"], ([],))[0] if not target[0])
            words = linked_places(self.env, self.builder, place["docname"], mentions)
            text = nodes.paragraph("", f"{place['label']}: ", *words, classes=["index-places"])
            place.replace_self([text] if words else [])

        # collected when the page was read; Sphinx's search would take them too, and lose them in its next run
        for mark in list(self.document.findall(addnodes.index)):
            mark.parent.remove(mark)

    def _letter(self, node: book_index, letter: str, entries: list[Any]) -> list[nodes.Node]:
        title = nodes.rubric("", letter, ids=[f"index-{nodes.make_id(letter)}"], classes=["index-letter"], **{"heading-level": 2})
        lines = nodes.bullet_list(classes=["book-index"])
        for name, (targets, inner, _) in entries:
            item = nodes.list_item("", self._line(node, name, targets))
            if inner:
                item += nodes.bullet_list("", *(nodes.list_item("", self._line(node, *pair)) for pair in inner))
            lines += item
        return [title, lines]

    def _line(self, node: book_index, name: str, targets: list[Any]) -> nodes.paragraph:
        words = linked_places(self.env, self.builder, node["docname"], places_of(targets))
        comma = [nodes.Text(", " if self.builder.name == "typst" else ": ")] if words else []
        return nodes.paragraph("", "", nodes.inline("", name, classes=["index-entry"]), *comma, *words)


def contents(env: BuildEnvironment) -> object:
    """Return all that an index prints."""
    entries = env.domains.index_domain.entries
    order = book_order(env)
    return [(name, order.get(name), short_title(env, name), entries[name]) for name in sorted(entries) if entries[name]]


def setup(app: Sphinx) -> ExtensionMetadata:
    """Register the directive, the placeholders and the transform."""
    add_listing(app, "index", contents)
    app.add_node(book_index)
    app.add_node(index_places)
    app.add_directive("book-index", BookIndexDirective)
    app.add_post_transform(BookIndexTransform)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
