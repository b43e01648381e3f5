"""The reference forms of each type of source: what follows author and year.

After *The Chicago Manual of Style*, 17th ed., chapters 14 and 15 (author-date reference lists): journal articles
14.168–14.175, newspapers 14.191–14.200, books 14.100–14.118, chapters 14.106–14.112, manuscript collections
14.219–14.229, websites 14.205–14.207, data 14.257, UN documents 14.293, treaties 14.290. Dates are written day, month,
year, as Chicago permits in 6.38. Each function returns the sentences of a form, each with its full stop.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, TypeAlias

from pybtex.richtext import Tag, Text

from ..dates import DateRange
from .source import enumeration
from .symbols import resolution_number

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from .source import Name, Source

#: what a sentence is put together of
Part: TypeAlias = "Text | Tag | str"
_OTHER_SCRIPT = re.compile(r"[\u0370-\u1dff\u2e80-\ud7ff]")


def stop(*parts: Part) -> Text:
    """Return one sentence: the parts, with a full stop unless they end with one."""
    text = Text(*parts)
    return text if str(text)[-1:] in {".", "?", "!"} else Text(text, ".")


def series(parts: Iterable[Part], sep: str = ", ") -> Text:
    """Join the parts that are not empty."""
    return Text(sep).join([part for part in parts if str(part)])


def in_language(source: Source, text: str) -> Part:
    """Mark a text as written in the source's language; renderers turn the tag into a class ``language-xx``."""
    return Text(text) if source.language == "en" else Tag(f"language-{source.language}", text)


def in_script(source: Source, text: str) -> Part:
    """Mark a name as written in the source's language where its script shows that it is."""
    return in_language(source, text) if _OTHER_SCRIPT.search(text) else Text(text)


def _whole_title(source: Source) -> str:
    title, subtitle = source.get("title"), source.get("subtitle")
    return f"{title}: {subtitle}" if subtitle else title


def _is_description(title: str) -> bool:
    return title.startswith("[") and title.endswith("]")


def _translated(source: Source, shown: Part) -> Text:
    """Return the original title, already dressed, with the English one in brackets (Chicago 14.99)."""
    title = _whole_title(source)
    return Text(shown, " ", title if _is_description(title) else f"[{title}]")


def quoted(source: Source, end: str = ".") -> Text:
    """Return the title in quotation marks, the mark that follows it inside; a [description] stands without them."""
    title = _whole_title(source)
    if original := source.get("origtitle"):
        return Text(_translated(source, Text("“", in_language(source, _inner_quotes(original)), "”")), end)
    if _is_description(title):
        return Text(title, end)
    inner = _inner_quotes(title)
    if end == "." and inner.rstrip("’")[-1:] in ".?!":
        end = ""
    if title.endswith(("”", "’")) and re.search("[“‘]", title):
        return Text("“", inner[:-1], end, "’”")  # the full stop goes inside both (Chicago 6.9)
    return Text("“", inner, end, "”")


def _inner_quotes(title: str) -> str:
    """Return a title whose own quotation marks are single, for it stands in double ones."""
    return title.replace("“", "‘").replace("”", "’")


def italic(source: Source) -> Text:
    """Return the title in italics; a [description] stands without them."""
    title = _whole_title(source)
    if original := source.get("origtitle"):
        return stop(_translated(source, Tag("em", in_language(source, original))))
    return stop(title) if _is_description(title) else stop(Tag("em", title))


def day(source: Source) -> str:
    """Return the date as prose; empty where the year, which stands at the front, is all that is known."""
    date = source.date
    return str(date) if date and (date.start.month or date.end.month) else ""


def by_hand_of(names: tuple[Name, ...]) -> str:
    """Return persons in the order of speech: "A B, C D, and E F"."""
    return enumeration(["others" if name.family == "others" else name.in_order for name in names])


def pages(source: Source) -> str:
    """Return the pages with an en dash."""
    return re.sub(r"\s*-+\s*", "–", source.get("pages"))


def _imprint(source: Source) -> Text:
    return series([source.get("location"), source.get("publisher")], ": ")


def _not_author(source: Source, name: str) -> str:
    """Return an institution, or nothing where it is named as the author already."""
    heads = [author.in_order for author in source.authors] or [source.outlet]
    return "" if name in heads else name


def article(source: Source) -> list[Text]:
    """A journal or magazine article."""
    volume, number = source.get("volume"), source.get("number")
    place = Text(Tag("em", in_script(source, source.get("journaltitle"))))
    if volume:
        issue = f" ({number})" if number else ""
        place = Text(place, f" {volume}{issue}", f": {pages(source)}" if pages(source) else "")
        return [quoted(source), stop(place)]
    return [quoted(source), stop(series([place, f"no. {number}" if number else "", day(source), pages(source)]))]


def newspaper(source: Source) -> list[Text]:
    """News; the outlet stands at the front where no person signs (Chicago 14.199)."""
    name = _not_author(source, source.get("journaltitle"))
    outlet = Tag("em", in_script(source, name)) if name else ""
    where = series([outlet, day(source), pages(source)])
    return [quoted(source), *([stop(where)] if str(where) else [])]


def book(source: Source) -> list[Text]:
    """A book."""
    edition = source.get("edition")
    if edition.isdigit():
        edition = f"{_ordinal(int(edition))} ed"
    editors = f"Edited by {by_hand_of(source.editors)}" if source.authors and source.editors else ""
    volume = f"Vol. {source.get('volume')}" if source.get("volume") else ""
    shelf = series([source.get("series"), source.get("number")], " ")
    more = [*_translators(source), editors, volume, edition, shelf, _imprint(source)]
    return [italic(source), *(stop(part) for part in more if str(part))]


def _ordinal(number: int) -> str:
    ending = "th" if 10 <= number % 100 <= 20 else {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")
    return f"{number}{ending}"


def _translators(source: Source) -> list[Part]:
    return [f"Translated by {by_hand_of(source.translators)}"] if source.translators else []


def incollection(source: Source) -> list[Text]:
    """A chapter in an edited book."""
    editors = f"edited by {by_hand_of(source.editors)}" if source.editors else ""
    container = series([Text("In ", Tag("em", source.get("booktitle"))), editors, pages(source)])
    more = [*_translators(source), _imprint(source)]
    return [quoted(source), stop(container), *(stop(part) for part in more if str(part))]


def report(source: Source) -> list[Text]:
    """A report of a think tank, a ministry, an agency."""
    kind = series([source.get("type"), source.get("number")], " ")
    issuer = _not_author(source, source.get("institution")) or _not_author(source, source.get("publisher"))
    published = series([kind, series([source.get("location"), issuer], ": "), day(source)])
    return [italic(source), *([stop(published)] if str(published) else [])]


def online(source: Source) -> list[Text]:
    """A statement or a page of a website."""
    site = source.get("journaltitle") or source.get("organization")
    published = series([_not_author(source, site), day(source)])
    return [quoted(source), *([stop(published)] if str(published) else [])]


def dataset(source: Source) -> list[Text]:
    """A data set."""
    version = f"version {source.get('number')}" if source.get("number") else ""
    published = series(["Data set", version, _not_author(source, source.get("publisher")), day(source)])
    return [italic(source), stop(published)]


def unpublished(source: Source) -> list[Text]:
    """A document in an archive, with the collection through which it can be read."""
    more = [day(source), source.get("library"), *_translators(source), source.get("howpublished")]
    title = [quoted(source)] if source.get("title") or source.get("origtitle") else []
    return [*title, *(stop(part) for part in more if str(part))]


def legislation(source: Source) -> list[Text]:
    """A national law or decree."""
    published = series([source.get("number"), day(source)])
    return [quoted(source), *([stop(published)] if str(published) else [])]


def treaty(source: Source) -> list[Text]:
    """A treaty: its parties (none are named of one that is ``multilateral``), where and when signed, when in force."""
    place = f"at {source.get('location')}" if source.get("location") else ""
    signed = series([f"Signed {place}".strip(), day(source)]) if place or day(source) else ""
    parties = source.get("parties")
    more = ["" if parties.lower() == "multilateral" else parties, signed]
    if in_force := source.get("entryintoforce"):
        more.append(f"Entered into force {DateRange.parse(in_force)}")
    head = [quoted(source)] if source.authors else []
    return [*head, *(stop(part) for part in [*more, source.get("number")] if str(part))]


def resolution(source: Source) -> list[Text]:
    """A resolution; the Security Council's have no title."""
    name = f"Resolution {resolution_number(source.symbol)}"
    return [_named(source, name), stop(series([source.symbol, day(source)]))]


def draft_resolution(source: Source) -> list[Text]:
    """A draft resolution, adopted or not."""
    published = series([source.symbol, day(source)])
    return [_named(source, "Draft resolution"), *([stop(published)] if str(published) else [])]


def _named(source: Source, name: str) -> Text:
    if not source.get("title") and not source.get("origtitle"):
        return stop(name)
    return Text(name, " " if _is_description(source.get("title")) else ", ", quoted(source))


def meeting_record(source: Source) -> list[Text]:
    """The verbatim record of a meeting."""
    return [stop(source.get("title")), stop(series([source.symbol, day(source)]))]


def press_release(source: Source) -> list[Text]:
    """A press release of the United Nations."""
    return [quoted(source), stop(series([f"Press release {source.symbol}".strip(), day(source)]))]


def letter(source: Source) -> list[Text]:
    """A letter circulated as a document."""
    published = series([source.symbol, day(source)])
    return [quoted(source), *([stop(published)] if str(published) else [])]


def un_report(source: Source) -> list[Text]:
    """A report to a body of the United Nations."""
    published = series([source.symbol, day(source)])
    return [italic(source), *([stop(published)] if str(published) else [])]


#: entry type, or entrysubtype where it has a form of its own → its form
FORMS: dict[str, Callable[[Source], list[Text]]] = {
    "article": article, "newspaper": newspaper, "book": book, "collection": book, "incollection": incollection,
    "report": report, "online": online, "dataset": dataset, "unpublished": unpublished, "legislation": legislation,
    "legal": treaty, "resolution": resolution, "draft-resolution": draft_resolution, "meeting-record": meeting_record,
    "press-release": press_release, "letter": letter, "un-report": un_report,
}  # fmt: skip
