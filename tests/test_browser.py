"""The pages in a real browser: quiet, self-contained, accessible, and usable with the keyboard alone."""

from __future__ import annotations

import gzip
import threading
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from sphinx.cmd.build import main as sphinx_build
from tests.accessibility import axe_violations

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser, Page

pytestmark = pytest.mark.browser

CHAPTER = "hazards/the-1985-warning.html"
PAGES = [CHAPTER, "search.html?q=map", "404.html"]
WIDTHS = [320, 390, 768, 1280, 1920]


@pytest.fixture(scope="module")
def site(rootdir: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the folder of the built site."""
    folder = tmp_path_factory.mktemp("site")
    arguments = ["-q", "-W", "-b", "html", "-d", str(folder / "doctrees"), str(rootdir / "test-pages"), str(folder / "html")]
    assert sphinx_build(arguments) == 0
    return folder / "html"


class _QuietHandler(SimpleHTTPRequestHandler):
    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002 (the name in the base class)
        """Say nothing."""


@pytest.fixture(scope="module")
def server(site: Path) -> Iterator[str]:
    """Serve the site and return its address."""
    httpd = ThreadingHTTPServer(("127.0.0.1", 0), partial(_QuietHandler, directory=str(site)))
    thread = threading.Thread(target=httpd.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{httpd.server_port}/"
    httpd.shutdown()
    thread.join()
    httpd.server_close()


@pytest.fixture
def page(browser: Browser, site: Path) -> Iterator[Page]:
    """Return a page that shows the chapter from a file."""
    context = browser.new_context(viewport={"width": 1280, "height": 900}, reduced_motion="reduce")
    page = context.new_page()
    page.goto(f"{site.as_uri()}/{CHAPTER}")
    yield page
    context.close()


@pytest.mark.parametrize(("scheme", "name"), [*(("file", name) for name in PAGES), ("http", CHAPTER), ("http", PAGES[1])])
def test_page_is_quiet_and_asks_nobody_else(browser: Browser, site: Path, server: str, scheme: str, name: str) -> None:
    base = f"{site.as_uri()}/" if scheme == "file" else server
    context = browser.new_context()
    page = context.new_page()
    said: list[str] = []
    asked: list[str] = []
    page.on("console", lambda message: said.append(message.text))
    page.on("pageerror", lambda error: said.append(str(error)))
    page.on("requestfailed", lambda request: said.append(f"failed: {request.url}"))
    page.on("request", lambda request: asked.append(request.url))
    page.goto(base + name, wait_until="load")
    page.evaluate("document.fonts.ready.then(() => true)")
    context.close()
    assert said == []
    assert [url for url in asked if not url.startswith((base, "data:"))] == []


@pytest.mark.parametrize(("scheme", "name"), [("light", CHAPTER), ("dark", CHAPTER), ("light", PAGES[1]), ("dark", PAGES[2])])
def test_axe_finds_nothing(browser: Browser, site: Path, scheme: Any, name: str) -> None:
    context = browser.new_context(color_scheme=scheme, viewport={"width": 1280, "height": 900})
    page = context.new_page()
    page.goto(f"{site.as_uri()}/{name}")
    problems = axe_violations(page)
    context.close()
    assert problems == []


def test_axe_finds_nothing_with_everything_open_on_a_phone(browser: Browser, site: Path) -> None:
    context = browser.new_context(viewport={"width": 390, "height": 844}, reduced_motion="reduce")
    page = context.new_page()
    page.goto(f"{site.as_uri()}/{CHAPTER}")
    page.evaluate("document.querySelectorAll('details').forEach(details => { details.open = true; })")
    page.locator(".self-check input").first.check()
    page.get_by_role("button", name="Check question 1").click()
    page.locator(".claim-mark").first.click()
    problems = axe_violations(page)
    context.close()
    assert problems == []


def test_nothing_is_cut_at_any_width(browser: Browser, site: Path) -> None:
    context = browser.new_context()
    page = context.new_page()
    page.goto(f"{site.as_uri()}/{CHAPTER}")
    page.evaluate("document.querySelectorAll('details').forEach(details => { details.open = true; })")
    cut = {}
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 900})
        # Furo hides what runs over at the side: measured on the article, not on the page
        cut[width] = page.evaluate(
            """() => [...document.querySelectorAll('article *, footer *, .mobile-header *')]
                .filter(node => !node.closest('.table-wrapper, .scroll-x, [popover]') && node.checkVisibility())
                .filter(node => node.getBoundingClientRect().right > document.documentElement.clientWidth + 1)
                .map(node => node.outerHTML.slice(0, 80))"""
        )
    context.close()
    assert cut == {width: [] for width in WIDTHS}


def test_measure_is_60_to_72_characters(page: Page) -> None:
    measures = page.evaluate(
        """() => [...document.querySelectorAll('article section > p')].filter(p => p.innerText.length > 350)
            .map(p => p.innerText.length / (p.offsetHeight / parseFloat(getComputedStyle(p).lineHeight)))"""
    )
    assert len(measures) > 1
    assert all(60 <= measure <= 72 for measure in measures), measures


def test_citation_opens_and_closes_by_keyboard(page: Page) -> None:
    link = page.locator("article section > p a.citation").first
    link.focus()
    page.keyboard.press("Enter")
    card = page.locator(".citation-card")
    assert card.is_visible()
    assert "Two in Three" in card.inner_text()
    assert link.get_attribute("aria-expanded") == "true"
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.href") == "https://doi.org/10.1000/xyz123"
    page.keyboard.press("Escape")
    card.wait_for(state="detached", timeout=2000)
    assert page.evaluate("document.activeElement.hash") == "#cite-okafor2011"
    assert link.get_attribute("aria-expanded") == "false"


def test_citation_in_a_claims_card_leaves_the_card_open(page: Page) -> None:
    page.locator(".claim-mark").first.click()
    page.locator(".claim-card:popover-open a.citation").first.click()
    assert page.locator(".citation-card").is_visible()
    assert page.locator(".claim-card:popover-open").count() == 1


def test_second_click_closes_a_citation(page: Page) -> None:
    link = page.locator("article section > p a.citation").first
    link.click()
    assert page.locator(".citation-card").count() == 1
    link.click()
    page.locator(".citation-card").wait_for(state="detached", timeout=2000)
    assert link.get_attribute("aria-expanded") == "false"


def test_modified_click_on_a_citation_is_left_to_the_browser(page: Page) -> None:
    page.locator("article section > p a.citation").first.click(modifiers=["Shift"])
    assert page.locator(".citation-card").count() == 0


def test_citation_stands_on_the_screen_beside_its_link(page: Page) -> None:
    link = page.locator("article section > p a.citation").last
    link.scroll_into_view_if_needed()
    link.click()
    box = page.locator(".citation-card").bounding_box()
    at = link.bounding_box()
    assert box
    assert at
    assert 0 <= box["x"]
    assert box["x"] + box["width"] <= 1280
    assert 0 <= box["y"]
    assert box["y"] + box["height"] <= 900
    assert min(abs(box["y"] - at["y"] - at["height"]), abs(at["y"] - box["y"] - box["height"])) < 40


def test_claim_opens_and_closes_by_keyboard(page: Page) -> None:
    mark = page.locator(".claim-mark").first
    mark.focus()
    page.keyboard.press("Enter")
    assert page.locator(".claim-card:popover-open").count() == 1
    page.keyboard.press("Tab")
    assert page.evaluate("Boolean(document.activeElement.closest('.claim-card'))")
    page.keyboard.press("Escape")
    assert page.locator(".claim-card:popover-open").count() == 0
    assert page.evaluate("document.activeElement.className") == "claim-mark"


def test_evidence_stays_in_place_while_a_claim_is_open(page: Page) -> None:
    height = "document.querySelector('table.evidence').getBoundingClientRect().height"
    row = page.locator("tr.claim-card").first
    before, place = page.evaluate(height), row.bounding_box()
    page.locator(".claim-mark").first.click()
    assert row.locator(".claim-meaning").is_visible()
    assert abs(page.evaluate(height) - before) < 1
    page.keyboard.press("Escape")
    assert row.bounding_box() == place
    assert not row.locator(".claim-meaning").is_visible()


def test_printing_closes_an_open_claim(page: Page) -> None:
    page.locator(".claim-mark").first.click()
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    assert page.locator(".claim-card:popover-open").count() == 0


def test_self_check_answers_by_keyboard(page: Page) -> None:
    question = page.locator(".question").first
    page.get_by_role("button", name="Check question 1").focus()
    page.keyboard.press("Enter")
    assert "Choose an answer first" in question.locator(".feedback").inner_text()
    question.locator("input").first.focus()
    page.keyboard.press("Space")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    assert "A is not right" in question.locator(".feedback").inner_text()
    assert "five weeks before" in question.locator(".feedback").inner_text()
    question.locator("input:checked").focus()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    assert "B is right" in question.locator(".feedback").inner_text()
    assert page.locator(".score").inner_text() == ""
    second = page.locator(".question").nth(1)
    second.locator("input").first.check()
    second.get_by_role("button").click()
    assert page.locator(".score").inner_text() == "1 of 2 right at the first try."


def test_what_scrolls_sideways_is_reached_by_keyboard(browser: Browser, site: Path) -> None:
    focusable = {}
    for width in (390, 1280):
        context = browser.new_context(viewport={"width": width, "height": 844})
        page = context.new_page()
        page.goto(f"{site.as_uri()}/{CHAPTER}")
        page.wait_for_timeout(100)
        focusable[width] = page.locator(":is(.table-wrapper, .scroll-x)[tabindex='0']").count()
        context.close()
    assert focusable[390] >= 2
    assert focusable[1280] == 0


def test_row_of_a_wide_table_is_a_block_on_a_phone_and_names_its_columns(page: Page) -> None:
    table = page.locator("#tab-bodies")
    cell = table.get_by_role("cell", name="Order an evacuation")
    name = "cell => getComputedStyle(cell, '::before').content"
    assert table.get_by_role("columnheader").count() == 3
    assert cell.evaluate(name) == "none"
    page.set_viewport_size({"width": 390, "height": 844})
    assert cell.evaluate(name) == '"Could"'
    assert page.get_by_role("cell", name="Could Order an evacuation").count() == 1
    box = page.locator(".table-wrapper", has=table)
    assert box.evaluate("box => box.scrollWidth <= box.clientWidth")
    assert not table.locator("thead").is_visible()


def test_drawers_open_by_keyboard_on_a_phone(browser: Browser, site: Path) -> None:
    context = browser.new_context(viewport={"width": 390, "height": 844}, reduced_motion="reduce")
    page = context.new_page()
    page.goto(f"{site.as_uri()}/{CHAPTER}")
    sidebar = page.locator(".sidebar-drawer")
    assert not sidebar.is_visible()
    page.locator("#__navigation").focus()
    page.keyboard.press("Space")
    page.wait_for_timeout(400)
    assert sidebar.is_visible()
    box = sidebar.bounding_box()
    context.close()
    assert box
    assert box["x"] >= 0


def test_drawer_does_not_stay_before_the_text_it_led_to(browser: Browser, site: Path) -> None:
    context = browser.new_context(viewport={"width": 390, "height": 844}, reduced_motion="reduce")
    page = context.new_page()
    page.goto(f"{site.as_uri()}/{CHAPTER}")
    page.locator(".toc-header-icon").click()
    page.locator(".toc-tree").get_by_role("link", name="The map and its readers").click()
    page.locator(".toc-drawer").wait_for(state="hidden", timeout=2000)
    assert page.url.endswith("#the-map-and-its-readers")
    page.locator(".nav-overlay-icon").click()
    page.locator(".sidebar-drawer").wait_for(timeout=2000)
    page.keyboard.press("Escape")
    page.locator(".sidebar-drawer").wait_for(state="hidden", timeout=2000)
    context.close()


def test_reads_and_answers_without_scripts(browser: Browser, site: Path) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{site.as_uri()}/{CHAPTER}")
    page.locator(".claim-mark").first.click()
    assert page.locator(".claim-card:popover-open").is_visible()
    page.keyboard.press("Escape")
    page.locator("article section > p a.citation").first.click()
    assert page.url.endswith("#cite-okafor2011")
    page.get_by_text("Answer to question 1").click()
    assert page.get_by_text("B is right").is_visible()
    context.close()


def test_search_that_finds_nothing_says_what_to_try(page: Page, site: Path) -> None:
    page.goto(f"{site.as_uri()}/search.html?q=zeppelin")
    page.get_by_text("No page has all of these words. Try fewer words, or another spelling.").wait_for(timeout=5000)


def test_paper_shows_every_tab(page: Page) -> None:
    assert not page.get_by_text("A false alarm").is_visible()
    page.emulate_media(media="print")
    for words in ("The geologists", "We said two in three", "The governor", "A false alarm"):
        assert page.locator(".sd-tab-set").get_by_text(words).is_visible(), words


def test_what_has_the_focus_never_lies_under_the_header(browser: Browser, site: Path) -> None:
    context = browser.new_context(viewport={"width": 390, "height": 844}, reduced_motion="reduce")
    page = context.new_page()
    page.goto(f"{site.as_uri()}/{CHAPTER}")
    header = page.locator(".mobile-header").bounding_box()
    assert header
    page.locator("article a[href]").last.focus()
    hidden = []
    for _ in range(30):
        page.keyboard.press("Shift+Tab")
        bottom = page.evaluate("document.activeElement.getBoundingClientRect().bottom")
        if bottom < header["height"] + 10:
            hidden.append(page.evaluate("document.activeElement.outerHTML.slice(0, 80)"))
    context.close()
    assert hidden == []


def test_weight_of_a_first_visit(browser: Browser, site: Path, server: str) -> None:
    context = browser.new_context()
    page = context.new_page()
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))

    page.goto(server + CHAPTER, wait_until="load")
    page.evaluate("document.fonts.ready.then(() => true)")
    paths = {url.removeprefix(server).partition("?")[0] for url in asked if url.startswith(server)}
    first = sum(min(len(data), len(gzip.compress(data))) for data in ((site / path).read_bytes() for path in paths))
    scripts = sum(len(gzip.compress(path.read_bytes())) for path in (site / "_static/farreaching").glob("*.js"))
    context.close()
    assert first <= 150_000
    assert scripts <= 25_000
