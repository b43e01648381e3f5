"""What `farreaching export` does: choose exercises, render them once, write each format whole or not at all."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from ..archives import zip_bytes
from ..build import slug
from ..exercises.loader import exercise_ids, load_bank, load_key
from ..findings import CourseError, Finding, nearest
from ..outfiles import place_all, refusals
from .blackboard import blackboard_files
from .cartridge import cartridge_files, key_page
from .model import Chapter, Export, images_of
from .moodle import moodle_file
from .qti import canvas_files
from .render import render

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence
    from pathlib import Path

    from ..exercises.model import Exercise
    from ..progress import Reporter
    from ..project import Project
    from .render import Rendered

Files = dict[str, bytes]


@dataclass(frozen=True)
class Selection:
    """Which exercises to export; several criteria add up."""

    ids: Sequence[str] = ()
    part: str = ""  #: the folder of the bank
    chapter: str = ""  #: docname
    everything: bool = False


def export(project: Project, formats: Sequence[str], selection: Selection, reporter: Reporter, *, with_keys: bool) -> list[Path]:
    """Write the formats into build/lms and return the files.

    Without `with_keys` no key file is opened. Raises `CourseError` where an exercise is unknown or lacks its key, where the
    course cannot be read, or where the folder refuses; nothing is half-written.
    """
    exercises = select(project, selection)
    if with_keys:
        _check_keys(project, exercises)
    with refusals(project.build):
        rendered = render(project, exercises, reporter, with_keys=with_keys)
    made = _assemble(project, selection, rendered, with_keys=with_keys)
    files: Files = {}
    for name in dict.fromkeys(formats):
        files |= WRITERS[name](made)
    return place_all(project.build / "lms", files)


def select(project: Project, selection: Selection) -> list[Exercise]:
    """Return the chosen exercises, sorted by id; raises `CourseError` for what does not exist."""
    known = load_bank(project.exercises_dir, with_keys=False).exercises
    ids = exercise_ids(project.exercises_dir)
    parts = sorted({exercise_id.partition("/")[0] for exercise_id in ids})
    chapters = sorted({exercise.chapter for exercise in known.values()})
    wrong = [(one, "exercise", ids) for one in selection.ids if one not in known]
    wrong += [(selection.part, "part", parts)] if selection.part and selection.part not in parts else []
    wrong += [(selection.chapter, "chapter", chapters)] if selection.chapter and selection.chapter not in chapters else []
    if wrong:
        raise CourseError(_unknown(project, *one) for one in wrong)
    return [
        exercise
        for exercise in known.values()
        if selection.everything
        or exercise.id in selection.ids
        or exercise.chapter == selection.chapter
        or exercise.id.partition("/")[0] == selection.part
    ]


def _unknown(project: Project, name: str, what: str, known: list[str]) -> Finding:
    message = f"there is no exercise '{name}'." if what == "exercise" else f"no exercise belongs to a {what} '{name}'."
    mend = nearest(name, known) or (f"The {what}s are {', '.join(known)}." if what == "part" else "")
    return Finding(project.exercises_dir, 0, f"export.{what}", message, mend)


def _check_keys(project: Project, exercises: Sequence[Exercise]) -> None:
    findings: list[Finding] = []
    for exercise in exercises:
        if not exercise.questions:
            try:
                load_key(project.keys_dir, exercise.id)
            except CourseError as error:
                findings += error.findings
    if findings:
        raise CourseError(findings)


def _assemble(project: Project, selection: Selection, rendered: Rendered, *, with_keys: bool) -> Export:
    """Put the rendered exercises in the order of the course's chapters."""
    by_chapter: dict[str, list[str]] = {}
    for sheet in rendered.sheets.values():
        by_chapter.setdefault(sheet.exercise.chapter, []).append(sheet.id)
    order = {docname: place for place, docname in enumerate(rendered.titles)}
    chapters = sorted(by_chapter, key=lambda docname: (order.get(docname, len(order)), docname))
    settings = project.settings
    return Export(
        course=str(settings.get("project", "")),
        name=_name(project, selection),
        rights=str(settings.get("copyright", "")),
        language=str(settings.get("language") or "en"),
        chapters=tuple(
            Chapter(docname, rendered.titles.get(docname, docname), tuple(rendered.sheets[one] for one in by_chapter[docname]))
            for docname in chapters
        ),
        with_keys=with_keys,
    )


def _name(project: Project, selection: Selection) -> str:
    """Return a file name that says what is inside."""
    if selection.everything:
        return slug(project)
    chosen = [name for name in (selection.part, selection.chapter, *selection.ids) if name]
    return "-".join([slug(project), chosen[0].replace("/", "-") if len(chosen) == 1 else "selection"])


def _keyed(made: Export) -> str:
    return made.name_with_keys if made.with_keys else made.name


def _cartridge(made: Export) -> Files:
    return {f"{_keyed(made)}.imscc": zip_bytes(cartridge_files(made))}


def _moodle(made: Export) -> Files:
    return {f"{_keyed(made)}-moodle.xml": moodle_file(made)}


def _canvas(made: Export) -> Files:
    return {f"{made.name}-canvas.zip": zip_bytes(canvas_files(made))} | _keys(made)


def _blackboard(made: Export) -> Files:
    files = enumerate(blackboard_files(made), 1)
    return {f"{made.name}-blackboard{'' if number == 1 else f'-{number}'}.txt": file for number, file in files} | _keys(made)


def _keys(made: Export) -> Files:
    """Return the keys as pages in a zip of their own, for formats that can keep nothing from students."""
    return {f"{made.name_with_keys}.zip": zip_bytes(_key_files(made))} if made.with_keys else {}


def _key_files(made: Export) -> Iterator[tuple[str, bytes]]:
    for sheet in made.sheets:
        if sheet.key:
            yield f"keys/{sheet.id.replace('/', '-')}.html", key_page(sheet, made.language, "images/").encode()
    for name, path in images_of(made.sheets, keys=True).items():
        yield f"keys/images/{name}", path.read_bytes()


WRITERS: Mapping[str, Callable[[Export], Files]] = {
    "canvas": _canvas,
    "moodle": _moodle,
    "blackboard": _blackboard,
    "cc": _cartridge,
}
