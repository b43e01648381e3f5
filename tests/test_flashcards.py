"""The Anki deck, opened as Anki opens it: a zip with a database."""

from __future__ import annotations

import re
import sqlite3
import zipfile
from typing import TYPE_CHECKING

import pytest
from tests.tiny import copy_course, edit, run

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = pytest.mark.xdist_group("flashcards")


def notes_of(course: Path, folder: Path) -> dict[str, list[str]]:
    """Build the site; return guid → the fields of each note in its deck."""
    result = run(course, "build", "html")
    assert result.returncode == 0, result.stderr
    page = (course / "build/student/html/reference/study.html").read_text(encoding="utf-8")
    assert re.search(r'href="\.\./great-rivers\.apkg">great-rivers\.apkg, \d+ notes<', page)
    package = course / "build/student/html/great-rivers.apkg"
    with zipfile.ZipFile(package) as archive:
        archive.extract("collection.anki2", folder)
    with sqlite3.connect(folder / "collection.anki2") as database:
        found = {guid: fields.split("\x1f") for guid, fields in database.execute("select guid, flds from notes")}
        cards = database.execute("select count(*) from cards").fetchone()[0]
    terms = [fields for fields in found.values() if len(fields) == 3 and not fields[2].startswith("In the ledger")]
    assert cards == len(found) + len(terms)  # a term is asked both ways, a date one way
    return found


@pytest.fixture(scope="module")
def course(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return copy_course(tmp_path_factory.mktemp("flashcards") / "course")


def test_terms_and_graded_dates_are_asked(course: Path, tmp_path: Path) -> None:
    fields = list(notes_of(course, tmp_path).values())
    assert ["Watershed", "The land that one river drains.", "Portuguese: bacia hidrográfica"] in fields
    assert ["An atlas prints a length of the Nile.", "1960"] in [note[:2] for note in fields]
    assert not any(note[0].startswith("Speke") for note in fields)  # no entry grades it
    # markup of the course's own would be markup on the card
    assert not any("<" in field.replace("&lt;", "") for note in fields for field in note)


def test_a_corrected_term_keeps_its_identity(course: Path, tmp_path: Path) -> None:
    before = notes_of(course, tmp_path)
    edit(course, "docs/data/glossary.yaml", "The land that *one* river drains.", "The land & water of one river.")
    after = notes_of(course, tmp_path)
    assert before.keys() == after.keys()
    (changed,) = (guid for guid in before if before[guid] != after[guid])
    assert after[changed][1] == "The land &amp; water of one river."


def test_the_same_course_gives_the_same_bytes(course: Path, tmp_path: Path) -> None:
    packages = []
    for name in ("one", "two"):
        other = copy_course(tmp_path / name)
        assert run(other, "build", "html").returncode == 0
        packages.append((other / "build/student/html/great-rivers.apkg").read_bytes())
    assert packages[0] == packages[1]
