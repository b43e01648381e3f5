"""The reviews check: every assertion has its verdict and sources that exist."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..findings import CourseError
from ..reviews.loader import load_review

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ..findings import Finding
    from ..project import Project


def check_reviews(project: Project) -> Iterator[Finding]:
    """Yield what is wrong with the files of the reviews; a course need not have any."""
    reviews = []
    for path in sorted(project.reviews_dir.glob("*.yaml")):
        try:
            reviews.append(load_review(path))
        except CourseError as error:
            yield from error.findings
    if not reviews:
        return
    try:
        keys, claims = project.sources, project.ledger
    except CourseError:  # the citations and claims checks say why
        return
    for review in reviews:
        yield from review.check(keys, claims)
