"""The citations check: the .bib file is sound, every key cited is in it, every entry is cited."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..charts.data import cited_keys
from ..chronology.loader import load_chronology
from ..citations.bibfile import load_sources
from ..claims.loader import load_ledger
from ..exercises.loader import load_bank
from ..findings import CourseError, Finding, Severity, nearest
from ..reviews.loader import load_review
from .uses import course_uses

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ..project import Project


def check_citations(project: Project) -> Iterator[Finding]:
    """Yield what is wrong with the bibliography and with the citations of chapters, exercises and ledger."""
    try:
        sources = load_sources(project.bib_files, project.parties)
    except CourseError as error:
        yield from error.findings
        return
    cited = set()
    for use in course_uses(project):
        if use.kind == "cite":
            cited.add(use.name)
            if use.name not in sources:
                hint = nearest(use.name, sources) or "Add the source to the .bib file."
                yield Finding(use.path, use.line, "citations.unknown", f"there is no source '{use.name}'.", hint)
    cited |= _cited_by_data(project)
    cited |= {source.via for source in sources.values() if source.via}
    for source in sources.values():
        if source.key not in cited:
            message = f"the source '{source.key}' is cited nowhere."
            yield Finding(source.path, source.line, "citations.unused", message, "Cite it, or take it out.", Severity.WARNING)


def _cited_by_data(project: Project) -> set[str]:
    """Return the keys that the ledger, the exercises' front matter and the data sets cite."""
    keys: set[str] = set()
    try:
        keys |= {key for claim in load_ledger(project.claims_dir).values() for key in claim.keys}
    except CourseError:  # the claims check says why
        pass
    try:
        bank = load_bank(project.exercises_dir, with_keys=False)
        keys |= {key for exercise in bank.exercises.values() for key in exercise.cites}
    except CourseError:  # the exercises check says why
        pass
    try:
        if project.chronology_file.exists():
            keys |= {item.key for event in load_chronology(project.chronology_file).events for item in event.evidence}
    except CourseError:  # the chronology check says why
        pass
    for path in sorted(project.reviews_dir.glob("*.yaml")):
        try:
            review = load_review(path)
            keys |= {review.text, *(key for assertion in review.assertions for key in assertion.keys)}
        except CourseError:  # the reviews check says why
            pass
    for path in sorted(project.data_dir.glob("*.csv")):
        try:
            keys |= cited_keys(path)
        except CourseError:  # the build of its chart says why
            pass
    return keys
