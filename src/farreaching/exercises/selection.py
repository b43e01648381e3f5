"""Choosing exercises of the bank, and the list of them as text and as data."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from ..findings import CourseError, Finding, nearest
from .model import LEVELS, TYPES

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable
    from pathlib import Path

    from .model import Exercise


@dataclass(frozen=True)
class Wanted:
    """What exercises are looked for; an empty field asks for nothing."""

    part: str = ""  #: folder of the bank
    type: str = ""  #: one of `model.TYPES`
    level: str = ""  #: one of `model.LEVELS`
    max_minutes: int = 0
    outcome: str = ""  #: id of a course outcome
    grouping: str = ""  #: words that all stand in the grouping, whatever their case
    source: str = ""  #: citation key of a source to use

    def fits(self, exercise: Exercise) -> bool:
        """Tell whether an exercise is one of those looked for."""
        grouping = exercise.grouping.lower()
        return (
            self.part in ("", part_of(exercise.id))
            and self.type in ("", exercise.type)
            and self.level in ("", exercise.level)
            and (not self.max_minutes or exercise.minutes <= self.max_minutes)
            and (not self.outcome or self.outcome in exercise.outcomes)
            and all(word in grouping for word in self.grouping.lower().split())
            and (not self.source or self.source in exercise.cites)
        )

    def check(self, bank: Path, parts: Collection[str], outcomes: Collection[str], sources: Collection[str]) -> None:
        """Raise `CourseError` for a word that names nothing; a list would then be empty without saying why."""
        known = {"part": parts, "type": TYPES, "level": LEVELS, "outcome": outcomes, "source": sources}
        findings = []
        for field, names in known.items():
            word = getattr(self, field)
            if word and word not in names:
                listed = "" if field == "source" else f"Use one of {', '.join(names)}."
                findings.append(
                    Finding(bank, 0, f"exercises.{field}", f"there is no {field} '{word}'.", nearest(word, names) or listed)
                )
        if findings:
            raise CourseError(findings)


def part_of(exercise_id: str) -> str:
    """Return the part of the course to which an exercise belongs: its folder in the bank."""
    return exercise_id.partition("/")[0]


def record(exercise: Exercise) -> dict[str, Any]:
    """Return what a student may know of an exercise, without its text, as JSON types."""
    return {
        "id": exercise.id, "title": exercise.title, "type": exercise.type, "level": exercise.level,
        "minutes": exercise.minutes, "grouping": exercise.grouping, "bloom": exercise.bloom, "chapter": exercise.chapter,
        "outcomes": [*exercise.outcomes], "cites": [*exercise.cites], "claims": [*exercise.claims],
        "materials": exercise.materials,
    }  # fmt: skip


def as_table(exercises: Iterable[Exercise]) -> str:
    """Return exercises as aligned lines, with a line of totals."""
    found = list(exercises)
    rows = [("Exercise", "Type", "Level", "Min.", "Grouping", "Title")]
    rows += [(one.id, one.type, one.level, f"{one.minutes:4}", one.grouping, one.title) for one in found]
    widths = [max(len(row[column]) for row in rows) for column in range(5)]
    lines = ["  ".join([*(cell.ljust(width) for cell, width in zip(row, widths, strict=False)), row[-1]]) for row in rows]
    count = f"{len(found)} exercise{'' if len(found) == 1 else 's'}"
    return "\n".join([*(lines if found else []), f"{count}, {sum(one.minutes for one in found)} minutes."]) + "\n"
