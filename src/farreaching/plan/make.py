"""What `farreaching plan` does: read the course, lay it out, write the syllabus in four formats."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from ..build import slug
from ..findings import CourseError, Finding, nearest
from ..openings import in_minutes
from ..outfiles import place_all, refusals
from .course import read_course
from .model import Plan
from .schedule import misfit, weekly
from .workshop import select, sessions_a_day, workshop
from .writers import WRITERS

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date
    from pathlib import Path

    from ..progress import Reporter
    from ..project import Project
    from .model import Load, Session
    from .schedule import Misfit


@dataclass(frozen=True)
class Request:
    """What is wanted."""

    weeks: int = 0  #: 0 for a workshop
    days: int = 0  #: of a workshop
    start: date | None = None
    hours_a_week: float = 6
    session: int = 90  #: minutes
    without: Sequence[str] = ()  #: docnames of chapters, or folders of parts
    paper: str = "a4"

    @property
    def limit(self) -> int:
        """Minutes of work a week."""
        return round(self.hours_a_week * 60)


def make_plan(project: Project, request: Request, reporter: Reporter) -> list[Path]:
    """Write a syllabus into build/plan and return the files; without a start there is no calendar.

    Raises `CourseError` where a chapter is unknown, or where the chapters do not fit: it says by how much, and what to drop.
    """
    with refusals(project.build):
        every = read_course(project, reporter)
    loads = _wanted(project, every, request.without)
    plan = _weeks(project, every, loads, request) if request.weeks else _workshop(project, every, loads, request)
    kind = f"{request.weeks}-weeks" if request.weeks else f"workshop-{request.days}-day{'s' if request.days > 1 else ''}"
    made = {suffix: write(project, plan, request.paper) for suffix, write in WRITERS.items()}
    files = {f"{slug(project)}-{kind}.{suffix}": content for suffix, content in made.items() if content}
    return place_all(project.build / "plan", files)


def _wanted(project: Project, loads: list[Load], without: Sequence[str]) -> list[Load]:
    parts = {load.docname.rpartition("/")[0] for load in loads} - {""}
    known = sorted({load.docname for load in loads} | parts)
    findings = [
        Finding(project.docs, 0, "plan.without", f"there is no chapter or part '{name}'.", nearest(name, known))
        for name in without
        if name not in known
    ]
    kept = [load for load in loads if load.docname not in without and load.docname.rpartition("/")[0] not in without]
    if not kept and not findings:
        message = "no chapter is left to plan." if loads else "no chapter has an opening, which says how long it takes."
        findings.append(Finding(project.docs, 0, "plan.empty", message))
    if findings:
        raise CourseError(findings)
    return kept


def _weeks(project: Project, every: list[Load], loads: list[Load], request: Request) -> Plan:
    if found := misfit(loads, request.weeks, request.session, request.limit):
        raise CourseError([_explain(project, loads, request, found)])
    sessions = weekly(loads, request.weeks, request.session, request.limit, request.start)
    fullest = max(session.total for session in sessions)
    notes = (
        f"One class of {in_minutes(request.session)} a week.",
        f"At most {in_minutes(request.limit)} of work a week, class included; the fullest week takes {in_minutes(fullest)}.",
        "Reading is counted at 200 words a minute, exercises at the minutes that they give themselves.",
    )
    title = f"Syllabus for {request.weeks} weeks"
    return _plan(project, title, notes, sessions, every, loads)


def _explain(project: Project, loads: list[Load], request: Request, found: Misfit) -> Finding:
    chapters = "1 chapter does" if len(loads) == 1 else f"{len(loads)} chapters do"
    message = (
        f"{chapters} not fit into {request.weeks} weeks of {in_minutes(found.limit)}: the fullest week would take "
        f"{in_minutes(found.fullest)}, {in_minutes(found.fullest - found.limit)} too much."
    )
    ways: list[str] = []
    if found.from_the_end:
        ways.append(f"drop from the end: {_without(found.from_the_end)}")
    if found.least_loss:
        ways.append(f"drop what other chapters train too: {_without(found.least_loss)}")
    hours = -(-found.fullest // 30) / 2
    ways.append(f"allow {hours:g} hours a week (--hours-per-week {hours:g})")
    return Finding(project.docs, 0, "plan.fit", message, f"You can {'; or '.join(ways)}.")


def _without(loads: Sequence[Load]) -> str:
    return " ".join(f"--without {load.docname}" for load in loads)


def _workshop(project: Project, every: list[Load], loads: list[Load], request: Request) -> Plan:
    count = request.days * sessions_a_day(request.session)
    chosen = select(loads, count, request.session)
    if not chosen:
        shortest = min(load.shortest for load in loads)
        message = f"no exercise fits into a session of {in_minutes(request.session)}; the shortest takes {in_minutes(shortest)}."
        raise CourseError([Finding(project.docs, 0, "plan.fit", message, "Give --minutes-per-session more.")])
    sessions = workshop(chosen, request.days, request.session, request.start)
    reading = sum(load.preparing for load in chosen)
    notes = (
        f"{count} sessions of {in_minutes(request.session)}, from nine o'clock, with a break between two and an hour at noon.",
        f"To read before the workshop: {in_minutes(reading)}, self-checks included.",
        "The chapters are those that together train most outcomes, from as many parts as there is room for.",
    )
    title = f"Workshop of {request.days} day{'s' if request.days > 1 else ''}"
    return _plan(project, title, notes, sessions, every, chosen)


def _plan(
    project: Project, title: str, notes: tuple[str, ...], sessions: Sequence[Session], every: Sequence[Load], kept: Sequence[Load]
) -> Plan:
    left_out = tuple(load for load in every if load not in kept)
    return Plan(str(project.settings.get("project", "")), title, notes, tuple(sessions), left_out)
