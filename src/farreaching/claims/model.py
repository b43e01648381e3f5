"""What the claims ledger holds: claims, their evidence, and how well each was known when."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING

from ..findings import Finding, nearest

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator
    from pathlib import Path

    from ..dates import DateRange, PartialDate


class Status(StrEnum):
    """How well a claim is known."""

    DOCUMENTED = "documented"  # in an authentic primary record
    CORROBORATED = "corroborated"  # independent sources of different interests agree
    CLAIMED = "claimed"  # one party or its friends only
    CONTESTED = "contested"  # serious sources disagree
    DENIED = "denied"  # a named party denies it
    SUPERSEDED = "superseded"  # true when said, since changed

    @property
    def mark(self) -> str:
        """The shape and letter that stand for the status: filled where it is established, open where it is not."""
        return _MARKS[self]

    @property
    def meaning(self) -> str:
        """What the status says, as a clause."""
        return _MEANINGS[self]


_MARKS = {
    Status.DOCUMENTED: "●D",
    Status.CORROBORATED: "◆C",
    Status.CLAIMED: "○L",
    Status.CONTESTED: "◇T",
    Status.DENIED: "△N",
    Status.SUPERSEDED: "□S",
}
_MEANINGS = {
    Status.DOCUMENTED: "it stands in an authentic primary record",
    Status.CORROBORATED: "independent sources of different interests agree",
    Status.CLAIMED: "one party, or its friends, say so",
    Status.CONTESTED: "serious sources disagree",
    Status.DENIED: "a named party denies it",
    Status.SUPERSEDED: "it was true when said, and has since changed",
}


@dataclass(frozen=True)
class Evidence:
    """A source that speaks for or against a claim."""

    key: str  #: citation key
    at: str = ""  #: pinpoint in the source, such as ``para. 3``

    @classmethod
    def parse(cls, item: object) -> Evidence:
        """Read ``key`` or ``{cite: key, at: pinpoint}`` as a data file holds it; raise `ValueError` for anything else."""
        if isinstance(item, str) and item:
            return cls(item)
        if isinstance(item, dict) and set(item) <= {"cite", "at"}:
            key, at = item.get("cite"), item.get("at", "")
            if isinstance(key, str) and key and isinstance(at, str | int):
                return cls(key, str(at))
        raise ValueError(f"'{dict(item) if isinstance(item, dict) else item}' is not a source")


@dataclass(frozen=True)
class Change:
    """One entry of a claim's history: from this day, it was known this well."""

    date: PartialDate  #: the day of the change
    status: Status  #: how well the claim was known from then on
    why: str  #: what changed it (inline Markdown)
    evidence: tuple[Evidence, ...]  #: the sources of the change


@dataclass(frozen=True)
class Claim:
    """One entry of the ledger."""

    id: str  #: unique in the course
    claim: str  #: the full statement (inline Markdown)
    when: DateRange  #: when the thing happened or was said
    by: str  #: who asserts it
    denied_by: str  #: who denies or disputes it; empty where nobody does
    status: Status  #: how well it is known now
    supporting: tuple[Evidence, ...]  #: the file's ``for``
    opposing: tuple[Evidence, ...]  #: the file's ``against``
    reviewed: PartialDate  #: when somebody last held the entry against its sources
    note: str  #: the trap (inline Markdown)
    history: tuple[Change, ...]  #: oldest first; empty where the status never changed
    superseded_by: str  #: id of the newer claim (the file's ``by-claim``)
    part: str  #: the ledger file's stem
    path: Path = field(compare=False)  #: the ledger file
    line: int = field(compare=False)  #: where the entry starts, from 1

    @property
    def keys(self) -> list[str]:
        """Every citation key the entry uses, in order, each once."""
        used = [*self.supporting, *self.opposing, *(item for change in self.history for item in change.evidence)]
        return list(dict.fromkeys(item.key for item in used))


class Ledger(dict[str, Claim]):
    """All claims of a course by id, in the order of the files."""

    def check_citations(self, keys: Collection[str]) -> Iterator[Finding]:
        """Yield a finding for every citation key of the ledger that is not among `keys`."""
        for claim in self.values():
            for key in claim.keys:
                if key not in keys:
                    message = f"claim '{claim.id}' cites the unknown source '{key}'."
                    mend = nearest(key, keys) or "Add the source to the .bib file."
                    yield Finding(claim.path, claim.line, "claims.unknown-source", message, mend)
