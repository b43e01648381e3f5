"""What a chapter holds, by its Markdown and that of the exercises it shows."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from ...citations.style import year_labels
from ...findings import CourseError
from ...links.addresses import without_code_blocks
from ...markdown import plain_text
from ...sourcefiles import read_text
from ..uses import uses_in

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from ...project import Project

KINDS = ("claim", "citation", "figure", "table", "exercise", "question", "footnote")

_OPENING = re.compile(r"^[ \t]*(?:`{3,}|:{3,})\{opening\}", re.MULTILINE)
_ALT = re.compile(r"^[ \t]*:alt:[ \t]*(\S.*?)[ \t]*$|!\[([^\]\n]+)\]\(", re.MULTILINE)
_PIPE_TABLE = re.compile(
    r"^([ \t]*\|?[^\n]*\|[^\n]*)\n[ \t]*\|?[ \t]*:?-+:?[ \t]*(?:\|[ \t]*:?-+:?[ \t]*)*\|?[ \t]*$", re.MULTILINE
)
_TITLED_TABLE = re.compile(r"^[ \t]*(?:`{3,}|:{3,})\{(?:list-table|csv-table|table)\}[ \t]+(\S[^\n]*?)[ \t]*$", re.MULTILINE)
_FOOTNOTE = re.compile(r"^[ \t]*\[\^([^\]\s]+)\]:[ \t]*(\S[^\n]*)", re.MULTILINE)
_QUESTION = re.compile(r"^## (\S[^\n]*?)[ \t]*\{#([^}\s]+)\}[ \t]*$", re.MULTILINE)
_ROLE = re.compile(r"\{[\w:-]+\}(`+)(.+?)(?<!`)\1")


class Part(NamedTuple):
    """One thing that a chapter holds."""

    kind: str  #: one of `KINDS`
    name: str  #: id, key, alternative text, heading or label
    words: str  #: those by which it is known where a medium keeps no names
    path: Path  #: the file that holds it: the chapter or an exercise
    line: int  #: from 1


def chapters(project: Project) -> list[tuple[str, Path]]:
    """Return (docname, path) of the documents that open as a chapter does: they have a PDF of their own."""
    return [(docname, path) for docname, path in project.documents() if _OPENING.search(read_text(path, "parity"))]


def chapter_parts(project: Project, path: Path) -> list[Part]:
    """Return what a chapter holds, each claim, source and exercise once; raises `CourseError`."""
    parts: dict[tuple[str, str], Part] = {}
    years = year_labels(project.sources.values())
    for file in [path, *_shown(project, path)]:
        for use in uses_in(file):
            if use.kind == "claim" and use.name in project.ledger:
                part = Part("claim", use.name, plain_text(project.ledger[use.name].claim), file, use.line)
            elif use.kind == "cite" and use.name in project.sources:
                part = Part("citation", use.name, f"{project.sources[use.name].label} {years[use.name]}", file, use.line)
            elif use.kind == "exercise":
                part = Part("exercise", use.name, "", file, use.line)
            else:  # what names nothing, the other checks say
                continue
            parts.setdefault((part.kind, part.name), part)
        for part in _in_text(file):
            parts.setdefault((part.kind, f"{part.path}:{part.line}"), part)
    return list(parts.values())


def _shown(project: Project, path: Path) -> Iterator[Path]:
    """Yield the files of the exercises that a chapter shows."""
    for use in uses_in(path):
        file = project.exercises_dir / f"{use.name}.md"
        if use.kind in {"exercise", "self-check"} and file.is_file():
            yield file


def _in_text(path: Path) -> Iterator[Part]:
    """Yield the figures, tables, questions and notes of a file."""
    try:
        text = "\n".join(without_code_blocks(read_text(path, "parity")))
    except CourseError:  # the build says why
        return

    def part(kind: str, found: re.Match[str], name: str, words: str) -> Part:
        return Part(kind, name, words, path, text.count("\n", 0, found.start()) + 1)

    for found in _ALT.finditer(text):
        alt = found[1] or found[2]
        yield part("figure", found, alt if len(alt) <= 60 else f"{alt[:60]}…", alt)
    for found in _PIPE_TABLE.finditer(text):
        cells = [_plain(cell) for cell in found[1].strip().strip("|").split("|")]
        yield part("table", found, " | ".join(cells), " ".join(cells))
    for found in _TITLED_TABLE.finditer(text):
        yield part("table", found, _plain(found[1]), _plain(found[1]))
    for found in _QUESTION.finditer(text):  # a self-check is known by its questions
        yield part("question", found, found[2], _plain(found[1]))
    for found in _FOOTNOTE.finditer(text):
        yield part("footnote", found, found[1], _plain(found[2]))


def _plain(text: str) -> str:
    """Return Markdown as words; what a citation prints is not known here."""
    return plain_text(_ROLE.sub(lambda role: "" if role[0].startswith("{cite") else role[2].split(" <")[0], text)).strip()
