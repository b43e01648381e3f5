"""Reading .bib files, without Sphinx."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

from farreaching.citations.bibfile import load_sources, read_bibliography
from farreaching.citations.kinds import Kind, kind_of
from farreaching.citations.scanner import Scanner
from farreaching.citations.source import Source, plain
from farreaching.citations.symbols import is_doi, is_isbn, is_symbol
from farreaching.findings import CourseError

FOLDER = Path(__file__).parent / "citations"
FORMS = FOLDER / "forms.bib"
PARTIES = ("upstream", "downstream", "other")


def bad_inputs() -> list[tuple[str, str, list[str]]]:
    text = (FOLDER / "bad.txt").read_text(encoding="utf-8")
    cases = re.findall(r"^=== (.+)\n((?:.*\n)*?)---\n((?:.+\n)*)", text, re.MULTILINE)
    return [(name, bib, expected.splitlines()) for name, bib, expected in cases]


@pytest.mark.parametrize(("bib", "expected"), [pytest.param(*case[1:], id=case[0]) for case in bad_inputs()])
def test_bad_input_is_reported_with_line_value_and_mend(bib: str, expected: list[str], tmp_path: Path) -> None:
    path = tmp_path / "bad.bib"
    path.write_text(bib, encoding="utf-8")
    assert expected, "the fixture says what is expected"
    with pytest.raises(CourseError) as caught:
        load_sources([path], PARTIES)
    found = caught.value.findings
    assert [f"{one.line}: {one.message} {one.mend} [{one.code}]" for one in found] == expected
    assert {one.path for one in found} == {path}


def test_nothing_after_a_bad_entry_is_lost(tmp_path: Path) -> None:
    path = tmp_path / "a.bib"
    good = FORMS.read_text(encoding="utf-8")
    path.write_text("@book{bad,\n  title = {The {Crater},\n}\n" + good, encoding="utf-8")
    bibliography = read_bibliography([path])
    assert list(bibliography.sources) == list(load_sources([FORMS]))
    assert len(bibliography.findings) == 1


@pytest.mark.parametrize("text", ["", "% a comment\n"])
def test_a_file_without_entries(tmp_path: Path, text: str) -> None:
    path = tmp_path / "a.bib"
    path.write_text(text, encoding="utf-8")
    bibliography = read_bibliography([path])
    assert (bibliography.sources, bibliography.findings) == ({}, [])


def test_duplicate_key_in_another_file_names_it(tmp_path: Path) -> None:
    entry = "@book{K,\n author={Poe, M}, title={T}, publisher={P}, party={other}, consulted={full}\n}\n"
    (tmp_path / "one.bib").write_text("\n" + entry, encoding="utf-8")
    (tmp_path / "two.bib").write_text(entry.lower(), encoding="utf-8")
    with pytest.raises(CourseError, match=r"two\.bib:1: .*'k' stands twice \(first on one\.bib, line 2"):
        load_sources([tmp_path / "one.bib", tmp_path / "two.bib"])


def test_missing_and_mis_encoded_file_are_findings(tmp_path: Path) -> None:
    (tmp_path / "latin.bib").write_bytes(b"% caf\xe9\n")
    with pytest.raises(CourseError) as caught:
        load_sources([tmp_path / "none.bib", tmp_path / "latin.bib"])
    assert [(one.path.name, one.line) for one in caught.value.findings] == [("latin.bib", 1), ("none.bib", 0)]


def test_record() -> None:
    sources = load_sources([FORMS])
    news = sources["news-signed"]
    assert (news.type, news.subtype, news.party, news.year) == ("article", "newspaper", "independent", "2023")
    assert [name.inverted for name in news.authors] == ["Jónsdóttir, Anna", "Müller, Karl", "Smith, John, Jr."]
    assert news.get("url") == "https://times.example/a_b?x=1&y=50%25"
    assert FORMS.read_text(encoding="utf-8").splitlines()[news.line - 1] == "@article{news-signed,"
    assert sources["un-resolution"].symbol == "S/RES/2397 (2017)"
    assert (sources["cited-elsewhere"].via, sources["cited-elsewhere"].consulted) == ("chapter", "via chapter")
    assert sources["page-undated"].date is None


def test_names_of_languages_and_scripts() -> None:
    sources = load_sources([FORMS])
    assert sources["original-language"].label == "김철수"
    assert sources["original-language"].language == "ko"
    assert sources["book"].label == "Arnarson et al."
    assert sources["cited-elsewhere"].label == "Sigurdsson et al."
    assert sources["report-own"].label == "IfR"
    assert sources["news-unsigned"].label == "Reykjavik Times"


def test_raw_count_agrees_with_the_parser() -> None:
    text = FORMS.read_text(encoding="utf-8")
    assert len(Scanner(text).entries) == text.count("\n@") == len(load_sources([FORMS]))


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        (r"50\% of {\"O}l \& Gas", "50% of Öl & Gas"),
        ("1--20", "1–20"),
        ("It's the 'old' \"river\"", "It’s the ‘old’ “river”"),
        ("{Elbe} and {{Rhine}}", "Elbe and Rhine"),
        ("a~b", "a\N{NO-BREAK SPACE}b"),
    ],
)
def test_values_become_plain_text(raw: str, expected: str) -> None:
    assert plain(raw) == expected


@pytest.mark.parametrize(
    "symbol",
    [
        "S/RES/2397 (2017)", "S/RES/82 (1950)", "S/2024/255", "S/2019/691/Add.1", "S/1501", "S/PV.9591", "SC/15648",
        "S/PV.8019/Corr.1", "S/PV.4950 (Resumption 1)", "S/PRST/2017/16", "GA/12423", "GA/DIS/3700", "A/RES/76/262",
        "A/RES/377 (V)", "A/RES/ES-11/1", "A/79/44", "A/69/941-S/2015/432", "A/78/1/Rev.1", "S/AC.49/2017/1",
        "SG/SM/21000", "HR/PUB/20/2",
    ],
)  # fmt: skip
def test_symbols(symbol: str) -> None:
    assert is_symbol(symbol)


@pytest.mark.parametrize(
    "wrong",
    [
        "S/RES/2397",
        "S/RES/2397(2017)",
        "S/PV/9591",
        "SC 15648",
        "S. 1883",
        "S/2017/742 (Africa)",
        "S/PRST/16",
        "A/RES/76",
    ],
)
def test_no_symbols(wrong: str) -> None:
    assert not is_symbol(wrong)


def test_identifiers() -> None:
    assert is_isbn("0-306-40615-2")
    assert is_isbn("080442957X")
    assert not is_isbn("0-306-40615-3")
    assert is_isbn("978-0-306-40615-7")
    assert not is_isbn("977-0-306-40615-7")
    assert is_doi("10.1080/09592318.2019.1")
    assert not is_doi("doi:10.1080/1")


def test_kinds() -> None:
    kinds = {key: kind_of(one) for key, one in load_sources([FORMS]).items()}
    assert kinds["un-press"] is kinds["un-letter"] is Kind.UN
    assert kinds["treaty"] is kinds["law"] is Kind.LAW
    assert kinds["statement"] is Kind.STATEMENT
    assert kinds["page-undated"] is Kind.WEB
    assert kinds["news-unsigned"] is Kind.NEWS
    assert kinds["journal"] is kinds["book-edited"] is kinds["chapter"] is Kind.SCHOLARSHIP
    assert (kinds["report"], kinds["archive"], kinds["data"]) == (Kind.REPORT, Kind.ARCHIVE, Kind.DATA)


def test_reading_needs_no_sphinx() -> None:
    code = "import sys, farreaching.citations.bibfile; sys.exit('sphinx' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def test_source_of_a_foreign_pybtex_entry_has_defaults() -> None:
    from pybtex.database import Entry, Person

    entry = Entry("book", fields={"title": "T"}, persons={"author": [Person("Poe, Mary")]})
    entry.key = "k"
    source = Source.from_entry(entry)
    assert (source.label, source.year, source.party, source.line) == ("Poe", "n.d.", "", 0)
