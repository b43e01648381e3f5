"""Typst sources to PDFs, with the compiler's complaints in words an author can use."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Protocol

import typst

from .fonts import FOLDER

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

#: PDF/UA-1 for readers of all kinds, PDF/A-2a for archives.
STANDARDS: Final = ("ua-1", "a-2a")
#: Begins the line of a generated source that names the document below it.
DOCUMENT_MARK = "// document: "


@dataclass(frozen=True)
class Result:
    """A PDF, or why there is none."""

    pdf: bytes
    messages: tuple[str, ...]  #: errors and warnings alike; empty when all is well


class _Diagnostic(Protocol):
    message: str
    hints: list[str]
    diagnostic: str


def compile_all(sources: Iterable[Path], paper: str, timestamp: int) -> list[Result]:
    """Compile sources that lie in one folder with their template and images."""
    compiler: typst.Compiler | None = None
    results = []
    for source in sources:
        # one compiler for all: it loads the fonts and lays out what they share once
        compiler = compiler or typst.Compiler(
            str(source), root=str(source.parent), ignore_system_fonts=True, font_paths=[str(FOLDER)],
            sys_inputs={"paper": paper},
        )  # fmt: skip
        results.append(_compile(compiler, source, timestamp))
    return results


def _compile(compiler: typst.Compiler, source: Path, timestamp: int) -> Result:
    try:
        pdf, warnings = compiler.compile_with_warnings(
            input=str(source), format="pdf", pdf_standards=[*STANDARDS], timestamp=timestamp
        )
    except typst.TypstError as error:
        return Result(b"", (_explain(error, source),))
    assert isinstance(pdf, bytes)  # one file: only images come as one a page
    return Result(pdf, tuple(_explain(warning, source) for warning in warnings))


def _explain(problem: _Diagnostic, source: Path) -> str:
    """Return a message that names the course's document where the compiler points at its generated source."""
    message = " ".join([problem.message, *(f"({hint})" for hint in problem.hints)])
    place = re.search(r"┌─ (?:[^\n]*[\\/])?([^\n:]+):(\d+):", problem.diagnostic or "")
    if place and place[1] == source.name:
        before = source.read_text(encoding="utf-8").splitlines()[: int(place[2])]
        marks = [line.removeprefix(DOCUMENT_MARK) for line in before if line.startswith(DOCUMENT_MARK)]
        message += f" This is in the document '{marks[-1]}'." if marks else ""
    elif place:
        message += f" ({place[1]}, line {place[2]})"
    return message
