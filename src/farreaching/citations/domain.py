"""What the documents cite, and the formatted references, kept in the Sphinx domain ``cite``.

Public doors of sphinxcontrib-bibtex used here: its domain class, replaced with ``app.add_domain(override=True)``, so
that its role names, its configuration values and its footnote citations go on working; the classes `BibData` and
`BibFile`, in which it keeps parsed files; and `parse_citation_targets`. Its lists are not used: they make a node for
every entry of the file in every list, go stale in incremental builds, and grow when a page is resolved twice.
"""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, Any, NamedTuple, cast

from docutils import nodes
from sphinx.addnodes import pending_xref
from sphinx.util import logging
from sphinxcontrib.bibtex.domain import BibtexDomain

from ..findings import nearest
from ..nodes import printed_elements
from .kinds import Kind, kind_of
from .library import Library, Reference
from .roles import CitationRole

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Set

    from sphinx.application import Sphinx
    from sphinx.builders import Builder
    from sphinx.environment import BuildEnvironment
    from sphinxcontrib.bibtex.citation_target import CitationTarget

    from .source import Source

logger = logging.getLogger(__name__)

_ROLES = ("p", "t", "alp")
#: The kinds of source of which a book can print an index.
INDEXED = (Kind.UN, Kind.LAW)


class Place(NamedTuple):
    """Where a document cites a source."""

    node_id: str  #: id of the citation
    at: str  #: pinpoint in the source, or empty


class CitationsDomain(BibtexDomain):
    """Citations, the documents that make them, and the pages that list sources."""

    roles = {name: CitationRole() for name in _ROLES}
    initial_data = BibtexDomain.initial_data | {
        "library": Library("", {}, {}, frozenset()),
        "cited": {},  # docname -> {key: None}, in order
        "lists": set(),  # docnames that list their own sources
        "books": set(),  # docnames that list the whole book's
        "places": {},  # docname -> {key: [Place]}, of the kinds that an index lists
        "indexes": set(),  # docnames that hold an index of documents
        "shown": {},  # builder name -> docname -> digest of what the document prints of sources
    }
    data_version = BibtexDomain.data_version * 100 + 2

    @property
    def sources(self) -> Mapping[str, Source]:
        """The sources of the bibliography files, by key."""
        return cast("Library", self.data["library"]).sources

    @property
    def references(self) -> Mapping[str, Reference]:
        """The formatted references, by key, in the order of printing."""
        return cast("Library", self.data["library"]).references

    @property
    def cited(self) -> dict[str, dict[str, None]]:
        """Docname → the keys it cites, in order."""
        return cast("dict[str, dict[str, None]]", self.data["cited"])

    @property
    def places(self) -> dict[str, dict[str, list[Place]]]:
        """Docname → key → the places of its text that cite it, for the kinds that an index of documents lists."""
        return cast("dict[str, dict[str, list[Place]]]", self.data["places"])

    def is_indexed(self, key: str) -> bool:
        """Tell whether an index of documents lists a source."""
        return key in self.sources and kind_of(self.sources[key]) in INDEXED

    def indexed(self) -> list[str]:
        """Return the keys of the cited sources that an index of documents lists."""
        return sorted({key for keys in self.cited.values() for key in keys if self.is_indexed(key)})

    def citing(self, key: str) -> list[str]:
        """Return the documents that cite a source in their text or list it as theirs, in the order of the book."""
        order = {name: place for place, name in enumerate(self.env.collect_relations())}
        # not those that only repeat what others say, as a ledger of all claims does
        found = [
            name
            for name, keys in self.cited.items()
            if key in keys and (name in self.data["lists"] or key in self.places.get(name, {}))
        ]
        return sorted(found, key=lambda docname: (order.get(docname, len(order)), docname))

    def note(self, docname: str, keys: Iterable[str]) -> None:
        """Register that a document cites sources."""
        self.cited.setdefault(docname, {}).update(dict.fromkeys(keys))

    def process_doc(self, env: BuildEnvironment, docname: str, document: nodes.document) -> None:
        """Give each citation that an index of documents lists an id, and note its place.

        Not those in a table that only screens show: it repeats what its figure cites, and has no page.
        """
        printed = (node for node in printed_elements(document) if isinstance(node, pending_xref))
        for number, node in enumerate(node for node in printed if node["refdomain"] == self.name and "citations" in node):
            for target in filter(lambda target: self.is_indexed(target.key), node["citations"]):
                node["ids"] = [f"cited-{number}"]
                place = Place(node["ids"][0], target.post)
                self.places.setdefault(docname, {}).setdefault(target.key, []).append(place)

    def clear_doc(self, docname: str) -> None:
        super().clear_doc(docname)
        self.cited.pop(docname, None)
        self.data["lists"].discard(docname)
        self.data["books"].discard(docname)
        self.data["indexes"].discard(docname)
        self.places.pop(docname, None)

    def merge_domaindata(self, docnames: Set[str], otherdata: dict[str, Any]) -> None:
        super().merge_domaindata(docnames, otherdata)
        for docname in docnames:
            if docname in otherdata["cited"]:
                self.cited[docname] = otherdata["cited"][docname]
            if docname in otherdata["places"]:
                self.places[docname] = otherdata["places"][docname]
            for name in ("lists", "books", "indexes"):
                if docname in otherdata[name]:
                    self.data[name].add(docname)

    def listed(self, docname: str) -> list[Reference]:
        """Return what the list of a document holds, in order."""
        return self._with_via(self.cited.get(docname, {}))

    def book(self) -> list[Reference]:
        """Return what the whole book's bibliography holds, in order."""
        return self._with_via({key for keys in self.cited.values() for key in keys})

    def _with_via(self, keys: Iterable[str]) -> list[Reference]:
        """Return the references of some keys and of those in which they were read."""
        wanted: set[str] = set()
        waiting = [key for key in keys if key in self.references]
        while waiting:
            key = waiting.pop()
            if key not in wanted:
                wanted.add(key)
                via = self.references[key].via
                waiting += [via] if via in self.references else []
        return sorted((self.references[key] for key in wanted), key=lambda reference: reference.place)

    def place(self, docname: str) -> str | None:
        """Return the document that lists what a document cites: itself, the whole book's bibliography, or None."""
        if docname in self.data["lists"] or docname in self.data["books"]:
            return docname
        # the least name, not the first in the table of contents: the choice must not move when chapters do
        return min(self.data["books"], default=None)

    def env_updated(self) -> Iterable[str]:
        """Do none of the work of the base class: its lists are not used (see `on_env_updated`)."""
        return []

    def shown(self) -> dict[str, str]:
        """Return docname → digest of all that it prints of sources: its citations, where they lead, its lists."""
        shown: dict[str, str] = {}
        for docname in sorted(self.cited.keys() | self.data["lists"] | self.data["books"] | self.data["indexes"]):
            printed = self.listed(docname)
            parts = [str(self.place(docname)), *(f"{reference.author} {reference.year}" for reference in printed)]
            if docname in self.data["lists"]:
                parts += [reference.digest for reference in printed]
            if docname in self.data["books"]:
                parts += [reference.digest for reference in self.book()]
            if docname in self.data["indexes"]:
                parts += [
                    str((key, [(one, self.places.get(one, {}).get(key)) for one in self.citing(key)])) for key in self.indexed()
                ]
            shown[docname] = hashlib.sha256("\n".join(parts).encode()).hexdigest()[:16]
        return shown

    def resolve_xref(  # type: ignore[override]
        self,
        env: BuildEnvironment,
        fromdocname: str,
        builder: Builder,
        typ: str,
        target: str,
        node: pending_xref,
        contnode: nodes.Element,
    ) -> nodes.Element:
        """Return the citation in text, every key a link to its reference; each key in the order it was typed."""
        targets: list[CitationTarget] = node["citations"]
        shown = [self._citation(fromdocname, builder, typ, one, node) for one in targets]
        result = nodes.inline("", "", ids=node["ids"])
        if typ == "t":
            for number, one in enumerate(shown):
                last = number == len(shown) - 1
                glue = "" if not number else ", " if not last else " and " if len(shown) == 2 else ", and "
                result += [nodes.Text(glue), *one] if glue else one
            return result
        for number, one in enumerate(shown):
            result += [nodes.Text("; "), *one] if number else one
        if typ == "p":
            result.insert(0, nodes.Text("("))
            result += nodes.Text(")")
        return result

    def _citation(
        self, fromdocname: str, builder: Builder, typ: str, target: CitationTarget, node: nodes.Element
    ) -> list[nodes.Node]:
        """Return one key's citation: "see Author 2024, para. 5", or in the sentence "Author (2024, para. 5)"."""
        reference = self.references.get(target.key)
        before = f"{target.pre} " if target.pre else ""
        after = f", {target.post}" if target.post else ""
        if reference is None:
            if target.key not in self.data["library"].broken:
                hint = nearest(target.key, self.sources) or "Add it to the .bib file."
                message = f"there is no source '{target.key}'. {hint}"
                logger.warning(message, location=node, type="farreaching", subtype="citations")
            return [nodes.Text(f"{before}{target.key}{after}")]
        todocname = self.place(fromdocname)
        if typ == "t":
            words = f"{reference.author} ({before}{reference.year}{after})"
            before = after = ""
        else:
            words = f"{reference.author} {reference.year}"
        if todocname is None:
            message = f"'{target.key}' is cited, but no page lists it. Add {{references}} to the page."
            logger.warning(message, location=node, type="farreaching", subtype="citations")
            return [nodes.Text(f"{before}{words}{after}")]
        parts = [nodes.Text(before), link(builder, fromdocname, todocname, target.key, words), nodes.Text(after)]
        return [part for part in parts if part.astext()]

    def resolve_any_xref(self, *args: object) -> list[tuple[str, nodes.reference]]:  # type: ignore[override]
        """Sources are never meant by an untyped reference."""
        return []


def link(builder: Builder, fromdocname: str, todocname: str, key: str, words: str) -> nodes.reference:
    """Return a link to a reference in a list of `todocname`."""
    node = nodes.reference("", words, internal=True, classes=["citation"])
    if fromdocname == todocname:
        node["refid"] = item_id(key)
    else:
        node["refuri"] = f"{builder.get_relative_uri(fromdocname, todocname)}#{item_id(key)}"
    return node


def item_id(key: str) -> str:
    """Return the id of a source's item in a list; keys are made of characters that an id may hold."""
    return f"cite-{key}"


def on_env_updated(app: Sphinx, env: BuildEnvironment) -> list[str]:
    """Return the documents that this builder must write anew because a list or a citation in them changed.

    Told apart by builder, for several share one environment, and each has written only what it was asked to. What a
    builder has not shown yet counts as changed: Sphinx keeps the environment only where a document did.
    """
    domain = cast("CitationsDomain", env.get_domain("cite"))
    before = domain.data["shown"].get(app.builder.name, {})
    now = domain.data["shown"][app.builder.name] = domain.shown()
    return [docname for docname, digest in now.items() if before.get(docname) != digest]


def setup(app: Sphinx) -> None:
    """Register the domain and its handlers."""
    help_text = "permitted values of the field 'party', or value → name"
    app.add_config_value("farreaching_parties", (), "env", (list, tuple, dict), help_text)
    app.add_domain(CitationsDomain, override=True)
    app.connect("env-updated", on_env_updated)
