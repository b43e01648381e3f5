"""Making handouts: the order becomes a small Sphinx source folder, read once under the course's own conf.py."""

from __future__ import annotations

import gc
import os
import re
import sys
from typing import TYPE_CHECKING, Any

from sphinx.application import Sphinx
from sphinx.errors import SphinxError
from sphinx.util.docutils import docutils_namespace, patch_docutils

from ..build import place_file
from ..exercises.model import SELF_CHECK
from ..findings import CourseError, Finding
from .builder import HANDOUT, KEY

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from ..exercises.model import Exercise
    from ..progress import Reporter
    from ..project import Project
    from .order import HandoutOrder

_PUNCTUATION = re.compile(r"([!-/:-@\[-`{-~])")


def assign(project: Project, order: HandoutOrder, folder: Path, reporter: Reporter) -> list[Path]:
    """Make a handout and its key in every format that is ordered; return the files.

    Raises `CourseError` where anything is wrong; no file is then left half written, and none is replaced.
    """
    exercises = order.resolve(project)
    if date := project.source_date():
        os.environ.setdefault("SOURCE_DATE_EPOCH", date)
    _make_folder(project, folder)
    stage = project.build / ".stage" / "handouts"
    _write_sources(stage / "source", order, exercises)
    _run(project, order, stage, reporter)
    made = []
    for docname, name in _documents(order).items():
        for form in order.formats:
            try:
                made.append(place_file(stage / "out" / f"{docname}.{form}", folder / f"{name}.{form}"))
            except OSError as error:
                raise _unwritable(folder, error) from None
    return made


def _documents(order: HandoutOrder) -> dict[str, str]:
    """Return the documents to make, docname → name of their files."""
    return {HANDOUT: order.name} | ({KEY: f"{order.name}-key"} if order.with_key else {})


def _make_folder(project: Project, folder: Path) -> None:
    for own in (project.docs, project.exercises_dir, project.keys_dir, project.build / "student"):
        if folder.resolve().is_relative_to(own.resolve()):
            message = "a handout could replace a file of the course here, and its key be published."
            raise CourseError([Finding(folder, 0, "assign.output", message, "Name another folder with --output.")])
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise _unwritable(folder, error) from None
    if not os.access(folder, os.W_OK):
        raise _unwritable(folder, PermissionError("Permission denied"))


def _unwritable(folder: Path, error: OSError) -> CourseError:
    message = f"nothing can be written here: {error.strerror or error}."
    return CourseError([Finding(folder, 0, "assign.output", message, "Name another folder with --output.")])


def _write_sources(folder: Path, order: HandoutOrder, exercises: Iterable[Exercise]) -> None:
    """Write the documents that Sphinx reads; those of the order before are replaced."""
    folder.mkdir(parents=True, exist_ok=True)
    for old in folder.glob("*.md"):
        old.unlink()
    title = f"# {_plain(order.title)}"
    due = [f"**Due:** {order.due}"] if order.due else []
    instructions = [_plain(text) for text in re.split(r"\n\s*\n", order.instructions) if text.strip()]
    # what the two directives do in these documents is said in `pages`
    kinds = {exercise.id: "self-check" if exercise.type == SELF_CHECK else "exercise" for exercise in exercises}
    shown = [f"```{{{kind}}} {exercise_id}\n```" for exercise_id, kind in kinds.items()]
    (folder / f"{HANDOUT}.md").write_text("\n\n".join([title, *due, *instructions, *shown, _SOURCES]), encoding="utf-8")
    if order.with_key:
        text = "\n\n".join(["---\norphan: true\n---", f"{title}: key", "For the instructor.", *shown, _SOURCES])
        (folder / f"{KEY}.md").write_text(text, encoding="utf-8")


_SOURCES = "```{handout-sources}\n```\n"


def _plain(text: str) -> str:
    """Return words as Markdown that means just them (CommonMark 2.4: any ASCII punctuation can be escaped)."""
    return _PUNCTUATION.sub(r"\\\1", " ".join(text.split()))


def _run(project: Project, order: HandoutOrder, stage: Path, reporter: Reporter) -> None:
    """Have Sphinx read the documents and write all formats; raise `CourseError` after any warning."""
    failure = ""
    reporter.colour_warnings()
    gc.set_threshold(200_000, 50, 50)  # as the editions do
    with patch_docutils(project.docs), docutils_namespace():
        try:
            app = Sphinx(
                stage / "source", project.docs, stage / "out", stage / "doctrees", "handout",
                confoverrides=_settings(project, order), status=None, warning=sys.stderr, warningiserror=True,
            )  # fmt: skip
            with reporter.follow(app, f"handout, {', '.join(order.formats)}"):
                app.build()
            if app.statuscode:
                failure = "the handout stopped at the warnings above."
        except SphinxError as error:
            failure = f"{error.category}: {error}"
    if failure:
        raise CourseError([Finding(project.exercises_dir, 0, "assign.build", failure, "No handout was written.")])


def _settings(project: Project, order: HandoutOrder) -> dict[str, Any]:
    """Return what differs from the course's conf.py: the source folder is another, so its files need full paths."""
    return {
        "extensions": [*project.settings.get("extensions", []), "farreaching.handouts.pages"],
        "root_doc": HANDOUT,
        "exclude_patterns": [],
        "farreaching_exercises_dir": str(project.exercises_dir),
        "farreaching_keys_dir": str(project.keys_dir),
        "farreaching_claims_dir": str(project.claims_dir),
        "farreaching_data_dir": str(project.data_dir),
        "farreaching_outcomes": str(project.outcomes_file),
        "farreaching_chronology": str(project.chronology_file),
        "farreaching_edition": "student",
        "farreaching_paper": order.paper,
        "farreaching_handout_course": str(project.docs),
        "farreaching_handout_formats": list(order.formats),
        "farreaching_handout_space": order.space,
    }
