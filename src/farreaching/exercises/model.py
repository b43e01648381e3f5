"""What the exercise bank holds: exercises, their keys, and the questions of self-checks."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

SELF_CHECK = "self-check"
TYPES = ("discussion", "source-criticism", "debate", "simulation", "data", "memo", "map", SELF_CHECK)
LEVELS = ("introductory", "intermediate", "advanced")
#: The revised taxonomy of Bloom (Anderson and Krathwohl 2001), lowest first.
BLOOM = ("remember", "understand", "apply", "analyse", "evaluate", "create")
MINUTES = range(1, 601)

#: The sections of an exercise, in the order in which they must stand.
SECTIONS = ("Prompt", "Before you start", "Roles", "Procedure", "A good answer")
#: Sections only for the types in which people play parts.
PLAYED_SECTIONS = ("Roles", "Procedure")
PLAYED_TYPES = ("debate", "simulation")
#: The sections of a key, in the order in which they must stand.
KEY_SECTIONS = (
    "Facilitation", "Answer outline", "Common mistakes", "Follow-up questions", "Rubric", "Variations",
)  # fmt: skip
RUBRIC_LEVELS = 4


def sections_of(exercise_type: str) -> tuple[str, ...]:
    """Return the sections an exercise of a type must have, in order; a self-check has questions instead."""
    if exercise_type == SELF_CHECK:
        return ()
    if exercise_type in PLAYED_TYPES:
        return SECTIONS
    return tuple(title for title in SECTIONS if title not in PLAYED_SECTIONS)


@dataclass(frozen=True)
class Section:
    """A second-level heading of a file and the Markdown below it."""

    title: str  #: as written
    text: str  #: Markdown, without the heading
    line: int  #: of the heading, from 1
    text_line: int  #: of the first line of the text, from 1


@dataclass(frozen=True)
class Option:
    """One answer that a question offers."""

    text: str  #: Markdown, one paragraph
    correct: bool  #: whether it is the right one
    explanation: str  #: Markdown, why it is right or wrong
    line: int  #: from 1
    explanation_line: int  #: from 1


@dataclass(frozen=True)
class Question:
    """A question with one right answer among its options."""

    id: str  #: unique in its file
    text: str  #: Markdown, one sentence
    options: tuple[Option, ...]  #: as offered
    line: int  #: of the question, from 1

    @property
    def right(self) -> int:
        """The index of the right option."""
        return next(index for index, option in enumerate(self.options) if option.correct)


@dataclass(frozen=True)
class Exercise:
    """An exercise as a student gets it; its key is a record of its own."""

    id: str  #: ``PART/SLUG``, the path of its file in the bank
    path: Path  #: its file
    title: str  #: plain text
    type: str  #: one of `TYPES`
    level: str  #: one of `LEVELS`
    outcomes: tuple[str, ...]  #: ids of course outcomes
    minutes: int  #: working time in class or alone, without the reading
    grouping: str  #: who works with whom, in words
    chapter: str  #: docname of the chapter it belongs to
    bloom: str  #: one of `BLOOM`
    cites: tuple[str, ...] = ()  #: citation keys of sources to use
    claims: tuple[str, ...] = ()  #: ids of claims to use
    materials: str = ""  #: what to print or open; empty where nothing
    sections: tuple[Section, ...] = ()  #: the body; empty in a self-check
    questions: tuple[Question, ...] = ()  #: of a self-check
    lines: Mapping[str, int] = field(default_factory=dict, repr=False)  #: front matter field → its line, from 1


@dataclass(frozen=True)
class Key:
    """What the instructor gets beside an exercise."""

    id: str  #: of its exercise
    path: Path  #: its file
    sections: tuple[Section, ...]


@dataclass(frozen=True)
class Bank:
    """All exercises, and their keys where these were asked for."""

    exercises: Mapping[str, Exercise]  #: by id, sorted
    keys: Mapping[str, Key]  #: by the exercise's id, sorted; empty unless asked for
