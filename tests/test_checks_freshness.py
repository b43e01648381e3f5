"""The freshness check on days of our choosing."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from tests.tiny import copy_course, edit, run

from farreaching.checks.freshness import check_freshness, review_queue
from farreaching.findings import CourseError, Severity, errors
from farreaching.project import Project

#: The tiny course was looked at on 23 November 2026, and falls due a year later.
SEEN = date(2026, 11, 23)
LAST_DAY, AFTER = date(2027, 11, 23), date(2027, 11, 24)


@pytest.fixture
def course(tmp_path: Path) -> Path:
    return copy_course(tmp_path / "course")


def codes(course: Path, today: date) -> list[tuple[str, str, int]]:
    found = list(check_freshness(Project.at(course), today))
    assert errors(found) == []
    return [(finding.code.removeprefix("freshness."), finding.path.name, finding.line) for finding in found]


def test_what_falls_due_and_when(course: Path) -> None:
    assert codes(course, SEEN) == []
    assert codes(course, LAST_DAY) == []
    assert codes(course, AFTER) == [
        ("chapter", "length.md", 2),  # it uses a claim or a source five times
        ("claim", "rivers.yaml", 1),  # used four times: twice in the text, in an event and in a review
        ("claim", "rivers.yaml", 14),
        ("review", "the-atlas.yaml", 1),
        ("claim", "rivers.yaml", 24),
        ("data", "datapackage.yaml", 5),
    ]


def test_queue_has_the_most_used_first(course: Path) -> None:
    queue = review_queue(Project.at(course))
    assert [(item.name, item.uses) for item in queue] == [
        ("rivers/length", 5), ("nile-length", 4), ("amazon-longer", 3),
        ("the-atlas", 2), ("amazon-flow", 1), ("lengths.csv", 1),
    ]  # fmt: skip
    assert {item.due for item in queue} == {LAST_DAY}


def test_intervals_are_configurable(course: Path) -> None:
    with (course / "docs/conf.py").open("a", encoding="utf-8") as conf:
        conf.write("\nfarreaching_freshness = {'claim': 30, 'chapter': 9999, 'data': 9999, 'review': 9999}\n")
    assert [code for code, _, _ in codes(course, AFTER)] == ["claim"] * 3


@pytest.mark.parametrize(
    ("setting", "message"),
    [
        ("{'claims': 30}", "holds 'claims', which means nothing. Did you mean 'claim'?"),
        ("{'claim': 'never'}", "has 'never' as 'claim'. Give a number"),
        ("{'claim': -1}", "has -1 as 'claim'"),
        ("30", "is no dictionary"),
    ],
)
def test_bad_setting(course: Path, setting: str, message: str) -> None:
    with (course / "docs/conf.py").open("a", encoding="utf-8") as conf:
        conf.write(f"\nfarreaching_freshness = {setting}\n")
    result = run(course, "check", "freshness")
    assert result.returncode == 1
    assert f"docs/conf.py: error: farreaching_freshness {message}" in result.stderr
    assert "Traceback" not in result.stderr


def test_superseded_claim_without_the_newer_one(course: Path) -> None:
    edit(course, "docs/rivers/length.md", "{claim}`found the Amazon longer <amazon-longer>`", "found the Amazon longer")
    assert codes(course, SEEN) == [("superseded", "length.md", 15), ("superseded", "length.md", 16)]


def claim_of_2025(course: Path, reviewed: str) -> None:
    edit(course, "docs/claims/rivers.yaml", "when: 2007\n", "when: 2025-03\n")
    edit(course, "docs/claims/rivers.yaml", "status: corroborated\n", "status: claimed\n")
    text = (course / "docs/claims/rivers.yaml").read_text(encoding="utf-8")
    head, _, tail = text.rpartition("reviewed: 2026-11-23")
    (course / "docs/claims/rivers.yaml").write_text(f"{head}reviewed: {reviewed}{tail}", encoding="utf-8")


def claimed(course: Path, today: date) -> bool:
    for path in [*(course / "docs").rglob("*.md"), *(course / "docs").rglob("*.yaml")]:  # so that the clock can be right
        path.write_text(path.read_text(encoding="utf-8").replace("2026-11-23", "2026-01-02"), encoding="utf-8")
    return ("claimed", "rivers.yaml", 24) in codes(course, today)


def test_claimed_for_a_year(course: Path) -> None:
    claim_of_2025(course, "2026-01-01")
    assert not claimed(course, date(2026, 3, 31))  # "2025-03" ends on the 31st
    assert claimed(course, date(2026, 4, 1))


def test_a_review_settles_what_is_still_only_claimed(course: Path) -> None:
    claim_of_2025(course, "2026-04-01")
    assert not claimed(course, SEEN)


def test_a_chapter_whose_date_is_none(course: Path) -> None:
    edit(course, "docs/rivers/length.md", "reviewed: 2026-11-23", "reviewed: soon")
    with pytest.raises(CourseError, match=r"length\.md:2: error: 'reviewed: soon' is not a date\. Write 2024-03-28"):
        codes(course, SEEN)


def test_clock_in_the_past(course: Path) -> None:
    with pytest.raises(CourseError) as caught:
        list(check_freshness(Project.at(course), date(2026, 11, 22)))
    (finding,) = caught.value.findings
    assert (finding.code, finding.severity) == ("freshness.clock", Severity.ERROR)
    assert "looked at on 2026-11-23, but this computer's clock says 2026-11-22" in finding.message


def test_named_only_and_never_a_failure(course: Path) -> None:
    edit(course, "docs/claims/rivers.yaml", "  reviewed: 2026-11-23", "  reviewed: 2020-01-01")
    assert run(course, "check").stdout == ""
    result = run(course, "check", "freshness")
    assert result.returncode == 0
    assert "docs/claims/rivers.yaml:1: warning: claim 'nile-length' was last looked at on 2020-01-01" in result.stdout
    assert "Review first:\n  2020-12-31  used 4 times  claim nile-length\n" in result.stdout
    assert "Review first" not in run(course, "check", "freshness", "--format", "json").stdout


def test_broken_files_are_left_to_their_own_checks(course: Path) -> None:
    (course / "docs/claims/rivers.yaml").write_text("a: [", encoding="utf-8")
    (course / "docs/data/datapackage.yaml").write_text("a: [", encoding="utf-8")
    (course / "docs/data/timeline.yaml").write_text("a: [", encoding="utf-8")
    assert {code for code, _, _ in codes(course, AFTER)} == {"chapter", "review"}
