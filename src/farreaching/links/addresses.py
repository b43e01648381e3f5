"""Every web address of a course, with each place that uses it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import quote, urlsplit

from ..citations.scanner import Scanner
from ..citations.source import verbatim
from ..findings import CourseError
from ..sourcefiles import read_text

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from ..project import Project

DOI_RESOLVER = "https://doi.org/"
_BIB_FIELD = re.compile(r'^\s*(url|archiveurl|doi)\s*=\s*(?:\{([^{}]*)\}|"([^"]*)")', re.IGNORECASE | re.MULTILINE)
_ADDRESS = re.compile(r"https?://[^\s<>\"'`{}|\\^]+", re.IGNORECASE)
_FENCE = re.compile(r"\s*(?P<fence>`{3,}|~{3,})\s*(?P<info>.*)")
_CODE = re.compile(r"(?<!`)(?P<ticks>`+)(?!`)[^\n]*?(?<!`)(?P=ticks)(?!`)")
_HOST = re.compile(r"[\w-]+(\.[\w-]+)*\.?|\[[0-9a-f:.]+\]", re.IGNORECASE)


class Use(NamedTuple):
    """One place that uses an address."""

    path: Path  #: the file
    line: int  #: counted from 1
    address: str  #: as written; a DOI as the address of its resolver
    snapshot: str = ""  #: the archived copy that the same place gives


def course_addresses(project: Project) -> list[Use]:
    """Return every use of an address in the bibliography, chapters, exercises, keys, claims and data, by file and line."""
    files = dict.fromkeys(
        [
            *(path for _, path in project.documents()),
            *sorted(project.exercises_dir.rglob("*.md")),
            *sorted(project.keys_dir.rglob("*.md")),
            *sorted(project.claims_dir.glob("*.yaml")),
            *sorted(project.data_dir.glob("*.yaml")),
            *sorted(project.data_dir.glob("*.csv")),
        ]
    )
    uses = [use for path in project.bib_files for use in _in_bib(path)]
    return uses + [use for path in files for use in _in_text(path)]


def _in_bib(path: Path) -> Iterator[Use]:
    for entry in Scanner(_text(path)).entries:
        fields = {found[1].lower(): verbatim(found[2] or found[3] or "").strip() for found in _BIB_FIELD.finditer(entry.text)}
        snapshot = fields.get("archiveurl", "")
        for name, value in fields.items():
            if value:
                address = DOI_RESOLVER + quote(value, safe="/:;()._-") if name == "doi" else value
                yield Use(path, entry.line_of(name), address, "" if name == "archiveurl" else snapshot)


def _in_text(path: Path) -> Iterator[Use]:
    text = _text(path)
    if path.suffix == ".md":  # code shows an address, and does not send anyone there
        text = "\n".join(_CODE.sub("", line) for line in without_code_blocks(text))
    for found in _ADDRESS.finditer(text):
        yield Use(path, text.count("\n", 0, found.start()) + 1, _trimmed(found[0]))


def without_code_blocks(text: str) -> Iterator[str]:
    """Yield the lines of Markdown, empty where they are code; what stands in a directive is not code unless it says so."""
    fences: list[tuple[str, bool]] = []  # those open, with whether they hold code
    for line in text.split("\n"):
        in_code = bool(fences) and fences[-1][1]
        if found := _FENCE.fullmatch(line):
            if fences and not found["info"] and found["fence"].startswith(fences[-1][0]):
                fences.pop()
            elif not in_code:
                fences.append((found["fence"], not re.match(r"\{(?!code)", found["info"])))
        yield "" if in_code else line


def _text(path: Path) -> str:
    """Return a file's text; a file that cannot be read uses nothing (its own check says why)."""
    try:
        return read_text(path, "links")
    except CourseError:
        return ""


def _trimmed(address: str) -> str:
    """Return an address without the sentence's punctuation, and without a bracket that was opened before it."""
    while address[-1] in ".,;:!?*_" or (
        address[-1] in ")]" and address.count(address[-1]) > address.count("(["[address[-1] == "]"])
    ):
        address = address[:-1]
    return address


def malformed(address: str) -> str:
    """Return what is wrong with the form of an address (RFC 3986), or an empty string."""
    try:
        parts = urlsplit(address)
        host, _ = parts.hostname, parts.port
    except ValueError as error:
        return str(error)
    if parts.scheme not in {"http", "https"}:
        return "it does not begin with http:// or https://"
    if not host or not _HOST.fullmatch(f"[{host}]" if ":" in host else host):
        return "it names no host"
    if "." not in host and ":" not in host and host != "localhost":
        return f"'{host}' is not the name of a host"
    return "it holds a user's name" if "@" in parts.netloc else _wrong_character(address)


def _wrong_character(address: str) -> str:
    if found := re.search(r"[\s<>\"{}|\\^`]", address):
        return f"it holds the character {found[0]!r}, which an address must write as %{ord(found[0]):02X}"
    if found := re.search(r"%(?![0-9A-Fa-f]{2})", address):
        return "a '%' is not followed by two hexadecimal digits"
    return ""
