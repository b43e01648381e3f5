"""The citations check beyond the .bib file's own rules: twins, namesakes, weak hosts, quotations, symbols in addresses."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.tiny import copy_course, edit, run

from farreaching.checks.citations import check_citations
from farreaching.checks.quotations import quotations
from farreaching.citations.symbols import symbol_in_address
from farreaching.findings import CourseError, Finding, Severity
from farreaching.project import Project

WARNING, ERROR = Severity.WARNING, Severity.ERROR


@pytest.fixture
def course(tmp_path: Path) -> Path:
    return copy_course(tmp_path / "course")


def add_sources(course: Path, *entries: str) -> int:
    """Append entries, give each what all must have, cite them all; return the line before the first."""
    bib = course / "references.bib"
    before = len(bib.read_text(encoding="utf-8").splitlines())
    keys = []
    with bib.open("a", encoding="utf-8") as file:
        for entry in entries:
            head, fields = entry.split(",", 1)
            keys.append(head.split("{")[1])
            party = "" if "party" in fields else "party = {other}, "
            consulted = "" if "consulted" in fields else "consulted = {full}, "
            file.write(f"{head}, {party}{consulted}{fields}\n")
    with (course / "docs/rivers/flow.md").open("a", encoding="utf-8") as chapter:
        chapter.write(f"\n{{cite:p}}`{','.join(keys)}`\n")
    return before


def found(course: Path) -> list[Finding]:
    return sorted(check_citations(Project.at(course)), key=lambda finding: finding.sort_key)


def codes(course: Path) -> list[tuple[str, Severity]]:
    return [(finding.code.removeprefix("citations."), finding.severity) for finding in found(course)]


WEB = "organization = {O}, title = {One Title}, date = {2001-02-03}, addendum = {Read}"


@pytest.mark.parametrize(
    ("first", "second", "severity"),
    [
        # the same address, whatever the scheme, www and the last slash
        (f"{WEB}, url = {{https://www.a.example/x/}}", f"{WEB}, url = {{http://a.example/x}}", WARNING),
        (f"{WEB}, doi = {{10.1000/AbC}}", f"{WEB}, doi = {{10.1000/abc}}", ERROR),
        (f"{WEB}", "organization = {O}, title = {One title}, date = {2001-02-03}, addendum = {Read}", WARNING),
        # parts of one page, one text in two outlets, two days, two issuers
        (f"{WEB}, url = {{https://a.example/x\\#one}}", f"{WEB}, url = {{https://a.example/x\\#two}}", None),
        (f"{WEB}, url = {{https://a.example/x}}", f"{WEB}, url = {{https://b.example/y}}", None),
        (f"{WEB}", "organization = {O}, title = {One Title}, date = {2001-02-04}, addendum = {Read}", None),
        (f"{WEB}", "organization = {P}, title = {One Title}, date = {2001-02-03}, addendum = {Read}", None),
    ],
)
def test_same_document_under_two_keys(course: Path, first: str, second: str, severity: Severity | None) -> None:
    before = add_sources(course, f"@online{{one, {first}}}", f"@online{{two, {second}}}")
    assert codes(course) == ([("same-document", severity)] if severity else [])
    if severity:
        (finding,) = found(course)
        assert finding.line == before + 2
        assert f"'two' and 'one' (line {before + 1}) have the same" in finding.message


def test_same_symbol_under_two_keys(course: Path) -> None:
    fields = "entrysubtype = {letter}, author = {{State}}, number = {S/2024/255}, date = {2024-03-28}"
    add_sources(course, f"@report{{one, {fields}, title = {{A}}}}", f"@report{{two, {fields}, title = {{B}}}}")
    assert codes(course) == [("same-document", ERROR)]


def test_two_persons_of_one_name_and_year(course: Path) -> None:
    one, two = "author = {Kim, A}", "author = {Kim, B}"
    rest = "publisher = {P}, date = {2001}"
    before = add_sources(course, f"@book{{one, {one}, title = {{T}}, {rest}}}", f"@book{{two, {two}, title = {{U}}, {rest}}}")
    (finding,) = found(course)
    assert (finding.code, finding.line, finding.severity) == ("citations.namesakes", before + 2, WARNING)
    assert "the text calls both Kim 2001" in finding.message
    assert finding.mend == "Give the whole name to both: shortauthor = {{Kim B}}."
    edit(course, "references.bib", one, f"{one}, shortauthor = {{{{Kim A}}}}")
    assert found(course) == []


def test_one_person_twice_a_year_is_no_namesake(course: Path) -> None:
    rest = "author = {Kim, A}, publisher = {P}, date = {2001}"
    add_sources(course, f"@book{{one, title = {{T}}, {rest}}}", f"@book{{two, title = {{U}}, {rest}}}")
    assert found(course) == []


def test_weak_hosts(course: Path) -> None:
    with (course / "docs/conf.py").open("a", encoding="utf-8") as conf:
        conf.write("\nfarreaching_weak_hosts = ['wiki.example']\n")
    add_sources(
        course,
        "@online{weak, organization = {A}, title = {A}, url = {https://en.wiki.example/a}}",
        "@online{known, organization = {B}, title = {B}, url = {https://wiki.example/b}, keywords = {war, weak}}",
        "@online{good, organization = {C}, title = {C}, url = {https://notwiki.example/c}}",
    )
    (finding,) = found(course)
    assert (finding.code, finding.severity) == ("citations.weak-host", WARNING)
    assert "'weak' lies on en.wiki.example" in finding.message


def test_weak_hosts_must_be_a_list(course: Path) -> None:
    with (course / "docs/conf.py").open("a", encoding="utf-8") as conf:
        conf.write("\nfarreaching_weak_hosts = 'https://wiki.example'\n")
    result = run(course, "check", "citations")
    assert result.returncode == 1
    assert "docs/conf.py: error: farreaching_weak_hosts is no list of hosts." in result.stderr


@pytest.mark.parametrize(
    ("address", "symbol"),
    [
        ("https://press.un.org/en/2024/sc15648.doc.htm", "SC/15648"),
        ("http://www.un.org/press/fr/2016/cs12603.doc.htm", "SC/12603"),
        ("https://undocs.org/en/S/2024/255", "S/2024/255"),
        ("https://docs.un.org/S/RES/2397%20(2017)", "S/RES/2397(2017)"),
        ("https://www.un.org/securitycouncil/s/res/2270-%282016%29", "S/RES/2270(2016)"),
        ("https://main.un.org/securitycouncil/en/sanctions/1718/resolutions", ""),
        ("https://a.example/sc15648.doc.htm", ""),
    ],
)
def test_symbol_in_address(address: str, symbol: str) -> None:
    assert symbol_in_address(address) == symbol


def test_symbol_and_address_disagree(course: Path) -> None:
    fields = "entrysubtype = {press-release}, title = {T}, author = {{UN}}, date = {2024-03-28}, number = {SC/15648}"
    before = add_sources(course, f"@report{{un, {fields},\n url = {{https://press.un.org/en/2024/sc15649.doc.htm}}}}")
    (finding,) = found(course)
    assert (finding.code, finding.line, finding.severity) == ("citations.symbol", before + 2, ERROR)
    assert "the address leads to SC/15649, and 'number' is 'SC/15648'" in finding.message
    edit(course, "references.bib", "sc15649", "sc15648")
    assert found(course) == []


def test_via_too_long(course: Path) -> None:
    chain = ["one", "two", "three", "four"]
    entries = [
        f"@book{{{key}, author = {{{{{key}}}}}, title = {{{key}}}, publisher = {{P}}, consulted = {{{read}}}}}"
        for key, read in zip(chain, [*(f"via {key}" for key in chain[1:]), "full"], strict=True)
    ]
    add_sources(course, *entries)
    with pytest.raises(CourseError) as caught:
        _ = Project.at(course).sources
    (finding,) = caught.value.findings
    assert finding.code == "citations.via"
    assert "'one': it is known at 3 removes (one → two → three → four)" in finding.message


def test_merge_conflict_in_the_bibliography(course: Path) -> None:
    edit(course, "references.bib", "@book", "<<<<<<< ours\n@book")
    (finding,) = found(course)
    assert finding.message == "a merge conflict was left here ('<<<<<<<')."
    assert finding.line == 12


# --- quotations


def words(count: int) -> str:
    return " ".join(["word"] * count)


def test_long_quotation(course: Path) -> None:
    with (course / "docs/rivers/flow.md").open("a", encoding="utf-8") as chapter:
        chapter.write(f'\n"{words(25)}." And: "{words(26)}."\n')
    (finding,) = found(course)
    assert (finding.path.name, finding.code, finding.severity) == ("flow.md", "citations.quotation", WARNING)
    assert "a quotation of 26 words ('word word" in finding.message


def test_a_key_may_hold_model_answers_and_code_anything(course: Path) -> None:
    edit(course, "exercises/rivers/where-it-begins.key.md", "Treating length", f'"{words(30)}" Treating length')
    with (course / "docs/rivers/flow.md").open("a", encoding="utf-8") as chapter:
        chapter.write(f'\n```text\n"{words(30)}"\n```\n')
    assert found(course) == []


def test_long_quotation_in_an_exercise_and_in_the_ledger(course: Path) -> None:
    edit(course, "exercises/rivers/where-it-begins.md", "Read the chapter.", f"“{words(26)}”")
    edit(course, "docs/claims/rivers.yaml", "Flow is not length.", f"'Flow: \"{words(26)}\"'")
    assert [(finding.path.name, finding.line) for finding in found(course)] == [("rivers.yaml", 24), ("where-it-begins.md", 21)]


@pytest.mark.parametrize(
    ("text", "counts"),
    [
        ('He said "one two" and "three".', [2, 1]),
        ('A stray " mark.\n\nThen "one".', [1]),
        ('"one {claim}`two three <an-id>` {cite:p}`key{p. 4}` four"', [4]),
        ('- a "one\n- b two"', []),
        ('---\ntitle: "one two"\n---\n"one"', [1]),
        ('"1,000 km, S/RES/83 and don\'t"', [5]),
    ],
)
def test_quotations(text: str, counts: list[int]) -> None:
    assert [len(found) for _, found in quotations(text)] == counts


def test_longest_quotation_is_configurable(course: Path) -> None:
    with (course / "docs/conf.py").open("a", encoding="utf-8") as conf:
        conf.write("\nfarreaching_longest_quotation = 2\n")
    with (course / "docs/rivers/flow.md").open("a", encoding="utf-8") as chapter:
        chapter.write('\n"one two three"\n')
    assert "a quotation of 3 words" in found(course)[0].message
