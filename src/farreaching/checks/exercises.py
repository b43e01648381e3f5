"""The exercises check: the bank and its keys are whole, and every exercise stands in the chapter it names."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..exercises.loader import load_bank
from ..exercises.model import SELF_CHECK
from ..findings import CourseError, Finding, nearest
from ..outcomes import load_outcomes

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from ..exercises.model import Bank, Exercise
    from ..project import Project


def check_exercises(project: Project) -> Iterator[Finding]:
    """Yield what is wrong with exercises, keys and the chapters that show them."""
    try:
        outcomes = load_outcomes(project.outcomes_file)
        bank = load_bank(project.exercises_dir, project.keys_dir, with_keys=True, outcomes=outcomes)
    except CourseError as error:
        yield from error.findings
        return
    documents = dict(project.documents())
    for exercise in bank.exercises.values():
        yield from _unknown(exercise, "chapter", [exercise.chapter], documents)
    try:
        sources = project.sources
        ledger = project.ledger
    except CourseError:  # the other checks say why
        pass
    else:
        for exercise in bank.exercises.values():
            yield from _unknown(exercise, "cites", exercise.cites, sources)
            yield from _unknown(exercise, "claims", exercise.claims, ledger)
    yield from _check_shown(project, bank)


def _unknown(exercise: Exercise, field: str, names: Collection[str], known: Collection[str]) -> Iterator[Finding]:
    """Yield a finding for every name in a field of the front matter that names nothing."""
    for name in names:
        if name not in known:
            message = f"the exercise's '{field}' names '{name}', which does not exist."
            yield Finding(exercise.path, exercise.lines.get(field, 1), f"exercises.{field}", message, nearest(name, known))


def _check_shown(project: Project, bank: Bank) -> Iterator[Finding]:
    """Yield a finding for an exercise that is unknown where it is shown, or not shown where it belongs."""
    shown: set[tuple[str, str]] = set()
    names = {path: docname for docname, path in project.documents()}
    for use in project.uses:
        if use.kind in {"exercise", "self-check"}:
            shown.add((names.get(use.path, ""), use.name))
            if use.name not in bank.exercises:
                message = f"there is no exercise '{use.name}'."
                yield Finding(use.path, use.line, "exercises.unknown", message, nearest(use.name, bank.exercises))
    for exercise in bank.exercises.values():
        if (exercise.chapter, exercise.id) not in shown:
            directive = "self-check" if exercise.type == SELF_CHECK else "exercise"
            message = f"its chapter '{exercise.chapter}' does not show this exercise."
            mend = f"Put {{{directive}}} {exercise.id} there."
            yield Finding(exercise.path, exercise.lines.get("chapter", 1), "exercises.not-shown", message, mend)
