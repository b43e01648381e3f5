"""A text reviewed assertion by assertion: the file, the page and the data in it, print."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from tests.accessibility import axe_violations
from tests.tiny import SOURCE, copy_course, pdf_text, run, texts

from farreaching.findings import CourseError
from farreaching.reviews.loader import load_review

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser, Page

pytestmark = pytest.mark.xdist_group("reviews")
FILE = SOURCE / "docs/reviews/the-atlas.yaml"


def test_assertions_stand_in_the_order_of_the_text(tmp_path: Path) -> None:
    path = tmp_path / "swapped.yaml"
    text = FILE.read_text("utf-8")
    path.write_text(
        text.replace("paragraph: 0", "paragraph: X").replace("paragraph: 1", "paragraph: 0").replace("X", "1"), "utf-8"
    )
    with pytest.raises(CourseError, match=r"swapped.yaml:18: .*'r02' of paragraph 0 stands after one of 1"):
        load_review(path)


@pytest.mark.parametrize("content", ["", "- a list\n", "text: atlas-2007\n", FILE.read_text("utf-8") + "more: 1\n"])
def test_what_is_no_review(tmp_path: Path, content: str) -> None:
    path = tmp_path / "none.yaml"
    path.write_text(content, "utf-8")
    with pytest.raises(CourseError, match=r"none\.yaml:1: .*this is not a review\. Write text, reviewed, verdicts"):
        load_review(path)


def test_every_mistake_is_said_at_once(tmp_path: Path) -> None:
    path = tmp_path / "bad.yaml"
    text = FILE.read_text("utf-8").replace("verdict: right", "verdict: left").replace("  now: Two are argued for.\n", "")
    path.write_text(text, "utf-8")
    with pytest.raises(CourseError) as caught:
        load_review(path)
    assert [finding.code for finding in caught.value.findings] == ["reviews.field", "reviews.word"]


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the student edition of the tiny course, in every format."""
    course = copy_course(tmp_path_factory.mktemp("reviews") / "course")
    result = run(course, "build")
    assert result.returncode == 0, result.stderr
    return course / "build/student"


@pytest.fixture
def page(browser: Browser, built: Path) -> Iterator[Page]:
    """Return the review's page, opened from its file."""
    context = browser.new_context()
    page = context.new_page()
    page.goto(f"{(built / 'html').as_uri()}/reference/review.html")
    yield page
    context.close()


def claim_reviews(html: str) -> list[dict[str, Any]]:
    """Return the ClaimReview data of a page, as a search engine reads it."""
    (found,) = re.findall(r'<script type="application/ld\+json">(.*?)</script>', html, re.DOTALL)
    return list(json.loads(found)["@graph"])


def test_page_carries_claim_review_data(built: Path) -> None:
    first, second = claim_reviews((built / "html/reference/review.html").read_text("utf-8"))
    assert first["@type"] == "ClaimReview"
    assert first["claimReviewed"] == "The Nile has one source </script>."  # cannot end the element that holds it
    assert first["datePublished"] == "2026-11-23"
    assert first["author"] == {"@type": "Organization", "name": "Great Rivers"}
    assert first["itemReviewed"]["appearance"]["headline"] == "The School Atlas"
    assert first["itemReviewed"]["datePublished"] == "2007"
    assert second["reviewRating"] == {"@type": "Rating", "alternateName": "Right"}
    assert "ClaimReview" not in (built / "html/reference/chronology.html").read_text("utf-8")


@pytest.mark.browser
def test_assertions_are_filtered_and_can_be_linked_to(page: Page) -> None:
    shown = page.locator("tr.filterable:visible")
    assert shown.count() == 2
    page.get_by_label("Verdict").select_option("Wrong")
    assert shown.get_attribute("id") == "r01"
    assert page.locator(".review-paragraph:visible").all_inner_texts() == ["The caption"]
    page.goto(page.url.partition("?")[0] + "?verdict=right#r02")
    assert shown.get_attribute("id") == "r02"
    entry = page.locator("tr#r02 a", has_text="nile length")
    assert entry.inner_text() == "□S nile length"
    entry.click()
    assert page.url.endswith("reference/ledger.html#ledger-nile-length")


@pytest.mark.browser
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing(page: Page, scheme: Any) -> None:
    page.emulate_media(color_scheme=scheme)
    assert axe_violations(page) == []


def test_print_and_epub_have_every_assertion(built: Path) -> None:
    paper = " ".join(pdf_text((built / "great-rivers.pdf").read_bytes()).split())
    assert re.search(r"In the ledger: □S nile length \(p\. \d+\)", paper)
    row = "r01 The Nile has one source </script>. Then: Nobody had looked. Now: Two are argued for. To learn: Ask who counted."
    assert row in paper
    assert "Against: Rivera and Sato 2007, p. 3" in paper
    pages = [text for name, text in texts(built).items() if name.startswith("great-rivers.epub/") and name.endswith(".xhtml")]
    assert sum("Two are argued for." in text for text in pages) == 1
    assert not any("ClaimReview" in text for text in pages)
