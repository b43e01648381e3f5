"""The chronology check: every event has its date, its actors and sources that exist."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..chronology.loader import load_chronology
from ..findings import CourseError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ..findings import Finding
    from ..project import Project


def check_chronology(project: Project) -> Iterator[Finding]:
    """Yield what is wrong with the file of the chronology; a course need not have one."""
    if not project.chronology_file.exists():
        return
    try:
        chronology = load_chronology(project.chronology_file)
    except CourseError as error:
        yield from error.findings
        return
    try:
        yield from chronology.check(project.sources, project.ledger)
    except CourseError:  # the citations and claims checks say why
        return
