"""Where a folder refuses what a command makes, the command says so, and leaves nothing half done."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.tiny import copy_course, run

COMMANDS = {
    "build/plan": ("plan", "--weeks", "4"),
    "build/lms": ("export", "cc", "--all"),
    "build/student": ("build", "html"),
    "build/.preview": ("serve", "--port", "8797"),
}


@pytest.mark.parametrize(
    ("place", "words"),
    [*COMMANDS.items(), *[("build", words) for words in COMMANDS.values()]],
    ids=lambda value: value if isinstance(value, str) else value[0],
)
def test_a_file_where_the_folder_should_be(place: str, words: tuple[str, ...], tmp_path: Path) -> None:
    course = copy_course(tmp_path / "course")
    (course / place).parent.mkdir(exist_ok=True)
    (course / place).write_text("kept", encoding="utf-8")
    result = run(course, *words)
    assert result.returncode == 1
    assert f"{place}" in result.stderr
    assert "error: cannot be used: " in result.stderr
    assert "Traceback" not in result.stderr
    assert (course / place).read_text(encoding="utf-8") == "kept"


def test_a_folder_where_the_file_should_be(tmp_path: Path) -> None:
    course = copy_course(tmp_path / "course")
    place = course / "build/student/great-rivers.epub"
    place.mkdir(parents=True)
    result = run(course, "build", "epub")
    assert result.returncode == 1
    assert "build/student/great-rivers.epub: error: cannot be used: Is a directory." in result.stderr
    assert "Traceback" not in result.stderr
    assert list(place.parent.iterdir()) == [place]
