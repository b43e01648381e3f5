"""Reading lexicons: their entries, and everything wrong with them at once."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from ..claims.model import Evidence
from ..findings import CourseError, Finding, nearest
from ..sourcefiles import DataFileReader, LocatedDict, load_yaml

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping
    from pathlib import Path

_REQUIRED = ("name", "definition")
_FIELDS = (*_REQUIRED, "family", "kind", "also", "see", "cites")
_FORM = re.compile(r"([^()]+?)(?: \(([^()]+)\))?")


@dataclass(frozen=True)
class Form:
    """An entry's name in another language."""

    language: str  #: its code, such as ``ko``
    script: str  #: as it is written
    latin: str  #: in Latin letters; empty where the entry's own name is that


@dataclass(frozen=True)
class Entry:
    """What is explained."""

    name: str  #: unique among all lexicons
    definition: str  #: inline Markdown
    kind: str  #: id of its kind; empty where the lexicon has none
    family: str  #: the last part of a name that is sorted by that part, or empty
    also: tuple[str, ...]  #: other words for it, by which a text may name it
    forms: tuple[Form, ...]  #: in the order of the lexicon's languages
    see: tuple[str, ...]  #: names of related entries
    evidence: tuple[Evidence, ...]  #: the sources of the definition
    line: int  #: where it starts in the file, from 1

    @property
    def heading(self) -> str:
        """The name as a list sorted by letters prints it: "Family, Given"."""
        return f"{self.family}, {self.name.removesuffix(self.family).strip()}" if self.family else self.name


@dataclass(frozen=True)
class Lexicon:
    """What a file holds."""

    path: Path
    languages: Mapping[str, str]  #: code → name
    kinds: Mapping[str, str]  #: id → heading; empty where the entries stand in one list
    entries: tuple[Entry, ...]  #: sorted by heading

    def check(self, keys: Collection[str], names: Collection[str]) -> Iterator[Finding]:
        """Yield a finding for every citation key, and every name in a "see also", that is not known."""
        for entry in self.entries:
            for item in entry.evidence:
                if item.key not in keys:
                    message = f"the entry '{entry.name}' cites the unknown source '{item.key}'."
                    mend = nearest(item.key, keys) or "Add the source to the .bib file."
                    yield Finding(self.path, entry.line, "lexicon.unknown-source", message, mend)
            for name in entry.see:
                if name not in names:
                    message = f"the entry '{entry.name}' refers to '{name}', which is no entry."
                    yield Finding(self.path, entry.line, "lexicon.see", message, nearest(name, names))


def load_lexicons(paths: Iterable[Path], keys: Collection[str]) -> list[Lexicon]:
    """Return the lexicons of the files that exist; raises `CourseError` with everything wrong in all of them.

    `keys` are the citation keys that their entries may name.
    """
    lexicons: list[Lexicon] = []
    findings: list[Finding] = []
    for path in paths:
        if path.exists():
            try:
                lexicons.append(_load(path))
            except CourseError as error:
                findings += error.findings
    taken: dict[str, str] = {}
    for lexicon in lexicons:
        for entry in lexicon.entries:
            # an entry may have its own name among its other words, so that it is found as it stands
            for small, name in {name.casefold(): name for name in (*entry.also, entry.name)}.items():
                if first := taken.get(small):
                    message = f"'{name}' is taken by the entry of {first}."
                    findings.append(Finding(lexicon.path, entry.line, "lexicon.twice", message, "Keep one, or rename one."))
                taken.setdefault(small, f"{lexicon.path.name}:{entry.line}")
    if not findings:
        names = {entry.name for lexicon in lexicons for entry in lexicon.entries}
        findings = [finding for lexicon in lexicons for finding in lexicon.check(keys, names)]
    if findings:
        raise CourseError(findings)
    return lexicons


def _load(path: Path) -> Lexicon:
    data = load_yaml(path, "lexicon.file")
    if not isinstance(data, LocatedDict) or set(data) - {"kinds"} != {"languages", "entries"}:
        mend = "Write languages, entries and perhaps kinds, and nothing else, at the top level."
        raise CourseError([Finding(path, 1, "lexicon.file", "this is not a lexicon.", mend)])
    return _Reader(path, data).read()


class _Reader(DataFileReader):
    kind = "lexicon"

    def read(self) -> Lexicon:
        """Return the lexicon; raises `CourseError`."""
        self.languages, self.kinds = self.names("languages"), self.names("kinds")
        entries = [entry for entry in map(self._entry, self.items("entries", _REQUIRED)) if entry]
        if self.findings:
            raise CourseError(self.findings)
        return Lexicon(self.path, self.languages, self.kinds, tuple(sorted(entries, key=_order)))

    def _entry(self, item: LocatedDict) -> Entry | None:
        """Return one entry, or None after saying what is wrong with it."""
        before = len(self.findings)
        texts = {name: self._text(item, name) for name in ("name", "definition", "family", "kind")}
        shown = f"the entry '{texts['name'] or texts['definition'][:40].strip()}'"
        for name in item:
            if name not in _FIELDS and name not in self.languages:
                hint = nearest(name, [*_FIELDS, *self.languages])
                mend = hint or f"Languages are {', '.join(self.languages)}; add another at the head of the file."
                self.complain(item.line_of(name), "field", f"{shown} has the unknown field or language '{name}'.", mend)
        for name in _REQUIRED:
            if not texts[name]:
                self.complain(item.line, "field", f"{shown} has no {name}.", f"Every entry has {' and '.join(_REQUIRED)}.")
        if not texts["name"].endswith(f" {texts['family']}") and texts["family"]:
            self.complain(item.line_of("family"), "family", f"{shown} does not end in '{texts['family']}'.", "Mend either.")
        if self.kinds and texts["kind"] not in self.kinds:
            mend = nearest(texts["kind"], self.kinds) or f"Use one of {', '.join(self.kinds)}."
            self.complain(item.line_of("kind"), "kind", f"{shown} has the unknown kind '{texts['kind']}'.", mend)
        forms = tuple(form for code in self.languages if code in item and (form := self._form(item, code, shown)))
        also, see = (tuple(map(str, self._list(item, name))) for name in ("also", "see"))
        evidence = tuple(self._evidence(item))
        if len(self.findings) > before:
            return None
        return Entry(**texts, also=also, forms=forms, see=see, evidence=evidence, line=item.line)

    def _text(self, item: LocatedDict, name: str) -> str:
        value = item.get(name)
        return "" if value is None or isinstance(value, (list, dict)) else " ".join(str(value).split())

    def _list(self, item: LocatedDict, name: str) -> list[object]:
        value = item.get(name) or []
        return value if isinstance(value, list) else [value]

    def _form(self, item: LocatedDict, code: str, shown: str) -> Form | None:
        found = _FORM.fullmatch(self._text(item, code))
        if not found:
            message = f"{shown} has '{item[code]}' as its {self.languages[code]} form."
            self.complain(item.line_of(code), "form", message, "Write 'script (Latin letters)', or the script alone.")
            return None
        return Form(code, found[1], found[2] or "")

    def _evidence(self, item: LocatedDict) -> Iterator[Evidence]:
        for cited in self._list(item, "cites"):
            try:
                yield Evidence.parse(cited)
            except ValueError as error:
                self.complain(item.line_of("cites"), "source", f"{error}.", "Write a citation key, or {cite: key, at: pinpoint}.")


def _order(entry: Entry) -> tuple[str, str]:
    return (entry.heading.casefold(), entry.heading)
