"""The command line: exit status, whole output, help."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from tests.tiny import copy_course, edit, run

from farreaching import build, checks, vocabulary
from farreaching.exercises.model import TYPES
from farreaching.lms import export


def test_words_and_code_agree() -> None:
    assert vocabulary.FORMAT_NAMES == tuple(build.FORMATS)
    assert vocabulary.CHECK_NAMES == tuple(checks.CHECKS)
    assert vocabulary.EXERCISE_TYPES == TYPES
    assert vocabulary.PLATFORM_NAMES == tuple(export.WRITERS)


@pytest.mark.parametrize("command", ["build", "serve", "check", "new", "links", "exercises", "assign", "export", "plan"])
def test_help_has_an_example(command: str, tmp_path: Path) -> None:
    result = run(tmp_path, command, "--help")
    assert result.returncode == 0
    assert f"example: farreaching {command}" in result.stdout


def test_wrong_words(tmp_path: Path) -> None:
    result = run(tmp_path, "check", "spelling")
    assert result.returncode == 2
    assert "invalid choice: 'spelling'" in result.stderr


def test_names_apart(tmp_path: Path) -> None:
    result = run(tmp_path, "export", "cc", "--part", "rivers", "rivers/length-check")
    assert result.returncode == 2
    assert "unrecognized arguments: rivers/length-check (names stand side by side" in result.stderr


def test_clean_course_has_no_findings(tmp_path: Path) -> None:
    result = run(copy_course(tmp_path / "course"), "check")
    assert (result.returncode, result.stdout, result.stderr) == (0, "", "")


@pytest.fixture
def wrong(tmp_path: Path) -> Path:
    course = copy_course(tmp_path / "course")
    edit(course, "docs/rivers/flow.md", "<amazon-flow>", "<amazon-flaw>")
    return course


def test_text(wrong: Path) -> None:
    result = run(wrong, "check", "claims")
    assert result.returncode == 1
    assert result.stdout == (
        "docs/claims/rivers.yaml:24: warning: claim 'amazon-flow' is used nowhere."
        " Use it in a chapter, or take it out. [claims.unused]\n"
        "\n"
        "docs/rivers/flow.md:3: error: there is no claim 'amazon-flaw'."
        " Did you mean 'amazon-flow'? [claims.unknown]\n"
        "\n"
        "1 to mend, 1 to look at.\n"
    )


def test_json(wrong: Path) -> None:
    result = run(wrong, "check", "claims", "--format", "json")
    assert result.returncode == 1
    assert json.loads(result.stdout)[1] == {
        "path": "docs/rivers/flow.md",
        "line": 3,
        "severity": "error",
        "code": "claims.unknown",
        "message": "there is no claim 'amazon-flaw'.",
        "mend": "Did you mean 'amazon-flow'?",
    }


def test_github(wrong: Path) -> None:
    result = run(wrong, "check", "claims", "--format", "github")
    assert result.stdout.splitlines()[1] == (
        "::error file=docs/rivers/flow.md,line=3,title=claims.unknown::"
        "there is no claim 'amazon-flaw'. Did you mean 'amazon-flow'?"
    )


def test_a_warning_alone_is_no_failure(tmp_path: Path) -> None:
    course = copy_course(tmp_path / "course")
    edit(course, "docs/rivers/flow.md", "{claim}`carries more water <amazon-flow>`", "carries more water")
    result = run(course, "check", "claims")
    assert result.returncode == 0
    assert "0 to mend, 1 to look at." in result.stdout


def test_corroborated_by_one_party(tmp_path: Path) -> None:
    course = copy_course(tmp_path / "course")
    edit(course, "docs/claims/rivers.yaml", "for: [survey-2007, atlas-2007]", "for: [survey-2007]")
    result = run(course, "check", "claims")
    assert result.returncode == 1
    assert "'amazon-flow' is called corroborated, but every source for it is of one party (scholarly)" in result.stdout


def test_key_among_the_words_of_a_claim(tmp_path: Path) -> None:
    course = copy_course(tmp_path / "course")
    edit(course, "docs/claims/rivers.yaml", "Nobody names the survey.", "Nobody names the survey (survey-2007).")
    result = run(course, "check", "claims")
    assert result.returncode == 1
    assert "rivers.yaml:1: error: the key 'survey-2007' stands among the words of claim 'nile-length'. Cite it" in result.stdout


def test_unused_source(tmp_path: Path) -> None:
    course = copy_course(tmp_path / "course")
    fields = "author = {A, B}, title = {C}, publisher = {D}, date = {2001}, party = {other}, consulted = {full}"
    entry = f"@book{{spare,\n {fields}}}\n"
    with (course / "references.bib").open("a", encoding="utf-8") as bib:
        bib.write(entry)
    result = run(course, "check", "citations")
    assert (result.returncode, "the source 'spare' is cited nowhere" in result.stdout) == (0, True)
