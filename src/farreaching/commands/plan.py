"""`farreaching plan`: a syllabus from the minutes of chapters and exercises."""

from __future__ import annotations

import argparse
from datetime import date, timedelta
from typing import TYPE_CHECKING

from ..vocabulary import PAPER_NAMES
from . import add_command

if TYPE_CHECKING:
    from collections.abc import Callable

    from . import Commands

WEEKS = range(4, 16)
SESSION = range(30, 241)


def register(commands: Commands) -> None:
    """Add the command's words."""
    plan = add_command(
        commands,
        "plan",
        _plan,
        "Write a syllabus as DOCX, PDF, iCalendar and CSV, into build/plan.",
        "farreaching plan --weeks 10 --start 2027-02-01",
    )
    kind = plan.add_mutually_exclusive_group(required=True)
    kind.add_argument("--weeks", type=_within(WEEKS, "weeks"), default=0, metavar="N", help="a course of 4 to 15 weeks")
    kind.add_argument("--workshop", type=int, choices=(1, 2), default=0, metavar="DAYS", help="a workshop of 1 or 2 days")
    plan.add_argument("--start", type=_day, metavar="DATE", help="the first day of class; without it there is no calendar")
    plan.add_argument("--hours-per-week", type=_hours, default=6.0, metavar="H", help="a week's limit, with class (default: 6)")
    plan.add_argument(
        "--minutes-per-session", type=_within(SESSION, "minutes"), default=90, metavar="M", help="30 to 240 (default: 90)"
    )
    plan.add_argument(
        "--without",
        action="append",
        default=[],
        metavar="CHAPTER",
        help="leave out a chapter, or the folder of a part; may come again",
    )
    plan.add_argument("--paper", choices=PAPER_NAMES, default="a4", help="default: a4")


def _within(numbers: range, what: str) -> Callable[[str], int]:
    def number(text: str) -> int:
        if not text.isdecimal() or int(text) not in numbers:
            raise argparse.ArgumentTypeError(f"'{text}' is not {numbers[0]} to {numbers[-1]} {what}")
        return int(text)

    return number


def _hours(text: str) -> float:
    try:
        hours = float(text)
    except ValueError:
        hours = 0
    if not 0 < hours <= 168:
        raise argparse.ArgumentTypeError(f"'{text}' is no number of hours in a week")
    return hours


def _day(text: str) -> date:
    try:
        day = date.fromisoformat(text)
        day + timedelta(weeks=WEEKS.stop)
    except (ValueError, OverflowError):
        raise argparse.ArgumentTypeError(f"'{text}' is not a date (write 2027-02-01)") from None
    return day


def _plan(options: argparse.Namespace) -> int:
    from ..plan.make import Request, make_plan
    from ..progress import Reporter
    from ..project import Project

    request = Request(
        options.weeks, options.workshop, options.start, options.hours_per_week, options.minutes_per_session, options.without,
        options.paper,
    )  # fmt: skip
    reporter = Reporter()
    for path in make_plan(Project.at(options.root), request, reporter):
        reporter.wrote(path)
    if not options.start:
        reporter.say("A calendar needs a first day: --start DATE.")
    return 0
