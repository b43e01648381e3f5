"""`farreaching exercises`: the list of the bank, and where it is thin."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from tests.tiny import copy_course, run

from farreaching.exercises.matrix import Counted, Matrix
from farreaching.exercises.model import Exercise
from farreaching.exercises.selection import Wanted

CHECK, DISCUSSION = "rivers/length-check", "rivers/where-it-begins"


@pytest.fixture(scope="module")
def course(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return copy_course(tmp_path_factory.mktemp("list") / "course")


def test_all(course: Path) -> None:
    result = run(course, "exercises")
    assert (result.returncode, result.stderr) == (0, "")
    assert result.stdout == (
        "Exercise                Type        Level         Min.  Grouping  Title\n"
        "rivers/length-check     self-check  introductory     5  alone     Check yourself: the longest river\n"
        "rivers/where-it-begins  discussion  introductory    20  pairs     Where it begins\n"
        "2 exercises, 25 minutes.\n"
    )


@pytest.mark.parametrize(
    ("words", "found"),
    [
        (["--type", "discussion"], [DISCUSSION]),
        (["--part", "rivers", "--level", "introductory"], [CHECK, DISCUSSION]),
        (["--level", "advanced"], []),
        (["--max-minutes", "5"], [CHECK]),
        (["--max-minutes", "20"], [CHECK, DISCUSSION]),
        (["--outcome", "doubt"], [DISCUSSION]),
        (["--grouping", "PAIR"], [DISCUSSION]),
        (["--source", "survey-2007"], [DISCUSSION]),
        (["--source", "atlas-2007"], []),
        (["--grouping", "alone", "--outcome", "doubt"], []),
    ],
)
def test_filters(course: Path, words: list[str], found: list[str]) -> None:
    result = run(course, "exercises", *words, "--format", "json")
    assert result.returncode == 0, result.stderr
    assert [one["id"] for one in json.loads(result.stdout)] == found


def test_data(course: Path) -> None:
    (record,) = json.loads(run(course, "exercises", "--type", "discussion", "--format", "json").stdout)
    assert record == {
        "id": DISCUSSION, "title": "Where it begins", "type": "discussion", "level": "introductory", "minutes": 20,
        "grouping": "pairs", "bloom": "evaluate", "chapter": "rivers/length", "outcomes": ["doubt"],
        "cites": ["survey-2007"], "claims": ["amazon-longer"], "materials": "",
    }  # fmt: skip


def test_groupings_match_whatever_the_order_of_words() -> None:
    exercise = Exercise(
        id="a/b", path=Path("b.md"), title="B", type="debate", level="advanced", outcomes=(), minutes=60,
        grouping="Two teams of 4 and a bench", chapter="a", bloom="create",
    )  # fmt: skip
    assert Wanted(grouping="bench two").fits(exercise)
    assert not Wanted(grouping="bench three").fits(exercise)


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (["--type", "debat"], "there is no type 'debat'. Did you mean 'debate'? [exercises.type]"),
        (["--level", "x"], "there is no level 'x'. Use one of introductory, intermediate, advanced. [exercises.level]"),
        (["--part", "river"], "there is no part 'river'. Did you mean 'rivers'?"),
        (["--outcome", "doubts"], "there is no outcome 'doubts'. Did you mean 'doubt'?"),
        (["--source", "atlas-2070"], "there is no source 'atlas-2070'. Did you mean 'atlas-2007'?"),
    ],
)
def test_a_word_that_names_nothing(course: Path, words: list[str], message: str) -> None:
    result = run(course, "exercises", *words)
    assert (result.returncode, result.stdout) == (1, "")
    assert message in result.stderr


def test_no_minutes(course: Path) -> None:
    result = run(course, "exercises", "--max-minutes", "0")
    assert result.returncode == 2
    assert "'0' is not a number of minutes" in result.stderr


def test_matrix(course: Path) -> None:
    result = run(course, "exercises", "--matrix")
    assert (result.returncode, result.stderr) == (0, "")
    assert result.stdout == (
        "Exercises by outcome and level (an exercise with two outcomes stands in two rows)\n\n"
        "         remember  understand  apply  analyse  evaluate  create\n"
        "measure         ·           1      ·        ·         ·       ·\n"
        "doubt           ·           ·      ·        ·         1       ·\n\n"
        "Levels of the exercises by chapter and outcome\n\n"
        "outcomes: 1 measure, 2 doubt\n"
        "levels: 1 remember, 2 understand, 3 apply, 4 analyse, 5 evaluate, 6 create\n\n"
        "                   1      2\n"
        "rivers/length      2      5\n\n"
        "Gaps\n\n"
        "the whole bank: no exercise at remember, apply, analyse, create.\n"
        "measure: no exercise at evaluate.\n"
        "doubt: no exercise at understand.\n"
    )
    data = json.loads(run(course, "exercises", "--matrix", "--format", "json").stdout)
    assert data["cells"][0] == {"outcome": "doubt", "chapter": "rivers/length", "bloom": "evaluate", "exercises": 1}
    assert len(data["gaps"]) == 3


def test_gaps() -> None:
    exercises = (
        Counted(("see", "tell"), "one", "apply"), Counted(("see",), "one", "create"), Counted(("tell",), "two", "apply"),
    )  # fmt: skip
    matrix = Matrix(("see", "tell"), {"one": ("see",), "two": ("tell", "see")}, exercises)
    assert (matrix.count("see", "one"), matrix.count(chapter="one"), matrix.count(bloom="apply")) == (2, 2, 2)
    assert list(matrix.gaps()) == [
        "the whole bank: no exercise at remember, understand, analyse, evaluate.",
        "two: no exercise for its outcome see.",
        "two: no exercise at create.",
        "tell: no exercise at create.",
    ]


def test_the_list_opens_no_key(tmp_path: Path) -> None:
    course = copy_course(tmp_path / "course")
    (course / "exercises/rivers/where-it-begins.key.md").write_bytes(b"\xff not a key")
    for words in (["exercises"], ["exercises", "--matrix"]):
        assert run(course, *words).returncode == 0
