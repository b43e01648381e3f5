"""Lexicons, the index of the book and the list of figures: the files, the pages, print, and pages kept right."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from tests.tiny import SOURCE, copy_course, edit, pdf_text, run, texts

from farreaching.findings import CourseError
from farreaching.lexicon.loader import Entry, Form, load_lexicons
from farreaching.lexicon.mentions import names_of

pytestmark = pytest.mark.xdist_group("lexicon")
FILES = [SOURCE / "docs/data/glossary.yaml", SOURCE / "docs/data/people.yaml"]
KEYS = {"atlas-2007", "survey-2007"}


def entry(name: str, *also: str) -> Entry:
    return Entry(name, "", "", "", also, (), (), (), 1)


def found(text: str, *entries: Entry) -> list[str | None]:
    names = names_of(entries)
    return [names.heading(match[0]) for match in names.pattern.finditer(text)]


def test_fields_can_be_used_elsewhere() -> None:
    glossary, people = load_lexicons(FILES, KEYS)
    usual, watershed = glossary.entries  # sorted
    assert (usual.name, usual.forms) == ("Usual account", (Form("ko", "통설", "tongseol"),))
    assert (watershed.forms, watershed.see) == ((Form("pt", "bacia hidrográfica", ""),), ("Usual account",))
    assert [(one.heading, one.evidence[0].key) for one in people.entries] == [
        ("Abel, Zoe", "atlas-2007"),
        ("Survey Team", "survey-2007"),
    ]


@pytest.mark.parametrize("content", ["", "- a list\n", "languages: {}\n", "languages: {}\nentries: []\nmore: 1\n"])
def test_what_is_no_lexicon(tmp_path: Path, content: str) -> None:
    path = tmp_path / "none.yaml"
    path.write_text(content, "utf-8")
    with pytest.raises(CourseError, match=r"none\.yaml:1: .*this is not a lexicon\. Write languages, entries"):
        load_lexicons([path], ())


def test_mistakes_of_all_files_are_said_at_once(tmp_path: Path) -> None:
    first, second = tmp_path / "a.yaml", tmp_path / "b.yaml"
    first.write_text("languages: {}\nentries:\n- name: One\n", "utf-8")
    second.write_text("languages: {}\nentries:\n- definition: Two.\n", "utf-8")
    with pytest.raises(CourseError) as caught:
        load_lexicons([first, second, tmp_path / "absent.yaml"], ())
    assert [(finding.path.name, finding.line) for finding in caught.value.findings] == [("a.yaml", 3), ("b.yaml", 3)]


def test_which_words_name_an_entry() -> None:
    assert found("press statements, a Press statement, pressed", entry("Press statement")) == ["Press statement"] * 2
    assert found("Kim Song sang to Kim.", entry("Kim", "Kim"), entry("Kim Song")) == ["Kim Song", "Kim"]
    assert found("RUSI and rusi and CRUSIS", entry("Royal United Services Institute (RUSI)")) == [
        "Royal United Services Institute (RUSI)"
    ]
    assert found("a car", entry("Conflict Armament Research (CAR)")) == []
    assert found("the North’s party", entry("The Party", "the North's party")) == ["The Party"]
    # a plain word counts where it is emphasised, and a remark in brackets is no abbreviation
    assert found("to hold a base; South Korea", entry("Hold"), entry("Base (South Korea)")) == []
    assert names_of([entry("Hold")]).emphasised == {"hold": "Hold"}
    assert found("nothing") == []


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the student edition of the tiny course, in every format."""
    course = copy_course(tmp_path_factory.mktemp("lexicon") / "course")
    result = run(course, "build")
    assert result.returncode == 0, result.stderr
    return course / "build/student"


def html(built: Path, name: str) -> str:
    return (built / f"html/{name}.html").read_text("utf-8")


def test_terms_lead_to_their_entries_in_every_lexicon(built: Path) -> None:
    page = html(built, "reference/glossary")
    assert re.search(r'href="#term-Watershed"[^>]*><span[^>]*>Watershed', page)
    assert re.search(r'href="people\.html#term-Abel-Zoe"[^>]*><span[^>]*>Zoe Abel', page)
    assert 'Korean: <span lang="ko">통설</span> (tongseol).' in page
    assert 'Portuguese: <span lang="pt">bacia hidrográfica</span>. See also: <a' in page
    assert "The land that <em>one</em> river drains." in page


def test_entries_say_where_they_are_named(built: Path) -> None:
    page = html(built, "reference/people")
    place = re.search(
        r'Named in: <a class="reference internal" href="\.\./rivers/length\.html#(mention-\d+)">The longest river</a></p>', page
    )
    assert place
    assert f'<span id="{place[1]}">Nile</span>' in html(built, "rivers/length")
    opening = html(built, "rivers/length").partition('id="the-evidence"')[0]
    assert len(re.findall(r"\bNile\b", opening.partition("<article")[2])) > 2
    assert opening.count(">Nile</span>") == 1  # once a section
    words = " ".join(re.sub(r"<[^>]+>", "", page).split())
    assert "Those who measured the Amazon (Rivera and Sato 2007)." in words


def test_index_has_letters_entries_and_places(built: Path) -> None:
    page = html(built, "reference/book-index")
    words = " ".join(re.sub(r"<[^>]+>", "", page[page.index("<article") :]).split())
    assert "A Abel, Zoe: The longest river; People" in words
    assert "U Usual account: The longest river; Glossary" in words
    assert "W Watershed: Glossary" in words


def test_figures_have_title_chapter_and_data(built: Path) -> None:
    page = html(built, "reference/figures")
    assert (
        '<strong>Figure 1</strong>. <a class="reference internal" href="../rivers/length.html#fig-lengths">The Amazon may be'
        in page
    )
    target = re.search(r'href="\.\./(_downloads/[0-9a-f]+/lengths\.csv)"', page)
    assert target
    assert (built / "html" / target[1]).is_file()


def test_print_and_epub_have_them_too(built: Path) -> None:
    paper = " ".join(pdf_text((built / "great-rivers.pdf").read_bytes()).split())
    assert re.search(r"Figure 1\. The Amazon may be longer than the Nile The longest river p\. \d+ lengths\.csv", paper)
    assert re.search(r"Abel, Zoe, pp\. \d+, \d+", paper)
    assert re.search(r"Named in: p\. \d+", paper)
    assert "Korean: 통설 (tongseol)" in paper
    assert re.search(r"Chapters: pp?\. \d+", paper)  # not their titles, which are many
    pages = {name: text for name, text in texts(built).items() if name.startswith("great-rivers.epub/") and name.endswith("html")}
    assert any('<span lang="ko"' in text and "통설" in text for text in pages.values())
    (index,) = (text for name, text in pages.items() if name.endswith("book-index.xhtml"))
    assert 'href="../rivers/length.xhtml#mention-' in index
    (figures,) = (text for name, text in pages.items() if name.endswith("figures.xhtml"))
    assert 'href="../rivers/length.xhtml#fig-lengths"' in figures
    assert "lengths.csv" in figures


def test_lists_follow_what_they_list(tmp_path: Path) -> None:
    course = copy_course(tmp_path / "course")
    assert run(course, "build", "html").returncode == 0
    edit(course, "docs/rivers/flow.md", "any other river;", "any other river, by the usual account;")
    edit(course, "docs/rivers/length.md", "# The longest river", "# The longest: a question")
    edit(course, "docs/charts/lengths.py", 'title="The Amazon may', 'title="It is said that the Amazon may')
    assert run(course, "build", "html").returncode == 0
    student = course / "build/student"
    assert "It is said that the Amazon may be longer" in html(student, "reference/figures")
    index = re.sub(r"<[^>]+>", "", html(student, "reference/book-index"))
    assert "Usual account: The longest; Flow; Glossary" in index
    assert "The longest</a>" in html(student, "reference/people")
    edit(course, "docs/data/people.yaml", "also: [Nile]", "also: [Amazon]")
    assert run(course, "build", "html").returncode == 0
    assert re.search(r"Abel, Zoe: The longest; Flow; People", re.sub(r"<[^>]+>", "", html(student, "reference/book-index")))
