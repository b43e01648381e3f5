"""The parity check: what a chapter's sources hold stands in its web page, its PDF and its chapter of the EPUB.

`sources` says what a chapter holds by reading Markdown, `outputs` what a built file holds by reading that file; neither
asks the builders, whose own word would prove nothing.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from ...downloads import chapter_pdf
from ...findings import CourseError, Finding
from .outputs import read_epub, read_page, read_pdf
from .sources import KINDS, chapter_parts, chapters

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from ...progress import Reporter
    from ...project import Project
    from .outputs import Output
    from .sources import Part

MEDIA = ("HTML", "PDF", "EPUB")


@dataclass(frozen=True)
class Compared:
    """A chapter as its sources and its outputs have it."""

    docname: str
    path: Path  #: its Markdown file
    parts: list[Part]  #: what its sources hold
    missing: dict[str, list[Part]]  #: medium → what it lacks; a medium that has no such chapter at all is not in it
    tables: dict[str, int]  #: medium → its tables, those made from data included

    def summary(self) -> str:
        """Return the counts in a line."""
        kinds = [(kind, [part for part in self.parts if part.kind == kind]) for kind in KINDS]
        counts = [
            f"{kind} {len(parts)}: " + ", ".join(
                f"{medium} {sum(part not in lacking for part in parts)}" for medium, lacking in self.missing.items()
            )
            for kind, parts in kinds if parts
        ]  # fmt: skip
        tables = ", ".join(f"{medium} {count}" for medium, count in self.tables.items())
        return "; ".join([*counts, f"tables in all: {tables}"])


def compare(project: Project, folder: Path, reporter: Reporter) -> list[Compared]:
    """Read every chapter's sources and outputs; `folder` is a built edition.

    Raises `CourseError` where the folder lacks a whole format, or a file of it cannot be read.
    """
    epubs = sorted(folder.glob("*.epub"))
    for name, there in (("html", (folder / "html").is_dir()), ("pdf", (folder / "pdf").is_dir()), ("epub", bool(epubs))):
        if not there:
            mend = "Build all three, with farreaching build, or name the folder of an edition."
            raise CourseError([Finding(folder, 0, "parity.folder", f"there is no {name} in this folder.", mend)])
    found: list[Compared] = []
    in_course = chapters(project)
    in_epub = read_epub(epubs[0])
    with reporter.count("chapters", len(in_course)) as advance:
        for docname, path in in_course:
            outputs = {
                "HTML": read_page(folder / "html" / f"{docname}.html"),
                "PDF": read_pdf(folder / "pdf" / chapter_pdf(docname)),
                "EPUB": in_epub.get(docname),
            }
            found.append(_compared(project, docname, path, {name: output for name, output in outputs.items() if output}))
            advance()
    return found


def _compared(project: Project, docname: str, path: Path, outputs: dict[str, Output]) -> Compared:
    parts = chapter_parts(project, path)
    missing = {medium: [part for part in parts if not output.holds(part)] for medium, output in outputs.items()}
    return Compared(docname, path, parts, missing, {medium: output.tables for medium, output in outputs.items()})


def check_parity(compared: list[Compared]) -> Iterator[Finding]:
    """Yield a finding for everything that a medium lacks, where its source stands."""
    for chapter in compared:
        for medium in MEDIA:
            if medium not in chapter.missing:
                message = f"the {medium} has no chapter '{chapter.docname}'."
                yield Finding(chapter.path, 0, "parity.chapter", message, "Build it again, all formats together.")
            for part in chapter.missing.get(medium, []):
                message = f"the {medium} of '{chapter.docname}' lacks the {part.kind} '{part.name}'."
                mend = "Build it again; if it stays away, the builder drops it."
                yield Finding(part.path, part.line, f"parity.{part.kind}", message, mend)
        if len(set(chapter.tables.values())) > 1:
            counts = ", ".join(f"{count} in the {medium}" for medium, count in chapter.tables.items())
            message = f"the media of '{chapter.docname}' differ in their tables ({counts}; data folded under figures aside)."
            yield Finding(
                chapter.path, 0, "parity.tables", message, "Build it again; if they go on to differ, a builder drops one."
            )
