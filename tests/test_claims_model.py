"""The ledger's loader: what it reads, and what it says about a wrong entry."""

from pathlib import Path

import pytest

from farreaching.claims.loader import load_ledger
from farreaching.claims.model import Status
from farreaching.findings import CourseError

GOOD = """\
etna-plume:
  claim: The observatory saw a plume of *at least* 9 km.
  when: 2021-02-16
  by: Etna Observatory
  status: documented
  for: [{cite: ingv-2021, at: "para. 2"}, press-2021]
  against: []
  reviewed: 2026-11-23
  note: The height is of the plume, not of the lava fountain.
"""
HISTORY = """\
etna-deep:
  claim: Magma rose from below 10 km.
  when: 2021-02
  by: two laboratories
  status: corroborated
  for: [ingv-2021]
  against: []
  reviewed: 2026-11-23
  note: Depth is inferred from crystals.
  history:
    - {date: 2021-03-01, status: claimed, why: one laboratory, for: [ingv-2021]}
    - {date: 2022-05, status: corroborated, why: a second one, for: [press-2021]}
"""


def ledger_file(tmp_path: Path, text: str, name: str = "volcanoes.yaml") -> Path:
    (tmp_path / name).write_text(text, encoding="utf-8")
    return tmp_path


def test_reads_an_entry(tmp_path: Path) -> None:
    claim = load_ledger(ledger_file(tmp_path, GOOD))["etna-plume"]
    assert claim.status is Status.DOCUMENTED
    assert [(item.key, item.at) for item in claim.supporting] == [("ingv-2021", "para. 2"), ("press-2021", "")]
    assert (claim.part, claim.line, str(claim.when)) == ("volcanoes", 1, "16 February 2021")
    assert claim.keys == ["ingv-2021", "press-2021"]


def test_no_folder_is_an_empty_ledger(tmp_path: Path) -> None:
    assert load_ledger(tmp_path / "none") == {}


def changed(old: str, new: str, text: str = GOOD) -> str:
    assert old in text
    return text.replace(old, new)


@pytest.mark.parametrize(
    ("text", "line", "message"),
    [
        (
            changed("status: documented", "status: proven"),
            5,
            "unknown status 'proven'. Use one of documented, corroborated",
        ),
        (
            changed('[{cite: ingv-2021, at: "para. 2"}, press-2021]', "[]"),
            6,
            "no source stands for it ('for' is empty)",
        ),
        (changed("when: 2021-02-16", "when: 2021-02-30"), 3, "'when: 2021-02-30' is not a date. Write 2024-03-28"),
        (changed("reviewed: 2026-11-23", "reviewed: soon"), 8, "'reviewed: soon' is not a date"),
        (changed("  note:", "  notes:"), 9, "there is no field 'notes'. Did you mean 'note'?"),
        (changed("  by: Etna Observatory\n", ""), 1, "the field 'by' is missing"),
        (changed("etna-plume:", "Etna plume:"), 1, "an id is lower-case words with hyphens"),
        (changed("press-2021]", "{key: press-2021}]"), 6, "'{'key': 'press-2021'}' is not a source in 'for'"),
        (changed('at: "para. 2"', "at: [2]"), 6, "'at': [2]}' is not a source in 'for'"),
        (changed("status: documented", "status: denied"), 5, "a denied claim names who denies it. Add 'denied-by'"),
        (changed("status: documented", "status: contested"), 5, "a contested claim has a source against it"),
        (changed("status: documented", "status: superseded"), 5, "'superseded' and 'by-claim' go together"),
        (changed("  note:", "  by-claim: etna-plume\n  note:"), 5, "'superseded' and 'by-claim' go together"),
        (changed("status: corroborated\n", "status: claimed\n", HISTORY), 5, "the history ends with 'corroborated'"),
        (changed("date: 2022-05", "date: 2020-05", HISTORY), 12, "stands after a later one. Put the oldest first"),
        (changed(", why: one laboratory", "", HISTORY), 11, "a change lacks why"),
        ("etna-plume: yes\n", 1, "the entry must be a mapping of fields"),
        ("- etna\n", 1, "a claims file is a mapping"),
    ],
)
def test_bad_entry(tmp_path: Path, text: str, line: int, message: str) -> None:
    with pytest.raises(CourseError) as caught:
        load_ledger(ledger_file(tmp_path, text))
    found = [f"{finding.path.name}:{finding.line}: {finding.message} {finding.mend}" for finding in caught.value.findings]
    assert any(place.startswith(f"volcanoes.yaml:{line}: ") and message in place for place in found), found


def superseded(claim_id: str, newer: str) -> str:
    entry = changed("status: documented", f"status: superseded\n  by-claim: {newer}")
    return changed("etna-plume:", f"{claim_id}:", entry)


def test_by_claim_in_a_circle(tmp_path: Path) -> None:
    with pytest.raises(CourseError) as caught:
        load_ledger(ledger_file(tmp_path, superseded("a", "b") + superseded("b", "c") + superseded("c", "a")))
    assert "'by-claim' leads in a circle (a → b → c → a)" in str(caught.value)


def test_by_claim_that_leads_into_a_circle_blames_the_circle(tmp_path: Path) -> None:
    with pytest.raises(CourseError) as caught:
        load_ledger(ledger_file(tmp_path, superseded("x", "a") + superseded("a", "b") + superseded("b", "a")))
    assert [finding.line for finding in caught.value.findings] == [11, 21]


def test_unknown_by_claim(tmp_path: Path) -> None:
    with pytest.raises(CourseError, match=r"names the unknown claim 'etna-plums'\. Did you mean 'etna-plume'\?"):
        load_ledger(ledger_file(tmp_path, GOOD + superseded("old", "etna-plums")))


def test_one_id_in_two_files(tmp_path: Path) -> None:
    ledger_file(tmp_path, GOOD, "a.yaml")
    with pytest.raises(CourseError, match=r"b\.yaml:1: .*the id is taken by a\.yaml:1"):
        load_ledger(ledger_file(tmp_path, GOOD, "b.yaml"))


def test_everything_wrong_is_said_at_once(tmp_path: Path) -> None:
    ledger_file(tmp_path, changed("status: documented", "status: proven"), "a.yaml")
    ledger_file(tmp_path, "a: [\n", "b.yaml")
    with pytest.raises(CourseError) as caught:
        load_ledger(tmp_path)
    assert {finding.path.name for finding in caught.value.findings} == {"a.yaml", "b.yaml"}


def test_unknown_source(tmp_path: Path) -> None:
    ledger = load_ledger(ledger_file(tmp_path, GOOD))
    (finding,) = ledger.check_citations(["ingv-2021", "press-2022"])
    assert (finding.line, finding.mend) == (1, "Did you mean 'press-2022'?")
    assert "cites the unknown source 'press-2021'" in finding.message
