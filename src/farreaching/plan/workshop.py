"""One- and two-day workshops: the chapters that together show most of the course, one a session."""

from __future__ import annotations

from collections import Counter
from datetime import datetime, time, timedelta
from typing import TYPE_CHECKING

from .model import FRAME, Session
from .schedule import choose, with_repeats

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from .model import Load

#: Minutes of class in a day, and when it begins and breaks.
DAY = 360
BEGINS, NOON = time(9, 0), 12
LONG, BREAK, SHORT_BREAK, LUNCH = 75, 30, 15, 60


def sessions_a_day(minutes: int) -> int:
    """Return how many sessions a day holds."""
    return DAY // minutes


def select(loads: Sequence[Load], count: int, minutes: int) -> list[Load]:
    """Return chapters that work on most outcomes and parts, in the order of the course.

    A chapter none of whose exercises fits into a session is out.
    """
    room = minutes - FRAME
    waiting = [load for load in loads if any(task.minutes <= room for task in load.tasks)]
    chosen: list[Load] = []
    outcomes = Counter[str]()
    parts = Counter[str]()
    while waiting and len(chosen) < count:
        # the rarest outcomes and parts so far, then the shortest reading
        load = min(
            waiting, key=lambda load: (parts[load.part], -sum(1 / (1 + outcomes[one]) for one in load.outcomes), load.preparing)
        )
        waiting.remove(load)
        chosen.append(load)
        parts[load.part] += 1
        outcomes.update(load.outcomes)
    return [load for load in loads if load in chosen]


def workshop(loads: Sequence[Load], days: int, minutes: int, start: date | None) -> list[Session]:
    """Return the sessions of a workshop that holds some chapters, one a session."""
    a_day = sessions_a_day(minutes)
    used = set[str]()
    types = Counter[str]()
    sessions = []
    for place, unit in enumerate(with_repeats(loads, days * a_day)):
        day, number = divmod(place, a_day)
        in_class, _ = choose([unit], minutes - FRAME, used, types)
        name = f"Day {day + 1}, session {number + 1}" if days > 1 else f"Session {number + 1}"
        when = start + timedelta(days=day) if start else None
        sessions.append(Session(name, (unit,), in_class, (), minutes, when, _starts(number, minutes)))
    return sessions


def _starts(number: int, minutes: int) -> str:
    """Return the time of day at which a session begins; the first that reaches noon is followed by lunch."""
    moment = datetime.combine(datetime.min, BEGINS)
    had_lunch = False
    for _ in range(number):
        moment += timedelta(minutes=minutes)
        lunch = not had_lunch and moment.hour >= NOON
        had_lunch |= lunch
        moment += timedelta(minutes=LUNCH if lunch else BREAK if minutes >= LONG else SHORT_BREAK)
    return moment.strftime("%H:%M")
