"""The exercise finder in a real browser, and what stands in for it elsewhere."""

from __future__ import annotations

import gzip
import json
import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from tests.accessibility import axe_violations
from tests.handouts import EVERYTHING, add_everything
from tests.tiny import copy_course, edit, pdf_text, run, texts

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from playwright.sync_api import Browser, Page

pytestmark = pytest.mark.xdist_group("finder")

FINDER = "teach/finder.html"
SCRIPTS = Path(__file__).parents[1] / "src/farreaching/theme/static/farreaching"


def add_shown(course: Path) -> None:
    """Add a third exercise to the course, in another chapter."""
    add_everything(course)
    path = course / f"exercises/{EVERYTHING}.md"
    text = path.read_text(encoding="utf-8").replace("chapter: rivers/length", "chapter: rivers/flow")
    # what only a handout can stand in for
    text = re.sub(r"```\{image\}.*?```\n", "", text, flags=re.DOTALL).replace("{term}`delta`", "a delta")
    path.write_text(text, encoding="utf-8")
    with (course / "docs/rivers/flow.md").open("a", encoding="utf-8") as chapter:
        chapter.write(f"\n```{{exercise}} {EVERYTHING}\n```\n\n## A command\n\n```console\n$ {'measure the river ' * 6}\n```\n")


@pytest.fixture(scope="module")
def course(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a course of three exercises, the student edition of it built."""
    course = copy_course(tmp_path_factory.mktemp("finder") / "course")
    add_shown(course)
    result = run(course, "build")
    assert result.returncode == 0, result.stderr
    return course


@pytest.fixture
def visit(browser: Browser, course: Path) -> Iterator[Callable[..., Page]]:
    """Return a function that opens a page of the site from its file, all in one browser profile unless options differ."""
    contexts = {}

    def visit(address: str = FINDER, **options: Any) -> Page:
        context = contexts.get(str(options)) or browser.new_context(**options)
        contexts[str(options)] = context
        page = context.new_page()
        page.goto(f"{(course / 'build/student/html').as_uri()}/{address}")
        return page

    yield visit
    for context in contexts.values():
        context.close()


def shown(page: Page) -> list[str]:
    """Return the ids of the exercises that can be seen."""
    return page.locator(".filterable:visible .exercise-id").all_inner_texts()


CHECK, DISCUSSION = "rivers/length-check", "rivers/where-it-begins"
ALL = [DISCUSSION, CHECK, EVERYTHING]


@pytest.mark.browser
def test_filters(visit: Callable[..., Page]) -> None:
    page = visit()
    assert sorted(shown(page)) == sorted(ALL)

    def choose(label: str, option: str) -> list[str]:
        page.get_by_role("button", name="Show all").click()
        page.get_by_label(label, exact=True).select_option(label=option)
        return shown(page)

    assert choose("Type", "discussion") == [DISCUSSION]
    # the chapter of which nothing is left goes with its heading
    assert page.locator(".finder-chapter:visible").all_inner_texts() == ["The longest river"]
    assert choose("Level", "advanced") == [EVERYTHING]
    assert choose("Minutes", "at most 10") == [CHECK]
    assert sorted(choose("Minutes", "at most 20")) == sorted([DISCUSSION, CHECK])
    assert sorted(choose("Outcome", "measure")) == sorted([CHECK, EVERYTHING])
    assert sorted(choose("Part", "Rivers")) == sorted(ALL)
    page.get_by_label("Grouping", exact=True).fill("teams")
    assert shown(page) == [EVERYTHING]
    page.get_by_role("button", name="Show all").click()
    page.get_by_label("Source", exact=True).fill("rivera 2007")
    assert sorted(shown(page)) == sorted([DISCUSSION, EVERYTHING])
    assert page.locator("form.filters output").inner_text() == "2 of 3 exercises shown."
    assert page.url.endswith("finder.html?source=rivera+2007")
    assert sorted(shown(visit("teach/finder.html?outcome=measure&level=introductory"))) == [CHECK]


@pytest.mark.browser
def test_the_page_is_quiet_and_a_title_leads_to_the_exercise(visit: Callable[..., Page]) -> None:
    page = visit("index.html")
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text))
    page.on("pageerror", lambda error: said.append(str(error)))
    page.goto(page.url.replace("index.html", FINDER))
    page.get_by_role("checkbox", name="List Where it begins").check()
    page.get_by_role("link", name="Where it begins").last.click()
    assert page.url.endswith("rivers/length.html#exercise-rivers-where-it-begins")
    page.locator("#exercise-rivers-where-it-begins").wait_for()
    assert said == []


@pytest.mark.browser
def test_a_ticked_list_becomes_a_handout(visit: Callable[..., Page], course: Path, tmp_path: Path) -> None:
    page = visit()
    tools = page.locator(".list-tools")
    assert not tools.is_visible()
    # in the order in which they were ticked
    page.get_by_role("checkbox", name="List Where it begins").check()
    page.get_by_role("checkbox", name="List Check yourself").check()
    assert page.locator(".list-total").inner_text() == "2 exercises, 25 minutes."
    command = page.get_by_label("Command that makes the handout").input_value()
    assert command == f'farreaching assign {DISCUSSION} {CHECK} --title "Exercises" --format pdf,docx'
    with page.expect_download() as download:
        page.get_by_role("button", name="Save the list").click()
    assert download.value.suggested_filename == "exercise-list.json"
    saved = tmp_path / "list.json"
    download.value.save_as(saved)
    assert json.loads(saved.read_text(encoding="utf-8")) == {"exercises": [DISCUSSION, CHECK]}
    result = run(course, "assign", "--list", str(saved), "--format", "md", "--output", str(tmp_path))
    assert result.returncode == 0, result.stderr
    assert "## Exercise 2. Check yourself" in (tmp_path / "exercises.md").read_text(encoding="utf-8")


@pytest.mark.browser
def test_the_command_is_copied(visit: Callable[..., Page]) -> None:
    page = visit(permissions=["clipboard-read", "clipboard-write"])
    page.get_by_role("checkbox", name="List Where it begins").check()
    page.get_by_role("button", name="Copy the command").click()
    page.get_by_text("The command is copied.").wait_for()
    assert page.evaluate("navigator.clipboard.readText()").startswith(f"farreaching assign {DISCUSSION} --title")


@pytest.mark.browser
def test_a_browser_that_copies_nothing_selects_the_command(visit: Callable[..., Page]) -> None:
    page = visit()
    page.evaluate("Object.defineProperty(navigator, 'clipboard', {value: undefined})")
    page.get_by_role("checkbox", name="List Where it begins").check()
    page.get_by_role("button", name="Copy the command").click()
    page.get_by_text("The command is selected").wait_for()
    assert page.evaluate("getSelection().toString() || document.activeElement.value").startswith("farreaching assign")


@pytest.mark.browser
def test_the_list_is_kept_until_it_is_cleared(visit: Callable[..., Page]) -> None:
    page = visit()
    page.get_by_role("checkbox", name="List Where it begins").check()
    page.get_by_label("Level", exact=True).select_option("advanced")
    page.reload()
    # a filter hides no exercise of the list
    assert page.locator(".list-items a").all_inner_texts() == ["Where it begins"]
    page.get_by_role("button", name="Clear the list").click()
    page.reload()
    assert page.locator(".list-items a").count() == 0
    assert page.locator(".list-total").inner_text() == "Tick exercises below to list them here."


@pytest.mark.browser
def test_what_is_kept_may_be_damaged_or_out_of_date(visit: Callable[..., Page]) -> None:
    page = visit()
    for kept, count in {"{": 0, '{"a": 1}': 0, f'["rivers/gone", "{DISCUSSION}"]': 1}.items():
        page.evaluate("text => localStorage.setItem(`farreaching-list:${location.pathname}`, text)", kept)
        page.reload()
        assert page.locator(".list-items a").count() == count


@pytest.mark.browser
def test_by_keyboard_alone(visit: Callable[..., Page]) -> None:
    page = visit()
    page.get_by_role("checkbox", name="List Where it begins").focus()
    page.keyboard.press("Space")
    page.get_by_role("checkbox", name="List Check yourself").focus()
    page.keyboard.press("Space")
    first = page.get_by_role("button", name="Remove Where it begins from the list")
    first.focus()
    page.keyboard.press("Enter")
    # the focus goes to the next of the list, and from the last to its exercise
    assert page.evaluate("document.activeElement.getAttribute('aria-label')").startswith("Remove Check yourself")
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.getAttribute('aria-label')").startswith("List Check yourself")
    assert not page.get_by_role("checkbox", name="List Where it begins").is_checked()


@pytest.mark.browser
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing(visit: Callable[..., Page], course: Path, scheme: str) -> None:
    page = visit(color_scheme=scheme)
    page.get_by_role("checkbox", name="List Where it begins").check()
    assert axe_violations(page) == []


@pytest.mark.browser
def test_axe_finds_nothing_where_a_command_is_wider_than_the_window(visit: Callable[..., Page]) -> None:
    page = visit("rivers/flow.html", viewport={"width": 660, "height": 844})
    assert page.locator("article pre").last.evaluate("node => node.scrollWidth > node.clientWidth")
    assert axe_violations(page) == []


@pytest.mark.browser
def test_axe_finds_nothing_in_a_handout(visit: Callable[..., Page], course: Path) -> None:
    words = ["--title", "Axe", "--format", "html", "--space", "--due", "2026-12-15", "--quiet"]
    assert run(course, "assign", *ALL, *words).returncode == 0
    page = visit()
    for name in ("axe.html", "axe-key.html"):
        page.goto((course / "build/handouts" / name).as_uri())
        assert axe_violations(page) == []


@pytest.mark.browser
@pytest.mark.parametrize("width", [320, 390, 768, 1280, 1920])
def test_nothing_is_cut(visit: Callable[..., Page], width: int) -> None:
    page = visit(viewport={"width": width, "height": 900})
    page.get_by_role("checkbox", name="List Where it begins").check()
    cut = page.evaluate(
        """() => [...document.querySelectorAll('.exercise-list *, .finder *')]
            .filter(node => node.checkVisibility())
            .filter(node => node.getBoundingClientRect().right > document.documentElement.clientWidth + 1)
            .map(node => node.outerHTML.slice(0, 80))"""
    )
    assert cut == []


@pytest.mark.browser
def test_print_is_the_list_or_else_all(visit: Callable[..., Page]) -> None:
    page = visit()
    page.get_by_role("checkbox", name="List Where it begins").check()
    listed = " ".join(pdf_text(page.pdf()).split())
    assert "1. Where it begins Discussion · introductory · 20 minutes · pairs rivers/length.html" in listed
    for absent in ("Check yourself", "Show all", "Remove", "farreaching assign", "Save the list"):
        assert absent not in listed
    page.get_by_role("button", name="Clear the list").click()
    everything = " ".join(pdf_text(page.pdf()).split())
    assert "Check yourself: the longest river" in everything
    assert "Your list" not in everything


@pytest.mark.browser
def test_without_scripts_a_plain_list(visit: Callable[..., Page]) -> None:
    page = visit(java_script_enabled=False)
    assert sorted(shown(page)) == sorted(ALL)
    assert page.locator(".finder-chapter").all_inner_texts() == ["The longest river", "Flow"]
    assert not page.locator("form.filters").is_visible()
    assert not page.locator(".exercise-list").is_visible()
    assert page.locator("article input[type=checkbox]").count() == 0


def test_paper_and_epub_have_the_list_and_nothing_to_click(course: Path) -> None:
    paper = " ".join(pdf_text((course / "build/student/great-rivers.pdf").read_bytes()).split())
    for words in ("Discussion · introductory · 20 minutes · pairs", "Sources: Rivera and Sato 2007", DISCUSSION):
        assert words in paper
    assert "Save the list" not in paper
    pages = {name: text for name, text in texts(course / "build/student").items() if name.startswith("great-rivers.epub/")}
    (finder,) = (text for name, text in pages.items() if name.endswith("/teach/finder.xhtml"))
    assert "Where it begins" in finder
    assert not any(word in finder for word in ("<form", "<button", "<input"))


def test_the_page_holds_no_key(course: Path) -> None:
    assert "CANARY" not in (course / "build/student/html" / FINDER).read_text(encoding="utf-8")


def test_the_script_is_small_and_only_here(course: Path) -> None:
    site = course / "build/student/html"
    loaded = re.findall(r'src="\.\./_static/(farreaching/[a-z-]+\.js)', (site / FINDER).read_text(encoding="utf-8"))
    assert "farreaching/finder.js" in loaded
    assert sum(len(gzip.compress((site / "_static" / name).read_bytes())) for name in loaded) < 25_000
    assert "finder.js" not in (site / "rivers/length.html").read_text(encoding="utf-8")


def test_a_change_elsewhere_reaches_the_finder(tmp_path: Path) -> None:
    course = copy_course(tmp_path / "course")
    finder = course / "build/student/html" / FINDER
    assert run(course, "build", "html").returncode == 0
    edit(course, "exercises/rivers/where-it-begins.md", "title: Where it begins", "title: Where it ends")
    assert run(course, "build", "html").returncode == 0
    assert "Where it ends" in finder.read_text(encoding="utf-8")
    edit(course, "docs/rivers/length.md", "# The longest river", "# The longest stream")
    assert run(course, "build", "html").returncode == 0
    assert "The longest stream" in finder.read_text(encoding="utf-8")


def test_a_course_without_exercises_is_told_so(tmp_path: Path) -> None:
    course = copy_course(tmp_path / "course")
    chapter = course / "docs/rivers/length.md"
    text = re.sub(r"```\{(exercise|exercises|self-check)\}.*?```\n", "", chapter.read_text(encoding="utf-8"), flags=re.DOTALL)
    chapter.write_text(text, encoding="utf-8")
    result = run(course, "build", "html")
    assert result.returncode == 1
    assert "finder.md:3: WARNING: no document shows an exercise. Remove {exercise-finder}." in result.stderr
