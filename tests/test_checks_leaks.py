"""The leaks check: sentences of keys, found in every kind of file; what is public already is no leak."""

from __future__ import annotations

import json
import zipfile
from pathlib import Path

import pytest
from tests.tiny import copy_course, edit, run

SECRET = "Ask the pairs to defend *either* source before they “switch” sides; note the time."
SAID = "Ask the pairs to defend either source before they “switch” sides; note the time."


@pytest.fixture
def course(tmp_path: Path) -> Path:
    folder = copy_course(tmp_path / "course")
    edit(folder, "exercises/rivers/where-it-begins.key.md", "Ten minutes each.", SECRET)
    (folder / "out").mkdir()
    return folder


def check(course: Path, folder: str = "out") -> tuple[int, str]:
    result = run(course, "check", "leaks", folder)
    assert "Traceback" not in result.stderr
    return result.returncode, result.stdout + result.stderr


def test_html(course: Path) -> None:
    text = SAID.replace("either", "<em>either</em>").replace("“", "&#8220;").replace("sides;", "<b>si</b>des;")
    (course / "out/page.html").write_text(f"<p>{text}</p>", encoding="utf-8")
    code, output = check(course)
    assert code == 1
    assert output == (
        "out/page.html: error: it says a sentence of a key ('ask the pairs to defend either source before …')."
        " It stands in rivers/where-it-begins.key.md, line 3. Publish no file made from keys. [leaks.key]\n"
        "\n1 to mend, 0 to look at.\n"
    )


def test_script_data_and_json(course: Path) -> None:
    (course / "out/page.html").write_text(f"<script>x = {json.dumps(SAID)}</script>", encoding="utf-8")
    (course / "out/data.json").write_text(json.dumps([SAID]), encoding="utf-8")
    assert check(course)[1].count("[leaks.key]") == 2


def test_file_in_a_zip_in_a_zip(course: Path) -> None:
    with zipfile.ZipFile(course / "out/inner.epub", "w") as inner:
        inner.writestr("a/b.xhtml", f"<p>{SAID}</p>")
    with zipfile.ZipFile(course / "out/all.zip", "w") as outer:
        outer.write(course / "out/inner.epub", "course.epub")
    (course / "out/inner.epub").unlink()
    code, output = check(course)
    assert code == 1
    assert "out/all.zip: error: /course.epub/a/b.xhtml in it says a sentence of a key" in output


def test_part_of_a_sentence_and_short_ones_are_no_leak(course: Path) -> None:
    (course / "out/page.html").write_text("<p>Ask the pairs to defend either source.</p><p>CANARY-KEY-7319</p>", encoding="utf-8")
    assert check(course) == (0, "")


def test_what_a_chapter_says_too_is_public(course: Path) -> None:
    (course / "out/page.html").write_text(f"<p>{SAID}</p>", encoding="utf-8")
    edit(course, "docs/rivers/flow.md", "## The evidence", f"{SECRET}\n\n## The evidence")
    assert check(course) == (0, "")


def test_keys_kept_elsewhere(course: Path) -> None:
    with (course / "docs/conf.py").open("a", encoding="utf-8") as conf:
        conf.write("\nfarreaching_keys_dir = '../private'\n")
    (course / "private/rivers").mkdir(parents=True)
    (course / "exercises/rivers/where-it-begins.key.md").rename(course / "private/rivers/where-it-begins.key.md")
    (course / "out/page.html").write_text(f"<p>{SAID}</p>", encoding="utf-8")
    assert check(course)[0] == 1


def test_editions(course: Path) -> None:
    """The student edition is clean in every format; the instructor edition shows that keys are found in each."""
    assert run(course, "build").returncode == 0
    assert run(course, "build", "--edition", "instructor").returncode == 0
    result = run(course, "check", "leaks")  # build/student, where nothing is named
    assert (result.returncode, result.stdout) == (0, "")
    code, output = check(course, "build/instructor")
    assert code == 1
    for name in ("/html/rivers/length.html: ", "great-rivers.pdf: ", "great-rivers.epub: ", "great-rivers-offline.zip: "):
        assert name in output


@pytest.mark.parametrize("name", ["broken.zip", "broken.pdf"])
def test_unreadable_file(course: Path, name: str) -> None:
    (course / "out" / name).write_bytes(b"neither a zip nor a PDF")
    code, output = check(course)
    assert code == 1
    assert f"out/{name}: error: cannot be read: " in output


def test_no_folder(course: Path) -> None:
    result = run(course, "check", "leaks")
    assert result.returncode == 1
    assert "build/student: error: there is no such folder. Build first" in result.stderr


@pytest.mark.parametrize("words", [("claims", "out"), ("leaks", "out", "docs")])
def test_folder_out_of_place(course: Path, words: tuple[str, ...]) -> None:
    result = run(course, "check", *words)
    assert result.returncode == 2
    assert "A folder is named once, and only after leaks" in result.stderr
