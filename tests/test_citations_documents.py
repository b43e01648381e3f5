"""The index of documents cited, through real builds of a small course on a river."""

from __future__ import annotations

import re
import shutil
import subprocess

import pytest

ROW = re.compile(r'<tr[^>]*id="document-([^"]+)".*?</tr>', re.S)


@pytest.fixture
def project(tmp_path, rootdir):
    return shutil.copytree(rootdir / "test-documents", tmp_path / "river")


@pytest.fixture
def build(make_app, project):
    """Build the course; fail on any warning."""
    apps = []

    def run(builder="html"):
        if apps:
            apps.pop().cleanup()
        app = make_app(builder, srcdir=project)
        apps.append(app)
        app.build()
        assert app.warning.getvalue() == ""
        return app

    return run


def page(project, name="documents"):
    return (project / "_build/html" / f"{name}.html").read_text(encoding="utf-8")


def rows(html):
    """Return key → the row's two cells without tags, and → the links of the second."""
    found = {}
    for row in ROW.finditer(html):
        first, second = re.findall(r"<td.*?</td>", row[0], re.S)
        text = [" ".join(re.sub(r"<[^>]+>", " ", cell).split()).replace(" :", ":").replace(" ,", ",") for cell in (first, second)]
        found[row[1]] = (*text, dict(map(reversed, re.findall(r'href="([^"]+)">(.*?)</a>', second))))
    return found


def test_documents_stand_by_kind_and_date_with_their_places(build, project):
    build()
    html = page(project)
    assert re.findall(r'id="(documents-[^"]+)">([^<]+)<', html) == [
        ("documents-united-nations", "United Nations documents"),
        ("documents-law", "Treaties and laws"),
    ]
    found = rows(html)
    # a page of the web is no document; of two treaties the older stands first
    assert list(found) == ["river-resolution", "lake-treaty", "river-treaty"]
    assert found["river-resolution"][0].startswith("S/RES/9999 (2023) Resolution on rivers. 3 February 2023.")
    assert found["river-treaty"][1] == "Treaties: art. 2, art. 5"
    assert found["lake-treaty"][1] == "Treaties"


def test_a_pinpoint_leads_to_the_sentence_that_gives_it(build, project):
    build()
    where = rows(page(project))["river-treaty"][2]
    assert where["Treaties"] == where["art. 2"]
    text = page(project, "treaties")
    for words, pinpoint in (("The river is shared", "art. 2"), ("So is its bed", "art. 5")):
        address, _, identifier = where[pinpoint].partition("#")
        assert address == "treaties.html"
        assert re.search(rf'{words} <span id="{identifier}"', text)


def test_a_changed_pinpoint_rewrites_the_index(build, project):
    build()
    source = project / "treaties.md"
    source.write_text(source.read_text(encoding="utf-8").replace("art. 5", "art. 7"), encoding="utf-8")
    build()
    assert rows(page(project))["river-treaty"][1] == "Treaties: art. 2, art. 7"


def test_a_document_cited_no_more_leaves_the_index(build, project):
    build()
    source = project / "treaties.md"
    source.write_text(source.read_text(encoding="utf-8").replace("{cite:t}`river-resolution` asks", "One asks"), encoding="utf-8")
    bibliography = project / "refs.bib"
    entries = bibliography.read_text(encoding="utf-8")
    bibliography.write_text(entries[: entries.index("@report{river-resolution")], encoding="utf-8")
    build()
    assert "river-resolution" not in rows(page(project))
    assert "documents-united-nations" not in page(project)


def test_print_gives_the_pages(build, project):
    build("typst")
    pdf = next((project / "_build/typst").glob("*.pdf"))
    text = subprocess.run(["pdftotext", "-layout", str(pdf), "-"], capture_output=True, check=True, text=True).stdout
    pages = text.split("\f")
    cited = next(number for number, words in enumerate(pages, start=1) if "The river is shared" in words)
    index = " ".join(text[text.rindex("Cited in") :].split())
    assert re.search(rf"art\. 2, art\. 5\s+\D*{cited}\b", index), index
