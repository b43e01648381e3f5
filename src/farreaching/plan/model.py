"""What a plan is made of."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import date

#: Minutes of a session that are not an exercise: five to begin, ten for the key question, five to end.
FRAME = 20


@dataclass(frozen=True)
class Task:
    """An exercise as a plan sees it."""

    id: str  #: ``PART/SLUG``
    title: str
    type: str
    minutes: int
    grouping: str


@dataclass(frozen=True)
class Load:
    """A chapter and what it asks for."""

    docname: str
    title: str
    part: str  #: title of the part it stands in
    question: str  #: its key question
    reading: int  #: minutes
    checking: int  #: minutes of its self-checks
    tasks: tuple[Task, ...]  #: its exercises, in its order
    outcomes: tuple[str, ...]

    @property
    def preparing(self) -> int:
        """Minutes before class: reading and self-checks."""
        return self.reading + self.checking

    @property
    def shortest(self) -> int:
        """Minutes of its shortest exercise; 0 without one."""
        return min((task.minutes for task in self.tasks), default=0)


@dataclass(frozen=True)
class Unit:
    """A chapter's place in a week: its first, with the reading, or a further one for more of its exercises."""

    load: Load
    continued: bool = False

    @property
    def preparing(self) -> int:
        """Minutes before class."""
        return 0 if self.continued else self.load.preparing


@dataclass(frozen=True)
class Session:
    """A week, or a part of a workshop's day."""

    name: str  #: ``Week 3``, ``Day 1, session 2``
    units: tuple[Unit, ...]
    in_class: tuple[Task, ...]
    at_home: tuple[Task, ...]
    minutes: int  #: of the class
    day: date | None = None  #: when it meets
    starts: str = ""  #: time of day, for a workshop

    @property
    def total(self) -> int:
        """Minutes of reading, class and work at home."""
        return sum(unit.preparing for unit in self.units) + self.minutes + sum(task.minutes for task in self.at_home)


@dataclass(frozen=True)
class Plan:
    """A syllabus."""

    course: str
    title: str  #: ``Syllabus for 10 weeks``
    notes: tuple[str, ...]  #: how it was computed, a sentence each
    sessions: tuple[Session, ...]
    left_out: tuple[Load, ...]  #: chapters that it does without
