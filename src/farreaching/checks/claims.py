"""The claims check: the ledger holds together, and text and ledger know each other."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from ..claims.model import Status
from ..findings import CourseError, Finding, Severity, nearest

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from ..citations.source import Source
    from ..claims.model import Claim
    from ..project import Project


def check_claims(project: Project) -> Iterator[Finding]:
    """Yield what is wrong with the ledger or its use, by the rules of the course's own statuses."""
    try:
        ledger = project.ledger
    except CourseError as error:
        yield from error.findings
        return
    used = set()
    for use in project.uses:
        if use.kind == "claim":
            used.add(use.name)
            if use.name not in ledger:
                hint = nearest(use.name, ledger) or "Add it to the part's claims file."
                yield Finding(use.path, use.line, "claims.unknown", f"there is no claim '{use.name}'.", hint)
    for claim in ledger.values():
        if claim.id not in used and claim.status is not Status.SUPERSEDED:
            message = f"claim '{claim.id}' is used nowhere."
            mend = "Use it in a chapter, or take it out."
            yield Finding(claim.path, claim.line, "claims.unused", message, mend, Severity.WARNING)
    try:
        sources = project.sources
    except CourseError:  # the citations check says why
        return
    yield from ledger.check_citations(sources)
    for claim in ledger.values():
        yield from _check_voices(claim, sources)
        yield from _check_words(claim, sources)


def _check_voices(claim: Claim, sources: Mapping[str, Source]) -> Iterator[Finding]:
    """Yield a finding for a claim called corroborated that one party alone supports."""
    parties = {sources[item.key].party for item in claim.supporting if item.key in sources}
    if claim.status is Status.CORROBORATED and len(parties) == 1:
        message = f"claim '{claim.id}' is called corroborated, but every source for it is of one party ({parties.pop()})."
        mend = "Add a source of another interest, or grade it 'claimed'."
        yield Finding(claim.path, claim.line, "claims.one-voice", message, mend)


def _check_words(claim: Claim, sources: Mapping[str, Source]) -> Iterator[Finding]:
    """Yield a finding for a citation key among a claim's words, which a reader would see as it is."""
    for key in dict.fromkeys(re.findall(r"\w+(?:-\w+)+", f"{claim.claim} {claim.note}")):
        if key in sources:
            message = f"the key '{key}' stands among the words of claim '{claim.id}'."
            yield Finding(claim.path, claim.line, "claims.key-in-words", message, "Cite it under 'for' or 'against'.")
