"""What the documents cite, and the formatted references, kept in the Sphinx domain ``cite``.

Public doors of sphinxcontrib-bibtex used here: its domain class, replaced with ``app.add_domain(override=True)``, so
that its role names, its configuration values and its footnote citations go on working; the classes `BibData` and
`BibFile`, in which it keeps parsed files; and `parse_citation_targets`. Its lists are not used: they make a node for
every entry of the file in every list, go stale in incremental builds, and grow when a page is resolved twice.
"""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple, cast

from docutils import nodes
from sphinx.util import logging
from sphinxcontrib.bibtex.bibfile import BibData, BibFile, get_mtime
from sphinxcontrib.bibtex.domain import BibtexDomain

from ..builders import HTML_BUILDERS
from ..findings import nearest
from . import forms, source, style
from .bibfile import read_bibliography
from .kinds import Kind, kind_of
from .nodes import citation_link
from .roles import CitationRole

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Set

    from sphinx.addnodes import pending_xref
    from sphinx.application import Sphinx
    from sphinx.builders import Builder
    from sphinx.environment import BuildEnvironment
    from sphinxcontrib.bibtex.citation_target import CitationTarget

    from .source import Source

logger = logging.getLogger(__name__)

_ROLES = ("p", "t", "alp")


class Reference(NamedTuple):
    """A source as the book prints it."""

    place: int  #: in the order of printing
    key: str  #: citation key
    author: str  #: as the text names it
    year: str  #: with its letter, or ``n.d.``
    text: Any  #: the whole reference (`pybtex.richtext.Text`)
    kind: Kind  #: its group in the book's bibliography
    via: str  #: key of the source in which it was read, or empty
    digest: str  #: fingerprint of what is printed of it


class Library(NamedTuple):
    """The parsed and formatted bibliography files."""

    digest: str  #: of the files and the style; empty where the files have mistakes, so that they are read again
    sources: Mapping[str, Source]  #: by key
    references: Mapping[str, Reference]  #: by key, in the order of printing
    broken: frozenset[str]  #: keys of the entries with a mistake, which is reported already


class CitationsDomain(BibtexDomain):
    """Citations, the documents that make them, and the pages that list sources."""

    roles = {name: CitationRole() for name in _ROLES}
    initial_data = BibtexDomain.initial_data | {
        "library": Library("", {}, {}, frozenset()),
        "cited": {},  # docname -> {key: None}, in order
        "lists": set(),  # docnames that list their own sources
        "books": set(),  # docnames that list the whole book's
        "shown": {},  # builder name -> docname -> digest of what the document prints of sources
    }
    data_version = BibtexDomain.data_version * 100 + 1

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

    def note(self, docname: str, keys: Iterable[str]) -> None:
        """Register that a document cites sources."""
        self.cited.setdefault(docname, {}).update(dict.fromkeys(keys))

    def clear_doc(self, docname: str) -> None:
        super().clear_doc(docname)
        self.cited.pop(docname, None)
        self.data["lists"].discard(docname)
        self.data["books"].discard(docname)

    def merge_domaindata(self, docnames: Set[str], otherdata: dict[str, Any]) -> None:
        super().merge_domaindata(docnames, otherdata)
        for docname in docnames:
            if docname in otherdata["cited"]:
                self.cited[docname] = otherdata["cited"][docname]
            for name in ("lists", "books"):
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
        for docname in sorted(self.cited.keys() | self.data["lists"] | self.data["books"]):
            printed = self.listed(docname)
            parts = [str(self.place(docname)), *(f"{reference.author} {reference.year}" for reference in printed)]
            if docname in self.data["lists"]:
                parts += [reference.digest for reference in printed]
            if docname in self.data["books"]:
                parts += [reference.digest for reference in self.book()]
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
        result = nodes.inline("", "", classes=["citations"])
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
    kind = citation_link if builder.name in HTML_BUILDERS else nodes.reference
    node = kind("", words, internal=True, classes=["citation"])
    if kind is citation_link:
        node["key"] = key
    if fromdocname == todocname:
        node["refid"] = item_id(key)
    else:
        node["refuri"] = f"{builder.get_relative_uri(fromdocname, todocname)}#{item_id(key)}"
    return node


def item_id(key: str) -> str:
    """Return the id of a source's item in a list; keys are made of characters that an id may hold."""
    return f"cite-{key}"


def references_of(sources: Mapping[str, Source]) -> Iterator[Reference]:
    """Format all sources; yield them in the order of printing."""
    for place, entry in enumerate(style.ChicagoAuthorDate().format_entries(sources.values())):
        one = sources[entry.key]
        digest = hashlib.sha256(f"{one.label}\0{entry.label}\0{entry.text!r}".encode()).hexdigest()[:16]
        yield Reference(place, entry.key, one.label, entry.label, entry.text, kind_of(one), one.via, digest)


def _digest(paths: list[Path], parties: Iterable[str]) -> str:
    """Return a fingerprint of the files and of the code that formats them."""
    found = hashlib.sha256("\0".join([*parties, *map(str, paths)]).encode())
    for path in [*paths, *(Path(module.__file__ or "") for module in (forms, source, style))]:
        found.update(path.read_bytes() if path.is_file() else b"")
    return found.hexdigest()


def on_builder_inited(app: Sphinx) -> None:
    """Read the bibliography files where they changed; a mistake in one is a warning that names its line."""
    domain = cast("CitationsDomain", app.env.get_domain("cite"))
    paths = [Path(app.confdir, file).resolve() for file in app.config.bibtex_bibfiles or ()]
    digest = _digest(paths, app.config.farreaching_parties)
    if domain.data["library"].digest != digest:
        bibliography = read_bibliography(paths, app.config.farreaching_parties)
        for finding in bibliography.findings:
            logger.warning(
                "%s %s", finding.message, finding.mend,
                location=f"{finding.path}:{finding.line}", type="farreaching", subtype="citations",
            )  # fmt: skip
        references = {reference.key: reference for reference in references_of(bibliography.sources)}
        domain.data["library"] = Library(
            "" if bibliography.findings else digest, bibliography.sources, references, frozenset(bibliography.broken)
        )
        entries, keys = bibliography.data, bibliography.keys
    else:
        entries, keys = domain.bibdata.data, {path: list(file.keys) for path, file in domain.bibdata.bibfiles.items()}
    # what bibtex's own handler, which comes next, finds up to date, it does not parse again (and cannot stumble over)
    files = {path: BibFile(get_mtime(path), dict.fromkeys(keys[path])) for path in paths}
    domain.data["bibdata"] = BibData(app.config.bibtex_encoding, files, entries)


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
    style.register()
    help_text = "permitted values of the field 'party', or value → name"
    app.add_config_value("farreaching_parties", (), "env", (list, tuple, dict), help_text)
    app.add_domain(CitationsDomain, override=True)
    # before bibtex's own handler (500), which ends in a traceback over a file with a mistake
    app.connect("builder-inited", on_builder_inited, priority=400)
    app.connect("env-updated", on_env_updated)
