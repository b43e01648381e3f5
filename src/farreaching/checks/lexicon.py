"""The lexicon check: every entry has its name and definition once, languages that are known, and sources that exist."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..citations.bibfile import load_sources
from ..findings import CourseError
from ..lexicon.loader import load_lexicons

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ..findings import Finding
    from ..project import Project


def check_lexicon(project: Project) -> Iterator[Finding]:
    """Yield what is wrong with the glossary, the list of people and other lexicons; a course need not have any."""
    if not any(path.exists() for path in project.lexicon_files):
        return
    try:
        keys = load_sources(project.bib_files, project.parties)
    except CourseError:  # the citations check says why
        return
    try:
        load_lexicons(project.lexicon_files, keys)
    except CourseError as error:
        yield from error.findings
