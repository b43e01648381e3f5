"""Findings of what a branch touched, in real git repositories."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest
from tests.tiny import copy_course, edit, run


def git(course: Path, *words: str) -> None:
    identity = ("-c", "user.name=A", "-c", "user.email=a@a.example", "-c", "commit.gpgsign=false")
    subprocess.run(["git", *identity, "-C", str(course), *words], check=True, capture_output=True)


@pytest.fixture
def course(tmp_path: Path) -> Path:
    """A course on a branch of its own, in a repository whose main has two unused claims."""
    folder = copy_course(tmp_path / "repository" / "course")
    entry = "\n  claim: C.\n  when: 2007\n  by: B\n  status: claimed\n  for: [survey-2007]\n  reviewed: 2026-11-23\n  note: N."
    text = "\n".join(f"{name}:{entry}" for name in ("old-one", "old-two"))
    with (folder / "docs/claims/rivers.yaml").open("a", encoding="utf-8") as ledger:
        ledger.write(text + "\n")
    git(folder.parent, "init", "-q", "-b", "main")
    git(folder.parent, "add", ".")
    git(folder.parent, "commit", "-q", "-m", "start")
    git(folder.parent, "checkout", "-q", "-b", "work")
    return folder


def found(course: Path, *arguments: str) -> list[str]:
    result = run(course, "check", *(arguments or ["--changed"]))
    assert result.stderr == ""
    return [line.split(": ")[2] for line in result.stdout.splitlines() if ": warning: " in line or ": error: " in line]


def test_nothing_changed(course: Path) -> None:
    assert len(found(course, "claims")) == 2
    assert found(course) == []


def test_only_the_entry_that_changed(course: Path) -> None:
    edit(course, "docs/claims/rivers.yaml", "old-two:\n  claim: C.", "old-two:\n  claim: D.")
    assert found(course) == ["claim 'old-two' is used nowhere. Use it in a chapter, or take it out. [claims.unused]"]
    git(course, "commit", "-q", "-a", "-m", "committed or not")
    assert len(found(course)) == 1
    assert found(course, "--changed", "HEAD") == []
    assert len(found(course, "--changed", "main")) == 1


def test_what_main_did_since_is_not_the_branchs(course: Path) -> None:
    git(course, "checkout", "-q", "main")
    edit(course, "docs/claims/rivers.yaml", "old-two:\n  claim: C.", "old-two:\n  claim: D.")
    git(course, "commit", "-q", "-a", "-m", "on main")
    git(course, "checkout", "-q", "work")
    assert found(course) == []


def test_an_entry_that_lost_a_line(course: Path) -> None:
    edit(course, "docs/claims/rivers.yaml", "  note: N.\nold-two", "old-two")
    assert found(course) == ["claim 'old-one'"]


def test_new_and_whole_files(course: Path) -> None:
    (course / "docs/rivers/new é.md").write_text("# New\n\n{claim}`x <nowhere>`\n", encoding="utf-8")
    assert len(found(course)) == 1
    git(course, "add", ".")
    git(course, "commit", "-q", "-m", "with a space and an accent in its name")
    assert len(found(course)) == 1


def test_a_text_file_counts_whole(course: Path) -> None:
    edit(course, "docs/rivers/flow.md", "<amazon-flow>", "<amazon-flaw>")
    git(course, "commit", "-q", "-a", "-m", "on the branch")
    git(course, "branch", "base")
    edit(course, "docs/rivers/flow.md", "## The evidence", "## Evidence")
    assert found(course, "--changed", "base") == ["there is no claim 'amazon-flaw'. Did you mean 'amazon-flow'? [claims.unknown]"]


@pytest.mark.parametrize("base", ["nowhere", "main..work"])
def test_no_such_base(course: Path, base: str) -> None:
    result = run(course, "check", f"--changed={base}")
    assert result.returncode == 1
    assert f"git knows no commit '{base}' with which to compare. Name a branch" in result.stderr


def test_outside_git(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(tmp_path))
    result = run(copy_course(tmp_path / "course"), "check", "--changed")
    assert result.returncode == 1
    assert "this is not a git working tree. Check the whole course" in result.stderr
