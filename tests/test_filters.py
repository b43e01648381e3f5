"""The chronology and the ledger's time machine in a real browser, and what stands in for them elsewhere."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from tests.accessibility import axe_violations
from tests.tiny import copy_course, pdf_text, run, texts

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from playwright.sync_api import Browser, Page

pytestmark = pytest.mark.xdist_group("filters")


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the student edition of the tiny course, in every format."""
    course = copy_course(tmp_path_factory.mktemp("filters") / "course")
    result = run(course, "build")
    assert result.returncode == 0, result.stderr
    return course / "build/student"


@pytest.fixture
def visit(browser: Browser, built: Path) -> Iterator[Callable[..., Page]]:
    """Return a function that opens a page of the site from its file."""
    contexts = []

    def visit(address: str, **options: Any) -> Page:
        contexts.append(browser.new_context(**options))
        page = contexts[-1].new_page()
        page.goto(f"{(built / 'html').as_uri()}/{address}")
        return page

    yield visit
    for context in contexts:
        context.close()


def rows(page: Page) -> list[str]:
    """Return the first words of the rows that can be seen."""
    found = page.locator("tr.filterable:visible td:nth-child(2) > p:first-child").all_inner_texts()
    return [" ".join(text.split()[:4]) for text in found]


def statuses(page: Page) -> dict[str, str]:
    """Return claim id → status, for the claims that can be seen."""
    return {
        str(row.get_attribute("id")).removeprefix("ledger-"): row.locator(".claim-status").inner_text()
        for row in page.locator("tr.filterable:visible").all()
    }


@pytest.mark.browser
def test_chronology_is_filtered_by_track_actor_and_words(visit: Callable[..., Page]) -> None:
    page = visit("reference/chronology.html")
    speke, atlas, team = "Speke reaches a great", "An atlas prints a", "A team in Belém"
    assert rows(page) == [speke, atlas, team]
    page.get_by_label("Track").select_option("Surveys")
    assert rows(page) == [speke, team]
    page.get_by_label("Who acts").select_option("the press")
    assert rows(page) == [team]
    assert page.locator("form.filters output").inner_text() == "1 of 3 events shown."
    # the period of which nothing is left goes with its heading
    assert page.locator(".chronology-period:visible").all_inner_texts() == ["2000–2007: New measurements"]
    assert page.url.endswith("chronology.html?track=survey&actor=press")
    page.get_by_role("button", name="Show all").click()
    assert rows(page) == [speke, atlas, team]
    page.get_by_label("Words").fill("belem amazon")
    assert rows(page) == [team]


@pytest.mark.browser
def test_a_filtered_page_can_be_bookmarked_and_a_link_into_it_wins(visit: Callable[..., Page]) -> None:
    page = visit("reference/ledger.html?status=corroborated&claimant=hydrologists")
    assert statuses(page) == {"amazon-flow": "◆C corroborated"}
    assert page.get_by_label("Said or denied by").input_value() == "hydrologists"
    page = visit("reference/ledger.html?status=corroborated#ledger-amazon-longer")
    assert "amazon-longer" in statuses(page)


@pytest.mark.browser
def test_time_machine(visit: Callable[..., Page]) -> None:
    page = visit("reference/ledger.html")
    today = {"nile-length": "□S superseded", "amazon-longer": "◇T contested", "amazon-flow": "◆C corroborated"}
    assert statuses(page) == today
    day = page.get_by_label("As known on")
    day.fill("1999-12-31")
    assert statuses(page) == {"nile-length": "○L claimed"}
    assert page.locator("form.filters output").inner_text() == "As known on 31 December 1999: 1 of 3 claims shown."
    history = page.locator("#ledger-nile-length .claim-history li")
    assert [item.is_visible() for item in history.all()] == [True, False]
    # the other controls mean that day too
    page.get_by_label("Status").select_option("superseded")
    assert statuses(page) == {}
    page.get_by_label("Status").select_option("claimed")
    assert list(statuses(page)) == ["nile-length"]
    assert page.url.endswith("?on=1999-12-31&status=claimed")
    page.reload()
    assert statuses(page) == {"nile-length": "○L claimed"}
    page.get_by_role("button", name="Show all").click()
    assert statuses(page) == today
    day.fill("1959-12-31")
    assert statuses(page) == {}


@pytest.mark.browser
def test_the_form_works_by_keyboard_alone(visit: Callable[..., Page]) -> None:
    page = visit("reference/ledger.html")
    page.get_by_label("As known on").focus()
    page.keyboard.type("01012000")  # month, day and year, as Chromium shows a date
    assert statuses(page) == {"nile-length": "○L claimed"}
    page.get_by_role("button", name="Show all").focus()
    page.keyboard.press("Enter")
    assert len(statuses(page)) == 3


@pytest.mark.browser
@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("name", ["reference/ledger.html?on=1999-12-31", "reference/chronology.html"])
def test_axe_finds_nothing(visit: Callable[..., Page], name: str, scheme: str) -> None:
    assert axe_violations(visit(name, color_scheme=scheme)) == []


@pytest.mark.browser
@pytest.mark.parametrize("width", [320, 390, 768, 1280, 1920])
def test_nothing_is_cut(visit: Callable[..., Page], width: int) -> None:
    page = visit("reference/ledger.html", viewport={"width": width, "height": 900})
    cut = page.evaluate(
        """() => [...document.querySelectorAll('.filters *')]
            .filter(node => node.getBoundingClientRect().right > node.closest('.filters').getBoundingClientRect().right + 1)
            .map(node => node.outerHTML.slice(0, 80))"""
    )
    assert cut == []


@pytest.mark.browser
def test_without_scripts_every_row_stands_and_no_form(visit: Callable[..., Page]) -> None:
    page = visit("reference/chronology.html?track=print", java_script_enabled=False)
    assert len(rows(page)) == 3
    assert not page.locator("form.filters").is_visible()


def test_print_and_epub_have_the_tables_and_no_form(built: Path) -> None:
    paper = " ".join(pdf_text((built / "great-rivers.pdf").read_bytes()).split())
    event = r"16 June 2007 A team in Belém says that the Amazon is longer \(Rivera and Sato 2007; Atlas House 2007\)\. ◇ ?T"
    assert re.search(event, paper)
    assert "How well it was known:" in paper  # the ledger's history
    assert "Show all" not in paper
    pages = {name: text for name, text in texts(built).items() if ".epub/" in name and name.endswith(".xhtml")}
    assert any("A team in Belém" in text for text in pages.values())
    assert not any("<form" in text for text in pages.values())


def test_other_pages_load_no_script_for_it(built: Path) -> None:
    assert "filters.js" in (built / "html/reference/chronology.html").read_text("utf-8")
    assert "time-machine.js" not in (built / "html/reference/chronology.html").read_text("utf-8")
    assert "filters.js" not in (built / "html/rivers/length.html").read_text("utf-8")
