"""Syllabi: the order and the limits that they keep, what they say when they cannot, and the four files."""

from __future__ import annotations

import csv
import io
import zipfile
from collections.abc import Sequence
from datetime import date, timedelta
from pathlib import Path
from types import SimpleNamespace

import pytest
from docutils import nodes
from docx import Document
from icalendar import Calendar
from tests.tiny import copy_course, edit, fingerprint, pdf_text, run

from farreaching.plan.loads import loads
from farreaching.plan.model import FRAME, Load, Session, Task
from farreaching.plan.schedule import cost, fits, misfit, partition, weekly, with_repeats
from farreaching.plan.workshop import select, workshop

TYPES = ("discussion", "debate", "memo")


def load(number: int, reading: int = 20, exercises: Sequence[int] = (30, 45, 60), outcomes: str = "a") -> Load:
    """A chapter of part ``number // 4``."""
    name = f"part-{number // 4}/chapter-{number:02}"
    tasks = tuple(
        Task(f"{name}-{place}", f"Exercise {number}.{place}", TYPES[place % 3], minutes, "pairs")
        for place, minutes in enumerate(exercises)
    )
    return Load(name, f"Chapter {number}", f"Part {number // 4}", "Why?", reading, 8, tasks, tuple(outcomes))


LOADS = [load(number, 10 + number % 7 * 5) for number in range(20)]


def chapters(sessions: Sequence[Session]) -> list[str]:
    return [unit.load.docname for session in sessions for unit in session.units if not unit.continued]


@pytest.mark.parametrize("weeks", range(4, 16))
@pytest.mark.parametrize("minutes", [50, 90])
def test_weeks_keep_order_and_limit(weeks: int, minutes: int) -> None:
    limit = 60 * 60
    sessions = weekly(LOADS, weeks, minutes, limit, None)
    assert len(sessions) == weeks
    assert chapters(sessions) == [one.docname for one in LOADS]
    given = [task.id for session in sessions for task in (*session.in_class, *session.at_home)]
    assert len(given) == len(set(given))
    for session in sessions:
        assert session.units
        assert sum(task.minutes for task in session.in_class) <= minutes - FRAME
        # every chapter gives an exercise
        for unit in session.units:
            assert any(task in unit.load.tasks for task in (*session.in_class, *session.at_home))
        assert session.total == cost(session.units, minutes)


def test_a_limit_that_just_holds_and_one_that_does_not() -> None:
    fullest = max(session.total for session in weekly(LOADS, 6, 90, 10_000, None))
    assert misfit(LOADS, 6, 90, fullest) is None
    assert max(session.total for session in weekly(LOADS, 6, 90, fullest, None)) == fullest
    found = misfit(LOADS, 6, 90, fullest - 1)
    assert found is not None
    assert (found.fullest, found.limit) == (fullest, fullest - 1)


def test_no_cut_is_lighter() -> None:
    """The partition against all others, tried one by one."""
    units = with_repeats(LOADS[:8], 3)
    best = min(
        max(cost(units[:first], 90), cost(units[first:second], 90), cost(units[second:], 90))
        for first in range(1, 7)
        for second in range(first + 1, 8)
    )
    assert max(cost(week, 90) for week in partition(units, 3, 90)) == best


def test_what_to_drop_is_enough_and_no_more() -> None:
    found = misfit(LOADS, 4, 90, 200)
    assert found is not None
    for dropped in (found.from_the_end, found.least_loss):
        assert dropped
        assert fits([one for one in LOADS if one not in dropped], 4, 90, 200)
    assert list(found.from_the_end) == LOADS[-len(found.from_the_end) :]
    assert not fits(LOADS[: -len(found.from_the_end) + 1], 4, 90, 200)


def test_least_loss_keeps_what_only_one_chapter_trains() -> None:
    loads = [
        load(0, outcomes="ab"),
        load(1, 90, outcomes="ac"),
        load(2, 20, outcomes="a"),
        load(3, 25, outcomes="ab"),
        load(4, outcomes="a"),
    ]
    limit = 90 + 90 + 8  # of the chapter that nobody else can replace
    found = misfit(loads, 2, 90, limit)
    assert found is not None
    assert "part-0/chapter-01" not in [one.docname for one in found.least_loss]


def test_more_weeks_than_chapters() -> None:
    sessions = weekly(LOADS[:2], 5, 90, 600, None)
    assert chapters(sessions) == [one.docname for one in LOADS[:2]]
    assert [len(session.units) for session in sessions] == [1] * 5
    given = [task.id for session in sessions for task in session.in_class]
    assert len(given) == len(set(given))
    assert sum(session.units[0].preparing > 0 for session in sessions) == 2


def test_an_exercise_without_room_goes_home() -> None:
    (session,) = weekly([load(0, exercises=(60,)), load(1, exercises=(50,))], 1, 90, 600, None)
    assert [task.minutes for task in session.in_class] == [50]
    assert [task.minutes for task in session.at_home] == [60]
    assert session.total == 2 * 28 + 90 + 60


@pytest.mark.parametrize(("days", "minutes", "count"), [(1, 90, 4), (2, 90, 8), (1, 50, 7)])
def test_workshop(days: int, minutes: int, count: int) -> None:
    chosen = select(LOADS, count, minutes)
    sessions = workshop(chosen, days, minutes, date(2027, 3, 1))
    assert len(sessions) == count
    assert chapters(sessions) == [one.docname for one in LOADS if one in chosen]
    assert len({one.part for one in chosen}) == min(count, 5)
    assert all(session.in_class and not session.at_home for session in sessions)
    times = [(session.day, session.starts) for session in sessions]
    assert times == sorted(times)
    assert times[0] == (date(2027, 3, 1), "09:00")
    assert {session.day for session in sessions} == {date(2027, 3, 1) + timedelta(days=day) for day in range(days)}


@pytest.fixture(scope="module")
def course(tmp_path_factory: pytest.TempPathFactory) -> Path:
    course = copy_course(tmp_path_factory.mktemp("plan") / "course")
    edit(course, "docs/rivers/length.md", "# The longest river", "# The longest river: 강, река")
    for words in (("--weeks", "4"), ("--workshop", "1")):
        result = run(course, "plan", *words, "--start", "2027-02-01")
        assert result.returncode == 0, result.stderr
    return course


def test_files(course: Path) -> None:
    assert sorted(path.name for path in (course / "build/plan").iterdir()) == [
        f"great-rivers-{kind}.{suffix}" for kind in ("4-weeks", "workshop-1-day") for suffix in ("csv", "docx", "ics", "pdf")
    ]


def test_table(course: Path) -> None:
    rows = list(csv.DictReader(io.StringIO((course / "build/plan/great-rivers-4-weeks.csv").read_text(encoding="utf-8"))))
    assert [row["date"] for row in rows if row["when"] == "Before class"] == ["2027-02-01"] * 2
    assert [(row["session"], row["what"], row["minutes"]) for row in rows if "Where it begins" in row["what"]] == [
        ("Week 1", "Where it begins (discussion)", "20")
    ]
    for week in range(1, 5):
        assert sum(int(row["minutes"]) for row in rows if row["session"] == f"Week {week}" and row["when"] == "In class") == 90


def test_calendar(course: Path) -> None:
    events = Calendar.from_ical((course / "build/plan/great-rivers-4-weeks.ics").read_bytes()).events
    assert [event.start for event in events] == [date(2027, 2, 1) + timedelta(weeks=week) for week in range(4)]
    assert len({event["uid"] for event in events}) == 4
    assert "The longest river: 강, река" in events[0]["summary"]
    assert "Where it begins (discussion) (20 minutes)" in events[0]["description"]
    sessions = Calendar.from_ical((course / "build/plan/great-rivers-workshop-1-day.ics").read_bytes()).events
    assert [f"{event.start:%H:%M}-{event.end:%H:%M}" for event in sessions] == [
        "09:00-10:30",
        "11:00-12:30",
        "13:30-15:00",
        "15:30-17:00",
    ]


def test_a_moved_plan_moves_its_events(course: Path, tmp_path: Path) -> None:
    other = copy_course(tmp_path / "course")
    edit(other, "docs/rivers/length.md", "# The longest river", "# The longest river: 강, река")
    assert run(other, "plan", "--weeks", "4", "--start", "2027-09-06").returncode == 0
    events, moved = (
        Calendar.from_ical((one / "build/plan/great-rivers-4-weeks.ics").read_bytes()).events for one in (course, other)
    )
    assert [event["uid"] for event in events] == [event["uid"] for event in moved]
    assert moved[0].start == date(2027, 9, 6)


def test_document(course: Path) -> None:
    document = Document(str(course / "build/plan/great-rivers-4-weeks.docx"))
    # the columns of the grid too: some word processors look at nothing else
    assert {tuple(round(column.width.mm) for column in table.columns) for table in document.tables} == {(28, 92, 26)}
    assert document.core_properties.title == "Great Rivers: Syllabus for 4 weeks"
    headings = [one.text for one in document.paragraphs if one.style and one.style.name.startswith("Heading")]
    assert headings == [
        "Week 1: 1 February 2027",
        "Week 2: 8 February 2027",
        "Week 3: 15 February 2027",
        "Week 4: 22 February 2027",
    ]
    assert [cell.text for cell in document.tables[0].rows[0].cells] == ["When", "What", "Minutes"]
    assert "Read “The longest river: 강, река”" in [cell.text for cell in document.tables[0].columns[1].cells]
    assert document.tables[0].rows[0]._tr.xpath("w:trPr/w:tblHeader")


def test_pdf(course: Path) -> None:
    text = pdf_text((course / "build/plan/great-rivers-4-weeks.pdf").read_bytes())
    for part in ("Great Rivers: Syllabus for 4 weeks", "Week 4: 22 February 2027", "강", "река", "Where it begins"):
        assert part in text


def test_same_bytes_again_and_in_another_folder(course: Path, tmp_path: Path) -> None:
    other = copy_course(tmp_path / "elsewhere")
    edit(other, "docs/rivers/length.md", "# The longest river", "# The longest river: 강, река")
    for words in (("--weeks", "4"), ("--workshop", "1")):
        assert run(other, "plan", *words, "--start", "2027-02-01").returncode == 0
    assert fingerprint(other / "build/plan") == fingerprint(course / "build/plan")
    assert zipfile.is_zipfile(other / "build/plan/great-rivers-4-weeks.docx")


def test_no_calendar_without_a_first_day(tmp_path: Path) -> None:
    course = copy_course(tmp_path / "course")
    result = run(course, "plan", "--weeks", "5")
    assert result.returncode == 0
    assert "A calendar needs a first day: --start DATE." in result.stderr
    assert sorted(path.suffix for path in (course / "build/plan").iterdir()) == [".csv", ".docx", ".pdf"]


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (
            ("--weeks", "4", "--hours-per-week", "1"),
            "1 chapter does not fit into 4 weeks of 1 hour: the fullest week would take 1 hour 36 minutes, 36 minutes too much."
            " You can allow 2 hours a week (--hours-per-week 2).",
        ),
        (
            ("--weeks", "4", "--without", "rivers/lenght"),
            "there is no chapter or part 'rivers/lenght'. Did you mean 'rivers/length'?",
        ),
        (("--weeks", "4", "--without", "rivers"), "no chapter is left to plan."),
        (
            ("--workshop", "1", "--minutes-per-session", "30"),
            "no exercise fits into a session of 30 minutes; the shortest takes 20 minutes. Give --minutes-per-session more.",
        ),
    ],
)
def test_refused(course: Path, words: tuple[str, ...], message: str) -> None:
    before = fingerprint(course / "build/plan")
    result = run(course, "plan", *words)
    assert result.returncode == 1
    assert message in result.stderr
    assert "Traceback" not in result.stderr
    assert fingerprint(course / "build/plan") == before


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (("--weeks", "3"), "'3' is not 4 to 15 weeks"),
        (("--weeks", "16"), "'16' is not 4 to 15 weeks"),
        (("--weeks", "ten"), "'ten' is not 4 to 15 weeks"),
        (("--workshop", "3"), "invalid choice: 3"),
        (("--weeks", "4", "--workshop", "1"), "not allowed with"),
        ((), "one of the arguments --weeks --workshop is required"),
        (("--weeks", "4", "--start", "1 February"), "'1 February' is not a date (write 2027-02-01)"),
        (("--weeks", "4", "--start", "9999-12-31"), "'9999-12-31' is not a date (write 2027-02-01)"),
        (("--weeks", "4", "--hours-per-week", "0"), "'0' is no number of hours in a week"),
        (("--weeks", "4", "--minutes-per-session", "20"), "'20' is not 30 to 240 minutes"),
    ],
)
def test_wrong_words(tmp_path: Path, words: tuple[str, ...], message: str) -> None:
    result = run(tmp_path, "plan", *words)
    assert (result.returncode, message in result.stderr) == (2, True)


def test_quotation_marks_are_those_of_the_pages(monkeypatch: pytest.MonkeyPatch) -> None:
    facts = SimpleNamespace(question='Whose is the river\'s "mouth"?', reading_minutes=9, outcomes=())
    shown = SimpleNamespace(id="a/b", title="The river's end", type="map", minutes=20, grouping="a mapper's team")
    env = SimpleNamespace(
        domains={}, get_domain=lambda _: SimpleNamespace(shown_in=lambda _: [shown]), toctree_includes={},
        collect_relations=lambda: ["a"], titles={"a": nodes.title("", "A")},
    )  # fmt: skip
    monkeypatch.setattr("farreaching.plan.loads.chapters", lambda _: {"a": facts})
    (found,) = loads(env)  # type: ignore[arg-type]
    assert found.question == "Whose is the river’s “mouth”?"
    assert [(task.title, task.grouping) for task in found.tasks] == [("The river’s end", "a mapper’s team")]
