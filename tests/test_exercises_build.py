"""Exercises and self-checks in real builds: what is shown, what depends on what, and what a student never gets."""

from __future__ import annotations

import os
import re
import shutil
import sys
import zipfile
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from sphinx.testing.util import SphinxTestApp

CANARY = "Canary"
SLUGS = ("flowmap", "evacuate", "plume")
KEYS_OPENED: list[str] = []
_listening = False


def _note_opened_keys(event: str, arguments: tuple[object, ...]) -> None:
    if _listening and event == "open" and str(arguments[0]).endswith(".key.md"):
        KEYS_OPENED.append(str(arguments[0]))


sys.addaudithook(_note_opened_keys)


@pytest.fixture
def listening() -> Iterator[list[str]]:
    """Record every key file that any code opens."""
    global _listening  # noqa: PLW0603 (an audit hook cannot be removed)
    KEYS_OPENED.clear()
    _listening = True
    yield KEYS_OPENED
    _listening = False


@pytest.fixture
def course(rootdir: Path, tmp_path: Path) -> Path:
    shutil.copytree(rootdir / "test-exercises", tmp_path / "course")
    return tmp_path / "course"


@pytest.fixture
def build(course: Path, make_app: Callable[..., SphinxTestApp]) -> Callable[..., SphinxTestApp]:
    """Build the course; the output folder is course/build/EDITION/BUILDER."""

    def build(builder: str = "html", edition: str = "student", **options: object) -> SphinxTestApp:
        folder = course / "build" / edition
        folder.mkdir(parents=True, exist_ok=True)
        app = make_app(
            builder, srcdir=course / "docs", builddir=folder, confoverrides={"farreaching_edition": edition}, **options
        )
        app.build()
        app.cleanup()  # what it registered with docutils would meet that of the next build
        return app

    return build


def warnings(app: SphinxTestApp) -> str:
    return re.sub(r"\x1b\[[0-9;]*m", "", app.warning.getvalue())


def page(app: SphinxTestApp, name: str) -> str:
    return (app.outdir / name).read_text(encoding="utf-8")


def edit(path: Path, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    later = path.stat().st_mtime + 10  # file systems with coarse times would hide a quick edit
    os.utime(path, (later, later))


def read_again(app: SphinxTestApp) -> set[str]:
    """Return the documents that a build read."""
    return set(re.findall(r"reading sources\.\.\. \[[ \d]+%\] (\S+)", re.sub(r"\x1b\[[0-9;]*m", "", app.status.getvalue())))


def written_again(app: SphinxTestApp) -> set[str]:
    return set(re.findall(r"writing output\.\.\. \[[ \d]+%\] (\S+)", re.sub(r"\x1b\[[0-9;]*m", "", app.status.getvalue())))


# what a student never gets


def test_no_key_sentence_reaches_a_student(course: Path, build: Callable[..., SphinxTestApp], listening: list[str]) -> None:
    for builder in ("html", "epub", "text"):
        assert not warnings(build(builder))
    assert not listening
    files = [path for path in (course / "build").rglob("*") if path.is_file()]
    assert {"searchindex.js", "objects.inv", "lava.md.txt", "lava.doctree", "environment.pickle"} <= {path.name for path in files}
    for path in files:
        assert CANARY.encode() not in path.read_bytes(), path
        if zipfile.is_zipfile(path):
            with zipfile.ZipFile(path) as archive:
                for name in archive.namelist():
                    assert CANARY.encode() not in archive.read(name), name


@pytest.mark.parametrize("builder", ["html", "epub", "text"])
def test_every_key_reaches_the_instructor(build: Callable[..., SphinxTestApp], listening: list[str], builder: str) -> None:
    app = build(builder, "instructor")
    assert not warnings(app)
    assert {path.rpartition("/")[2] for path in listening} == {"flow-map.key.md", "evacuate.key.md", "plume.key.md"}
    suffix = {"html": "html", "epub": "xhtml", "text": "txt"}[builder]
    text = page(app, f"lava.{suffix}") + page(app, f"ash.{suffix}")
    for slug in SLUGS:
        for part in ("facilitation", "footnote", "outline", "mistakes", "follow-up", "criterion", "variations"):
            if (builder, part) == ("text", "criterion"):
                continue  # broken over the lines of a narrow cell
            assert re.search(rf"{CANARY}{slug}\s+{part}", text), (slug, part)
    if builder == "html":
        assert '<section class="exercise-key" id="exercise-ash-plume-key">\n<h4>For the instructor<' in text


def test_a_key_cannot_be_shown_as_an_exercise(course: Path, build: Callable[..., SphinxTestApp], listening: list[str]) -> None:
    edit(course / "docs" / "ash.md", "{exercise} ash/plume", "{exercise} ash/plume.key")
    app = build()
    assert "ash.md:7: WARNING: there is no exercise 'ash/plume.key'. Did you mean 'ash/plume'?" in warnings(app)
    assert not listening
    assert CANARY not in page(app, "ash.html")


def test_keys_kept_elsewhere(course: Path, make_app: Callable[..., SphinxTestApp]) -> None:
    for path in list((course / "exercises").glob("*/*.key.md")):
        target = course / "private" / path.relative_to(course / "exercises")
        target.parent.mkdir(parents=True, exist_ok=True)
        path.rename(target)
    settings = {"farreaching_edition": "instructor", "farreaching_keys_dir": "../private"}
    app = make_app("html", srcdir=course / "docs", confoverrides=settings)
    app.build()
    assert not warnings(app)
    assert CANARY in page(app, "lava.html")


def test_missing_key(course: Path, build: Callable[..., SphinxTestApp]) -> None:
    (course / "exercises" / "ash" / "plume.key.md").unlink()
    assert "plume.key.md:1: WARNING: the exercise 'ash/plume' has no key." in warnings(build("html", "instructor"))


# what is shown


def test_exercise_page(build: Callable[..., SphinxTestApp]) -> None:
    app = build()
    assert not warnings(app)
    lava, index = page(app, "lava.html"), page(app, "index.html")
    assert (
        '<section class="exercise exercise-map" id="exercise-lava-flow-map">\n'
        '<h3><span class="exercise-number">Exercise 1.</span> The map of a flow' in lava
    )
    assert "<p>Map · intermediate · 20 minutes · pairs</p>" in lava
    assert 'href="outcomes.html#outcome-read-maps"><span class="outcome">read maps</span></a>' in lava
    assert re.search(r"Sources to use:</strong> .*Dana \[<a", lava)
    assert "<strong>Materials:</strong> one printed map" in lava
    assert lava.count("Materials:") == 1  # "none" is not printed
    assert '<h4>Prompt<a class="headerlink" href="#exercise-lava-flow-map-prompt"' in lava
    assert "<h5>A heading within<" in lava
    row = lava[lava.index('<table class="exercise-overview') :]
    assert re.search(r"<td><p>2</p></td>\s*<td><p><a [^>]*href=\"#exercise-lava-evacuate\">Leave or stay</a>", row)
    assert '<span class="exercise-reference">Exercise 1</span>' in index
    assert (
        'href="lava.html#exercise-lava-evacuate" title="Leave or stay"><span class="xref exercise-ref">the talk</span>' in index
    )
    ids = re.findall(r' id="([^"]+)"', lava)
    assert len(ids) == len(set(ids))


def test_the_same_exercise_in_two_documents(course: Path, build: Callable[..., SphinxTestApp]) -> None:
    edit(course / "docs" / "ash.md", "Ash. See", "Ash. Here {exercise-ref}`lava/flow-map`. See")
    app = build()
    assert not warnings(app)
    ash = page(app, "ash.html")
    assert re.search(r'Here <a [^>]*href="#exercise-lava-flow-map"[^>]*><span [^>]*>Exercise 2<', ash)
    assert 'id="exercise-lava-flow-map">\n<h3><span class="exercise-number">Exercise 2.</span>' in ash
    # a reference from outside leads to the exercise's own chapter
    assert 'href="lava.html#exercise-lava-flow-map"' in page(app, "index.html")


def test_footnotes_with_one_label_stay_apart(build: Callable[..., SphinxTestApp]) -> None:
    lava = page(build(), "lava.html")
    for number, note in ((1, "The chapter’s note."), (2, "The note of the map."), (3, "The note of the debate.")):
        label = rf'<a role="doc-backlink" href="#(\w+)">{number}</a><span class="fn-bracket">\]</span></span>\s*<p>{note}'
        found = re.search(label, lava)
        assert found, note
        assert re.search(rf'id="{found[1]}" role="doc-noteref"><span class="fn-bracket">\[</span>{number}<', lava)


def test_self_check_folds_on_a_web_page(build: Callable[..., SphinxTestApp]) -> None:
    lava = page(build(), "lava.html")
    assert '<div class="self-check" data-self-check="lava/lava-check" id="exercise-lava-lava-check">' in lava
    assert '<div class="question" data-question="speed" data-right="B"' in lava
    assert re.search(r'<ol class="upperalpha [^"]*options">', lava)
    answer = lava[lava.index('<details class="answer">') : lava.index("</details>")]
    assert "<summary>Answer to question 1</summary>" in answer
    assert re.findall(r"<dt[^>]*>(. is \w+)", answer) == ["B is right", "A is wrong", "C is wrong"]
    assert "It also thickens." in answer


@pytest.mark.parametrize(("builder", "name"), [("epub", "lava.xhtml"), ("text", "lava.txt"), ("singlehtml", "index.html")])
def test_self_check_answers_follow_in_print(build: Callable[..., SphinxTestApp], builder: str, name: str) -> None:
    app = build(builder)
    assert not warnings(app)
    text = re.sub(r"<[^>]+>", "", page(app, name))
    assert "details" not in page(app, name)
    order = [
        "How fast",
        "Nothing.",
        "Answers",
        "Question 1: B",
        "B is right",
        "A is wrong",
        "Question 2: A",
        "Cooled lava",
    ]
    places = [text.index(words) for words in order]
    assert places == sorted(places)
    if builder == "text":
        assert "* B. At *walking* pace." in text


# where mistakes are found


@pytest.mark.filterwarnings("ignore:.*MystReferenceResolver.app")  # MyST's own
@pytest.mark.parametrize(
    ("file", "old", "new", "place", "message"),
    [
        ("ash/plume.md", "How high?", "High {cite:p}`nobody`.", 17, 'could not find bibtex key "nobody"'),
        ("ash/plume.md", "cites: [dana1890]", "cites: [nobody]", 9, 'could not find bibtex key "nobody"'),
        ("ash/plume.md", "How high?", "See {ref}`nowhere`.", 17, "undefined label: 'nowhere'"),
        (
            "ash/plume.md",
            "How high?",
            "See [that](#nowhere).",
            17,
            "'myst' cross-reference target not found: 'nowhere'",
        ),
        ("ash/plume.md", "How high?", "{nosuchrole}`x`", 17, 'Unknown interpreted text role "nosuchrole".'),
        ("ash/plume.md", "How high?", "```{nosuchthing}\n```", 17, "Unknown directive type: 'nosuchthing'"),
        ("ash/plume.md", "How high?", "Text.\n\n```{figure}\n```", 19, "Directive 'figure'"),
        ("ash/plume.md", "How high?", "Text.\n\n##### Too deep", 19, "Non-consecutive header level increase"),
        ("ash/plume.md", "How high?", "High.[^a]\n\n[^a]: One.\n\n[^a]: Two.", 21, "Duplicate footnote definition"),
        ("ash/plume.md", "How high?", "{exercise-ref}`lava/flow-mop`", 17, "Did you mean 'lava/flow-map'?"),
        ("ash/plume.md", "How high?", ":::{note}\n{outcome}`read-map`\n:::", 18, "Did you mean 'read-maps'?"),
        ("ash/plume.md", "How high?", "```{exercise} ash/plume\n```", 17, "an exercise must stand in a section"),
        ("ash/plume.md", "minutes: 30", "minutes: 0", 6, "'0' is no number of minutes."),
        ("ash/plume.md", "[read-maps, advise]", "[read-map]", 5, "unknown outcome 'read-map'."),
        ("lava/lava-check.md", "It cools", "{cite:t}`nobody` it cools", 21, 'could not find bibtex key "nobody"'),
        ("lava/lava-check.md", "It also thickens", "{nosuchrole}`x`", 23, "Unknown interpreted text role"),
        ("lava/lava-check.md", "- [x] At", "- [ ] At", 14, "the question has no right answer."),
    ],
)
def test_warnings_name_the_exercise_file(
    course: Path, build: Callable[..., SphinxTestApp], file: str, old: str, new: str, place: int, message: str
) -> None:
    edit(course / "exercises" / file, old, new)
    lines = [line for line in warnings(build("dummy")).split("\n") if message in line]
    assert [line for line in lines if f"{file}:{place}: " in line], warnings(build("dummy"))


def test_warnings_after_an_exercise_name_the_chapter_again(course: Path, build: Callable[..., SphinxTestApp]) -> None:
    path = course / "docs" / "ash.md"
    path.write_text(path.read_text(encoding="utf-8") + "\n## End\n\n{nosuchrole}`x`[^1]\n\n[^1]: Chapter.\n", encoding="utf-8")
    assert "ash.md:14: WARNING: Unknown interpreted text role" in warnings(build("dummy"))


def test_warnings_in_a_key_name_it(course: Path, build: Callable[..., SphinxTestApp]) -> None:
    edit(course / "exercises" / "ash" / "plume.key.md", "Canaryplume mistakes.", "{cite:t}`nobody`")
    assert re.search(
        r'ash/plume\.key\.md:13: WARNING: could not find bibtex key "nobody"', warnings(build("dummy", "instructor"))
    )


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("{exercise} ash/plume", "{exercise} ash/plum", "there is no exercise 'ash/plum'. Did you mean 'ash/plume'?"),
        ("{exercise} ash/plume", "{exercise} lava/flow-map", "'lava/flow-map' is shown twice in this document."),
        ("{exercise} ash/plume", "{exercise} lava/lava-check", "is of type self-check. Show it with {self-check}."),
        ("{exercise} ash/plume", "{self-check} lava/evacuate", "is of type debate. Show it with {exercise}."),
        ("```{exercise} ash/plume\n```", "````{note}\n```{exercise} ash/plume\n```\n````", "must stand in a section"),
        ("```{exercise} ash/plume\n```\n```{exercise} lava/flow-map\n```", "```{exercises}\n```", "shows no exercise"),
    ],
)
def test_mistakes_in_the_chapter(course: Path, build: Callable[..., SphinxTestApp], old: str, new: str, message: str) -> None:
    edit(course / "docs" / "ash.md", old, new)
    assert re.search(rf"docs/ash\.md:\d+: WARNING: .*{re.escape(message)}", warnings(build("dummy")))


def test_claims_to_use_become_references(course: Path, make_app: Callable[..., SphinxTestApp]) -> None:
    edit(course / "exercises" / "ash" / "plume.md", "claims: []", "claims: [plume-height]")
    app = make_app("pseudoxml", srcdir=course / "docs")
    seen = []
    app.connect(
        "doctree-read",
        lambda app, doctree: seen.extend(
            doctree.findall(lambda node: node.get("reftype") == "entry" if hasattr(node, "get") else False)
        ),
    )
    app.build()
    (node,) = seen
    assert (node["refdomain"], node["reftarget"], node["refexplicit"]) == ("claim", "plume-height", False)
    assert (node.source, node.line) == (str(course / "exercises" / "ash" / "plume.md"), 10)
    assert node[0].tagname == "literal"


# what depends on what


def test_an_edit_reads_exactly_the_chapters_that_show_the_exercise(course: Path, build: Callable[..., SphinxTestApp]) -> None:
    build()
    assert read_again(build()) == set()
    edit(course / "exercises" / "lava" / "evacuate.md", "minutes: 45", "minutes: 50")
    app = build()
    assert read_again(app) == {"lava"}
    assert "Exercises: 1 hour 18 minutes" in page(app, "lava.html")
    edit(course / "exercises" / "lava" / "flow-map.md", "Draw", "Trace")
    app = build()
    assert read_again(app) == {"lava", "ash"}
    assert "Trace the flow" in page(app, "ash.html")


def test_an_exercise_removed_and_added(course: Path, build: Callable[..., SphinxTestApp]) -> None:
    build()
    path = course / "exercises" / "ash" / "plume.md"
    text = path.read_text(encoding="utf-8")
    path.unlink()
    app = build()
    assert read_again(app) == {"ash"}
    assert "there is no exercise 'ash/plume'" in warnings(app)
    path.write_text(text, encoding="utf-8")
    app = build()
    assert read_again(app) == {"ash"}
    assert not warnings(app)
    assert "Exercise 1.</span> The plume" in page(app, "ash.html")


def test_an_edit_of_a_key_concerns_instructors_only(course: Path, build: Callable[..., SphinxTestApp]) -> None:
    build()
    build("html", "instructor")
    edit(course / "exercises" / "ash" / "plume.key.md", "plume facilitation", "plume patience")
    assert read_again(build()) == set()
    app = build("html", "instructor")
    assert read_again(app) == {"ash"}
    assert "plume patience" in page(app, "ash.html")


def test_a_changed_number_is_written_where_it_is_referred_to(course: Path, build: Callable[..., SphinxTestApp]) -> None:
    build()
    edit(course / "docs" / "lava.md", "```{exercise} lava/flow-map\n```\n", "")
    app = build()
    assert read_again(app) == {"lava"}
    assert {"index", "ash"} <= written_again(app)
    assert 'href="lava.html#exercise-lava-evacuate" title="Leave or stay"><span class="exercise-reference">Exercise 1<' in page(
        app, "ash.html"
    )


def test_parallel_and_incremental_builds_write_the_same(course: Path, make_app: Callable[..., SphinxTestApp]) -> None:
    def pages(folder: str, parallel: int = 0) -> dict[str, str]:
        (course / folder).mkdir(exist_ok=True)
        settings = {"farreaching_edition": "instructor"}
        app = make_app("html", srcdir=course / "docs", builddir=course / folder, confoverrides=settings, parallel=parallel)
        app.build()
        app.cleanup()
        assert not warnings(app)
        return {path.name: path.read_text(encoding="utf-8") for path in sorted(app.outdir.glob("*.html"))}

    for number in range(6):  # Sphinx reads in parallel only from a handful of documents on
        text = "---\norphan: true\n---\n# More\n\n```{exercise} lava/evacuate\n```\n\n{exercise-ref}`lava/evacuate`\n"
        (course / "docs" / f"more{number}.md").write_text(text, encoding="utf-8")
    edit(course / "docs" / "lava.md", "```{exercise} lava/flow-map\n```\n", "")
    pages("incremental")
    edit(
        course / "docs" / "lava.md",
        "```{exercise} lava/evacuate",
        "```{exercise} lava/flow-map\n```\n```{exercise} lava/evacuate",
    )
    serial = pages("serial")
    assert pages("incremental") == serial
    assert pages("parallel", parallel=2) == serial


def test_a_reference_with_words_of_its_own_has_a_page_in_print(course: Path, make_app: Callable[..., SphinxTestApp]) -> None:
    conf = course / "docs" / "conf.py"
    conf.write_text(
        conf.read_text("utf-8") + '\nextensions = [*extensions, "farreaching.typst"]\nfarreaching_pdf_exclude = ["references"]\n',
        encoding="utf-8",
    )
    app = make_app("typst", srcdir=course / "docs")
    app.build()
    code = "\n".join(path.read_text("utf-8") for path in (app.doctreedir / "typst").glob("*.typ"))
    assert re.search(r'text\("the talk"\)\n}, paged: true', code)
    # neither the first lines of an exercise nor the letter of an answer may stand alone at the foot of a page
    assert 'held({[]\ntext("Map · intermediate · 20 minutes · pairs")' in code
    assert 'held({[]\nstrong({[]\ntext("Question 1: B")' in code
