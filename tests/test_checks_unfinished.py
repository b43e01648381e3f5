"""The unfinished check: marks of scaffolds and of merges, wherever they were left."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.tiny import copy_course, edit, run


@pytest.mark.parametrize(
    ("name", "old", "new", "shown"),
    [
        ("docs/rivers/flow.md", "## The evidence", "TODO: say why.\n\n## The evidence",
         "docs/rivers/flow.md:5: error: something is to be filled in here (say why.). Replace 'TODO'. [unfinished.mark]"),
        ("docs/claims/rivers.yaml", "Nobody names the survey.", "TODO",
         "docs/claims/rivers.yaml:9: error: something is to be filled in here. Replace 'TODO'. [unfinished.mark]"),
        ("exercises/rivers/where-it-begins.key.md", "Treating length as given.", "TODO", "where-it-begins.key.md:11: error: "),
        ("docs/data/timeline.yaml", "An atlas prints", "TODO prints", "docs/data/timeline.yaml:20: error: "),
        ("docs/rivers/flow.md", "# Flow", "<<<<<<< ours\n# Flow",
         "docs/rivers/flow.md:1: error: a merge conflict was left here ('<<<<<<<'). Resolve it. [unfinished.merge]"),
    ],
)  # fmt: skip
def test_marks(tmp_path: Path, name: str, old: str, new: str, shown: str) -> None:
    course = copy_course(tmp_path / "course")
    edit(course, name, old, new)
    result = run(course, "check")
    assert result.returncode == 1
    assert shown in result.stdout


@pytest.mark.parametrize("text", ["Todo lists", "A heading\n=======", "TODOs", "METODO", "a <<<<<<< b"])
def test_no_mark(tmp_path: Path, text: str) -> None:
    course = copy_course(tmp_path / "course")
    edit(course, "docs/rivers/flow.md", "## The evidence", f"{text}\n\n## The evidence")
    assert run(course, "check").stdout == ""


@pytest.mark.parametrize(
    "name", ["docs/claims/rivers.yaml", "docs/data/timeline.yaml", "docs/reviews/the-atlas.yaml", "references.bib"]
)
def test_merge_conflict_in_a_ledger_is_said_in_so_many_words(tmp_path: Path, name: str) -> None:
    course = copy_course(tmp_path / "course")
    text = (course / name).read_text(encoding="utf-8")
    (course / name).write_text(f"<<<<<<< ours\n{text}=======\n>>>>>>> theirs\n", encoding="utf-8")
    result = run(course, "check")
    assert result.returncode == 1
    assert f"{name}:1: error: a merge conflict was left here ('<<<<<<<')." in result.stdout
    assert (course / name).read_text(encoding="utf-8").endswith(f"{text}=======\n>>>>>>> theirs\n")
