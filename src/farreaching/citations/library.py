"""The library: the bibliography files as parsed and formatted, read again where they or the style changed."""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple, cast

from sphinxcontrib.bibtex.bibfile import BibData, BibFile, get_mtime

from ..reporting import log_findings
from . import forms, source, style
from .bibfile import read_bibliography
from .kinds import Kind, kind_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from sphinx.application import Sphinx

    from .domain import CitationsDomain
    from .source import Source


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
        log_findings(bibliography.findings, "citations")
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


def setup(app: Sphinx) -> None:
    """Register the handler and the style."""
    style.register()
    # before bibtex's own handler (500), which ends in a traceback over a file with a mistake
    app.connect("builder-inited", on_builder_inited, priority=400)
