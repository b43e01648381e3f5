"""The freshness check: what has not been looked at for long, the most used first.

It depends on the day, so it runs only when named: a commit that passed `farreaching check` must pass it next year.
All that it finds is to look at; nothing here makes a command fail but a clock that cannot be right.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

from ..claims.model import Status
from ..dates import PartialDate
from ..findings import CourseError, Finding, Severity
from ..reviews.loader import load_review
from ..sourcefiles import LocatedDict, load_markdown, load_yaml, read_text
from .datauses import data_uses
from .settings import numbers

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from ..claims.model import Claim
    from ..project import Project

#: The setting of conf.py, and the days after which each kind of thing is looked at again.
SETTING = "farreaching_freshness"
INTERVALS = {"claim": 365, "chapter": 365, "data": 365, "review": 365, "claimed": 365}
_AS_OF = re.compile(r"^:as-of:[ \t]*(\S+)[ \t]*$", re.MULTILINE)
_DATA = re.compile(r"^:data:[ \t]*(\S+)[ \t]*$", re.MULTILINE)


@dataclass(frozen=True)
class Item:
    """Something that a person looked at on a day, and that falls due after a time."""

    kind: str  #: one of `INTERVALS`
    name: str  #: the claim's id, the chapter, the file
    seen: date  #: the last day it was looked at
    due: date  #: from the day after this, it is to be looked at again
    uses: int  #: how often the course leans on it
    path: Path
    line: int  #: where the day stands, or the entry


def check_freshness(project: Project, today: date) -> Iterator[Finding]:
    """Yield what is past its date on a day, and what the text still says though the ledger knows better.

    Raises `CourseError` where something was looked at after `today`: then the clock is wrong, or that date is.
    """
    queue = review_queue(project)
    for item in queue:
        if item.seen > today:
            message = f"{item.kind} '{item.name}' was looked at on {item.seen}, but this computer's clock says {today}."
            raise CourseError([Finding(item.path, item.line, "freshness.clock", message, "Set the clock, or mend the date.")])
    for item in queue:
        if item.due < today:
            message = f"{item.kind} '{item.name}' was last looked at on {item.seen} (due {item.due}; used {item.uses} times)."
            mend = "Hold it against its sources, mend what has changed, and set the date."
            yield Finding(item.path, item.line, f"freshness.{item.kind}", message, mend, Severity.WARNING)
    try:
        ledger = project.ledger
    except CourseError:  # the claims check says why
        return
    after = timedelta(days=numbers(project, SETTING, INTERVALS)["claimed"])
    for claim in ledger.values():
        since = _claimed_since(claim)
        # a review after the time has passed has settled that nobody else says so yet
        if claim.status is Status.CLAIMED and since + after < today and claim.reviewed.last_day <= since + after:
            message = f"claim '{claim.id}' has been called claimed since {since}, and nobody has looked again."
            mend = "Look for a second, independent source; grade it anew, or set 'reviewed'."
            yield Finding(claim.path, claim.line, "freshness.claimed", message, mend, Severity.WARNING)
    used = {(use.path, use.name) for use in project.uses if use.kind == "claim"}
    for use in project.uses:
        if use.kind == "claim" and use.name in ledger and ledger[use.name].status is Status.SUPERSEDED:
            newer = ledger[use.name].superseded_by
            if (use.path, newer) in used:  # a text that tells both tells what changed
                continue
            message = f"the text uses claim '{use.name}', which is superseded."
            mend = f"Use '{newer}', in its place or beside it."
            yield Finding(use.path, use.line, "freshness.superseded", message, mend, Severity.WARNING)


def review_queue(project: Project) -> list[Item]:
    """Return everything that a person must look at again some day: the most used first, of these the oldest."""
    days = numbers(project, SETTING, INTERVALS)
    used = Counter(use.name for use in [*project.uses, *data_uses(project)] if use.kind == "claim")
    items: list[Item] = []

    def add(kind: str, name: str, seen: PartialDate, uses: int, path: Path, line: int) -> None:
        day = seen.first_day
        items.append(Item(kind, name, day, day + timedelta(days=days[kind]), uses, path, line))

    try:
        for claim in project.ledger.values():
            add("claim", claim.id, claim.reviewed, used[claim.id], claim.path, claim.line)
    except CourseError:  # the claims check says why
        pass
    in_file = Counter(use.path for use in project.uses if use.kind in {"claim", "cite"})
    shown: Counter[str] = Counter()
    for docname, path in project.documents():
        for seen, line in _chapter_dates(path):
            add("chapter", docname, seen, in_file[path], path, line)
        shown.update(found[1] for found in _DATA.finditer(read_text(path, "freshness")))
    for name, seen, path, line in _data_dates(project):
        add("data", name, seen, shown[name], path, line)
    for path in sorted(project.reviews_dir.glob("*.yaml")):
        try:
            review = load_review(path)
        except CourseError:  # the reviews check says why
            continue
        add("review", path.stem, review.reviewed, len(review.assertions), path, 1)
    return sorted(items, key=lambda item: (-item.uses, item.due, item.kind, item.name))


def _claimed_since(claim: Claim) -> date:
    """Return the last day of what the claim is about, or the day it was last graded."""
    return claim.history[-1].date.last_day if claim.history else claim.when.end.last_day


def _chapter_dates(path: Path) -> Iterator[tuple[PartialDate, int]]:
    """Yield the older of a chapter's two dates, ``reviewed`` and ``as-of``; nothing where it has none.

    Raises `CourseError` where ``reviewed`` is no date: the chapter would never fall due.
    """
    try:
        source = load_markdown(path, "freshness")
    except CourseError:  # the build says why
        return
    dates = [(str(source.meta["reviewed"]), source.meta.line_of("reviewed"))] if "reviewed" in source.meta else []
    if as_of := _AS_OF.search(source.body):
        dates.append((as_of[1], source.body_line + source.body.count("\n", 0, as_of.start())))
    read = []
    for text, line in dates:
        try:
            read.append((PartialDate.parse(text), line))
        except ValueError:
            if line < source.body_line:
                message, mend = f"'reviewed: {text}' is not a date.", "Write 2024-03-28, 2024-03 or 2024."
                raise CourseError([Finding(path, line, "freshness.date", message, mend)]) from None
            # the build says so of the opening's
    if read:
        yield min(read, key=lambda one: one[0].first_day)


def _data_dates(project: Project) -> Iterator[tuple[str, PartialDate, Path, int]]:
    path = project.data_dir / "datapackage.yaml"
    try:
        entries = load_yaml(path, "freshness") if path.exists() else []
    except CourseError:  # the build of its charts says why
        return
    for entry in entries if isinstance(entries, list) else []:
        if isinstance(entry, LocatedDict) and "as-of" in entry:
            try:
                yield str(entry.get("path", "")), PartialDate.parse(str(entry["as-of"])), path, entry.line_of("as-of")
            except ValueError:  # the build of its chart says so
                continue
