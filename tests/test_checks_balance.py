"""The balance check: shares by party, kind and language, with thresholds for the course and for a chapter."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.tiny import copy_course, run

from farreaching.checks.balance import chapter_sources, check_balance
from farreaching.findings import Severity
from farreaching.project import Project


@pytest.fixture
def course(tmp_path: Path) -> Path:
    """A course whose page on flow cites eight more sources, seven of one party, all web pages in one language."""
    folder = copy_course(tmp_path / "course")
    keys = [f"web{number}" for number in range(8)]
    with (folder / "references.bib").open("a", encoding="utf-8") as bib:
        for key in keys:
            party = "other" if key == "web0" else "scholarly"
            bib.write(f"@online{{{key}, organization = {{O}}, title = {{{key}}}, addendum = {{A}}, party = {{{party}}},\n")
            bib.write(" langid = {russian}, consulted = {full}}\n")
    with (folder / "docs/rivers/flow.md").open("a", encoding="utf-8") as chapter:
        chapter.write(f"\n{{cite:p}}`{','.join(keys)}`\n")
    return folder


def conf(course: Path, text: str) -> None:
    with (course / "docs/conf.py").open("a", encoding="utf-8") as file:
        file.write(f"\nfarreaching_balance = {text}\n")


def found(course: Path) -> list[tuple[str, str]]:
    findings = list(check_balance(Project.at(course)))
    assert {finding.severity for finding in findings} <= {Severity.WARNING}
    assert {finding.path.name for finding in findings} <= {"flow.md"}
    return [(finding.code.removeprefix("balance."), finding.message) for finding in findings]


def test_sources_of_a_chapter_are_the_texts_and_its_claims(course: Path) -> None:
    project = Project.at(course)
    assert {source.key for source in chapter_sources(project, project.docs / "rivers/length.md")} == {"atlas-2007", "survey-2007"}
    assert len(chapter_sources(project, project.docs / "rivers/flow.md")) == 10


def test_default_thresholds(course: Path) -> None:
    assert found(course) == [
        ("parties", "the 10 sources are of 2 parties only."),
        ("party", "8 of 10 sources are of one party, scholarly (scholarly 80%, other 20%)."),
    ]


def test_thresholds_of_the_course_and_of_a_chapter(course: Path) -> None:
    limits = "'party': 0.9, 'parties': 1, 'kind': 0.9, 'language': 0.75"
    conf(course, f"{{{limits}}}")
    assert found(course) == [("language", "8 of 10 sources are of one language, Russian (Russian 80%, English 20%).")]
    conf(course, f"{{{limits}, 'chapters': {{'rivers/flow': {{'language': 0.8}}}}}}")
    assert found(course) == []


def test_few_sources_are_not_weighed(course: Path) -> None:
    conf(course, "{'sources': 11}")
    assert found(course) == []


@pytest.mark.parametrize(
    ("setting", "message"),
    [
        ("{'partys': 1}", "farreaching_balance holds 'partys', which means nothing. Did you mean 'party'?"),
        ("[]", "farreaching_balance is no dictionary."),
        ("{'chapters': []}", "farreaching_balance has [] as 'chapters'."),
        ("{'chapters': {'rivers/flaw': {}}}", "names the chapter 'rivers/flaw', which is none. Did you mean 'rivers/flow'?"),
        ("{'chapters': {'rivers/flow': {'kind': 'all'}}}", "farreaching_balance, chapter 'rivers/flow', has 'all' as 'kind'."),
    ],
)
def test_bad_settings(course: Path, setting: str, message: str) -> None:
    conf(course, setting)
    result = run(course, "check", "balance")
    assert result.returncode == 1
    assert message in result.stderr
    assert "Traceback" not in result.stderr


def test_only_when_named(course: Path) -> None:
    assert run(course, "check").stdout == ""
    result = run(course, "check", "balance")
    assert result.returncode == 0
    assert (
        "docs/rivers/flow.md: warning: the 10 sources are of 2 parties only. Hear at least 3. [balance.parties]" in result.stdout
    )
