"""The page on the state of the sources: counts that add up, in every format."""

from __future__ import annotations

import zipfile
from datetime import date
from pathlib import Path

import pytest
from tests.tiny import copy_course, edit, pdf_text, run

from farreaching.checks.builtfiles import markup_text
from farreaching.links import ledger
from farreaching.links.ledger import Entry, State

SNAPSHOT = "https://web.archive.org/web/1/https://a.example/"


@pytest.fixture
def course(tmp_path: Path) -> Path:
    folder = copy_course(tmp_path / "course")
    edit(folder, "docs/index.md", "reference/outcomes\n", "reference/outcomes\nreference/state\n")
    (folder / "docs/reference/state.md").write_text("# State\n\n```{state-of-sources}\n```\n", encoding="utf-8")
    edit(folder, "references.bib", "volume = {12}", "url = {https://a.example/}, langid = {russian}, volume = {12}")
    edit(folder, "references.bib", "location = {London}", "doi = {10.1000/b}, location = {London}")
    entries = [
        Entry("https://a.example/", date(2026, 1, 1), State.ALIVE, date(2026, 11, 20), date(2026, 11, 21), snapshot=SNAPSHOT),
        Entry("https://doi.org/10.1000/b", date(2026, 1, 1)),
    ]
    ledger.save(folder / "docs/data/links.toml", {entry.address: entry for entry in entries})
    return folder


def words(text: str) -> str:
    return " ".join(text.split())


SAID = (
    "The bibliography holds 2 sources. Read in full: 1; in part: 1; known through another: 0."
    " The ledger holds 3 claims, last reviewed on 23 November 2026.",
    "2 sources have an address; an archived copy is known of 1. The last was looked at on 20 November 2026.",
    "A claim is held against its sources again 365 days after its last review.",
)
ROWS = (
    "Books and articles 2 1 1 0",
    "Other 1 50% Scholarly 1 50%",
    "English 1 50% Russian 1 50%",
    "Answers 1 Not looked at yet 1",
    "◆C corroborated 1 2007 23 November 2026",
    "□S superseded 1 1960 23 November 2026",
    "November 2027 3",
)


def test_every_format(course: Path) -> None:
    result = run(course, "build")
    assert result.returncode == 0, result.stderr
    built = course / "build/student"
    page = words(markup_text((built / "html/reference/state.html").read_text(encoding="utf-8")))
    with zipfile.ZipFile(built / "great-rivers.epub") as archive:
        epub = words(markup_text(archive.read("reference/state.xhtml").decode("utf-8")))
    pdf = words(pdf_text((built / "great-rivers.pdf").read_bytes()))
    for said in (*SAID, *ROWS):
        assert said in page
        assert said in epub
        assert said in pdf


def test_page_follows_its_files(course: Path) -> None:
    page = course / "build/student/html/reference/state.html"
    assert run(course, "build", "html").returncode == 0
    path = course / "docs/data/links.toml"
    path.write_text(path.read_text(encoding="utf-8").replace('state = "unchecked"', 'state = "dead"'), encoding="utf-8")
    assert run(course, "build", "html").returncode == 0
    assert "Is gone 1" in words(markup_text(page.read_text(encoding="utf-8")))
    edit(course, "docs/claims/rivers.yaml", "status: corroborated", "status: claimed")
    assert run(course, "build", "html").returncode == 0
    assert "○L claimed 1" in words(markup_text(page.read_text(encoding="utf-8")))


def test_broken_ledger_of_links(course: Path) -> None:
    (course / "docs/data/links.toml").write_text("<<<<<<< ours\n", encoding="utf-8")
    result = run(course, "build", "html")
    assert result.returncode == 1
    assert "docs/data/links.toml:1" in result.stderr
    assert "a merge conflict was left here" in result.stderr
    assert "Traceback" not in result.stderr
