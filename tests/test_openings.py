"""Chapter openings and course outcomes, in real builds of a course on rivers."""

from __future__ import annotations

import os
import re
import shutil
from typing import TYPE_CHECKING

import pytest
from docutils import nodes

from farreaching import openings
from farreaching.findings import CourseError
from farreaching.outcomes import load_outcomes

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from sphinx.testing.util import SphinxTestApp


@pytest.fixture
def course(rootdir: Path, tmp_path: Path) -> Path:
    shutil.copytree(rootdir / "test-openings", tmp_path / "course")
    return tmp_path / "course"


@pytest.fixture
def build(course: Path, make_app: Callable[..., SphinxTestApp]) -> Callable[..., SphinxTestApp]:
    def build(builder: str = "html", **options: object) -> SphinxTestApp:
        app = make_app(builder, srcdir=course, **options)
        app.build()
        app.cleanup()  # what it registered with docutils would meet that of the next build
        return app

    return build


def warnings(app: SphinxTestApp) -> str:
    return re.sub(r"\x1b\[[0-9;]*m", "", app.warning.getvalue())


def page(app: SphinxTestApp, name: str) -> str:
    return (app.outdir / name).read_text(encoding="utf-8")


def body(html: str) -> str:
    return html[html.index('<div class="body"') : html.index('<div class="sphinxsidebar"')]


def edit(path: Path, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    later = path.stat().st_mtime + 10  # file systems with coarse times would hide a quick edit
    os.utime(path, (later, later))


def reading_minutes(app: SphinxTestApp, docname: str = "upper") -> int:
    return openings.chapters(app.env)[docname].reading_minutes


def test_opening(course: Path, build: Callable[..., SphinxTestApp]) -> None:
    edit(course / "upper.md", "WORDS", "word " * 1500)
    app = build()
    assert not warnings(app)
    assert openings.chapters(app.env) == {
        "lower": openings.ChapterFacts("Who counts the fish?", "2026-01-02", 1, 0, ("count-fish", "read-maps")),
        "upper": openings.ChapterFacts(
            'Whose is the spring: "ours" or theirs?', "2026-11-23", 8, 0, ("read-maps", "name-springs")
        ),
    }
    html = page(app, "upper.html")
    assert '<div class="opening docutils container">\n<p class="key-question">Whose is the spring: “ours” or <em>theirs' in html
    assert '<p class="opening-lead">By the end you can</p>\n<ul class="simple">\n<li><p>Read its map. <a' in html
    assert '<p class="opening-facts">Reading: 8 minutes · Facts as of 23 November 2026</p>' in html
    assert "Reading: 1 minute · Facts as of 2 January 2026" in page(app, "lower.html")


@pytest.mark.parametrize(("words", "minutes"), [(1, 1), (190, 1), (197, 2), (591, 3), (598, 4)])
def test_reading_minutes_are_rounded_up(course: Path, build: Callable[..., SphinxTestApp], words: int, minutes: int) -> None:
    edit(course / "upper.md", "WORDS", "word " * words)  # and six others: "Upper course", "Also see count fish"
    assert reading_minutes(build("dummy")) == minutes


@pytest.mark.parametrize(
    "text",
    [
        "| a |\n|---|\n| {words} |",
        "[^n]\n\n[^n]: {words}",
        "{{cite:p}}`{{{words}}}twain1883{{{words}}}`",
        "% {words}",
        "```text\n{words}\n```",
        "{words}\n",
    ],
)
def test_what_is_running_text(course: Path, build: Callable[..., SphinxTestApp], text: str) -> None:
    edit(course / "upper.md", "WORDS", text.format(words="word " * 1000))
    app = build("dummy")
    assert not warnings(app)
    assert reading_minutes(app) == (6 if text == "{words}\n" else 1)


def test_work_minutes_count_exercises_and_self_checks(
    rootdir: Path, tmp_path: Path, make_app: Callable[..., SphinxTestApp]
) -> None:
    shutil.copytree(rootdir / "test-exercises", tmp_path / "volcanoes")
    app = make_app("dummy", srcdir=tmp_path / "volcanoes" / "docs")
    app.build()
    assert not warnings(app)
    facts = openings.chapters(app.env)["lava"]
    assert facts.work_minutes == 20 + 45 + 8
    assert facts.reading_minutes == 1


def test_outcomes_page(build: Callable[..., SphinxTestApp]) -> None:
    app = build()
    html = page(app, "outcomes.html")
    assert '<dt id="outcome-read-maps">Read maps</dt><dd><p>Read a map of a river <em>and its floods</em>.</p>' in html
    chapters = re.findall(r'<p class="outcome-chapters">(.*?)</p>', html)
    assert [re.findall(r'href="(\w+)\.html"', chapter) for chapter in chapters] == [
        ["upper", "lower"],  # in the order of the contents
        ["lower"],
        ["upper"],
    ]
    link = '"outcomes.html#outcome-count-fish"><span class="outcome">count fish</span></a>'
    assert link in page(app, "upper.html")


@pytest.mark.parametrize("builder", ["epub", "text", "latex", "singlehtml"])
def test_other_builders(build: Callable[..., SphinxTestApp], builder: str) -> None:
    assert not warnings(build(builder))


def test_without_an_outcomes_page_nothing_is_linked(course: Path, build: Callable[..., SphinxTestApp]) -> None:
    (course / "outcomes.md").unlink()
    edit(course / "index.md", "outcomes\n", "")
    app = build()
    assert not warnings(app)
    assert 'Read its map. <span class="outcome">read maps</span></p>' in page(app, "upper.html")


@pytest.mark.parametrize(
    ("old", "new", "line", "message"),
    [
        (':question: Whose is the spring: "ours" or *theirs*?\n', "", 3, "the opening has no question."),
        (":as-of: 2026-11-23\n", "", 3, "'' is no day as of which facts are given. Write ':as-of: YYYY-MM-DD'."),
        ("2026-11-23", "2026-11-31", 3, "'2026-11-31' is no day"),
        ("2026-11-23", "2026-11", 3, "'2026-11' is no day"),
        ("2026-11-23", "yesterday", 3, "'yesterday' is no day"),
        ("- Name the spring. {outcome}`name-springs`\n", "", 3, "an opening holds one list of 3 to 5 things"),
        ("- Read its", "Some words.\n\n- Read its", 3, "an opening holds one list of 3 to 5 things"),
        ("map. {outcome}`read-maps`", "map.", 7, "this item names no course outcome. End it with {outcome}`id`."),
        ("`name-springs`", "`name-spring`", 9, "there is no outcome 'name-spring'. Did you mean 'name-springs'?"),
        ("`count-fish`", "`zzz`", 14, "there is no outcome 'zzz'. Add it to outcomes.yaml."),
        ("WORDS", ":::{opening}\n:question: Again?\n:::", 12, "this chapter opens twice."),
    ],
)
def test_mistakes_in_an_opening(
    course: Path, build: Callable[..., SphinxTestApp], old: str, new: str, line: int, message: str
) -> None:
    edit(course / "upper.md", old, new)
    assert re.search(rf"upper\.md:{line}: WARNING: {re.escape(message)}", warnings(build("dummy"))), warnings(build("dummy"))


def test_missing_outcomes_file(course: Path, build: Callable[..., SphinxTestApp]) -> None:
    (course / "outcomes.yaml").unlink()
    found = warnings(build("dummy"))
    message = "WARNING: the course has no outcomes.yaml. Write it: an 'id: text' line for each outcome."
    assert f"upper.md:7: {message}" in found
    assert f"outcomes.md:3: {message}" in found


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("- a\n", "outcomes.yaml:1: error: this is not a list of outcomes."),
        ("a: b\nRead Maps: c\n", "outcomes.yaml:2: error: 'Read Maps' is not an id."),
        ("a: b\nb:\n", "outcomes.yaml:2: error: the outcome 'b' has no text."),
        ("a: b\nc: [\n", "error: this is not valid YAML"),
        ("a: b\na: c\n", "outcomes.yaml:2: error: this is not valid YAML: the key 'a' stands twice"),
    ],
)
def test_mistakes_in_the_outcomes_file(course: Path, build: Callable[..., SphinxTestApp], text: str, expected: str) -> None:
    path = course / "outcomes.yaml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(CourseError) as caught:
        load_outcomes(path)
    assert expected in str(caught.value)
    found = warnings(build("dummy"))
    assert found.count("WARNING: ") == 1  # the roles that name its outcomes do not complain besides
    assert "outcomes.yaml:" in found


def test_incremental_builds_equal_clean_ones(course: Path, build: Callable[..., SphinxTestApp]) -> None:
    def pages(app: SphinxTestApp) -> dict[str, str]:
        assert not warnings(app)
        # the body only: Sphinx itself leaves another page's old title in the theme's "next" and "previous"
        return {path.name: body(path.read_text(encoding="utf-8")) for path in sorted(app.outdir.glob("*.html"))}

    def clean(name: str, parallel: int = 0) -> dict[str, str]:
        (course.parent / name).mkdir()
        return pages(build(builddir=course.parent / name, parallel=parallel))

    for number in range(8):  # Sphinx reads in parallel only from a handful of documents on
        text = (course / "lower.md").read_text(encoding="utf-8").replace("# Lower", f"---\norphan: true\n---\n# Lower {number}")
        (course / f"arm{number}.md").write_text(text, encoding="utf-8")
    before = pages(build())
    edit(course / "lower.md", "Count them again. {outcome}`count-fish`", "Name a spring. {outcome}`name-springs`")
    edit(course / "lower.md", "# Lower course", "# Estuary")
    edit(course / "arm3.md", "Text.", "Text. " * 400)
    after = pages(build())
    assert before["outcomes.html"] != after["outcomes.html"]
    assert after == clean("serial")
    assert after == clean("parallel", parallel=2)
    edit(course / "outcomes.yaml", "Count fish.", "Count all fish.")
    after = pages(build())
    assert "Count all fish." in after["outcomes.html"]
    assert after == clean("serial2")


def test_a_moved_outcomes_page_is_linked_everywhere(course: Path, build: Callable[..., SphinxTestApp]) -> None:
    build()
    (course / "outcomes.md").rename(course / "abilities.md")
    edit(course / "index.md", "outcomes\n", "abilities\n")
    app = build()
    assert not warnings(app)
    assert 'href="abilities.html#outcome-read-maps"' in page(app, "lower.html")


@pytest.mark.parametrize(("kind", "words"), [("claims", []), ("review", ["The Nile is long.", "Now:"])])
def test_a_review_is_read_through_and_its_evidence_is_not(kind: str, words: list[str]) -> None:
    cells = [nodes.entry("", nodes.paragraph("", text)) for text in ("The Nile is long.", "Now:", "For: an atlas")]
    cells[2]["classes"] = ["review-evidence"]
    table = nodes.table("", nodes.tgroup("", nodes.tbody("", nodes.row("", *cells))), classes=[kind])
    assert list(openings.running_text(nodes.section("", table))) == words
