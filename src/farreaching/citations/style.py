"""Chicago author-date (17th ed.) as a pybtex style: heads, year letters, order, and what ends every reference.

`forms` holds the middle of a reference, a form a type. Public doors of pybtex used: the plug-in groups
``pybtex.style.formatting``, ``.labels`` and ``.sorting``, filled with `pybtex.plugin.register_plugin`.
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from pybtex.plugin import register_plugin
from pybtex.richtext import HRef, Text
from pybtex.style import FormattedEntry
from pybtex.style.formatting import BaseStyle
from pybtex.style.labels import BaseLabelStyle
from pybtex.style.names.plain import NameStyle
from pybtex.style.sorting import BaseSortingStyle

from ..dates import DateRange
from .forms import FORMS, day, in_script, stop
from .source import LANGUAGES, Name, Source, collation

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from pybtex.database import Entry

NAME = "chicago-author-date"

#: An address of this scheme names another reference by its key.
KEY_SCHEME = "cite:"


def as_source(entry: Entry | Source) -> Source:
    """Return a pybtex entry as a `Source`."""
    return entry if isinstance(entry, Source) else Source.from_entry(entry)


def _date_key(source: Source) -> tuple[str, str, str]:
    date = source.date.start.iso if source.date else "~"  # undated works come last (Chicago 15.44)
    return date, collation(source.get("title")), source.key


def year_labels(sources: Iterable[Source]) -> dict[str, str]:
    """Return key → year, with a letter where one author label has several works in a year (Chicago 15.20).

    Letters go by date, then title; derived anew from all the sources given, so that they depend on nothing else.
    """
    groups: defaultdict[tuple[str, str], list[Source]] = defaultdict(list)
    for source in sources:
        groups[collation(source.label), source.year].append(source)
    years: dict[str, str] = {}
    for (_, year), group in groups.items():
        for number, source in enumerate(sorted(group, key=_date_key)):
            dash = "-" if year == "n.d." else ""
            years[source.key] = f"{year}{dash}{_letters(number)}" if len(group) > 1 else year
    return years


def _letters(number: int) -> str:
    """Return the letters of a number: a, b, … z, aa, ab, ac."""
    first, last = divmod(number, 26)
    return (_letters(first - 1) if first else "") + chr(ord("a") + last)


class YearLabels(BaseLabelStyle):  # type: ignore[misc]
    """Labels are years with their letters."""

    def format_labels(self, sorted_entries: Iterable[Entry | Source]) -> Iterator[str]:
        sources = [as_source(entry) for entry in sorted_entries]
        years = year_labels(sources)
        yield from (years[source.key] for source in sources)


class AuthorDateOrder(BaseSortingStyle):  # type: ignore[misc]
    """By author, then date, then title (Chicago 15.11, 15.16–15.18)."""

    def sorting_key(self, entry: Entry | Source) -> tuple[str, tuple[str, str, str]]:
        source = as_source(entry)
        return collation(head(source)), _date_key(source)


def head(source: Source) -> str:
    """Return who stands at the front of a reference, led by the short form that the text uses (Chicago 15.37)."""
    full = _full_head(source)
    has_short = source.get("shortauthor") or (source.type == "legal" and source.get("shorttitle"))
    # a short form that is the person's whole name says no more
    same = sorted(collation(source.label).split()) == sorted(collation(full).split())
    return f"{source.label} ({full})" if has_short and not same else full


def _full_head(source: Source) -> str:
    if source.authors:
        return _names(source.authors)
    if source.editors and source.type in {"book", "collection"}:
        return f"{_names(source.editors)}, {'eds.' if len(source.editors) > 1 else 'ed.'}"
    if source.type == "legal":
        original = source.get("origtitle")
        return f"{original} [{source.get('title')}]" if original else source.get("title")
    return source.outlet or source.get("title")


def _names(names: tuple[Name, ...]) -> str:
    """Return the names of a reference's front: the first inverted; of more than ten, seven (Chicago 14.76)."""
    shown = [names[0].inverted, *(name.in_order for name in names[1:])]
    if len(names) > 10:
        shown = [*shown[:7], "others"]
    if shown[-1] == "others":
        return f"{', '.join(shown[:-1])}, et al."
    if len(shown) == 2 and not names[0].given:
        return " and ".join(shown)
    return shown[0] if len(shown) == 1 else f"{', '.join(shown[:-1])}, and {shown[-1]}"


class ChicagoAuthorDate(BaseStyle):  # type: ignore[misc]
    """Formats references; `format_entries` letters the years over all that it is given."""

    # classes, not names: a name is looked up among the entry points of all that is installed
    default_name_style = NameStyle
    default_label_style = YearLabels
    default_sorting_style = AuthorDateOrder

    #: key → how the text cites it, for "Cited in …"
    in_text: Mapping[str, str] = {}

    def format_entries(self, entries: Iterable[Entry | Source], bib_data: object = None) -> Iterator[FormattedEntry]:
        ordered = self.sort([as_source(entry) for entry in entries])
        labels = list(self.format_labels(ordered))
        self.in_text = {source.key: f"{source.label} {year}" for source, year in zip(ordered, labels, strict=True)}
        for label, source in zip(labels, ordered, strict=True):
            yield self.format_entry(label, source, bib_data)

    def format_entry(self, label: str, entry: Entry | Source, bib_data: object = None) -> FormattedEntry:
        source = as_source(entry)
        form = FORMS.get(source.subtype) or FORMS.get(source.type) or FORMS["online"]
        front = [stop(in_script(source, head(source))), stop(label)]
        text = Text(" ").join([*front, *form(source), *self._end(source)])
        return FormattedEntry(source.key, text, label)

    def _end(self, source: Source) -> Iterator[Text]:
        """Yield what any reference may end with: language, addresses, addendum, the source in which it was read."""
        if source.language != "en":
            language = next(name for name, code in LANGUAGES.items() if code == source.language)
            yield stop(f"In {language.capitalize()}")
        if source.get("doi"):
            address = f"https://doi.org/{source.get('doi')}"
            yield Text(HRef(address, address), ".")
        elif source.get("url"):
            if source.get("urldate") and not day(source):
                yield stop(f"Accessed {DateRange.parse(source.get('urldate'))}")
            yield Text(HRef(source.get("url"), source.get("url")), ".")
        if archived := source.get("archiveurl"):
            when = DateRange.parse(source.get("archivedate"))
            yield Text(f"Archived {when}, ", HRef(archived, archived), ".")
        if source.get("addendum"):
            yield stop(source.get("addendum"))
        if source.via:
            shown = self.in_text.get(source.via, source.via)
            yield stop("Cited in ", HRef(f"{KEY_SCHEME}{source.via}", shown))


def register() -> None:
    """Make the style known to pybtex."""
    register_plugin("pybtex.style.formatting", NAME, ChicagoAuthorDate, force=True)
    register_plugin("pybtex.style.labels", NAME, YearLabels, force=True)
    register_plugin("pybtex.style.sorting", NAME, AuthorDateOrder, force=True)
