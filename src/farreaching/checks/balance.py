"""The balance check: whose voices a chapter rests on, in which kinds and languages of source. All it finds is to look at.

It runs only when named: a share is a reason to look, never by itself a mistake.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from ..citations.kinds import kind_of
from ..citations.source import LANGUAGES
from ..findings import Finding, Severity, nearest
from .settings import numbers_of, wrong_setting

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from ..citations.source import Source
    from ..project import Project

#: The setting of conf.py. It may hold these thresholds, and ``chapters``: docname → those that differ there.
SETTING = "farreaching_balance"
THRESHOLDS = {
    "party": 0.5,  #: greatest share of one party's sources
    "kind": 0.8,  #: greatest share of one kind
    "language": 0.95,  #: greatest share of one language
    "parties": 3,  #: fewest parties
    "sources": 5,  #: fewest sources of which any of this is asked
}


def check_balance(project: Project) -> Iterator[Finding]:
    """Yield a finding for each threshold that a chapter passes; raise `CourseError` where settings or files are wrong."""
    given = project.settings.get(SETTING, {})
    chapters = given.get("chapters", {}) if isinstance(given, dict) else {}
    whole = {name: value for name, value in given.items() if name != "chapters"} if isinstance(given, dict) else given
    limits = numbers_of(project, SETTING, whole, THRESHOLDS)
    documents = dict(project.documents())
    if not isinstance(chapters, dict):
        raise wrong_setting(project, f"{SETTING} has {chapters!r} as 'chapters'.", "Write {'part/chapter': {'party': 0.8}}.")
    for docname in chapters:
        if docname not in documents:
            raise wrong_setting(project, f"{SETTING} names the chapter '{docname}', which is none.", nearest(docname, documents))
    for docname, path in documents.items():
        sources = chapter_sources(project, path)
        if sources:  # most pages have none, and need no thresholds
            own = numbers_of(project, f"{SETTING}, chapter '{docname}',", chapters.get(docname, {}), limits)
            yield from _check_chapter(path, sources, own)


def chapter_sources(project: Project, path: Path) -> list[Source]:
    """Return the sources that a chapter's text cites and that its claims rest on, by key; raise `CourseError`."""
    keys = set()
    for use in project.uses:
        if use.path == path and use.kind == "cite":
            keys.add(use.name)
        elif use.path == path and use.kind == "claim" and use.name in project.ledger:
            keys.update(project.ledger[use.name].keys)
    return [project.sources[key] for key in sorted(keys) if key in project.sources]


def _check_chapter(path: Path, sources: list[Source], limits: dict[str, float]) -> Iterator[Finding]:
    if len(sources) < limits["sources"]:
        return
    languages = {code: name.capitalize() for name, code in reversed(LANGUAGES.items())}
    counts = {
        "party": Counter(source.party for source in sources),
        "kind": Counter(kind_of(source).heading for source in sources),
        "language": Counter(languages[source.language] for source in sources),
    }
    if len(counts["party"]) < limits["parties"]:
        message = (
            f"the {len(sources)} sources are of {len(counts['party'])} part{'ies' if len(counts['party']) > 1 else 'y'} only."
        )
        mend = f"Hear at least {limits['parties']:g}."
        yield Finding(path, 0, "balance.parties", message, mend, Severity.WARNING)
    for what, counted in counts.items():
        # by name where two have the same share, so that the order never depends on the course's
        ordered = sorted(counted.items(), key=lambda one: (-one[1], one[0]))
        first, count = ordered[0]
        if count / len(sources) > limits[what]:
            shares = ", ".join(f"{name} {number / len(sources):.0%}" for name, number in ordered[:4])
            message = f"{count} of {len(sources)} sources are of one {what}, {first} ({shares})."
            mend = f"Look for others, or raise '{what}' (now {limits[what]:g}) for this chapter in {SETTING}, in conf.py."
            yield Finding(path, 0, f"balance.{what}", message, mend, Severity.WARNING)
