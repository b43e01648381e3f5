"""Reading the exercise bank; every mistake is found before anything is refused."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from ..findings import CourseError, Finding, nearest
from ..sourcefiles import LocatedDict, load_markdown
from .markdown_parts import Findings, parse_questions, rubric_columns, split_sections
from .model import (
    BLOOM,
    KEY_SECTIONS,
    LEVELS,
    MINUTES,
    PLAYED_SECTIONS,
    RUBRIC_LEVELS,
    SECTIONS,
    SELF_CHECK,
    TYPES,
    Bank,
    Exercise,
    Key,
    Section,
    sections_of,
)

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable
    from pathlib import Path

KEY_SUFFIX = ".key.md"
#: ``PART/SLUG``. No dot may match: ``PART/SLUG.key`` would read a key as an exercise.
_EXERCISE_ID = re.compile(r"[a-z0-9-]+/[a-z0-9-]+")

_VOCABULARIES = {"type": TYPES, "level": LEVELS, "bloom": BLOOM}
_TEXTS = ("title", "grouping", "chapter", "materials")
_LISTS = ("outcomes", "cites", "claims")
FIELDS = (
    "title", "type", "level", "outcomes", "minutes", "grouping", "chapter", "cites", "claims", "materials", "bloom",
)  # fmt: skip
_OPTIONAL_IN_SELF_CHECK = frozenset({"cites", "claims", "materials"})


def exercise_ids(exercises_dir: Path) -> list[str]:
    """Return the ids of all exercise files, from their names alone."""
    paths = (path for path in exercises_dir.glob("*/*.md") if not path.name.endswith(KEY_SUFFIX))
    return sorted(path.relative_to(exercises_dir).with_suffix("").as_posix() for path in paths)


def exercise_path(exercises_dir: Path, exercise_id: str) -> Path | None:
    """Return where an exercise must be; None for an id that can name none."""
    return exercises_dir / f"{exercise_id}.md" if _EXERCISE_ID.fullmatch(exercise_id) else None


def key_path(keys_dir: Path, exercise_id: str) -> Path:
    """Return where the key of an exercise must be."""
    return keys_dir / f"{exercise_id}{KEY_SUFFIX}"


def load_bank(
    exercises_dir: Path, keys_dir: Path | None = None, *, with_keys: bool, outcomes: Collection[str] | None = None
) -> Bank:
    """Return the whole bank.

    `keys_dir` holds the keys where they are not beside the exercises. Without
    `with_keys` no key file is opened. `outcomes` are the known outcome ids; None
    leaves them unchecked. Raises `CourseError` with the findings of all files.
    """
    exercises: dict[str, Exercise] = {}
    keys: dict[str, Key] = {}
    findings: list[Finding] = []
    ids = exercise_ids(exercises_dir)
    for exercise_id in ids:
        try:
            exercises[exercise_id] = load_exercise(exercises_dir, exercise_id, outcomes)
        except CourseError as error:
            findings += error.findings
    if with_keys:
        keys_dir = keys_dir or exercises_dir
        for exercise_id in ids:
            exercise = exercises.get(exercise_id)
            if exercise and exercise.type == SELF_CHECK:
                continue
            # an exercise that could not be read may be a self-check, which needs no key
            if not exercise and not key_path(keys_dir, exercise_id).is_file():
                continue
            try:
                keys[exercise_id] = load_key(keys_dir, exercise_id)
            except CourseError as error:
                findings += error.findings
        findings += _keys_without_exercise(keys_dir, exercises, set(ids))
    if findings:
        raise CourseError(findings)
    return Bank(exercises, keys)


def _keys_without_exercise(keys_dir: Path, exercises: dict[str, Exercise], ids: set[str]) -> Iterable[Finding]:
    for path in sorted(keys_dir.glob(f"*/*{KEY_SUFFIX}")):
        exercise_id = path.relative_to(keys_dir).as_posix().removesuffix(KEY_SUFFIX)
        if exercise_id not in ids:
            mend = nearest(exercise_id, ids) or "Add the exercise or remove the key."
            yield Finding(path, 0, "exercises.key", f"this key has no exercise '{exercise_id}'.", mend)
        elif exercise_id in exercises and exercises[exercise_id].type == SELF_CHECK:
            mend = "Its explanations stand in its own file."
            yield Finding(path, 0, "exercises.key", "a self-check has no key.", mend)


def load_exercise(exercises_dir: Path, exercise_id: str, outcomes: Collection[str] | None = None) -> Exercise:
    """Return one exercise of the bank (see `load_bank`); raises `CourseError` with all its findings."""
    path = exercise_path(exercises_dir, exercise_id)
    if not path:
        wrong = Findings(exercises_dir / f"{exercise_id}.md")
        mend = "Name folder and file in lower-case letters, digits and hyphens."
        wrong.add(0, "id", f"'{exercise_id}' is not an exercise id.", mend)
        raise CourseError(wrong.found)
    findings = Findings(path)
    source = load_markdown(path, "exercises.file")
    fields = _fields(source.meta, outcomes, findings)
    sections = split_sections(source.body, source.body_line, findings)
    questions = []
    if fields.get("type") == SELF_CHECK:
        questions = parse_questions(sections, findings)
        if not sections:
            mend = "Write '## The question? {#id}'."
            findings.add(source.body_line, "question", "this self-check has no question.", mend)
        sections = []
    elif "type" in fields:
        _check_sections(sections, sections_of(fields["type"]), SECTIONS, source.body_line, findings)
    if findings.found:
        raise CourseError(findings.found)
    return Exercise(
        id=exercise_id,
        path=path,
        sections=tuple(sections),
        questions=tuple(questions),
        lines=source.meta.lines,
        **fields,
    )


def load_key(keys_dir: Path, exercise_id: str) -> Key:
    """Return the key of one exercise; raises `CourseError` with all its findings."""
    path = key_path(keys_dir, exercise_id)
    if not path.is_file():
        message = f"the exercise '{exercise_id}' has no key."
        raise CourseError([Finding(path, 0, "exercises.key", message, "Write this file.")])
    findings = Findings(path)
    source = load_markdown(path, "exercises.key")
    if source.meta:
        findings.add(1, "key", "a key has no front matter.", "Remove it; the exercise's own applies.")
    sections = split_sections(source.body, source.body_line, findings)
    _check_sections(sections, KEY_SECTIONS, KEY_SECTIONS, source.body_line, findings)
    for section in sections:
        if section.title == "Rubric" and section.text.strip() and rubric_columns(section.text) != RUBRIC_LEVELS + 1:
            mend = "Write a pipe table: a column for the criterion, then excellent, good, developing, not yet."
            findings.add(section.line, "rubric", "the rubric is not a table of criteria by four levels.", mend)
    if findings.found:
        raise CourseError(findings.found)
    return Key(exercise_id, path, tuple(sections))


def _check_sections(
    sections: list[Section], needed: tuple[str, ...], known: tuple[str, ...], first_line: int, findings: Findings
) -> None:
    order = ", ".join(needed)
    last = -1
    seen: dict[str, int] = {}
    for section in sections:
        title, line = section.title, section.line
        if title not in known:
            mend = nearest(title, needed) or f"The sections are {order}."
            findings.add(line, "section", f"unknown section '{title}'.", mend)
            continue
        if title not in needed:
            mend = f"Only a debate or a simulation has {' and '.join(PLAYED_SECTIONS)}."
            findings.add(line, "section", f"the section '{title}' does not belong here.", mend)
            continue
        if title in seen:
            message = f"the section '{title}' stands twice (first on line {seen[title]})."
            findings.add(line, "section", message, "Join them.")
            continue
        seen[title] = line
        if needed.index(title) < last:
            findings.add(line, "section", f"the section '{title}' is in the wrong place.", f"The order is {order}.")
        last = max(last, needed.index(title))
        if not section.text.strip():
            findings.add(line, "section", f"the section '{title}' is empty.", "Write it.")
    for title in needed:
        if title not in seen:
            findings.add(first_line, "section", f"the section '{title}' is missing.", f"The sections are {order}.")


def _fields(meta: LocatedDict, outcomes: Collection[str] | None, findings: Findings) -> dict[str, Any]:
    """Return the fields that are right, by the names `Exercise` has for them."""
    for name in meta:
        if name not in FIELDS:
            mend = nearest(name, FIELDS) or f"The fields are {', '.join(FIELDS)}."
            findings.add(meta.line_of(name), "field", f"unknown field '{name}'.", mend)
    optional = _OPTIONAL_IN_SELF_CHECK if meta.get("type") == SELF_CHECK else frozenset()
    for name in FIELDS:
        if name not in meta and name not in optional:
            findings.add(meta.line or 1, "field", f"the field '{name}' is missing.", "Add it to the front matter.")
    fields: dict[str, Any] = {}
    for name in (name for name in FIELDS if name in meta):
        value, line = meta[name], meta.line_of(name)
        if name == "minutes":
            if type(value) is not int or value not in MINUTES:  # True is an int too
                mend = f"Write a whole number from {MINUTES[0]} to {MINUTES[-1]}."
                findings.add(line, name, f"'{value}' is no number of minutes.", mend)
            fields[name] = value
        elif name in _LISTS:
            fields[name] = _ids(name, value, line, findings)
        elif not isinstance(value, str) or not value.strip():
            shown = "" if value is None else value
            mend = "Write words, in quotation marks if need be."
            findings.add(line, "field", f"'{shown}' is no text for the field '{name}'.", mend)
        elif name in _VOCABULARIES and value not in _VOCABULARIES[name]:
            mend = nearest(value, _VOCABULARIES[name]) or f"Known are {', '.join(_VOCABULARIES[name])}."
            findings.add(line, name, f"unknown {name} '{value}'.", mend)
        else:
            fields[name] = " ".join(value.split())
    if fields.get("materials", "").rstrip(".").lower() == "none":
        fields["materials"] = ""
    _check_outcomes(fields.get("outcomes"), meta.line_of("outcomes"), outcomes, findings)
    return fields


def _ids(name: str, value: object, line: int, findings: Findings) -> tuple[str, ...]:
    if not isinstance(value, list) or not all(isinstance(entry, str) for entry in value):
        findings.add(line, name, f"'{value}' is not a list of ids.", f"Write '{name}: [one, another]'.")
        return ()
    for entry in {entry for entry in value if value.count(entry) > 1}:
        findings.add(line, name, f"'{entry}' stands twice in '{name}'.", "Remove one.")
    if name == "outcomes" and not value:
        findings.add(line, name, "the exercise names no outcome.", "Name at least one of the course's outcomes.")
    return tuple(value)


def _check_outcomes(named: Iterable[str] | None, line: int, known: Collection[str] | None, findings: Findings) -> None:
    if known is None:
        return
    for outcome in named or ():
        if outcome not in known:
            mend = nearest(outcome, known) or f"The course's outcomes are {', '.join(known)}."
            findings.add(line, "outcomes", f"unknown outcome '{outcome}'.", mend)
