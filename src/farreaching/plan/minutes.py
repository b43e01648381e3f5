"""One class by the minute: an opening, a claim, an exercise that fits, and what it changed."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from .model import Load, Task


class Kind(StrEnum):
    """What a step is for."""

    OPENING = "Opening"
    CLAIM = "A claim"
    EXERCISE = "Exercise"
    DEBRIEF = "Debrief"


@dataclass(frozen=True)
class Step:
    """A stretch of a class."""

    kind: Kind
    begins: int  #: minutes from the beginning
    ends: int
    task: Task | None = None  #: of an exercise


OPENING = 5
#: The least that a claim and the debrief get, and the most that a claim gets, as shares of the class.
LEAST, MOST = 10, 5


def choose_task(load: Load, minutes: int, others: Collection[str] = ()) -> Task | None:
    """Return the chapter's longest exercise for which a class has room; None where none fits.

    One that is not among `others` (ids) goes first; the claim gives way where nothing fits beside it.
    """
    least = minutes // LEAST
    for room in (minutes - OPENING - 2 * least, minutes - OPENING - least):
        fitting = [task for task in load.tasks if task.minutes <= room]
        if fitting:
            return max(fitting, key=lambda task: (task.id not in others, task.minutes, task.id))
    return None


def steps(minutes: int, task: Task | None) -> Iterator[Step]:
    """Yield the steps of a class; they follow one another without a gap.

    What the exercise leaves goes to the claim, up to a fifth of the class, and then to the debrief. Without an exercise
    the claim has it all.
    """
    exercise = task.minutes if task else 0
    debrief = minutes // LEAST
    spare = minutes - OPENING - debrief - exercise
    claim = spare if not task else min(spare, minutes // MOST)
    parts = [
        (Kind.OPENING, OPENING),
        (Kind.CLAIM, claim),
        (Kind.EXERCISE, exercise),
        (Kind.DEBRIEF, debrief + spare - claim),
    ]
    now = 0
    for kind, length in parts:
        if length:
            yield Step(kind, now, now + length, task if kind is Kind.EXERCISE else None)
            now += length
