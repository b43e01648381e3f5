"""What `farreaching check` looks at: each check is one function from a project to findings."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .chronology import check_chronology
from .citations import check_citations
from .claims import check_claims
from .exercises import check_exercises
from .lexicon import check_lexicon
from .links import check_links
from .reviews import check_reviews
from .unfinished import check_unfinished

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from ..findings import Finding
    from ..project import Project

__all__ = ["CHECKS", "run_checks"]

#: The checks by name, in the order in which they run.
CHECKS: dict[str, Callable[[Project], Iterator[Finding]]] = {
    "citations": check_citations,
    "claims": check_claims,
    "exercises": check_exercises,
    "chronology": check_chronology,
    "lexicon": check_lexicon,
    "reviews": check_reviews,
    "links": check_links,
    "unfinished": check_unfinished,
}


def run_checks(project: Project, names: Iterable[str]) -> list[Finding]:
    """Run the named checks and return what they find, each once, by place."""
    found = {finding for name in names for finding in CHECKS[name](project)}
    return sorted(found, key=lambda finding: finding.sort_key)
