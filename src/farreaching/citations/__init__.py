"""Citations by Chicago author-date: strict .bib files, lists for a chapter and for the book, links in the text.

`scanner`, `rules`, `symbols` and `bibfile` read the files and know nothing of Sphinx; `source` is the record; `forms`
and `style` write references, and `library` holds them; `domain` keeps what documents cite; `roles`, `directives` and
`transforms` connect them with Sphinx; `documents` is the index of UN documents, treaties and laws.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from .bibfile import load_sources
from .source import Source

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from sphinx.addnodes import pending_xref
    from sphinx.application import Sphinx
    from sphinx.config import Config
    from sphinx.environment import BuildEnvironment
    from sphinx.util.typing import ExtensionMetadata

    from .domain import CitationsDomain

__all__ = ["Source", "cite", "known_keys", "load_sources", "note_cited", "party_names", "sources"]


def cite(env: BuildEnvironment, docname: str, key: str, at: str = "") -> pending_xref:
    """Return a citation without brackets ("Author 2024, para. 5") to stand in a document.

    It can be made while reading and in any post-transform before references are resolved (priority 10). The document
    lists the source only if it was told while reading (`note_cited`).
    """
    # imported late, here and below: whoever only reads .bib files needs no Sphinx
    from sphinxcontrib.bibtex.citation_target import CitationTarget

    from .roles import citation_xref

    return citation_xref(docname, "alp", [CitationTarget(key, "", at)])


def note_cited(env: BuildEnvironment, docname: str, keys: Iterable[str]) -> None:
    """Register, while a document is read, that it cites sources whose citations are only made later."""
    cast("CitationsDomain", env.get_domain("cite")).note(docname, keys)


def sources(env: BuildEnvironment) -> Mapping[str, Source]:
    """Return the sources of the bibliography files, by key."""
    return cast("CitationsDomain", env.get_domain("cite")).sources


def party_names(config: Config) -> dict[str, str]:
    """Return the permitted values of the field ``party`` with their names, in the order of conf.py."""
    parties = config.farreaching_parties
    return dict(parties) if isinstance(parties, dict) else {party: party for party in parties}


def known_keys(env: BuildEnvironment) -> set[str]:
    """Return the keys of all entries, those with a mistake too: that is reported once, and not at every use."""
    library = cast("CitationsDomain", env.get_domain("cite")).data["library"]
    return {*library.sources, *library.broken}


def setup(app: Sphinx) -> ExtensionMetadata:
    """Register the citations extension."""
    from . import directives, documents, domain, library, transforms

    app.setup_extension("sphinxcontrib.bibtex")  # its domain, directive and role are replaced
    library.setup(app)
    domain.setup(app)
    directives.setup(app)
    transforms.setup(app)
    documents.setup(app)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
