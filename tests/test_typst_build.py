"""Whole PDFs: the kitchen sink as book and chapter, and what is refused."""

from __future__ import annotations

import subprocess
from pathlib import Path
from shutil import copytree

import pytest
from pypdf import PdfReader
from sphinx.testing.util import SphinxTestApp


def build(source, folder, **settings):
    """Build the PDFs of a copy of a project; return the output folder and the warnings."""
    app = SphinxTestApp("typst", srcdir=copytree(source, folder / "source"), confoverrides=settings)
    try:
        app.build()
        return Path(app.outdir), app.warning.getvalue()
    finally:
        app.cleanup()


def words_of(pdf):
    return subprocess.run(["pdftotext", str(pdf), "-"], capture_output=True, check=True, text=True).stdout


def written(page):
    """Return the words of a page, as they were set, each with its height above the foot."""
    found = []
    page.extract_text(visitor_text=lambda words, at, *_: found.append((words.strip(), at[5])))
    return found


@pytest.fixture(scope="module")
def sink(tmp_path_factory, rootdir):
    out, warnings = build(rootdir / "test-kitchen-sink", tmp_path_factory.mktemp("sink"))
    assert warnings == ""
    return out


def test_book_and_chapter_are_written(sink):
    assert sorted(path.relative_to(sink).as_posix() for path in sink.rglob("*.pdf")) == [
        "chapters/part-sink.pdf",
        "volcanoes.pdf",
    ]
    assert not list(sink.rglob("*.typ"))


def test_book_is_tagged_titled_and_in_a_language(sink):
    reader = PdfReader(sink / "volcanoes.pdf")
    catalogue = reader.trailer["/Root"]
    assert catalogue["/MarkInfo"]["/Marked"]
    assert catalogue["/Lang"] == "en-GB"
    assert reader.metadata.title == "Volcanoes"
    assert reader.metadata.author == "Ash & Daughters"
    assert b"pdfuaid" in catalogue["/Metadata"].get_data()


def test_bookmarks_follow_the_contents(sink):
    def titles(items):
        return [titles(item) if isinstance(item, list) else item.title for item in items]

    outline = titles(PdfReader(sink / "volcanoes.pdf").outline)
    assert outline[:3] == ["Contents", "Volcanoes", "Mountains that burn"]
    assert outline[3][0] == "Every form that a chapter uses"
    assert outline[3][1][:2] == ["Lists", "Quotations and boxes"]
    assert outline[3][2] == "Etna, in short"


def test_references_carry_pages_in_the_book_and_addresses_in_a_chapter(sink):
    book = words_of(sink / "volcanoes.pdf")
    assert "Etna, in short (p. 9)" in book
    chapter = PdfReader(sink / "chapters" / "part-sink.pdf")
    links = {
        annotation.get_object()["/A"]["/URI"]
        for page in chapter.pages
        for annotation in page.get("/Annots", [])
        if "/URI" in annotation.get_object().get("/A", {})
    }
    assert "https://volcanoes.example/part/etna.html" in links
    assert "https://volcanoes.example/finder.html#find-me" in links


@pytest.mark.parametrize(
    "words",
    [
        "백두산",
        "Ключевская сопка",
        "长白山",
        "富士山のふもと",
        "Đồng Đăng",
        "영어 섞인",
        "# $ * _ @ [ ] < > \\",
        "// /* */ = + - ^ { } % & ;",
        "This is its other paragraph.",
        "A note from a cell.",
        "They do, and we count their breath.",
        "Hidden on a screen, open on paper.",
        "A legend under the figure.",
        "crater, mouth",
    ],
)
def test_words_survive(sink, words):
    assert words in " ".join(words_of(sink / "volcanoes.pdf").split())


@pytest.mark.parametrize("words", ["Press the green button", "Only on the site", "never printed"])
def test_what_is_for_screens_is_left_out(sink, words):
    assert words not in words_of(sink / "volcanoes.pdf")


def test_a_chapter_says_on_its_first_page_where_it_comes_from(sink):
    pages = [page.extract_text() for page in PdfReader(sink / "chapters" / "part-sink.pdf").pages]
    assert "From Volcanoes" in pages[0]
    assert all("From Volcanoes" not in page for page in pages[1:])


def test_two_builds_in_two_folders_are_the_same(sink, tmp_path, rootdir):
    again, _ = build(rootdir / "test-kitchen-sink", tmp_path)
    for name in ("volcanoes.pdf", "chapters/part-sink.pdf"):
        assert (again / name).read_bytes() == (sink / name).read_bytes()


def test_one_chapter_on_other_paper(tmp_path, rootdir):
    out, _ = build(rootdir / "test-kitchen-sink", tmp_path, farreaching_only="part/etna", farreaching_paper="us-letter")
    assert [path.name for path in out.rglob("*.pdf")] == ["part-etna.pdf"]
    page = PdfReader(out / "chapters" / "part-etna.pdf").pages[0]
    assert [round(float(side)) for side in page.mediabox[2:]] == [612, 792]


def test_a_sheet_to_fill_in_stays_on_one_page_with_room_to_write(tmp_path, rootdir):
    source = copytree(rootdir / "test-typst-forms", tmp_path / "forms")
    form = source / "form-tables.md"
    sheet = "```{list-table} A sheet\n:header-rows: 1\n:class: sheet\n\n* - River\n  - Length\n"
    sheet += "".join(f"* - Gauge {number}.\n  -\n" for number in range(1, 19)) + "```\n"
    above = "A line.\n\n" * 12
    form.write_text(f"{form.read_text(encoding='utf-8')}\n{above}{sheet}", encoding="utf-8")
    out, _ = build(source, tmp_path)
    bottoms = [
        {words: y for words, y in written(page) if words.startswith("Gauge")} for page in PdfReader(out / "rivers.pdf").pages
    ]
    (sheet_page,) = [page for page in bottoms if page]
    assert len(sheet_page) == 18
    assert (sheet_page["Gauge 1."] - sheet_page["Gauge 18."]) / 17 > 9 / 25.4 * 72


def test_every_problem_is_named_with_its_place(tmp_path, rootdir):
    from farreaching.typst.builder import PrintError

    app = SphinxTestApp("typst", srcdir=copytree(rootdir / "test-typst-bad", tmp_path / "source"))
    with pytest.raises(PrintError, match="4 problem"):
        app.build()
    messages = app.warning.getvalue()
    app.cleanup()
    assert "index.md:5: ERROR: the image 'bend.svg' has no alternative text." in messages
    assert "index.md:7: ERROR: no font of the print edition has '😀' (U+1F600), used in 'index'" in messages
    assert "index.md:9: ERROR: the node 'math_block' has no print form in the PDF (document 'index')." in messages
    assert "index.md:13: ERROR: raw 'html' cannot be printed." in messages
    assert not list(Path(app.outdir).rglob("*.pdf"))


@pytest.mark.parametrize(
    ("settings", "message"),
    [
        ({"farreaching_only": "nowhere"}, "there is no document 'nowhere'"),
        ({"farreaching_chapter_pdfs": ["nowhere"]}, "there is no document 'nowhere'"),
        ({"farreaching_pdf_date": "soon"}, "farreaching_pdf_date is 'soon'. Write a date as 2026-11-23."),
        ({"farreaching_paper": "a3"}, "farreaching_paper is 'a3'. Write 'a4' or 'us-letter'."),
    ],
)
def test_wrong_settings_are_explained(tmp_path, rootdir, monkeypatch, settings, message):
    from sphinx.errors import SphinxError

    monkeypatch.delenv("SOURCE_DATE_EPOCH", raising=False)
    with pytest.raises(SphinxError, match=message):
        build(rootdir / "test-typst-forms", tmp_path, **settings)
