"""Exercises to HTML: one Sphinx run over sheets, small documents that show one exercise or one key each.

The sheets read the course's bibliography, ledger and exercises. Of its chapters they know the titles and the order, which
is what a link to a chapter prints; reading them whole would take ten times as long.
"""

from __future__ import annotations

import re
import shutil
from string import ascii_uppercase
from typing import TYPE_CHECKING, NamedTuple

from ..build import Order, run_sphinx
from ..outfiles import place_text
from ..sourcefiles import read_text
from .builder import SheetBuilder
from .model import Choice, Item, Sheet

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from ..exercises.model import Exercise
    from ..progress import Reporter
    from ..project import Project
    from .builder import Piece

#: The sheets are many and small: two processes read them in little more than half the time.
JOBS = 2
IMAGES = frozenset({".svg", ".png", ".jpg", ".jpeg", ".gif", ".webp"})
_TITLE = re.compile(r"^# (.+)$", re.MULTILINE)
_TOCTREE = re.compile(r"^(`{3,}|:{3,})\{toctree\}.*?^\1[ \t]*$", re.MULTILINE | re.DOTALL)
#: What only the whole course can resolve stays plain words; the course's own build finds what is wrong.
_NOT_OURS = ["ref.ref", "ref.doc", "ref.term", "ref.numref", "ref.any", "ref.keyword", "myst.xref_missing", "toc.*"]


class Rendered(NamedTuple):
    """What a run yields."""

    sheets: dict[str, Sheet]  #: by exercise id
    titles: dict[str, str]  #: docname of a chapter → its title, in the order of the course


def render(project: Project, exercises: Iterable[Exercise], reporter: Reporter, *, with_keys: bool) -> Rendered:
    """Return some exercises as HTML; raises `CourseError` where Sphinx warns. Without `with_keys` no key file is opened."""
    exercises = list(exercises)
    stage = project.build / ".stage" / "lms"
    sources = stage / "sources"
    documents = dict(_chapters(project))
    for exercise in exercises:
        documents[_sheet_name(exercise)] = _sheet(exercise)
        if with_keys and not exercise.questions:
            documents[_key_name(exercise)] = _key_sheet(exercise)
    _write_sources(project, sources, documents)
    overrides = {name: str(path) for name, path in _folders(project).items()}
    extensions = [*project.settings.get("extensions", []), "farreaching.lms"]
    suppressed = [*project.settings.get("suppress_warnings", []), *_NOT_OURS]
    app = run_sphinx(
        project, Order(), SheetBuilder.name, stage, reporter, sources=sources, what="exercises", jobs=JOBS,
        extensions=extensions, suppress_warnings=suppressed, **overrides,
    )  # fmt: skip
    builder = app.builder
    assert isinstance(builder, SheetBuilder)
    sheets = {}
    for exercise in exercises:
        piece = builder.pieces[_sheet_name(exercise)]
        key = builder.pieces.get(_key_name(exercise))
        items = tuple(_items(exercise, piece))
        sheets[exercise.id] = Sheet(exercise, piece.body, items, key.body if key else "", piece.images, key.images if key else {})
    order = [name for name in app.env.collect_relations() if name in app.env.titles]
    return Rendered(sheets, {name: app.env.titles[name].astext() for name in order})


def _items(exercise: Exercise, piece: Piece) -> Iterator[Item]:
    for question, asked in zip(exercise.questions, piece.questions, strict=True):
        choices = tuple(
            Choice(html, option.correct, asked.reasons[letter])
            for letter, html, option in zip(ascii_uppercase, asked.options, question.options, strict=False)
        )
        yield Item(f"{exercise.id}/{question.id}", asked.text, choices, asked.sources)


def _folders(project: Project) -> dict[str, Path]:
    """Return the settings that name folders from the course's source folder, as absolute paths."""
    return {
        "farreaching_claims_dir": project.claims_dir,
        "farreaching_data_dir": project.data_dir,
        "farreaching_charts_dir": project.docs / str(project.settings.get("farreaching_charts_dir", "charts")),
        "farreaching_exercises_dir": project.exercises_dir,
        "farreaching_keys_dir": project.keys_dir,
        "farreaching_outcomes": project.outcomes_file,
        "farreaching_reviews_dir": project.reviews_dir,
        "farreaching_chronology": project.chronology_file,
    }


def _beside_chapter(exercise: Exercise, kind: str) -> str:
    """Return a docname in the folder of the exercise's chapter, from which its images are named."""
    folder = exercise.chapter.rpartition("/")[0]
    return f"{folder}/{kind}--{exercise.id.replace('/', '--')}".lstrip("/")


def _sheet_name(exercise: Exercise) -> str:
    return _beside_chapter(exercise, "exercise")


def _key_name(exercise: Exercise) -> str:
    return _beside_chapter(exercise, "key")


def _sheet(exercise: Exercise) -> str:
    kind = "self-check" if exercise.questions else "exercise"
    claims = " ".join(exercise.claims)
    shown = f"```{{{kind}}} {exercise.id}\n```\n\n" + ("" if exercise.questions else f"```{{claim-entries}} {claims}\n```\n\n")
    return _document("Exercise", shown)


def _key_sheet(exercise: Exercise) -> str:
    return _document("Key", f"```{{exercise-key}} {exercise.id}\n```\n\n```{{claim-entries}}\n```\n\n")


def _document(title: str, content: str) -> str:
    return f"---\norphan: true\nsheet: true\n---\n# {title}\n\n{content}```{{sheet-sources}}\n```\n"


def _chapters(project: Project) -> Iterator[tuple[str, str]]:
    """Yield every document of the course as its title and its tables of contents."""
    for docname, path in project.documents():
        text = read_text(path, "export.chapter")
        title = _TITLE.search(text)
        trees = "\n\n".join(found[0] for found in _TOCTREE.finditer(text))
        yield docname, f"# {title[1] if title else docname}\n\n{trees}\n"


def _write_sources(project: Project, sources: Path, documents: dict[str, str]) -> None:
    """Make the folder of sources hold just these documents and the course's images; what is the same stays untouched."""
    wanted = {sources / f"{docname}.md" for docname in documents}
    for old in [path for path in sources.rglob("*.md") if path not in wanted]:
        old.unlink()
    for docname, text in documents.items():
        place_text(sources / f"{docname}.md", text)
    for image in [path for path in project.docs.rglob("*") if path.suffix.lower() in IMAGES]:
        copy = sources / image.relative_to(project.docs)
        copy.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy2(image, copy)
