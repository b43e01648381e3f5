"""The notes, the notebook and the ticks in a real browser, and what stands in for them in print."""

from __future__ import annotations

import json
import re
import zipfile
from typing import TYPE_CHECKING
from xml.etree import ElementTree

import pytest
from tests.accessibility import axe_violations
from tests.tiny import copy_course, pdf_text, run, texts

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from playwright.sync_api import Browser, Page

pytestmark = [pytest.mark.xdist_group("study")]

CHAPTER = "rivers/length.html"
NOTEBOOK = "reference/study.html"
WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the student edition of the tiny course, in every format."""
    course = copy_course(tmp_path_factory.mktemp("study") / "course")
    result = run(course, "build")
    assert result.returncode == 0, result.stderr
    return course / "build/student"


@pytest.fixture
def page(browser: Browser, built: Path) -> Iterator[Page]:
    """Return a page of a browser that has seen nothing yet, on the chapter."""
    context = browser.new_context(accept_downloads=True)
    page = context.new_page()
    page.goto(f"{(built / 'html').as_uri()}/{CHAPTER}")
    yield page
    context.close()


def go(page: Page, address: str) -> None:
    page.goto(page.url[: page.url.index("/html/")] + f"/html/{address}")


def write_note(page: Page, text: str) -> None:
    """Write a note with the keyboard alone."""
    summary = page.get_by_text("Your notes")
    if not page.locator(".notes[open]").count():
        summary.focus()
        page.keyboard.press("Enter")
    page.get_by_role("textbox", name="Your notes on Where it begins").focus()
    page.keyboard.press("ControlOrMeta+A")
    page.keyboard.insert_text(text)
    page.get_by_text(re.compile("^Kept on this device, ")).wait_for()


def save(page: Page, name: str, folder: Path) -> Path:
    """Press a button of the notebook and return the file that comes of it."""
    with page.expect_download() as waiting:
        page.get_by_role("button", name=name).click()
    path = folder / waiting.value.suggested_filename
    waiting.value.save_as(path)
    return path


@pytest.mark.browser
def test_a_note_survives_a_reload_and_stands_in_the_notebook(page: Page) -> None:
    write_note(page, "At the <farthest> spring,\nor at the lake.")
    page.reload()
    assert page.locator(".notes textarea").input_value() == "At the <farthest> spring,\nor at the lake."
    go(page, NOTEBOOK)
    assert page.locator(".note-text").inner_text() == "At the <farthest> spring,\nor at the lake."
    assert page.locator(".note-about").inner_text().startswith("The longest river · ")
    page.get_by_role("link", name="Where it begins").click()
    assert page.url.endswith(f"{CHAPTER}#exercise-rivers-where-it-begins")


@pytest.mark.browser
def test_a_note_is_kept_when_the_page_is_left_at_once(page: Page) -> None:
    page.get_by_text("Your notes").click()
    page.locator(".notes textarea").press_sequentially("quick")
    go(page, NOTEBOOK)
    assert page.locator(".note-text").inner_text() == "quick"


@pytest.mark.browser
def test_a_second_tab_shows_what_the_first_one_wrote_and_loses_nothing_of_it(page: Page) -> None:
    second = page.context.new_page()
    second.goto(page.url)
    write_note(page, "At the spring.")
    area = second.get_by_role("textbox", name="Your notes on Where it begins")
    area.wait_for()
    second.bring_to_front()
    area.press("ControlOrMeta+End")
    second.keyboard.insert_text(" Or at the lake.")
    second.wait_for_timeout(600)
    page.reload()
    assert page.get_by_role("textbox", name="Your notes on Where it begins").input_value() == "At the spring. Or at the lake."


@pytest.mark.browser
def test_a_text_that_could_not_be_kept_stays_when_another_tab_writes(page: Page) -> None:
    second = page.context.new_page()
    second.goto(page.url)
    page.evaluate("() => { Storage.prototype.setItem = () => { throw new Error('full'); }; }")
    page.get_by_text("Your notes").click()
    area = page.get_by_role("textbox", name="Your notes on Where it begins")
    area.fill("Not kept.")
    page.get_by_text("This browser keeps nothing here").wait_for()
    second.get_by_label("I have finished this chapter").check()
    page.locator(".finished input:checked").wait_for(timeout=3000)
    assert area.input_value() == "Not kept."


@pytest.mark.browser
def test_a_notebook_open_beside_the_chapter_shows_what_is_written_there(page: Page) -> None:
    notebook = page.context.new_page()
    notebook.goto(page.url)
    go(notebook, NOTEBOOK)
    write_note(page, "At the spring.")
    notebook.locator(".note-text", has_text="At the spring.").wait_for(timeout=3000)
    page.get_by_label("I have finished this chapter").check()
    notebook.locator(".progress input:checked").wait_for(timeout=3000)


@pytest.mark.browser
def test_an_emptied_note_is_gone(page: Page) -> None:
    write_note(page, "a word")
    page.locator(".notes textarea").fill("")
    page.get_by_text("Nothing is kept.").wait_for()
    go(page, NOTEBOOK)
    assert page.get_by_text("No notes yet.").is_visible()
    assert page.get_by_role("button", name="Save for Word").is_disabled()


@pytest.mark.browser
def test_exports_hold_every_note(page: Page, tmp_path: Path) -> None:
    write_note(page, "First & <last>.\n\nSecond: 나일강 \u000bx")
    go(page, NOTEBOOK)
    markdown = save(page, "Save as Markdown", tmp_path).read_text(encoding="utf-8")
    assert markdown.startswith("# Notebook: Great Rivers\n\n## Where it begins\n\n*The longest river · ")
    assert markdown.endswith("\n\nFirst & <last>.\n\nSecond: 나일강 \u000bx\n")
    with zipfile.ZipFile(save(page, "Save for Word (DOCX)", tmp_path)) as word:
        assert word.testzip() is None
        body = ElementTree.fromstring(word.read("word/document.xml"))
        styles = {
            style.get(f"{WORD}styleId") for style in ElementTree.fromstring(word.read("word/styles.xml")).iter(f"{WORD}style")
        }
    paragraphs = [
        (next(part.iter(f"{WORD}pStyle")).get(f"{WORD}val"), "".join(text.text or "" for text in part.iter(f"{WORD}t")))
        for part in body.iter(f"{WORD}p")
    ]
    assert [style for style, _ in paragraphs] == ["Title", "Heading1", "Subtitle", "Normal", "Normal"]
    assert [text for style, text in paragraphs if style == "Normal"] == ["First & <last>.", "Second: 나일강 x"]
    assert {style for style, _ in paragraphs} <= styles


@pytest.mark.browser
def test_a_backup_restores_what_was_deleted_and_keeps_what_was_written_since(page: Page, tmp_path: Path) -> None:
    page.on("dialog", lambda dialog: dialog.accept())
    write_note(page, "before")
    go(page, NOTEBOOK)
    backup = save(page, "Save a backup", tmp_path)
    page.get_by_role("button", name="Delete all notes").click()
    assert page.get_by_text("All notes are deleted.").is_visible()
    page.get_by_label("Restore a backup").set_input_files(backup)
    page.get_by_text("1 restored.").wait_for()
    assert page.locator(".note-text").inner_text() == "before"
    go(page, CHAPTER)
    write_note(page, "after")
    go(page, NOTEBOOK)
    page.get_by_label("Restore a backup").set_input_files(backup)
    page.get_by_text("0 restored, 1 added below a note that was here.").wait_for()
    assert page.locator(".note-text").inner_text() == "after\n\n— From a backup —\n\nbefore"


@pytest.mark.browser
@pytest.mark.parametrize(
    "damage", ["{", '{"format": "something else"}', "null", '{"format": "farreaching-notebook", "notes": 3}']
)
def test_a_damaged_backup_changes_nothing(page: Page, tmp_path: Path, damage: str) -> None:
    write_note(page, "mine")
    go(page, NOTEBOOK)
    path = tmp_path / "backup.json"
    path.write_text(damage, encoding="utf-8")
    page.get_by_label("Restore a backup").set_input_files(path)
    page.get_by_text("“backup.json” is not a backup of a notebook, or is damaged. Nothing was changed.").wait_for()
    assert page.locator(".note-text").inner_text() == "mine"


@pytest.mark.browser
def test_a_damaged_record_is_shown_whole(page: Page, tmp_path: Path) -> None:
    page.evaluate("localStorage.setItem('farreaching-note:exercise-rivers-where-it-begins', '{\"text\": \"half a')")
    page.reload()
    assert page.locator(".notes textarea").input_value() == '{"text": "half a'
    assert page.get_by_text("What was kept here is damaged; this is all of it.").is_visible()
    go(page, NOTEBOOK)
    assert page.locator(".note-text").inner_text() == '{"text": "half a'
    saved = json.loads(save(page, "Save a backup", tmp_path).read_text(encoding="utf-8"))
    assert saved["notes"]["exercise-rivers-where-it-begins"]["text"] == '{"text": "half a'


@pytest.mark.browser
def test_a_browser_that_keeps_nothing_says_so(browser: Browser, built: Path) -> None:
    context = browser.new_context()
    context.add_init_script("Object.defineProperty(window, 'localStorage', { get() { throw new DOMException('no'); } });")
    page = context.new_page()
    failed: list[str] = []
    page.on("pageerror", lambda error: failed.append(str(error)))
    page.goto(f"{(built / 'html').as_uri()}/{CHAPTER}")
    page.get_by_text("Your notes").click()
    page.locator(".notes textarea").fill("lost?")
    page.get_by_text("This browser keeps nothing here").wait_for()
    page.get_by_label("I have finished this chapter").click()
    assert page.get_by_text("the tick is lost when you leave the page").is_visible()
    go(page, NOTEBOOK)
    assert page.get_by_text("there is no notebook here").is_visible()
    context.close()
    # the theme's own script asks for its colours without care
    assert [text for text in failed if "no" not in text] == []


@pytest.mark.browser
def test_a_tick_shows_in_the_contents_and_the_list(page: Page) -> None:
    box = page.get_by_label("I have finished this chapter")
    box.focus()
    page.keyboard.press("Space")
    assert page.locator(".sidebar-tree .done-mark").count() == 1
    go(page, NOTEBOOK)
    assert page.locator("ul.progress input").evaluate_all("boxes => boxes.map((box) => [box.ariaLabel, box.checked])") == [
        ["Finished: The longest river", True],
    ]
    page.get_by_label("Finished: The longest river").click()
    assert page.locator(".sidebar-tree .done-mark").count() == 0
    go(page, CHAPTER)
    assert not page.get_by_label("I have finished this chapter").is_checked()


@pytest.mark.browser
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing(browser: Browser, built: Path, scheme: str) -> None:
    context = browser.new_context(color_scheme=scheme)  # type: ignore[arg-type]
    page = context.new_page()
    page.goto(f"{(built / 'html').as_uri()}/{CHAPTER}")
    write_note(page, "A note.")
    page.get_by_label("I have finished this chapter").check()
    assert axe_violations(page) == []
    go(page, NOTEBOOK)
    assert axe_violations(page) == []
    context.close()


def test_print_has_boxes_to_tick_and_no_notebook(built: Path) -> None:
    words = pdf_text((built / "great-rivers.pdf").read_bytes())
    assert re.search(r"☐\s+The longest river \(p\. \d+\)\. Reading 1 minute, exercises \d+ minutes\.", words)
    book = " ".join(text for name, text in texts(built).items() if ".epub" in name and "study" in name)
    assert "☐" in book
    assert "notebook needs scripts" not in book


@pytest.mark.browser
def test_without_scripts_the_page_says_what_is_missing(browser: Browser, built: Path) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{(built / 'html').as_uri()}/{NOTEBOOK}")
    assert page.get_by_text("The notebook needs scripts").is_visible()
    assert page.get_by_text("☐").first.is_visible()
    context.close()
