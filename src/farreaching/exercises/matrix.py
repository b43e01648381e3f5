"""Where the bank is thin: how many exercises there are for each outcome, chapter and level of Bloom's taxonomy.

A report for whoever writes the next exercise. A gap is a choice to make and no mistake, so no check complains of it.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, NamedTuple

from ..sourcefiles import read_text
from .loader import load_bank
from .model import BLOOM

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from ..project import Project

_OUTCOME = re.compile(r"\{outcome\}`([^`]+)`")


class Counted(NamedTuple):
    """What is counted of an exercise."""

    outcomes: tuple[str, ...]
    chapter: str
    bloom: str


@dataclass(frozen=True)
class Matrix:
    """The exercises of a bank, counted."""

    outcomes: tuple[str, ...]  #: all of the course, in its order
    promised: dict[str, tuple[str, ...]]  #: chapter → the outcomes that its text names
    exercises: tuple[Counted, ...]

    @property
    def chapters(self) -> list[str]:
        """The chapters that have exercises."""
        return sorted({exercise.chapter for exercise in self.exercises})

    def count(self, outcome: str = "", chapter: str = "", bloom: str = "") -> int:
        """Return how many exercises fit all that is named."""
        return sum(
            (not outcome or outcome in one.outcomes) and chapter in ("", one.chapter) and bloom in ("", one.bloom)
            for one in self.exercises
        )

    def gaps(self) -> Iterator[str]:
        """Yield in words where there is no exercise: in the whole bank, for what a chapter promises, at a level."""
        levels = [bloom for bloom in BLOOM if self.count(bloom=bloom)]
        if missing := [bloom for bloom in BLOOM if bloom not in levels]:
            yield f"the whole bank: no exercise at {', '.join(missing)}."
        for chapter in self.chapters:
            for outcome in self.promised.get(chapter, ()):
                if not self.count(outcome, chapter):
                    yield f"{chapter}: no exercise for its outcome {outcome}."
        for chapter in self.chapters:
            if missing := [bloom for bloom in levels if not self.count(chapter=chapter, bloom=bloom)]:
                yield f"{chapter}: no exercise at {', '.join(missing)}."
        for outcome in self.outcomes:
            if missing := [bloom for bloom in levels if not self.count(outcome, bloom=bloom)]:
                yield f"{outcome}: no exercise at {', '.join(missing)}."


def matrix_of(project: Project, outcomes: Iterable[str]) -> Matrix:
    """Count a course's exercises; raises `CourseError` where the bank cannot be read."""
    bank = load_bank(project.exercises_dir, with_keys=False, outcomes=tuple(outcomes))
    exercises = tuple(Counted(one.outcomes, one.chapter, one.bloom) for one in bank.exercises.values())
    promised = {docname: tuple(dict.fromkeys(_OUTCOME.findall(read_text(path, "uses")))) for docname, path in project.documents()}
    return Matrix(tuple(outcomes), promised, exercises)


def as_text(matrix: Matrix) -> str:
    """Return the matrix as two tables and the list of gaps.

    A cell of the second holds the levels at which there are exercises, so that it shows all three dimensions.
    """
    numbers = [str(place) for place, _ in enumerate(matrix.outcomes, 1)]
    outcomes = dict(zip(numbers, matrix.outcomes, strict=True))

    def levels(chapter: str, number: str) -> str:
        at = (str(place) for place, bloom in enumerate(BLOOM, 1) if matrix.count(outcomes[number], chapter, bloom))
        return "".join(at)

    parts = [
        "Exercises by outcome and level (an exercise with two outcomes stands in two rows)",
        _grid(matrix.outcomes, BLOOM, lambda outcome, bloom: matrix.count(outcome, bloom=bloom)),
        "Levels of the exercises by chapter and outcome",
        f"outcomes: {', '.join(f'{number} {outcome}' for number, outcome in outcomes.items())}\n"
        f"levels: {', '.join(f'{place} {bloom}' for place, bloom in enumerate(BLOOM, 1))}",
        _grid(matrix.chapters, numbers, levels),
        "Gaps",
        "\n".join(matrix.gaps()) or "none",
    ]
    return "\n\n".join(parts) + "\n"


def _grid(rows: Sequence[str], columns: Sequence[str], cell: Callable[[str, str], object]) -> str:
    widths = [max(5, len(column)) for column in columns]
    first = max((len(row) for row in rows), default=0)
    head = " " * first + "".join(f"  {column:>{width}}" for column, width in zip(columns, widths, strict=True))
    lines = [
        row.ljust(first)
        + "".join(f"  {cell(row, column) or '·':>{width}}" for column, width in zip(columns, widths, strict=True))
        for row in rows
    ]
    return "\n".join([head, *lines])


def as_record(matrix: Matrix) -> dict[str, Any]:
    """Return the matrix as JSON types: the cells that are not empty, and the gaps."""
    cells = Counter((outcome, one.chapter, one.bloom) for one in matrix.exercises for outcome in one.outcomes)
    return {
        "cells": [
            {"outcome": outcome, "chapter": chapter, "bloom": bloom, "exercises": number}
            for (outcome, chapter, bloom), number in sorted(cells.items())
        ],
        "gaps": list(matrix.gaps()),
    }
