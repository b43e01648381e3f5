"""Class plans: minutes without a gap, exercises that fit, and a page that follows its chapters."""

from __future__ import annotations

import re
from itertools import pairwise
from pathlib import Path

import pytest
from tests.tiny import copy_course, edit, run, texts

from farreaching.plan.minutes import Kind, choose_task, steps
from farreaching.plan.model import Load, Task

PAGE = "docs/reference/classes.md"
HTML = "build/student/html/reference/classes.html"


def task(minutes: int) -> Task:
    return Task(f"part/of-{minutes}", f"Of {minutes}", "debate", minutes, "pairs")


def load(*minutes: int) -> Load:
    return Load("part/chapter", "Chapter", "Part", "Why?", 15, 8, tuple(map(task, minutes)), ("a",))


@pytest.mark.parametrize("minutes", [50, 90])
@pytest.mark.parametrize("exercise", [None, 15, 25, 35, 40])
def test_steps_fill_the_class(minutes: int, exercise: int | None) -> None:
    made = list(steps(minutes, task(exercise) if exercise else None))
    assert made[0].begins == 0
    assert made[-1].ends == minutes
    assert all(before.ends == after.begins < after.ends for before, after in pairwise(made))
    assert (made[0].kind, made[-1].kind) == (Kind.OPENING, Kind.DEBRIEF)
    assert [step.ends - step.begins for step in made if step.kind is Kind.EXERCISE] == ([exercise] if exercise else [])


@pytest.mark.parametrize(
    ("minutes", "exercises", "chosen"),
    [
        (50, (15, 35, 40), 35),  # the claim keeps its place
        (50, (40, 60), 40),  # unless nothing fits beside it
        (50, (45, 60), None),
        (90, (15, 67, 70), 67),
        (90, (75, 80), 75),
        (90, (), None),
    ],
)
def test_longest_exercise_that_fits(minutes: int, exercises: tuple[int, ...], chosen: int | None) -> None:
    found = choose_task(load(*exercises), minutes)
    assert (found.minutes if found else None) == chosen


def test_the_longer_class_has_another_exercise() -> None:
    first = choose_task(load(30, 35), 50)
    second = choose_task(load(30, 35), 90, [first.id] if first else [])
    assert (first, second) == (task(35), task(30))


@pytest.fixture
def course(tmp_path: Path) -> Path:
    course = copy_course(tmp_path / "course")
    (course / PAGE).write_text("# Classes\n\n```{class-plans}\n```\n", encoding="utf-8")
    edit(course, "docs/index.md", "reference/outcomes", "reference/outcomes\nreference/classes")
    return course


def words(html: str) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", html).split())


def test_page(course: Path) -> None:
    result = run(course, "build", "html", "pdf", "epub")
    assert result.returncode == 0, result.stderr
    html = (course / HTML).read_text(encoding="utf-8")
    assert 'href="../rivers/length.html#exercise-rivers-where-it-begins"' in html
    assert 'href="../rivers/length.html"' in html
    assert 'href="ledger.html#ledger-amazon-longer"' in html
    for part in (
        "The longest river Which river is the longest?",
        "0–5 Opening",
        "5–15 A claim",
        "The Amazon is longer than the Nile. (◇T contested)",
        "15–35 Exercise Where it begins (discussion; pairs)",
        "35–50 Debrief",
        "43–90 Debrief",
    ):
        assert part in words(html)
    built = texts(course / "build/student")
    for start, end in (("great-rivers.pdf", ""), ("great-rivers.epub/", "/classes.xhtml")):
        (text,) = [text for key, text in built.items() if key.startswith(start) and key.endswith(end)]
        assert "15–35" in text, start
        assert "Where it begins" in text, start


def test_page_follows_its_chapters(course: Path) -> None:
    assert run(course, "build", "html").returncode == 0
    edit(course, "exercises/rivers/where-it-begins.md", "minutes: 20", "minutes: 30")
    assert run(course, "build", "html").returncode == 0
    assert "15–45 Exercise Where it begins" in words((course / HTML).read_text(encoding="utf-8"))


def test_no_exercise_fits(course: Path) -> None:
    edit(course, "exercises/rivers/where-it-begins.md", "minutes: 20", "minutes: 80")
    assert run(course, "build", "html").returncode == 0
    assert "No exercise fits. The shortest, of 80 minutes, can be done at home: Where it begins ." in words(
        (course / HTML).read_text(encoding="utf-8")
    )


def test_no_chapter(course: Path) -> None:
    chapter = (course / "docs/rivers/length.md").read_text(encoding="utf-8")
    opening = chapter[chapter.index(":::{opening}") : chapter.index("The Nile is")]
    edit(course, "docs/rivers/length.md", opening, "")
    result = run(course, "build", "html")
    assert result.returncode == 1
    assert "classes.md:3: WARNING: no chapter has an opening that a class could be planned from." in result.stderr
