"""What a built file holds: pages and EPUB chapters by their elements, PDFs by their tags, destinations and text."""

from __future__ import annotations

import re
import zipfile
from collections import Counter
from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import TYPE_CHECKING, Any

from docutils.nodes import make_id

from ...findings import CourseError, Finding
from ..builtfiles import plain_words

if TYPE_CHECKING:
    from pathlib import Path

    from .sources import Part

_RUN = 4  # words that are looked for together
_SHARE = 0.8  # of a text's runs that must be there: a page's end or a table's cells interrupt some
_VOID = frozenset({"area", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"})


@dataclass
class Output:
    """What one medium holds of a chapter."""

    words: list[str]  #: its text
    alts: set[tuple[str, ...]]  #: words of its alternative texts
    tables: int  #: those of data folded under a figure aside
    ids: set[str] | None = None  #: of its elements; None for a PDF, which keeps those of headings only
    cited: set[str] = field(default_factory=set)  #: keys to whose references it links
    headings: set[str] = field(default_factory=set)  #: ids of a PDF's headings

    def __post_init__(self) -> None:
        self._runs = set(zip(*(self.words[start:] for start in range(_RUN)), strict=False))
        self._text = f" {' '.join(self.words)} "

    def holds(self, part: Part) -> bool:
        """Tell whether it holds a part of the chapter."""
        if part.kind == "figure":
            return tuple(plain_words(part.words)) in self.alts
        if part.kind == "exercise":
            return make_id(f"exercise-{part.name}") in (self.headings if self.ids is None else self.ids)
        if part.kind == "claim" and self.ids is not None:
            return f"claim-{part.name}" in self.ids
        if part.kind == "citation" and self.ids is not None:
            return part.name in self.cited
        return self.says(part.words)

    def says(self, text: str) -> bool:
        """Tell whether it holds a text, wherever a page or a cell may interrupt it."""
        words = plain_words(text)
        runs = set(zip(*(words[start:] for start in range(_RUN)), strict=False))
        if len(runs) < 2 * _RUN:
            return f" {' '.join(words)} " in self._text
        return len(runs & self._runs) >= _SHARE * len(runs)


class _Page(HTMLParser):
    """Reads HTML or XHTML."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.ids: set[str] = set()
        self.cited: set[str] = set()
        self.alts: set[tuple[str, ...]] = set()
        self.text: list[str] = []
        self.tables = 0
        self._open: list[tuple[str, bool]] = []  # elements, with whether their content is data under a figure

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        data = bool(self._open) and self._open[-1][1]
        if tag not in _VOID:
            self._open.append((tag, data or "chart-data" in given.get("class", "").split()))
        if "id" in given:
            self.ids.add(given["id"])
        if tag == "a" and (found := re.search(r"#cite-(.+)$", given.get("href", ""))):
            self.cited.add(found[1])
        if tag == "img" or given.get("role") == "img":
            self.alts.add(tuple(plain_words(given.get("alt", "") or given.get("aria-label", ""))))
        self.tables += tag == "table" and not data
        if tag not in {"a", "b", "em", "i", "span", "strong", "code", "sub", "sup"}:
            self.text.append("\n")

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        if tag not in _VOID:
            self._open.pop()

    def handle_endtag(self, tag: str) -> None:
        if any(name == tag for name, _ in self._open):
            while self._open.pop()[0] != tag:
                pass

    def handle_data(self, data: str) -> None:
        if not self._open or self._open[-1][0] not in {"script", "style"}:
            self.text.append(data)


def _output(text: str) -> Output:
    page = _Page()
    page.feed(text)
    page.close()
    return Output(plain_words("".join(page.text)), page.alts, page.tables, page.ids, page.cited)


def read_page(path: Path) -> Output | None:
    """Return what a web page holds; None where there is no such page."""
    return _output(path.read_text(encoding="utf-8")) if path.is_file() else None


def read_epub(path: Path) -> dict[str, Output]:
    """Return docname → what its file in an EPUB holds; raise `CourseError` where the EPUB cannot be read."""
    try:
        with zipfile.ZipFile(path) as archive:
            names = [name for name in archive.namelist() if name.endswith(".xhtml")]
            return {name.removesuffix(".xhtml"): _output(archive.read(name).decode("utf-8")) for name in names}
    except (OSError, zipfile.BadZipFile, UnicodeDecodeError) as error:
        raise _unreadable(path, error) from None


def read_pdf(path: Path) -> Output | None:
    """Return what a tagged PDF holds; None where there is no such file. Raises `CourseError` where it cannot be read."""
    from pypdf import PdfReader
    from pypdf.errors import PyPdfError

    if not path.is_file():
        return None
    try:
        reader = PdfReader(path)
        root: Any = reader.trailer["/Root"]
        elements = Counter[str]()
        alts: set[tuple[str, ...]] = set()
        waiting = [root["/StructTreeRoot"]["/K"]] if "/StructTreeRoot" in root else []
        while waiting:
            node = waiting.pop().get_object()
            if isinstance(node, list):
                waiting += node
            elif isinstance(node, dict):
                elements[str(node.get("/S", ""))] += 1
                if node.get("/S") == "/Figure":
                    alts.add(tuple(plain_words(str(node.get("/Alt", "")))))
                if "/K" in node:
                    waiting.append(node["/K"])
        headings = {name.partition("#")[2] for name in reader.named_destinations}
        text = _without_running_lines([page.extract_text() for page in reader.pages])
    except (PyPdfError, OSError, KeyError, ValueError) as error:
        raise _unreadable(path, error) from None
    return Output(plain_words(text), alts, elements["/Table"], headings=headings)


def _without_running_lines(pages: list[str]) -> str:
    """Join pages without the lines that all repeat at their head or foot but for a number: they cut sentences in two."""
    split = [page.split("\n") for page in pages]
    bare = Counter(re.sub(r"\d+", "", line).strip() for lines in split for line in {lines[0], lines[-1]})
    running = {line for line, count in bare.items() if count > 1}
    kept = []
    for lines in split:
        while lines and re.sub(r"\d+", "", lines[-1]).strip() in running:
            lines.pop()
        while lines and re.sub(r"\d+", "", lines[0]).strip() in running:
            lines.pop(0)
        # the number of a note stands close to its first word
        kept += [re.sub(r"^(\d+)(?=[^\W\d_a-z])", r"\1 ", line) for line in lines]
    return "\n".join(kept)


def _unreadable(path: Path, error: Exception) -> CourseError:
    return CourseError([Finding(path, 0, "parity.unreadable", f"cannot be read: {error}.", "Build it again.")])
