"""Sources that a reader would confuse: the same document under two keys, two persons under one name and year."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import urlsplit

from .source import collation

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from .source import Source


class Pair(NamedTuple):
    """Two entries of the bibliography, the later of which is to be looked at."""

    source: Source  #: the later one
    first: Source  #: the one it resembles
    code: str  #: second half of the finding's code
    message: str  #: what they share
    mend: str  #: what to do about it
    certain: bool  #: whether they cannot both stand


def same_documents(sources: Iterable[Source]) -> Iterator[Pair]:
    """Yield each source that seems to be an earlier one again, by DOI, symbol, address, or title and date."""
    seen: dict[tuple[str, ...], Source] = {}
    for source in sources:
        told: set[str] = set()  # a pair is named once, by the strongest of what it shares
        for what, identity, certain in _identities(source):
            first = seen.setdefault(identity, source)
            if first is source or first.key in told or (what == "title and date" and _elsewhere(first, source)):
                continue
            told.add(first.key)
            message = f"'{source.key}' and '{first.key}' (line {first.line}) have the same {what}."
            mend = "Keep one, and cite it wherever the other is cited."
            if not certain:
                mend += " Where they are two texts, tell their titles or addresses apart."
            yield Pair(source, first, "same-document", message, mend, certain)


def _identities(source: Source) -> Iterator[tuple[str, tuple[str, ...], bool]]:
    if doi := source.get("doi"):
        yield "DOI", ("doi", doi.casefold()), source.type not in {"incollection", "collection"}
    if source.symbol:
        yield "symbol", ("symbol", source.symbol.upper().replace(" ", "")), True
    if url := source.get("url"):
        parts = urlsplit(url)
        host = parts.netloc.casefold().removeprefix("www.")
        # one page can hold several texts
        yield "address", ("url", host, parts.path.rstrip("/"), parts.query, parts.fragment), False
    if source.get("title") and source.date:
        yield "title and date", ("title", collation(source.label), collation(source.get("title")), source.date.iso), False


def _elsewhere(first: Source, second: Source) -> bool:
    """Tell whether two sources are known to lie in two places: a text that two outlets print is two publications."""
    return any(first.get(name) and second.get(name) and first.get(name) != second.get(name) for name in ("url", "doi", "number"))


def namesakes(sources: Iterable[Source]) -> Iterator[Pair]:
    """Yield each source whose author-date names another person's, too ("Kim 2024a"); Chicago 15.22 tells them apart."""
    groups: defaultdict[tuple[str, str], list[Source]] = defaultdict(list)
    for source in sources:
        groups[collation(source.label), source.year].append(source)
    for group in groups.values():
        first = group[0]
        for source in group[1:]:
            if _person(first) and _person(source) and _person(first) != _person(source):
                message = (
                    f"'{source.key}' and '{first.key}' are by two persons, and the text calls both {source.label} {source.year}."
                )
                mend = f"Give the whole name to both: shortauthor = {{{{{_whole(source)}}}}}."
                yield Pair(source, first, "namesakes", message, mend, certain=False)


def _person(source: Source) -> str:
    """Return the first author's whole name without marks and spaces; empty for an institution."""
    names = source.authors or source.editors
    return collation(f"{names[0].family} {names[0].given}").replace(" ", "") if names and names[0].given else ""


def _whole(source: Source) -> str:
    name = (source.authors or source.editors)[0]
    return f"{name.family} {name.given}"
