"""Reading a review: its vocabulary and its assertions, and everything wrong with them at once."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from ..claims.model import Evidence
from ..dates import PartialDate
from ..findings import CourseError, Finding, nearest
from ..sourcefiles import DataFileReader, LocatedDict, load_yaml

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping
    from pathlib import Path

_TOP = ("text", "reviewed", "verdicts", "paragraphs", "assertions")
_REQUIRED = ("id", "paragraph", "says", "verdict", "then", "now", "lesson")
_FIELDS = (*_REQUIRED, "for", "against", "claims")


@dataclass(frozen=True)
class Assertion:
    """One thing that the text under review asserts, and what became of it."""

    id: str  #: unique in the review
    paragraph: str  #: where it stands: a number of the review's list
    says: str  #: the assertion in the reviewer's words (this and the next three are inline Markdown)
    verdict: str  #: id of the verdict
    then: str  #: what could be known on the day of the text
    now: str  #: what is known on the day of the review
    lesson: str  #: what a reader learns from it
    supporting: tuple[Evidence, ...]  #: the file's ``for``
    opposing: tuple[Evidence, ...]  #: the file's ``against``
    claims: tuple[str, ...]  #: ids of entries of the ledger
    line: int  #: where it starts in the file, from 1

    @property
    def keys(self) -> list[str]:
        """The citation keys of its sources, in order."""
        return [item.key for item in (*self.supporting, *self.opposing)]


@dataclass(frozen=True)
class Review:
    """What a file holds."""

    path: Path
    text: str  #: citation key of the text under review
    text_line: int  #: where that stands in the file
    reviewed: PartialDate
    verdicts: Mapping[str, str]  #: id → name
    paragraphs: Mapping[str, str]  #: number → heading
    assertions: tuple[Assertion, ...]  #: in the order of the text

    def in_paragraphs(self) -> Iterator[tuple[str, list[Assertion]]]:
        """Yield the number of each paragraph and its assertions."""
        for number in self.paragraphs:
            yield number, [item for item in self.assertions if item.paragraph == number]

    def check(self, keys: Collection[str], claims: Collection[str]) -> Iterator[Finding]:
        """Yield a finding for every citation key and claim that is not known."""
        cited = [(self.text, self.text_line, "the review")]
        cited += [(key, item.line, f"the assertion '{item.id}'") for item in self.assertions for key in item.keys]
        for key, line, shown in cited:
            if key not in keys:
                mend = nearest(key, keys) or "Add the source to the .bib file."
                yield Finding(self.path, line, "reviews.unknown-source", f"{shown} cites the unknown source '{key}'.", mend)
        for item in self.assertions:
            for claim in item.claims:
                if claim not in claims:
                    message = f"the assertion '{item.id}' names the unknown claim '{claim}'."
                    yield Finding(self.path, item.line, "reviews.unknown-claim", message, nearest(claim, claims))


def load_review(path: Path) -> Review:
    """Return the review of a YAML file; raises `CourseError` with everything wrong in it."""
    data = load_yaml(path, "reviews.file")
    if not isinstance(data, LocatedDict) or set(data) != set(_TOP):
        mend = f"Write {', '.join(_TOP)}, and nothing else, at the top level."
        raise CourseError([Finding(path, 1, "reviews.file", "this is not a review.", mend)])
    return _Reader(path, data).read()


class _Reader(DataFileReader):
    kind = "reviews"

    def read(self) -> Review:
        """Return the review; raises `CourseError`."""
        self.verdicts, self.paragraphs = self.names("verdicts"), self.names("paragraphs")
        reviewed = None
        try:
            reviewed = PartialDate.parse(str(self.data["reviewed"]))
        except ValueError as error:
            self.complain(self.data.line_of("reviewed"), "date", f"{error}.", "Write 2024-03-28, 2024-03 or 2024.")
        assertions = [item for item in map(self._assertion, self.items("assertions", _REQUIRED)) if item]
        self._check_order(assertions)
        if self.findings or reviewed is None:
            raise CourseError(self.findings)
        text, line = str(self.data["text"]), self.data.line_of("text")
        return Review(self.path, text, line, reviewed, self.verdicts, self.paragraphs, tuple(assertions))

    def _check_order(self, assertions: list[Assertion]) -> None:
        places = list(self.paragraphs)
        seen: dict[str, int] = {}
        last = 0
        for item in assertions:
            if item.id in seen:
                self.complain(item.line, "id", f"the id '{item.id}' is taken by line {seen[item.id]}.", "Give it another id.")
            seen.setdefault(item.id, item.line)
            place = places.index(item.paragraph)
            if place < last:
                message = f"the assertion '{item.id}' of paragraph {item.paragraph} stands after one of {places[last]}."
                self.complain(item.line, "order", message, "Keep the order of the text.")
            last = max(last, place)

    def _assertion(self, item: LocatedDict) -> Assertion | None:
        """Return one assertion, or None after saying what is wrong with it."""
        before = len(self.findings)
        shown = f"the assertion '{item.get('id', str(item.get('says', ''))[:40])}'"
        for name in item:
            if name not in _FIELDS:
                self.complain(item.line_of(name), "field", f"{shown} has the unknown field '{name}'.", nearest(name, _FIELDS))
        for name in _REQUIRED:
            if not str(item.get(name, "")).strip():
                self.complain(item.line, "field", f"{shown} has no {name}.", f"Every assertion has {', '.join(_REQUIRED)}.")
        if not any(item.get(name) for name in ("for", "against", "claims")):
            self.complain(item.line, "no-source", f"{shown} has no source.", "Add 'for', 'against' or 'claims'.")
        self._check_word(item, "verdict", self.verdicts)
        self._check_word(item, "paragraph", self.paragraphs)
        supporting, opposing = self._evidence(item, "for"), self._evidence(item, "against")
        if len(self.findings) > before:
            return None
        texts = {name: str(item[name]) for name in _REQUIRED}
        claims = tuple(map(str, item.get("claims") or []))
        return Assertion(**texts, supporting=supporting, opposing=opposing, claims=claims, line=item.line)

    def _check_word(self, item: LocatedDict, name: str, known: Mapping[str, str]) -> None:
        word = str(item.get(name, ""))
        if word and word not in known:
            mend = nearest(word, known) or f"Use one of {', '.join(known)}, or add it to the file's list."
            self.complain(item.line_of(name), "word", f"'{word}' is not one of the file’s {name}s.", mend)

    def _evidence(self, item: LocatedDict, name: str) -> tuple[Evidence, ...]:
        cited = item.get(name) or []
        read = []
        for source in cited if isinstance(cited, list) else [cited]:
            try:
                read.append(Evidence.parse(source))
            except ValueError as error:
                mend = "Write a citation key, or {cite: key, at: pinpoint}."
                self.complain(item.line_of(name), "source", f"{error} in '{name}'.", mend)
        return tuple(read)
