"""Laying chapters out over weeks, in the order of the course and within a weekly limit.

A week costs its reading and self-checks, its class, and that part of one exercise a chapter for which the class has no
room. The chapters are cut into weeks so that the fullest week is as light as it can be.
"""

from __future__ import annotations

from collections import Counter
from datetime import timedelta
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from .model import FRAME, Session, Unit

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import date

    from .model import Load, Task


class Misfit(NamedTuple):
    """Why chapters do not fit into the weeks, and what would have to go."""

    fullest: int  #: minutes of the fullest week at the best
    limit: int  #: minutes allowed
    from_the_end: tuple[Load, ...]  #: the last chapters whose loss would do; empty where none would
    least_loss: tuple[Load, ...]  #: chapters whose outcomes others work on too; empty where none would do


def cost(units: Iterable[Unit], session: int) -> int:
    """Return the minutes of a week that holds some units."""
    units = list(units)
    shortest = [unit.load.shortest for unit in units if not unit.continued]
    inside = set(_inside(shortest, session - FRAME))
    at_home = sum(minutes for place, minutes in enumerate(shortest) if place not in inside)
    return sum(unit.preparing for unit in units) + session + at_home


def _inside(minutes: Sequence[int], room: int) -> list[int]:
    """Return the places of those exercises for which a class has room, the shortest first."""
    inside = []
    for place in sorted(range(len(minutes)), key=lambda place: minutes[place]):
        if minutes[place] <= room:
            room -= minutes[place]
            inside.append(place)
    return inside


def partition(units: Sequence[Unit], weeks: int, session: int) -> list[list[Unit]]:
    """Cut units into weeks, none of them empty, so that the fullest is as light as possible, and then all are as even.

    There must be at least as many units as weeks.
    """
    count = len(units)
    # best[k][n]: (fullest, sum of squares, where the last week begins) for the first n units in k weeks
    best: list[dict[int, tuple[int, int, int]]] = [{0: (0, 0, 0)}]
    for week in range(1, weeks + 1):
        row: dict[int, tuple[int, int, int]] = {}
        for end in range(week, count - (weeks - week) + 1):
            row[end] = min(
                (max(before[0], last), before[1] + last * last, start)
                for start, before in best[week - 1].items()
                if start < end
                for last in [cost(units[start:end], session)]
            )
        best.append(row)
    cuts = [count]
    for week in range(weeks, 0, -1):
        cuts.append(best[week][cuts[-1]][2])
    cuts.reverse()
    return [list(units[start:end]) for start, end in pairwise(cuts)]


def with_repeats(loads: Sequence[Load], weeks: int) -> list[Unit]:
    """Return the units of some chapters; where there are more weeks than chapters, those with most exercises come again."""
    units = Counter({load.docname: 1 for load in loads})
    work = {load.docname: sum(task.minutes for task in load.tasks) for load in loads}
    for _ in range(weeks - len(loads)):
        units[max(units, key=lambda name: (work[name] / units[name], name))] += 1
    return [Unit(load, continued=number > 0) for load in loads for number in range(units[load.docname])]


def fits(loads: Sequence[Load], weeks: int, session: int, limit: int) -> bool:
    """Tell whether some chapters fit into weeks of a limit."""
    needed = 1
    current: list[Unit] = []
    for unit in map(Unit, loads):
        if cost([unit], session) > limit:
            return False
        if cost([*current, unit], session) > limit:
            needed, current = needed + 1, []
        current.append(unit)
    return needed <= weeks


def misfit(loads: Sequence[Load], weeks: int, session: int, limit: int) -> Misfit | None:
    """Return why some chapters do not fit; None where they do."""
    if fits(loads, weeks, session, limit):
        return None
    fullest = max(cost(week, session) for week in partition(with_repeats(loads, weeks), weeks, session))
    kept = list(loads)
    while kept and not fits(kept, weeks, session, limit):
        kept.pop()
    from_the_end = tuple(loads[len(kept) :]) if kept else ()
    return Misfit(fullest, limit, from_the_end, _least_loss(loads, weeks, session, limit))


def _least_loss(loads: Sequence[Load], weeks: int, session: int, limit: int) -> tuple[Load, ...]:
    """Return chapters to drop one by one: first those whose outcomes others work on too, of these the costliest."""
    kept = list(loads)
    dropped: list[Load] = []
    while len(kept) > 1 and not fits(kept, weeks, session, limit):
        worked_on = Counter(outcome for load in kept for outcome in load.outcomes)
        places = {load.docname: place for place, load in enumerate(kept)}

        def loss(load: Load, worked_on: Counter[str] = worked_on, places: dict[str, int] = places) -> tuple[int, int, int]:
            only_here = sum(worked_on[outcome] == 1 for outcome in load.outcomes)
            return (only_here, -(load.preparing + load.shortest), -places[load.docname])

        dropped.append(min(kept, key=loss))
        kept.remove(dropped[-1])
    return tuple(load for load in loads if load in dropped) if fits(kept, weeks, session, limit) else ()


def weekly(loads: Sequence[Load], weeks: int, session: int, limit: int, start: date | None) -> list[Session]:
    """Return the weeks of a course; the chapters must fit (see `misfit`)."""
    used = set[str]()
    types = Counter[str]()
    sessions = []
    for number, units in enumerate(partition(with_repeats(loads, weeks), weeks, session), 1):
        room = session - FRAME
        in_class, at_home = choose(units, room, used, types)
        day = start + timedelta(weeks=number - 1) if start else None
        sessions.append(Session(f"Week {number}", tuple(units), in_class, at_home, session, day))
        assert sessions[-1].total <= limit
    return sessions


def choose(units: Sequence[Unit], room: int, used: set[str], types: Counter[str]) -> tuple[tuple[Task, ...], tuple[Task, ...]]:
    """Return the exercises for class and for home, one a chapter, and then more while there is room in class.

    An exercise is given once. Kinds that came up least go first, and of these the longest that leaves the other
    chapters room; a chapter for which the class has no room has its shortest at home (see `cost`).
    """
    in_class: list[Task] = []
    at_home: list[Task] = []

    def take(task: Task, where: list[Task]) -> None:
        where.append(task)
        used.add(task.id)
        types[task.type] += 1

    def order(task: Task) -> tuple[int, int, str]:
        return (types[task.type], -task.minutes, task.id)

    waiting = [[task for task in unit.load.tasks if task.id not in used] for unit in units]
    shortest = [min((task.minutes for task in tasks), default=0) for tasks in waiting]
    inside = _inside(shortest, room)
    room -= sum(shortest[place] for place in inside)
    for place, tasks in enumerate(waiting):
        if tasks and place in inside:
            room += shortest[place]
            take(min((task for task in tasks if task.minutes <= room), key=order), in_class)
            room -= in_class[-1].minutes
        elif tasks and not units[place].continued:
            take(min(tasks, key=lambda task: (task.minutes, task.id)), at_home)
    for tasks in waiting:
        while more := [task for task in tasks if task.id not in used and task.minutes <= room]:
            take(min(more, key=order), in_class)
            room -= in_class[-1].minutes
    return tuple(in_class), tuple(at_home)
