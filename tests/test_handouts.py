"""Handouts: the same exercises in four formats, their keys apart, and a clear word where it cannot be."""

from __future__ import annotations

import io
import json
import re
import subprocess
import sys
import zipfile
from pathlib import Path

import html5lib
import pytest
from docx import Document
from lxml import etree
from markdown_it import MarkdownIt
from pypdf import PdfReader
from tests.handouts import EVERYTHING, add_everything
from tests.tiny import copy_course, edit, fingerprint, pdf_text, run

CHECK, DISCUSSION = "rivers/length-check", "rivers/where-it-begins"
FORMATS = ("pdf", "docx", "html", "md")
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
NAME = "week-3-the-nile-s"


@pytest.fixture(scope="module")
def course(tmp_path_factory: pytest.TempPathFactory) -> Path:
    course = copy_course(tmp_path_factory.mktemp("handouts") / "course")
    add_everything(course)
    return course


@pytest.fixture(scope="module")
def made(course: Path) -> Path:
    """Return the folder of a handout of three exercises, in every format."""
    result = run(
        course, "assign", EVERYTHING, DISCUSSION, CHECK, "--title", "Week 3: the *Nile*'s", "--due", "2026-12-15",
        "--instructions", "Read #1.\n\nBring <b>a</b> pen & [paper](x).", "--space", "--format", ",".join(FORMATS),
    )  # fmt: skip
    assert result.returncode == 0, result.stderr
    return course / "build/handouts"


def text_of(path: Path) -> str:
    """Return the words of a handout, spaces and line ends made even."""
    content = path.read_bytes()
    if path.suffix == ".pdf":
        text = re.sub(r"\s\(p\.\s\d+\)", "", pdf_text(content))  # where on paper a reference leads
    elif path.suffix == ".docx":
        with zipfile.ZipFile(path) as archive:
            root = etree.fromstring(archive.read("word/document.xml"))
        text = "\n".join("".join(piece.text or "" for piece in block.iter(f"{W}t")) for block in root.iter(f"{W}p"))
    elif path.suffix == ".html":
        text = "".join(html5lib.parse(content, namespaceHTMLElements=False).find("body").itertext())
    else:
        text = "".join(html5lib.parse(markdown(path), namespaceHTMLElements=False).find("body").itertext())
    return " ".join(text.split())


def markdown(path: Path) -> str:
    """Return a Markdown handout as a reader of CommonMark with tables sees it."""
    return MarkdownIt("commonmark").enable("table").render(path.read_text(encoding="utf-8"))


def test_files(made: Path) -> None:
    names = {f"{NAME}{part}.{form}" for part in ("", "-key") for form in FORMATS}
    assert {path.name for path in made.iterdir()} == names


@pytest.mark.parametrize("form", FORMATS)
def test_every_format_says_the_same(made: Path, form: str) -> None:
    text = text_of(made / f"{NAME}.{form}")
    for words in (
        "Week 3: the *Nile*", "Due: 15 December 2026", "Read #1.", "Bring <b>a</b> pen & [paper](x).",
        "Exercise 1. Marks * such_as_these <of> 50 & more", "Debate · advanced · 45 minutes · two teams",
        "Chapter: The longest river", "Materials: a map, large",
        # a claim with its words, its grade, and who says so
        "The Amazon is longer than the Nile. Contested: a survey team, 16 June 2007; denied by the atlas’s editors.",
        # references to what is not in the handout are words
        "Read Flow, the other one, Exercise 2 and Exercise 3. The Amazon is longer, says Rivera and Sato (2007, p. 3).",
        "First", "inner one", "deep", "with a paragraph", "Mind the gap.", "Rivers are long.", "a | b", 'if x < 3: print("|")',
        "Its definition.", "Picture: A cone of ash", "# not a heading", "1. not a list", "Prompt", "Before you start", "Roles",
        "Procedure", "A good answer", "Your answer", "Exercise 2. Where it begins",
        "Exercise 3. Check yourself: the longest river", "6,650 km", "Sources",
        "Atlas House, ed. 2007. The School Atlas. London: Atlas House.",
        "Rivera, Ana, and Ken Sato. 2007. “Where the Amazon Begins.” Journal of Rivers 12: 1–9.",
        "A note with force (Atlas House 2007).", "A. Hydrologist",
    ):  # fmt: skip
        assert words in text, words
    assert "delta" in text
    assert "Only a screen" not in text
    assert re.search("나 ?일 ?강", text)


@pytest.mark.parametrize("form", FORMATS)
def test_the_key_is_apart(made: Path, form: str) -> None:
    handout, key = text_of(made / f"{NAME}.{form}"), text_of(made / f"{NAME}-key.{form}")
    for words in ("CANARY-KEY-7319", "Facilitation", "Rubric", "named and defended", "B is right", "So says Atlas House"):
        assert words not in handout, words
        assert words in key, words
    # the prompt is not said again
    assert "Decide with" not in key
    assert "Question 1: B" in key


def test_sources_named_only_in_a_key_are_not_listed(course: Path, tmp_path: Path) -> None:
    result = run(course, "assign", CHECK, "--format", "md", "--output", str(tmp_path))
    assert result.returncode == 0, result.stderr
    assert "Sources" not in (tmp_path / "exercises.md").read_text(encoding="utf-8")
    assert "The School Atlas" in (tmp_path / "exercises-key.md").read_text(encoding="utf-8")


def test_markdown_is_clean(made: Path) -> None:
    text = (made / f"{NAME}.md").read_text(encoding="utf-8")
    page = markdown(made / f"{NAME}.md")
    for piece in (
        '<a href="https://example.org/a_(b)">link</a>', '<a href="https://example.org/x_y">https://example.org/x_y</a>',
        "<code>a|b</code>", "<sub>2</sub>", "<td>a | b</td>", "<td><strong>bold</strong></td>", '<ol start="3">',
        '<code class="language-python">if x &lt; 3', "<li>A. 6,400 km</li>", "inner <em>one</em>",
    ):  # fmt: skip
        assert piece in page, piece
    assert re.search(r"<li>\s*<p>Second</p>\s*<p>with a paragraph</p>", page)
    assert re.search(r"<blockquote>\s*<p><strong>Note</strong></p>\s*<p>Mind the gap.</p>", page)
    assert page.count("<h1>") == 1
    assert "[^1]: A note with **force**" in text
    assert not re.search(r"\{[a-z:-]+\}`|[ \t]\n|\n{3}", text)


def test_html_needs_nothing_else(made: Path) -> None:
    for name in (f"{NAME}.html", f"{NAME}-key.html"):
        parser = html5lib.HTMLParser(strict=False, namespaceHTMLElements=False)
        page = parser.parse((made / name).read_bytes())
        assert parser.errors == []
        assert page.get("lang") == "en"
        assert len(page.findall(".//main")) == len(page.findall(".//h1")) == 1
        loaded = [tag for tag in page.iter() if isinstance(tag.tag, str) and (tag.get("src") or tag.tag in ("link", "script"))]
        assert loaded == []
        ids = [tag.get("id") for tag in page.iter() if tag.get("id")]
        assert len(ids) == len(set(ids))
        targets = {str(tag.get("href"))[1:] for tag in page.iter("a") if str(tag.get("href")).startswith("#")}
        assert targets <= set(ids)
        heads = list(page.iter("th"))
        assert heads
        assert all(tag.get("scope") == "col" for tag in heads)


def test_word_has_real_styles(made: Path) -> None:
    document = Document(str(made / f"{NAME}.docx"))
    found = [(paragraph.style.name, paragraph.text) for paragraph in document.paragraphs if paragraph.style]
    assert found[0] == ("Title", "Week 3: the *Nile*’s")
    assert [text for style, text in found if style == "Heading 1"] == [
        "Exercise 1. Marks * such_as_these <of> 50 & more", "Exercise 2. Where it begins",
        "Exercise 3. Check yourself: the longest river", "Sources",
    ]  # fmt: skip
    assert ("Heading 2", "Prompt") in found
    assert ("Heading 3", "A heading below") in found
    assert ("List Bullet 2", "inner one") in found
    assert ("List Continue", "with a paragraph") in found
    assert ("Code Block", 'if x < 3: print("|")') in found
    assert sum(style == "Writing Line" for style, _ in found) == 16
    (table,) = document.tables
    assert [[cell.text for cell in row.cells] for row in table.rows] == [["Left", "Right"], ["a | b", "bold"], ["x", "-"]]
    assert table.rows[0]._tr.find(f"{W}trPr/{W}tblHeader") is not None
    assert [column.width for column in table.columns] == [cell.width for cell in table.rows[0].cells]
    properties = document.core_properties
    assert (properties.title, properties.author, properties.language) == ("Week 3: the *Nile*’s", "A. Hydrologist", "en")
    runs = {run.text: run.font for paragraph in document.paragraphs for run in paragraph.runs}
    assert (runs["2"].superscript, runs["1"].superscript) == (True, True)
    assert [run.font.bold for run in table.cell(1, 1).paragraphs[0].runs] == [True]


def numbering(path: Path) -> list[tuple[str, str, int]]:
    """Return what Word prints before each item of a numbered list: (format, start, level), in order."""
    with zipfile.ZipFile(path) as archive:
        text = etree.fromstring(archive.read("word/document.xml"))
        lists = etree.fromstring(archive.read("word/numbering.xml"))
    kinds = {
        kind.get(f"{W}abstractNumId"): [level.find(f"{W}numFmt").get(f"{W}val") for level in kind.iter(f"{W}lvl")]
        for kind in lists.iter(f"{W}abstractNum")
    }
    found = {
        number.get(f"{W}numId"): (
            number.find(f"{W}abstractNumId").get(f"{W}val"),
            [start.get(f"{W}val") for start in number.iter(f"{W}startOverride")],
        )
        for number in lists.iter(f"{W}num")
    }
    items = []
    for item in text.iter(f"{W}numPr"):
        level = int(item.find(f"{W}ilvl").get(f"{W}val"))
        kind, starts = found[item.find(f"{W}numId").get(f"{W}val")]
        items.append((kinds[kind][level], starts[0], level))
    return items


def test_word_lists_are_lists_and_begin_anew(made: Path) -> None:
    items = numbering(made / f"{NAME}.docx")
    assert items.count(("decimal", "3", 0)) == 2  # the list from three
    assert items.count(("upperLetter", "1", 1)) == 3  # the options of the self-check
    assert ("bullet", "1", 1) in items
    assert ("decimal", "1", 2) in items


def test_word_links_lead_somewhere(made: Path) -> None:
    for name in (f"{NAME}.docx", f"{NAME}-key.docx"):
        with zipfile.ZipFile(made / name) as archive:
            assert archive.testzip() is None
            parts = {info.filename: archive.read(info) for info in archive.infolist()}
        for part, content in parts.items():
            if part.endswith((".xml", ".rels")):
                etree.fromstring(content)
        text, relations = etree.fromstring(parts["word/document.xml"]), parts["word/_rels/document.xml.rels"].decode()
        marks = [mark.get(f"{W}name") for mark in text.iter(f"{W}bookmarkStart")]
        numbers = [mark.get(f"{W}id") for mark in text.iter(f"{W}bookmarkStart")]
        assert len(marks) == len(set(marks)) == len(set(numbers))
        assert len(list(text.iter(f"{W}bookmarkEnd"))) == len(marks)
        links = list(text.iter(f"{W}hyperlink"))
        assert links
        assert {link.get(f"{W}anchor") for link in links} - {None} <= set(marks)
        for link in links:
            relation = link.get("{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id")
            assert not relation or f'Id="{relation}"' in relations
            assert len(link) > 0


def test_pdf_is_tagged_and_titled(made: Path) -> None:
    reader = PdfReader(io.BytesIO((made / f"{NAME}.pdf").read_bytes()))
    assert reader.metadata is not None
    assert reader.metadata.title == "Week 3: the *Nile*’s – Great Rivers"
    assert reader.root_object["/MarkInfo"]["/Marked"]


def test_links_lead_to_the_site_where_there_is_one(course: Path, tmp_path: Path) -> None:
    settings = course / "docs/conf.py"
    before = settings.read_text(encoding="utf-8")
    settings.write_text(f"{before}\nhtml_baseurl = 'https://rivers.example/course/'\n", encoding="utf-8")
    try:
        result = run(course, "assign", EVERYTHING, "--format", "md", "--no-key", "--output", str(tmp_path))
    finally:
        settings.write_text(before, encoding="utf-8")
    assert result.returncode == 0, result.stderr
    text = (tmp_path / "exercises.md").read_text(encoding="utf-8")
    assert "Chapter: [*The longest river*](https://rivers.example/course/rivers/length.html)" in text
    assert "[*Flow*](https://rivers.example/course/rivers/flow.html), [the other one](https://rivers.example/course/" in text
    # an exercise that this handout does not hold is named
    assert "“Where it begins” and “Check yourself: the longest river”" in text


def test_same_bytes_again_and_elsewhere(course: Path, made: Path, tmp_path: Path) -> None:
    other = copy_course(tmp_path / "other")
    add_everything(other)
    words = ["assign", EVERYTHING, CHECK, "--title", "Again", "--format", ",".join(FORMATS), "--output"]
    assert run(course, *words, str(tmp_path / "one")).returncode == 0
    assert run(other, *words, str(tmp_path / "two")).returncode == 0
    assert fingerprint(tmp_path / "one") == fingerprint(tmp_path / "two")
    assert len(fingerprint(tmp_path / "one")) == 8


def test_paper(course: Path, made: Path, tmp_path: Path) -> None:
    result = run(course, "assign", CHECK, "--paper", "us-letter", "--format", "pdf,docx", "--output", str(tmp_path))
    assert result.returncode == 0, result.stderr
    for folder, name, size in ((made, NAME, (595, 842)), (tmp_path, "exercises", (612, 792))):
        page = PdfReader(folder / f"{name}.pdf").pages[0].mediabox
        assert (round(page.width), round(page.height)) == size
        section = Document(str(folder / f"{name}.docx")).sections[0]
        assert section.page_width
        assert section.page_height
        assert (round(section.page_width.pt), round(section.page_height.pt)) == size


def test_a_saved_list(course: Path, tmp_path: Path) -> None:
    saved = tmp_path / "list.json"
    saved.write_text(json.dumps({"exercises": [CHECK, DISCUSSION]}), encoding="utf-8")
    result = run(course, "assign", DISCUSSION, "--list", str(saved), "--format", "md", "--output", str(tmp_path), "--no-key")
    assert result.returncode == 0, result.stderr
    headings = re.findall(r"^## (.+)", (tmp_path / "exercises.md").read_text(encoding="utf-8"), re.MULTILINE)
    assert headings == ["Exercise 1. Check yourself: the longest river", "Exercise 2. Where it begins", "Sources"]
    assert not (tmp_path / "exercises-key.md").exists()


def test_no_key_opens_no_key(tmp_path: Path) -> None:
    course = copy_course(tmp_path / "course")
    key = course / "exercises/rivers/where-it-begins.key.md"
    key.write_bytes(b"\xff not a key")
    result = run(course, "assign", DISCUSSION, "--no-key", "--format", "md")
    assert result.returncode == 0, result.stderr
    key.unlink()
    result = run(course, "assign", DISCUSSION, CHECK)
    assert result.returncode == 1
    assert "where-it-begins.key.md: error: the exercise 'rivers/where-it-begins' has no key." in result.stderr
    assert "--no-key" in result.stderr


def test_keys_kept_elsewhere(tmp_path: Path) -> None:
    course = copy_course(tmp_path / "course")
    (tmp_path / "keys/rivers").mkdir(parents=True)
    (course / "exercises/rivers/where-it-begins.key.md").rename(tmp_path / "keys/rivers/where-it-begins.key.md")
    with (course / "docs/conf.py").open("a", encoding="utf-8") as conf:
        conf.write(f"\nfarreaching_keys_dir = {str(tmp_path / 'keys')!r}\n")
    assert run(course, "assign", DISCUSSION, "--format", "md").returncode == 0
    assert "CANARY-KEY-7319" in (course / "build/handouts/exercises-key.md").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (["rivers/where-it-begin"], "there is no exercise 'rivers/where-it-begin'. Did you mean 'rivers/where-it-begins'?"),
        (["where-it-begins"], "there is no exercise 'where-it-begins'. Did you mean 'rivers/where-it-begins'?"),
        (["../rivers/length-check"], "there is no exercise '../rivers/length-check'. Did you mean 'rivers/length-check'?"),
        (["rivers/where-it-begins.key"], "there is no exercise 'rivers/where-it-begins.key'."),
        ([], "no exercise is named."),
        (["--list", "none.json"], "none.json: error: cannot be read: No such file or directory."),
        (["--list", "docs/conf.py"], "conf.py:1: error: this is not a list of exercises: Expecting value."),
        (["--list", "exercises/rivers/list.json"], "it has no 'exercises'. Save it again from the exercise finder"),
        ([CHECK, "--output", "references.bib"], "references.bib: error: nothing can be written here: File exists."),
        (
            [CHECK, "--output", "docs"],
            "docs: error: a handout could replace a file of the course here, and its",
        ),
        ([CHECK, "--output", "exercises/rivers"], "exercises/rivers: error: a handout could replace a file of the course here"),
        ([CHECK, "--output", "build/student/html"], "build/student/html: error: a handout could replace a file of the course"),
        ([CHECK, "--output", "references.bib/x"], "references.bib/x: error: nothing can be written here: Not a directory."),
    ],
)
def test_bad_input(course: Path, words: list[str], message: str) -> None:
    (course / "exercises/rivers/list.json").write_text("[1]", encoding="utf-8")
    before = fingerprint(course / "build")
    result = run(course, "assign", *words)
    (course / "exercises/rivers/list.json").unlink()
    assert (result.returncode, "Traceback" in result.stderr) == (1, False)
    assert message in result.stderr
    assert fingerprint(course / "build") == before


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (["--due", "15.12.2026"], "'15.12.2026' is not a day; write it as 2026-12-15"),
        (["--due", "2026-02-30"], "'2026-02-30' is not a day"),
        (["--due", "2026-12"], "'2026-12' is not a day"),
        (["--format", "pdf,doc"], "invalid choice: 'doc' (choose from pdf, docx, html, md)"),
        (["--format", ","], "invalid choice: ''"),
        (["--title", " "], "the title is empty"),
        (["--title", "x" * 151], "the title is longer than 150 characters"),
        (["--title", "a\x1bb"], "the character '\\x1b' cannot be printed"),
        (["--instructions", "a\udcffb"], "the character '\\udcff' cannot be printed"),
    ],
)
def test_wrong_words(course: Path, words: list[str], message: str) -> None:
    result = run(course, "assign", CHECK, *words)
    assert result.returncode == 2
    assert message in result.stderr


def test_a_mistake_in_an_exercise_names_its_line_and_writes_nothing(tmp_path: Path) -> None:
    course = copy_course(tmp_path / "course")
    assert run(course, "assign", DISCUSSION, "--format", "md").returncode == 0
    before = fingerprint(course / "build/handouts")
    edit(course, "exercises/rivers/where-it-begins.md", "{cite:t}`survey-2007`", "{cite:t}`survey-2008`")
    result = run(course, "assign", DISCUSSION, "--format", "md,docx")
    assert result.returncode == 1
    assert re.search(r"where-it-begins\.md:17: WARNING: there is no source 'survey-2008'", result.stderr)
    assert "No handout was written." in result.stderr
    assert fingerprint(course / "build/handouts") == before
    edit(course, "exercises/rivers/where-it-begins.md", "{cite:t}`survey-2008`", "{cite:t}`survey-2007`")
    edit(course, "exercises/rivers/where-it-begins.md", "claims: [amazon-longer]", "claims: [amazon-long]")
    result = run(course, "assign", DISCUSSION)
    assert re.search(
        r"where-it-begins\.md:10: WARNING: there is no claim 'amazon-long' in the ledger. Did you mean 'amazon-longer'",
        result.stderr,
    )
    # and when it is mended, no trace of the mistake is left
    edit(course, "exercises/rivers/where-it-begins.md", "claims: [amazon-long]", "claims: [amazon-longer]")
    assert run(course, "assign", DISCUSSION).returncode == 0


def test_signs_that_no_document_can_hold_are_left_out(tmp_path: Path) -> None:
    course = copy_course(tmp_path / "course")
    edit(course, "exercises/rivers/where-it-begins.md", "Read the chapter.", "Read the\x0c chapter\x1b now.")
    result = run(course, "assign", DISCUSSION, "--format", "docx")
    assert result.returncode == 0, result.stderr
    assert "Read the chapter now." in text_of(course / "build/handouts/exercises.docx")


def test_a_title_without_latin_letters(course: Path, tmp_path: Path) -> None:
    result = run(course, "assign", CHECK, "--title", "과제 1", "--format", "docx,md", "--output", str(tmp_path), "--no-key")
    assert result.returncode == 0, result.stderr
    assert {path.stem for path in tmp_path.iterdir()} <= {"1", "handout"}


def test_help_does_not_wait_for_sphinx() -> None:
    code = (
        "import sys; from farreaching.cli import main\ntry: main(['assign', '--help'])\n"
        "except SystemExit: sys.exit('sphinx' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, check=False).returncode == 0
