"""What an entry of the bibliography must be like: types, fields, vocabularies, identifiers.

Type and field names are biblatex's (manual 3.20, chapters 2.1 and 2.2); ``party``, ``consulted``, ``parties``,
``entryintoforce``, ``archiveurl`` and ``archivedate`` are this course format's own.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from ..dates import DateRange
from ..findings import nearest
from .scanner import Problem
from .source import LANGUAGES, UN_SUBTYPES, verbatim
from .symbols import is_doi, is_isbn, is_symbol, looks_like_symbol, resolution_year, same_symbol, symbol_in_address

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping

    from pybtex.database import Entry

    from .scanner import RawEntry
    from .source import Source


class Form(NamedTuple):
    """What a kind of entry requires; ``a|b`` means either."""

    required: tuple[str, ...]  #: names of fields
    subtypes: tuple[str, ...] = ("",)  #: permitted values of ``entrysubtype``; empty for none


#: entry type → what it requires; see `SUBTYPE_REQUIRED` for what a subtype changes
FORMS: Mapping[str, Form] = {
    "article": Form(("title", "journaltitle"), ("", "newspaper")),
    "book": Form(("author|editor", "title", "publisher")),
    "collection": Form(("editor", "title", "publisher")),
    "dataset": Form(("author|publisher", "title")),
    "incollection": Form(("author", "title", "booktitle", "publisher")),
    "legal": Form(("title", "parties"), ("treaty",)),
    "legislation": Form(("author", "title")),
    "online": Form(("author|organization|journaltitle", "title", "url|doi|addendum")),
    "report": Form(("author|institution", "title"), ("", *sorted(UN_SUBTYPES))),
    "unpublished": Form(("author|title", "library|howpublished")),
}
#: entrysubtype → what it requires instead
SUBTYPE_REQUIRED = {
    "resolution": ("author", "number"),
    "draft-resolution": ("author",),
    "meeting-record": ("author", "title", "number"),
}
_ALWAYS_REQUIRED = ("party", "consulted")
_KNOWN_FIELDS = frozenset({
    "abstract", "addendum", "archivedate", "archiveurl", "author", "booktitle", "consulted", "date", "doi", "edition",
    "editor", "entryintoforce", "entrysubtype", "file", "howpublished", "institution", "isbn", "issn", "journaltitle",
    "keywords", "langid", "library", "location", "number", "organization", "origtitle", "pages", "parties", "party",
    "publisher", "series", "shortauthor", "shorttitle", "subtitle", "title", "translator", "type", "url", "urldate",
    "volume",
})  # fmt: skip
_OTHER_NAMES = {
    "address": "location", "booksubtitle": "booktitle", "journal": "journaltitle", "key": "shortauthor",
    "language": "langid", "month": "date", "note": "addendum", "school": "institution", "year": "date",
}  # fmt: skip
_DATES = ("date", "archivedate", "entryintoforce", "urldate")
_ADDRESSES = ("url", "archiveurl")
#: Sources on the way from one that was not read to the one that was, both counted: what A says that B says of C.
_LONGEST_CHAIN = 3
_KEY = re.compile(r"[A-Za-z0-9][A-Za-z0-9_.-]*")
_INSTITUTION = re.compile(
    r"\b(Agency|Association|Bureau|Center|Centre|Commission|Committee|Council|Department|Embassy|Foundation|Government"
    r"|Institute|Ministry|Nations|Office|Organi[sz]ation|Press|Secretariat|Service|University|[Oo]f|[Ff]or|[Tt]he)\b"
)
_SLUG = re.compile(r"[a-z][a-z0-9-]*")


def check_entry(raw: RawEntry) -> list[Problem]:
    """Check what shows before parsing: the type, the key, the names of the fields."""
    problems: list[Problem] = []
    if raw.type not in FORMS:
        hint = nearest(raw.type, FORMS) or f"Use one of: {', '.join(FORMS)}."
        problems.append(Problem(raw.line, "type", f"entry '{raw.key}': unknown type '@{raw.type}'.", hint))
    if not _KEY.fullmatch(raw.key):
        message = f"the key '{raw.key}' cannot be an address on a page."
        problems.append(Problem(raw.line, "key", message, "Use letters a–z, digits, '-', '_' and '.'."))
    for name, line in raw.lines.items():
        if name not in _KNOWN_FIELDS:
            other = _OTHER_NAMES.get(name)
            hint = f"biblatex calls it '{other}'." if other else nearest(name, _KNOWN_FIELDS) or "Remove it."
            problems.append(Problem(line, "field", f"entry '{raw.key}': unknown field '{name}'.", hint))
    return problems


def check_source(raw: RawEntry, entry: Entry, parties: Collection[str]) -> list[Problem]:
    """Check the values of a parsed entry (`pybtex.database.Entry`)."""
    return list(_Values(raw, entry, parties).check())


class _Values:
    """One entry's values, with the line of each."""

    def __init__(self, raw: RawEntry, entry: Entry, parties: Collection[str]) -> None:
        self.raw, self.parties = raw, parties
        self.fields = {name.lower(): value.strip() for name, value in entry.fields.items()}
        self.present = {name for name, value in self.fields.items() if value}
        self.persons = {role.lower(): persons for role, persons in entry.persons.items()}
        self.present |= {role.lower() for role, persons in entry.persons.items() if any(map(str, persons))}

    def _problem(self, name: str, code: str, message: str, mend: str) -> Problem:
        return Problem(self.raw.line_of(name), code, f"entry '{self.raw.key}': {message}", mend)

    def check(self) -> Iterator[Problem]:
        subtype = self.fields.get("entrysubtype", "")
        form = FORMS[self.raw.type]
        if subtype not in form.subtypes:
            known = [name for name in form.subtypes if name]
            wrong = "'entrysubtype' is missing."
            if subtype:
                wrong = f"'{subtype}' is not an entrysubtype of @{self.raw.type}."
            listed = f"Use one of: {', '.join(known)}." if known else "Remove it."
            yield self._problem("entrysubtype", "subtype", wrong, nearest(subtype, known) or listed)
        yield from self._missing(SUBTYPE_REQUIRED.get(subtype, form.required) + _ALWAYS_REQUIRED)
        yield from self._institutions()
        yield from self._vocabularies()
        yield from self._dates()
        yield from self._identifiers(subtype)
        yield from self._addresses()

    def _missing(self, required: tuple[str, ...]) -> Iterator[Problem]:
        read_elsewhere = self.fields.get("consulted", "").startswith("via ")
        for alternatives in required:
            names = alternatives.split("|")
            # of a text that was not seen, its citation need not tell the address or the publisher
            if read_elsewhere and {"url", "publisher"}.intersection(names):
                continue
            if not self.present.intersection(names):
                kind = "@" + self.raw.type
                if subtype := self.fields.get("entrysubtype"):
                    kind += f" ({subtype})"
                missing = " or ".join(f"'{name}'" for name in names)
                yield self._problem("", "missing-field", f"{kind} requires {missing}.", f"Add {names[0]} = {{…}}.")

    def _institutions(self) -> Iterator[Problem]:
        """Find institutions that BibTeX took for persons, "Foreign Affairs, Ministry of"."""
        for role, persons in self.persons.items():
            for person in persons:
                names = [*person.first_names, *person.middle_names, *person.prelast_names, *person.last_names]
                if len(names) > 1 and not any("{" in name for name in names) and _INSTITUTION.search(" ".join(names)):
                    message = f"'{' '.join(names)}' in '{role}' would be inverted as a person's name."
                    mend = f"Write {role} = {{{{the institution's name}}}}, or Family, Given."
                    yield self._problem(role, "institution", message, mend)

    def _vocabularies(self) -> Iterator[Problem]:
        party = self.fields.get("party", "")
        if party and ((self.parties and party not in self.parties) or not _SLUG.fullmatch(party)):
            known = f"Use one of: {', '.join(self.parties)}." if self.parties else "Write one lower-case word."
            yield self._problem("party", "party", f"unknown party '{party}'.", nearest(party, self.parties) or known)
        consulted = self.fields.get("consulted", "")
        if consulted and consulted not in {"full", "part"} and not re.fullmatch(r"via \S+", consulted):
            mend = "Write full, part, or via and the key of the source in which it was read."
            yield self._problem("consulted", "consulted", f"unknown value '{consulted}' of 'consulted'.", mend)
        language = self.fields.get("langid", "")
        if language and language not in LANGUAGES:
            hint = nearest(language, LANGUAGES) or f"Use one of: {', '.join(LANGUAGES)}."
            yield self._problem("langid", "language", f"unknown language '{language}'.", hint)

    def _dates(self) -> Iterator[Problem]:
        for name in _DATES:
            value = self.fields.get(name, "")
            try:
                date = DateRange.parse(value) if value else None
            except ValueError:
                mend = "Write YYYY-MM-DD, YYYY-MM, YYYY or a range START/END; leave the field out when undated."
                yield self._problem(name, "date", f"'{value}' in '{name}' is not a date.", mend)
                continue
            year = resolution_year(self.fields.get("number", ""))
            if name == "date" and date and year and date.start.year != year:
                message = f"'{self.fields['number']}' and the date {value} name different years."
                yield self._problem("date", "date", message, "Correct one of them.")

    def _identifiers(self, subtype: str) -> Iterator[Problem]:
        number = self.fields.get("number", "")
        if number and (subtype in UN_SUBTYPES or looks_like_symbol(number)) and not is_symbol(number):
            mend = "Write it as the document does: S/RES/2397 (2017), S/2024/255, S/PV.9591, SC/15648, A/RES/76/262."
            yield self._problem("number", "symbol", f"'{number}' is not a UN symbol.", mend)
        named = symbol_in_address(self.fields.get("url", ""))
        if number and subtype in UN_SUBTYPES and named and not same_symbol(named, number):
            message = f"the address leads to {named}, and 'number' is '{number}'."
            yield self._problem("url", "symbol", message, "Correct the one that is wrong.")
        doi = verbatim(self.fields.get("doi", ""))
        if doi and not is_doi(doi):
            mend = "Write the DOI alone, from '10.' on, without the address."
            yield self._problem("doi", "doi", f"'{doi}' is not a DOI.", mend)
        isbn = self.fields.get("isbn", "")
        if isbn and not is_isbn(isbn):
            yield self._problem("isbn", "isbn", f"'{isbn}' is not an ISBN.", "Compare its digits; the last is a check.")

    def _addresses(self) -> Iterator[Problem]:
        for name in _ADDRESSES:
            address = self.fields.get(name, "")
            if address and not re.fullmatch(r"https?://[^\s/]+\S*", address):
                mend = "Write the whole address, from https:// on, without spaces."
                yield self._problem(name, "url", f"'{address}' in '{name}' is not a web address.", mend)
        if self.fields.get("archiveurl") and not self.fields.get("archivedate"):
            mend = "Add archivedate = {YYYY-MM-DD}, the day of the snapshot."
            yield self._problem("archiveurl", "archivedate", "'archiveurl' has no 'archivedate'.", mend)


def check_via(sources: Mapping[str, Source], keys: Collection[str]) -> Iterator[tuple[Source, Problem]]:
    """Check that every ``via KEY`` leads, in the end, to a source that was read. `keys` are all keys of the files."""
    for source in sources.values():
        if not source.via:
            continue
        if source.via not in keys:
            message = f"entry '{source.key}': 'via {source.via}' names no entry."
            mend = nearest(source.via, keys) or "Add the source in which it was read."
            yield source, Problem(source.line, "via", message, mend)
            continue
        chain = [source.key]
        while chain[-1] in sources and (after := sources[chain[-1]].via) and after not in chain:
            chain.append(after)
        if chain[-1] in sources and sources[chain[-1]].via == source.key:
            message = f"entry '{source.key}': 'via' leads back to itself ({' → '.join([*chain, source.key])})."
            yield source, Problem(source.line, "via", message, "Name a source that was read.")
        elif len(chain) > _LONGEST_CHAIN:
            message = f"entry '{source.key}': it is known at {len(chain) - 1} removes ({' → '.join(chain)})."
            yield source, Problem(source.line, "via", message, "Read one of them, or cite what was read.")
