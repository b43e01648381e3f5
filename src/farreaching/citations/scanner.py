"""A scanner of raw .bib text that knows the line of everything it finds.

A parser of BibTeX that meets one bad entry may drop it, or all that follow, in silence. This scanner shares no code
with the parser: it finds the headers and the fields on its own, so that every mistake has a line and entries can be
counted twice. It reads strictly: one entry starts a line, and nothing but entries and ``%`` lines stands in the file.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass, field
from itertools import zip_longest
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator

_HEADER = re.compile(r"^[ \t]*@[ \t]*([A-Za-z]+)[ \t]*([{(])", re.MULTILINE)
_SPACE = re.compile(r"\s*")
_KEY = re.compile(r"\s*([^\s,{}=]+)\s*")
_FIELD = re.compile(r"([A-Za-z][\w-]*)\s*=\s*")
_BARE = re.compile(r"[\w.:+/-]+")
_BRACE = re.compile(r"[{}]")
_QUOTE = re.compile(r'[{}"]')
_SWALLOWED = re.compile(r"\n[ \t]*[A-Za-z][\w-]*[ \t]*=[ \t]*[{\"]")
_BARE_PERCENT = re.compile(r"(?<!\\)%")
_NOT_SOURCES = frozenset({"comment", "string", "preamble"})


class Problem(NamedTuple):
    """Something wrong with the text itself."""

    line: int  #: from 1
    code: str  #: second half of the finding's code
    message: str  #: what is wrong, with the wrong value
    mend: str  #: what to do about it


@dataclass
class RawEntry:
    """An entry as it stands in the file."""

    type: str  #: lower case
    key: str  #: as written
    line: int  #: of its header
    text: str = ""  #: from the header to the closing brace; empty where the entry cannot be parsed
    lines: dict[str, int] = field(default_factory=dict)  #: field name in lower case → its line

    def line_of(self, name: str) -> int:
        """Return the line of a field, or of the header where the field is absent."""
        return self.lines.get(name, self.line)


class _EntryError(Exception):
    """The rest of the entry cannot be read."""


class Scanner:
    """Scans one file's text; `entries` and `problems` hold what was found, in order."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.entries: list[RawEntry] = []
        self.macros: list[str] = []  #: raw ``@string`` definitions
        self.problems: list[Problem] = []
        self._starts = [0, *(found.end() for found in re.finditer("\n", text))]
        self._scan()

    def line(self, position: int) -> int:
        """Return the line, from 1, of a position in the text."""
        return bisect_right(self._starts, position)

    def _complain(self, position: int, code: str, message: str, mend: str) -> None:
        self.problems.append(Problem(self.line(position), code, message, mend))

    def _scan(self) -> None:
        headers = list(_HEADER.finditer(self.text))
        self._check_outside(0, headers[0].start() if headers else len(self.text), "")
        for header, after in zip_longest(headers, headers[1:]):
            end = after.start() if after else len(self.text)
            entry = RawEntry(header[1].lower(), "", self.line(header.start()))
            try:
                closed = self._entry(entry, header, end)
            except _EntryError:
                continue
            finally:
                if entry.key:
                    self.entries.append(entry)
            if not self._check_outside(closed, end, entry.key):
                entry.text = ""  # it lost its tail: what is missing from it would be reported besides

    def _entry(self, entry: RawEntry, header: re.Match[str], end: int) -> int:
        """Read one entry; return the position after its closing brace."""
        if header[2] == "(":
            message = f"'{header[0].strip()}' opens with a round bracket."
            self._complain(header.start(), "syntax", message, "Write a brace.")
            raise _EntryError
        if entry.type in _NOT_SOURCES:
            closed = self._closing(header.end(), end)
            if closed is None:
                message = f"the '@{entry.type}' is not closed (unbalanced brace)."
                self._complain(header.start(), "brace", message, "Add the missing '}'.")
                raise _EntryError
            if entry.type == "string":
                self.macros.append(self.text[header.start() : closed])
            return closed
        found = _KEY.match(self.text, header.end(), end)
        if not found or self.text[found.end() : found.end() + 1] == "=":
            self._complain(header.start(), "key", f"this '@{entry.type}' has no key.", f"Write @{entry.type}{{a-key,")
            raise _EntryError
        entry.key = found[1]
        before = len(self.problems)
        closed = self._fields(entry, found.end(), end)
        if len(self.problems) == before:
            entry.text = self.text[header.start() : closed].strip()
        return closed

    def _fields(self, entry: RawEntry, position: int, end: int) -> int:
        """Read the fields, starting at the comma after the key; return the position after the closing brace."""
        last, value_end = "", position
        while True:
            position = self._skip(position, end)
            if position >= end or self.text[position] == "%":  # a comment stands between entries, not in one
                self._unclosed(entry, end)
            if self.text[position] == "}":
                return position + 1
            if self.text[position] == ",":
                position = self._skip(position + 1, end)
            else:
                after = f"after '{last}'" if last else "after the key"
                message = f"entry '{entry.key}': a comma is missing {after}."
                self._complain(max(value_end - 1, 0), "comma", message, "End every field but the last with a comma.")
            if position < end and self.text[position] == "}":
                return position + 1
            found = _FIELD.match(self.text, position, end)
            if not found:
                if position >= end:
                    self._unclosed(entry, end)
                wrong = self.text[position:end].split("\n")[0][:40]
                message = f"entry '{entry.key}': '{wrong}' is not a field."
                self._complain(position, "syntax", message, "Write name = {value},")
                raise _EntryError
            last = found[1].lower()
            if last in entry.lines:
                message = f"entry '{entry.key}': the field '{last}' stands twice (first on line {entry.lines[last]})."
                self._complain(position, "field-twice", message, "Keep one.")
            entry.lines.setdefault(last, self.line(position))
            value_end = position = self._value(entry, last, found.end(), end)

    def _value(self, entry: RawEntry, name: str, position: int, end: int) -> int:
        """Read one value, which ``#`` can join of several; return the position after it."""
        while True:
            start = position
            first = self.text[position : position + 1]
            stop: int | None
            if first == "{":
                stop = self._closing(position + 1, end)
            elif first == '"':
                stop = self._closing(position + 1, end, _QUOTE)
            else:
                found = _BARE.match(self.text, position, end)
                stop = found.end() if found else None
                if stop is None:
                    message = f"entry '{entry.key}': '{name}' has no value."
                    self._complain(position - 1, "syntax", message, "Write name = {value},")
                    raise _EntryError
            if stop is None:
                message = f"entry '{entry.key}': '{name}' is not closed (unbalanced brace or quotation mark)."
                self._complain(start, "brace", message, "Add the missing '}'.")
                raise _EntryError
            if percent := _BARE_PERCENT.search(self.text, start, stop):
                value = " ".join(self.text[max(start + 1, percent.start() - 20) : percent.end()].split())
                message = f"entry '{entry.key}': a bare '%' in '{name}' ('{value}') cuts off what follows."
                self._complain(percent.start(), "percent", message, r"Write \%.")
            if (swallowed := _SWALLOWED.search(self.text, start, stop)) and first == "{":
                message = f"entry '{entry.key}': '{name}' runs on into the next field (unbalanced brace)."
                wrong = " ".join(swallowed[0].split())
                self._complain(start, "brace", message, f"Add the missing '}}' before '{wrong}'.")
                raise _EntryError
            position = self._skip(stop, end)
            if self.text[position : position + 1] != "#":
                return stop
            position = self._skip(position + 1, end)

    def _closing(self, position: int, end: int, marks: re.Pattern[str] = _BRACE) -> int | None:
        """Return the position after the mark that closes what opened before `position`; None where there is none."""
        depth = 0
        for found in marks.finditer(self.text, position, end):
            if found[0] == "{":
                depth += 1
            elif found[0] == "}":
                if depth == 0:
                    return found.end() if marks is _BRACE else None
                depth -= 1
            elif depth == 0:
                return found.end()
        return None

    def _unclosed(self, entry: RawEntry, end: int) -> None:
        where = f"before line {self.line(end)}" if end < len(self.text) else "before the end of the file"
        message = f"entry '{entry.key}' is not closed {where} (unbalanced brace)."
        self.problems.append(Problem(entry.line, "brace", message, "Add the missing '}'."))
        raise _EntryError

    def _skip(self, position: int, end: int) -> int:
        found = _SPACE.match(self.text, position, end)
        return found.end() if found else position

    def _check_outside(self, position: int, end: int, key: str) -> bool:
        """Complain of text between entries: it is where a brace too many leaves the rest of an entry."""
        for offset, line in self._lines(position, end):
            if line and not line.startswith("%"):
                after = f" (entry '{key}' was closed before it)" if key else ""
                message = f"'{line[:40]}' stands outside any entry{after}."
                mend = "Remove a closing brace too many, or start a comment with %."
                self._complain(offset, "outside", message, mend)
                return False
        return True

    def _lines(self, position: int, end: int) -> Iterator[tuple[int, str]]:
        for line in self.text[position:end].splitlines(keepends=True):
            yield position + len(line) - len(line.lstrip()), line.strip().removeprefix("\ufeff")
            position += len(line)
