"""What a run changed in the ledger, told in Markdown from a real git repository."""

from __future__ import annotations

import subprocess
from datetime import date
from pathlib import Path

import pytest
from tests.tiny import copy_course, run

from farreaching.links import ledger
from farreaching.links.ledger import Entry, State

DAY = date(2026, 11, 27)
NAMES = ("a", "b", "c")


def git(course: Path, *words: str) -> None:
    identity = ("-c", "user.name=A", "-c", "user.email=a@a.example", "-c", "commit.gpgsign=false")
    subprocess.run(["git", *identity, "-C", str(course), *words], check=True, capture_output=True)


def write(course: Path, *entries: Entry) -> None:
    ledger.save(course / "docs/data/links.toml", {entry.address: entry for entry in entries})


@pytest.fixture
def course(tmp_path: Path) -> Path:
    folder = copy_course(tmp_path / "repository" / "course")
    with (folder / "docs/rivers/flow.md").open("a", encoding="utf-8") as chapter:
        chapter.write("\n" + "\n".join(f"<https://{name}.example/>" for name in NAMES) + "\n")
    write(folder, *(Entry(f"https://{name}.example/", DAY) for name in NAMES))
    git(folder.parent, "init", "-q", "-b", "main")
    git(folder.parent, "add", ".")
    git(folder.parent, "commit", "-q", "-m", "start")
    return folder


def test_nothing_changed(course: Path) -> None:
    result = run(course, "links", "report")
    assert (result.returncode, result.stdout, result.stderr) == (0, "", "")


def test_what_changed_the_worst_first(course: Path) -> None:
    write(
        course,
        Entry("https://a.example/", DAY, State.ALIVE, DAY, DAY),
        Entry("https://b.example/", DAY, State.MOVED, DAY, DAY, final="https://b.example/new"),
        Entry("https://c.example/", DAY, State.DEAD, DAY, DAY, DAY, "404 Not Found", snapshot="https://archive.example/c"),
        Entry("https://d.example/", DAY),
    )
    line = len((course / "docs/rivers/flow.md").read_text(encoding="utf-8").splitlines()) - 3
    assert run(course, "links", "report").stdout.split("\n\n") == [
        "4 of 4 addresses changed their state since the ledger was last committed.",
        "| state | addresses |\n| --- | ---: |\n| alive | 1 |\n| blocked | 0 |\n| moved | 1 |\n| dead | 1 |\n| unchecked | 1 |",
        "- <https://c.example/>: unchecked → **dead** (404 Not Found), archived at <https://archive.example/c>."
        f" Used in `docs/rivers/flow.md:{line + 3}`.\n"
        f"- <https://b.example/>: unchecked → **moved**, leads to <https://b.example/new>."
        f" Used in `docs/rivers/flow.md:{line + 2}`.\n"
        "- <https://d.example/>: new → **unchecked**. Used in nothing.\n"
        f"- <https://a.example/>: unchecked → **alive**. Used in `docs/rivers/flow.md:{line + 1}`.\n",
    ]
    git(course, "commit", "-q", "-a", "-m", "the new ledger")
    assert run(course, "links", "report").stdout == ""


def test_an_issue_has_room_for_so_many(course: Path) -> None:
    write(course, *(Entry(f"https://{number}.example/", DAY) for number in range(130)))
    text = run(course, "links", "report").stdout
    assert text.count("\n- ") == 101
    assert text.endswith("- … and 30 more.\n")
    assert len(text) < 65_536


def test_no_ledger_in_the_last_commit(course: Path) -> None:
    git(course, "rm", "-q", "--cached", "docs/data/links.toml")
    git(course, "commit", "-q", "-m", "without")
    assert run(course, "links", "report").stdout.startswith("3 of 3 addresses changed")


def test_outside_git(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(tmp_path))
    result = run(copy_course(tmp_path / "course"), "links", "report")
    assert result.returncode == 1
    assert "error: git knows no commit 'HEAD'. Name a commit that is here" in result.stderr


def test_broken_ledger(course: Path) -> None:
    (course / "docs/data/links.toml").write_text("=======\n", encoding="utf-8")
    result = run(course, "links", "report")
    assert result.returncode == 1
    assert "docs/data/links.toml:1: error: a merge conflict was left here" in result.stderr
