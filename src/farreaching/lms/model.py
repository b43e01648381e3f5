"""An exercise as a learning platform takes it: HTML that needs nothing beside it."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from typing import TYPE_CHECKING

from ..exercises.model import SELF_CHECK

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from pathlib import Path

    from ..exercises.model import Exercise


@dataclass(frozen=True)
class Choice:
    """One answer that a question offers."""

    html: str  #: inline
    correct: bool  #: whether it is the right one
    explanation: str  #: HTML, why it is right or wrong


@dataclass(frozen=True)
class Item:
    """A question of a self-check."""

    id: str  #: ``PART/SLUG/QUESTION``
    html: str  #: inline
    choices: tuple[Choice, ...]  #: as offered
    sources: str  #: HTML, the sources that the question and its explanations cite; empty where none


@dataclass(frozen=True)
class Sheet:
    """An exercise or a self-check, rendered."""

    exercise: Exercise
    body: str  #: HTML: its facts, sections, claims and sources; of a self-check the facts only
    items: tuple[Item, ...]  #: of a self-check
    key: str  #: HTML; empty unless keys were asked for
    images: Mapping[str, Path]  #: name in `body`, below ``images/`` → file
    key_images: Mapping[str, Path]  #: the same of the key

    @property
    def id(self) -> str:
        """The exercise's id."""
        return self.exercise.id

    @property
    def is_check(self) -> bool:
        """Whether it is a self-check."""
        return self.exercise.type == SELF_CHECK

    @property
    def tags(self) -> list[str]:
        """Words to find it by."""
        exercise = self.exercise
        part = exercise.id.partition("/")[0]
        return list(dict.fromkeys([part, exercise.type, exercise.level, exercise.bloom, *exercise.outcomes]))


@dataclass(frozen=True)
class Chapter:
    """A chapter with those of its exercises that are exported."""

    docname: str
    title: str  #: plain text
    sheets: tuple[Sheet, ...]


@dataclass(frozen=True)
class Export:
    """What one export holds."""

    course: str  #: the course's name
    name: str  #: begins the files' names, and says what is inside
    rights: str  #: the course's copyright line
    language: str  #: BCP 47
    chapters: tuple[Chapter, ...]  #: in the order of the course
    with_keys: bool

    @property
    def name_with_keys(self) -> str:
        """Begins the name of a file that holds keys, so that nobody takes it for another."""
        return f"{self.name}-with-keys"

    @property
    def sheets(self) -> Iterator[Sheet]:
        """All exercises, in order."""
        return (sheet for chapter in self.chapters for sheet in chapter.sheets)

    def identifier(self, *names: str) -> str:
        """Return an identifier that the same thing has in every export (RFC 9562, version 5).

        It begins with a letter, as XML's type ID demands.
        """
        return f"i{uuid.uuid5(uuid.NAMESPACE_URL, '/'.join([f'urn:farreaching:{self.course}', *names])).hex}"


def images_of(sheets: Iterable[Sheet], *, keys: bool) -> dict[str, Path]:
    """Return the images of several sheets, or of their keys, by name, sorted."""
    found = {name: path for sheet in sheets for name, path in (sheet.key_images if keys else sheet.images).items()}
    return dict(sorted(found.items()))
