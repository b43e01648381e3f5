"""What a handout is to hold, checked before anything is made."""

from __future__ import annotations

import json
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from ..exercises.loader import KEY_SUFFIX, exercise_ids, load_exercise, load_key
from ..exercises.model import SELF_CHECK
from ..findings import CourseError, Finding, nearest
from ..sourcefiles import read_text
from ..vocabulary import HANDOUT_FORMATS

if TYPE_CHECKING:
    from pathlib import Path

    from ..dates import PartialDate
    from ..exercises.model import Exercise
    from ..project import Project

__all__ = ["HANDOUT_FORMATS", "HandoutOrder", "load_list"]

_WITHOUT = "Or leave the keys out with --no-key."
#: The field of a list's file that holds the ids; the finder page writes it.
LIST_FIELD = "exercises"


@dataclass(frozen=True)
class HandoutOrder:
    """A handout as an instructor asks for it."""

    exercises: tuple[str, ...]  #: ids, in the order of the handout
    title: str
    due: PartialDate | None = None  #: the day by which it is due
    instructions: str = ""  #: plain text; a blank line ends a paragraph
    space: bool = False  #: whether lines to write on follow each exercise
    formats: tuple[str, ...] = ("pdf",)  #: some of `HANDOUT_FORMATS`
    with_key: bool = True  #: whether to write the keys, into files of their own
    paper: str = "a4"

    @property
    def name(self) -> str:
        """The name of its files, from the title; ``handout`` where that has no Latin letter."""
        from docutils.nodes import make_id

        return make_id(self.title) or "handout"

    def resolve(self, project: Project) -> list[Exercise]:
        """Return the exercises; raises `CourseError` with all that keeps the handout from being made."""
        bank, known = project.exercises_dir, exercise_ids(project.exercises_dir)
        if not self.exercises:
            mend = "Name exercises, or a list of them with --list; 'farreaching exercises' prints all."
            raise CourseError([Finding(bank, 0, "assign.exercises", "no exercise is named.", mend)])
        found: list[Exercise] = []
        findings: list[Finding] = []
        for exercise_id in self.exercises:
            if exercise_id not in known:
                message = f"there is no exercise '{exercise_id}'."
                findings.append(Finding(bank, 0, "assign.exercises", message, _suggestion(exercise_id, known)))
                continue
            try:
                found.append(load_exercise(bank, exercise_id))
                if self.with_key and found[-1].type != SELF_CHECK:
                    load_key(project.keys_dir, exercise_id)
            except CourseError as error:
                findings += [
                    replace(one, mend=f"{one.mend} {_WITHOUT}".strip()) if _is_key(one) else one for one in error.findings
                ]
        if findings:
            raise CourseError(findings)
        return found


def _is_key(finding: Finding) -> bool:
    return finding.path.name.endswith(KEY_SUFFIX)


def _suggestion(wrong: str, known: list[str]) -> str:
    """Return a hint for a mistyped id; its last part alone is often what was remembered."""
    by_name = {exercise_id.rpartition("/")[2]: exercise_id for exercise_id in known}
    name = wrong.rpartition("/")[2]
    if name in by_name:
        return f"Did you mean '{by_name[name]}'?"
    return nearest(wrong, known) or "'farreaching exercises' prints all."


def load_list(path: Path) -> tuple[str, ...]:
    """Return the ids of a list of exercises, as the finder page saves it; raises `CourseError`."""

    def wrong(message: str, line: int = 0) -> CourseError:
        mend = f'Save it again from the exercise finder, or write {{"{LIST_FIELD}": ["part/name"]}}.'
        return CourseError([Finding(path, line, "assign.list", message, mend)])

    try:
        data = json.loads(read_text(path, "assign.list"))
    except json.JSONDecodeError as error:
        raise wrong(f"this is not a list of exercises: {error.msg}.", error.lineno) from None
    ids = data.get(LIST_FIELD) if isinstance(data, dict) else None
    if not isinstance(ids, list) or not ids:
        raise wrong(f"this is not a list of exercises: it has no '{LIST_FIELD}'.")
    for exercise_id in ids:
        if not isinstance(exercise_id, str):
            raise wrong(f"'{json.dumps(exercise_id)}' is not an exercise id.")
    return tuple(ids)
