"""Where a course's data files use claims and sources: the ledger, exercises' front matter, chronology, reviews, tables."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..charts.data import cited_keys
from ..chronology.loader import load_chronology
from ..exercises.loader import KEY_SUFFIX
from ..findings import CourseError
from ..reviews.loader import load_review
from ..sourcefiles import load_markdown
from .uses import Use

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ..project import Project


def data_uses(project: Project) -> Iterator[Use]:
    """Yield the uses; a file that cannot be read uses nothing (its own check says why)."""
    try:
        for claim in project.ledger.values():
            yield from (Use(claim.path, claim.line, "cite", key) for key in claim.keys)
    except CourseError:
        pass
    yield from _exercises(project)
    try:
        events = load_chronology(project.chronology_file).events if project.chronology_file.exists() else ()
    except CourseError:
        events = ()
    for event in events:
        yield from (Use(project.chronology_file, event.line, "cite", item.key) for item in event.evidence)
        if event.claim:
            yield Use(project.chronology_file, event.line, "claim", event.claim)
    for path in sorted(project.reviews_dir.glob("*.yaml")):
        try:
            review = load_review(path)
        except CourseError:
            continue
        yield Use(path, review.text_line, "cite", review.text)
        for assertion in review.assertions:
            yield from (Use(path, assertion.line, "cite", key) for key in assertion.keys)
            yield from (Use(path, assertion.line, "claim", claim) for claim in assertion.claims)
    for path in sorted(project.data_dir.glob("*.csv")):
        try:
            yield from (Use(path, 0, "cite", key) for key in sorted(cited_keys(path)))
        except CourseError:
            pass


def _exercises(project: Project) -> Iterator[Use]:
    """Yield what the exercises' front matter names; the rest of the files is not needed for it."""
    for path in sorted(project.exercises_dir.glob("*/*.md")):
        if path.name.endswith(KEY_SUFFIX):
            continue
        try:
            meta = load_markdown(path, "uses").meta
        except CourseError:
            continue
        for field, kind in (("cites", "cite"), ("claims", "claim")):
            names = meta.get(field)
            if isinstance(names, list):
                yield from (Use(path, meta.line_of(field), kind, str(name)) for name in names)
