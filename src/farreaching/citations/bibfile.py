"""Reading .bib files: the sources, or everything wrong with them at once."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from pybtex.database import BibliographyData
from pybtex.database.input.bibtex import Parser
from pybtex.exceptions import PybtexError
from pybtex.scanner import PybtexSyntaxError

from ..findings import CourseError, Finding, errors
from ..sourcefiles import CONFLICT_MARK, read_text
from .rules import check_entry, check_source, check_via
from .scanner import RawEntry, Scanner
from .source import Source

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable
    from pathlib import Path

_PERSONS = ("author", "editor", "translator")


@dataclass
class Bibliography:
    """What some .bib files hold."""

    sources: dict[str, Source] = field(default_factory=dict)  #: by key, as in the files; those without a mistake
    data: Any = field(default_factory=BibliographyData)  #: pybtex's view of the same
    keys: dict[Path, list[str]] = field(default_factory=dict)  #: the keys of each file
    broken: set[str] = field(default_factory=set)  #: keys of the entries with a mistake
    findings: list[Finding] = field(default_factory=list)  #: everything wrong, in order of file and line


def read_bibliography(paths: Iterable[Path], parties: Collection[str] = ()) -> Bibliography:
    """Read .bib files and say everything wrong with them.

    `parties` are the permitted values of the field ``party``; where none are given, any word will do.
    """
    reader = _Reader(parties)
    for path in paths:
        reader.read(path)
    return reader.finish()


def load_sources(paths: Iterable[Path], parties: Collection[str] = ()) -> dict[str, Source]:
    """Return the sources of .bib files by key; raise `CourseError` with everything wrong in them.

    `parties` are the permitted values of the field ``party``; where none are given, any word will do.
    """
    bibliography = read_bibliography(paths, parties)
    if errors(bibliography.findings):
        raise CourseError(bibliography.findings)
    return bibliography.sources


class _Reader:
    """Collects the entries of several files, whose keys must differ from one another."""

    def __init__(self, parties: Collection[str]) -> None:
        self.parties = parties
        self.result = Bibliography()
        self.parser = Parser(person_fields=_PERSONS)
        self.seen: dict[str, tuple[Path, RawEntry]] = {}  # key in lower case → where it stands first

    def read(self, path: Path) -> None:
        """Read one file."""
        self.result.keys[path] = []
        try:
            text = read_text(path, "citations.file")
        except CourseError as error:
            self.result.findings += error.findings
            return
        if mark := CONFLICT_MARK.search(text):
            line = text.count("\n", 0, mark.start()) + 1
            self._complain(path, line, "file", f"a merge conflict was left here ('{mark[0]}').", "Resolve it.")
            return
        scanner = Scanner(text)
        for problem in scanner.problems:
            self._complain(path, problem.line, problem.code, problem.message, problem.mend)
        for macro in scanner.macros:
            self.parser.parse_string(macro)
        for raw in scanner.entries:
            self._entry(path, raw)

    def _entry(self, path: Path, raw: RawEntry) -> None:
        if first := self.seen.get(raw.key.lower()):
            where = f"line {first[1].line}" if first[0] == path else f"{first[0].name}, line {first[1].line}"
            message = f"the key '{raw.key}' stands twice (first on {where}; capitals make no difference)."
            self._complain(path, raw.line, "duplicate-key", message, "Rename one, or merge the entries.")
            return
        self.seen[raw.key.lower()] = (path, raw)
        problems = check_entry(raw)
        if raw.text and not problems:
            problems = self._parse(path, raw)
        for problem in problems:
            self._complain(path, problem.line, problem.code, problem.message, problem.mend)

    def _parse(self, path: Path, raw: RawEntry) -> list[Any]:
        """Hand one entry to pybtex, so that its complaint, too, has a line; count what comes back."""
        before = len(self.parser.data.entries)
        try:
            # entry by entry: pybtex may skip all that follows a mistake
            self.parser.parse_string(raw.text)
            entry = self.parser.data.entries.get(raw.key)
            if entry is None or len(self.parser.data.entries) != before + 1:
                message = f"entry '{raw.key}' is not among what the parser read."
                self._complain(path, raw.line, "lost", message, "Compare its braces and commas with its neighbours'.")
                return []
            problems = check_source(raw, entry, self.parties)
            if not problems:
                self.result.sources[raw.key] = Source.from_entry(entry, path, raw.line)
                self.result.keys[path].append(raw.key)
        except (PybtexError, ValueError) as error:
            line = raw.line + (getattr(error, "lineno", None) or 1) - 1
            at = "at " if isinstance(error, PybtexSyntaxError) else ""
            message = f"entry '{raw.key}' cannot be parsed: {at}{error.args[0]}."
            self._complain(path, line, "syntax", message, "Correct the value, or put it in braces.")
            return []
        return problems

    def _complain(self, path: Path, line: int, code: str, message: str, mend: str) -> None:
        self.result.findings.append(Finding(path, line, f"citations.{code}", message, mend))

    def finish(self) -> Bibliography:
        """Check what concerns several entries, and return the result."""
        for source, problem in check_via(self.result.sources, [raw.key for _, raw in self.seen.values()]):
            self._complain(source.path, problem.line, problem.code, problem.message, problem.mend)
        self.result.broken = {raw.key for _, raw in self.seen.values()} - set(self.result.sources)
        self.result.data = self.parser.data
        self.result.findings.sort(key=lambda finding: finding.sort_key)
        return self.result
