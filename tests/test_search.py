"""The site's search in a real browser, from files."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from sphinx.cmd.build import main as sphinx_build

from farreaching.search import CourseSearch

if TYPE_CHECKING:
    from pathlib import Path

    from playwright.sync_api import Browser

PAGES = {
    "symbol": "Resolution S/RES/2397 (2017) limits the river.",
    "part": "The letters res stand for resources, and 2017 was dry.",
    "hyphenated": "President Lee Jae-myung spoke of 2,000 barges.",
    "spaced": "President Lee Jae Myung spoke of barges in 1,950 words.",
    "hangul": "이재명 spoke.",
}


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("search")
    settings = ['extensions = ["myst_parser", "farreaching.search"]', 'html_theme = "basic"', "html_show_search_summary = False"]
    (folder / "conf.py").write_text("\n".join(settings))
    for name, text in PAGES.items():
        (folder / f"{name}.md").write_text(f"# {name.capitalize()}\n\n{text}\n", encoding="utf-8")
    (folder / "index.md").write_text("# Start\n\n```{toctree}\n" + "\n".join(PAGES) + "\n```\n")
    assert sphinx_build(["-q", "-W", "-b", "html", str(folder), str(folder / "_build")]) == 0
    return folder / "_build"


@pytest.mark.browser
@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("S/RES/2397", {"Symbol"}),
        ("s/res/2397 (2017)", {"Symbol"}),
        ("2397", {"Symbol"}),
        ("resolution 2397", {"Symbol"}),
        ("2017", {"Symbol", "Part"}),
        ("Lee Jae-myung", {"Hyphenated", "Spaced"}),
        ("Lee Jae Myung", {"Hyphenated", "Spaced"}),
        ("Jaemyung", {"Hyphenated"}),
        ("이재명", {"Hangul"}),
        ("2,000 barges", {"Hyphenated"}),
        ("2000 barges", {"Hyphenated"}),
    ],
)
def test_search_finds(browser: Browser, site: Path, query: str, found: set[str]) -> None:
    page = browser.new_page()
    failed: list[str] = []
    page.on("pageerror", lambda error: failed.append(str(error)))
    page.goto(f"{site.as_uri()}/search.html")
    page.locator("#search-documentation ~ form input[name=q], form input[name=q]").first.fill(query)
    page.keyboard.press("Enter")
    page.get_by_text("Search finished").wait_for()
    titles = set(page.locator("ul.search li > a").all_inner_texts())
    page.close()
    assert titles == found
    assert failed == []


def test_a_text_gives_each_word_a_query_may_give() -> None:
    words = CourseSearch({}).split("Under S/RES/2397 Lee Jae-myung saw 12,000.5 of A4.")
    assert words == [
        *("Under", "S/RES/2397", "S", "RES", " 2397", "Lee", "Jaemyung", "Jae", "myung", "saw"),
        *(" 12,000.5", " 12000.5", "of", "A4"),
    ]
