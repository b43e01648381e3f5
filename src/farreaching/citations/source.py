"""A source as the bibliography file states it."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from pybtex.richtext import Text

from ..dates import DateRange

if TYPE_CHECKING:
    from collections.abc import Mapping

    from pybtex.database import Entry

UN_SUBTYPES = frozenset({"resolution", "draft-resolution", "meeting-record", "press-release", "letter", "un-report"})

#: biblatex's names of languages → BCP 47, for ``langid``.
LANGUAGES = {
    "english": "en", "british": "en", "american": "en", "arabic": "ar", "chinese": "zh", "croatian": "hr",
    "czech": "cs", "danish": "da", "dutch": "nl", "finnish": "fi", "french": "fr", "german": "de",
    "greek": "el", "hebrew": "he", "hindi": "hi", "hungarian": "hu", "indonesian": "id", "italian": "it",
    "japanese": "ja", "korean": "ko", "latin": "la", "mongolian": "mn", "norwegian": "no", "persian": "fa",
    "polish": "pl", "portuguese": "pt", "romanian": "ro", "russian": "ru", "serbian": "sr", "spanish": "es",
    "swedish": "sv", "thai": "th", "turkish": "tr", "ukrainian": "uk", "vietnamese": "vi",
}  # fmt: skip

#: Read as they stand, for they are addresses.
VERBATIM = frozenset({"url", "archiveurl", "doi", "file"})
_MARKUP = re.compile(r"[\\{}~$]|--|``|''")
_ESCAPED = re.compile(r"\\([%&_#$])")
_EAST_ASIAN = re.compile(r"[\u1100-\u11ff\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")


class Name(NamedTuple):
    """A person, or an institution, which has a family name only."""

    family: str  #: with its particles: ``von der Leyen``
    given: str = ""
    suffix: str = ""  #: ``Jr.``, ``III``

    @property
    def in_order(self) -> str:
        """The name as it is spoken."""
        if _EAST_ASIAN.match(self.family):
            return f"{self.family}{self.given}"
        return " ".join(part for part in (self.given, self.family, self.suffix) if part)

    @property
    def inverted(self) -> str:
        """The name as a reference list begins with it."""
        if _EAST_ASIAN.match(self.family):
            return f"{self.family}{self.given}"
        return ", ".join(part for part in self if part)


def plain(value: str) -> str:
    """Return a BibTeX value as plain text: escapes, accents, dashes, braces resolved, quotation marks typographic."""
    if _MARKUP.search(value):
        value = str(Text.from_latex(value)).replace("---", "—").replace("--", "–")
        value = value.replace("``", "“").replace("''", "”").replace("<nbsp>", "\N{NO-BREAK SPACE}")
    value = re.sub(r'(^|[\s(\[“‘–—])"', r"\1“", value).replace('"', "”")
    return re.sub(r"(^|[\s(\[“–—])'", r"\1‘", value).replace("'", "’")


def verbatim(value: str) -> str:
    """Return an address with BibTeX's escapes undone."""
    return _ESCAPED.sub(r"\1", value)


@dataclass(frozen=True)
class Source:
    """One entry of the bibliography file."""

    key: str  #: citation key, as written
    type: str  #: biblatex type in lower case
    subtype: str  #: ``entrysubtype``, or empty
    fields: Mapping[str, str]  #: all fields but persons, as plain text; names in lower case
    authors: tuple[Name, ...] = ()
    editors: tuple[Name, ...] = ()
    translators: tuple[Name, ...] = ()
    date: DateRange | None = None  #: None where undated
    path: Path = field(default=Path(), compare=False)  #: the .bib file
    line: int = 0  #: of the entry's header, from 1

    @classmethod
    def from_entry(cls, entry: Entry, path: Path = Path(), line: int = 0) -> Source:
        """Make one of a parsed `pybtex.database.Entry`; raise `ValueError` for a date that is none."""
        fields = {
            name.lower(): verbatim(value) if name.lower() in VERBATIM else plain(value) for name, value in entry.fields.items()
        }
        persons = {
            role.lower(): tuple(
                Name(
                    plain(" ".join([*person.prelast_names, *person.last_names])),
                    plain(" ".join(person.bibtex_first_names)),
                    plain(" ".join(person.lineage_names)),
                )
                for person in found
            )
            for role, found in entry.persons.items()
        }
        date = fields.get("date", "")
        return cls(
            key=entry.key,
            type=entry.type.lower(),
            subtype=fields.get("entrysubtype", ""),
            fields=fields,
            authors=persons.get("author", ()),
            editors=persons.get("editor", ()),
            translators=persons.get("translator", ()),
            date=DateRange.parse(date) if date else None,
            path=path,
            line=line,
        )

    def get(self, name: str) -> str:
        """Return a field, or an empty string."""
        return self.fields.get(name, "")

    @property
    def party(self) -> str:
        """Whose voice it is."""
        return self.get("party")

    @property
    def consulted(self) -> str:
        """``full``, ``part`` or ``via KEY``."""
        return self.get("consulted")

    @property
    def via(self) -> str:
        """The key of the source in which this one was read; empty where it was read itself."""
        return self.consulted.removeprefix("via ").strip() if self.consulted.startswith("via ") else ""

    @property
    def symbol(self) -> str:
        """The UN document's symbol; empty for other sources."""
        return self.get("number") if self.subtype in UN_SUBTYPES else ""

    @property
    def language(self) -> str:
        """BCP 47 code of the source's language; ``en`` where none is stated."""
        return LANGUAGES.get(self.get("langid"), "en")

    @property
    def year(self) -> str:
        """The year or years, or ``n.d.``, without a letter."""
        if not self.date:
            return "n.d."
        start, end = self.date.start.year, self.date.end.year
        return str(start) if start == end else f"{start}–{end}"

    @property
    def outlet(self) -> str:
        """Who stands for the author where no person does: the paper, the host, the publisher."""
        return next(filter(None, map(self.get, ("organization", "journaltitle", "institution", "publisher"))), "")

    @property
    def label(self) -> str:
        """Who the text names in a citation (Chicago 15.9, 15.29: to three authors, then the first "et al.")."""
        if short := self.get("shortauthor"):
            return short
        persons = self.authors or self.editors
        names = [person.family for person in persons]
        if _EAST_ASIAN.match("".join(names)):
            names = [person.in_order for person in persons]
        if len(names) > 3 or "others" in names[1:]:
            return f"{names[0]} et al."
        if names:
            return enumeration(names)
        if self.type == "legal":
            return self.get("shorttitle") or self.get("title")
        return self.outlet or self.get("shorttitle") or self.get("title")


def enumeration(names: list[str]) -> str:
    """Join as a sentence does: "A and B"; "A, B, and C"."""
    if len(names) < 3:
        return " and ".join(names)
    return f"{', '.join(names[:-1])}, and {names[-1]}"


def collation(text: str) -> str:
    """Return a text by which to sort: without case, accents, punctuation or a leading article."""
    letters = unicodedata.normalize("NFKD", text.casefold())
    words = re.sub(r"[^\w\s]", "", "".join(letter for letter in letters if not unicodedata.combining(letter))).split()
    return " ".join(words[1:] if len(words) > 1 and words[0] in {"the", "a", "an"} else words)
