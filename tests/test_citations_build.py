"""Citations and lists of sources through real builds."""

from __future__ import annotations

import re
import shutil
from typing import TYPE_CHECKING

import pytest
from docutils import nodes

from farreaching.citations import cite, sources

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from sphinx.testing.util import SphinxTestApp

    Build = Callable[..., SphinxTestApp]


@pytest.fixture
def project(tmp_path: Path, rootdir: Path) -> Path:
    """A small course on rivers, to be changed at will."""
    return shutil.copytree(rootdir / "test-citations-rivers", tmp_path / "rivers")


@pytest.fixture
def build(make_app: Build, project: Path) -> Build:
    """Build the course; fail on any warning unless some are expected."""

    apps: list[SphinxTestApp] = []

    def run(builder: str = "html", warnings: bool = False, **options: object) -> SphinxTestApp:
        if apps:
            apps.pop().cleanup()
        app = make_app(builder, srcdir=project, **options)
        apps.append(app)
        app.build()
        assert bool(app.warning.getvalue()) == warnings, app.warning.getvalue()
        return app

    return run


def html(project: Path, name: str) -> str:
    return (project / "_build/html" / f"{name}.html").read_text(encoding="utf-8")


def words(text: str) -> str:
    """A page's words without its tags."""
    return " ".join(re.sub(r"<[^>]+>", "", text).split())


def listed(page: str) -> list[str]:
    return re.findall(r'<li id="cite-([^"]+)">', page)


def links(page: str) -> dict[str, str]:
    """Cited key → where its links lead."""
    found = re.findall(r'<a class="citation reference internal" href="([^"]*#cite-([^"]+))">', page)
    return {key: target for target, key in found}


def without_colours(text: str) -> str:
    return re.sub(r"\x1b\[[0-9;]*m", "", text)


def edit(path: Path, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")


def test_citations_in_the_text(build: Build, project: Path) -> None:
    build()
    elbe = words(html(project, "elbe"))
    assert "It floods (see Flood Office 2020, para. 5, note 3)." in elbe
    assert "Meyer (2017c, 12) agrees" in elbe
    # several keys in typed order, and the same key twice with both pinpoints
    assert "(Flood Office 2020, para. 9; Meyer 2017a, 3; Flood Office 2020, para. 7)." in elbe
    danube = words(html(project, "danube"))
    assert "김철수 (2018) and Flood Office 2020." in danube
    assert "Three: 김철수 (2018), Flood Office (2020), and Meyer (2017c)." in danube


def test_lists_and_links(build: Build, project: Path) -> None:
    build()
    elbe = html(project, "elbe")
    # the atlas is not cited itself: elbe-early was read in it
    assert listed(elbe) == ["flood-page", "elbe-early", "elbe-atlas", "elbe-zeal"]
    assert set(links(elbe).items()) == {(key, f"#cite-{key}") for key in listed(elbe)}
    assert listed(html(project, "danube")) == ["flood-page", "elbe-zeal", "danube-news"]
    assert links(html(project, "plain")) == {"flood-page": "sources.html#cite-flood-page"}
    item = re.search(r'<li id="cite-flood-page">.*?</li>', elbe)
    assert item
    assert 'Archived 2 January 2021, <a class="reference external" href="https://archive.example/levels">' in item[0]
    assert '“<span lang="ko">강이 범람했다</span>” [The river has burst its banks].' in html(project, "danube")


def test_book_groups_what_is_cited_by_kind(build: Build, project: Path) -> None:
    build()
    page = html(project, "sources")
    kinds = re.findall(r'<h2 class="references-kind rubric" id="(.+?)">(.+?)</h2>', page)
    assert kinds == [
        ("references-statements", "Statements by governments and organisations"),
        ("references-news", "News"),
        ("references-scholarship", "Books and articles"),
    ]
    assert listed(page) == ["flood-page", "danube-news", "elbe-early", "elbe-atlas", "elbe-zeal"]


def test_a_new_citation_reaches_its_list_and_the_book(build: Build, project: Path) -> None:
    build()
    before = html(project, "elbe")
    edit(project / "danube.md", "# Danube\n", "# Danube\n\nNew {cite:p}`never-cited`.\n")
    app = build()
    assert listed(html(project, "danube")) == ["flood-page", "elbe-zeal", "never-cited", "danube-news"]
    assert "never-cited" in listed(html(project, "sources"))
    assert html(project, "elbe") == before
    assert app.env.get_domain("cite").cited["danube"].keys() >= {"never-cited"}


def test_a_removed_citation_leaves_the_book(build: Build, project: Path) -> None:
    build()
    edit(project / "danube.md", "{cite:t}`danube-news` and ", "")
    edit(project / "danube.md", "danube-news,", "")
    build()
    assert "danube-news" not in listed(html(project, "sources"))


def test_a_changed_source_rewrites_the_pages_that_show_it(build: Build, project: Path) -> None:
    build()
    edit(project / "rivers.bib", "date = {2020}", "date = {2021}")
    build()
    for page in ("elbe", "danube", "sources", "plain"):
        assert "Flood Office 2020" not in words(html(project, page))
    assert "(Flood Office 2021, para. 1)" in words(html(project, "plain"))


def test_each_builder_rewrites_what_changed(build: Build, project: Path) -> None:
    """HTML and text share one environment; what one has noticed, the other has not written yet."""
    build("html")
    build("text")
    edit(project / "rivers.bib", "date = {2020}", "date = {2021}")
    build("text")
    build("html")
    assert "Flood Office 2021" in words(html(project, "elbe"))
    assert "Flood Office 2021" in (project / "_build/text/elbe.txt").read_text(encoding="utf-8")


def test_touching_a_page_without_a_list_moves_no_link(build: Build, project: Path) -> None:
    build()
    pages = ("elbe", "danube", "plain", "sources")
    before = {page: links(html(project, page)) for page in pages}
    edit(project / "plain.md", "It floods", "It often floods")
    build()
    assert {page: links(html(project, page)) for page in pages} == before


def test_incremental_equals_clean(build: Build, project: Path) -> None:
    build()
    for old, new in (("para. 5", "para. 6"), ("para. 6", "para. 5")):
        edit(project / "elbe.md", old, new)
        build()
    incremental = {path.name: path.read_bytes() for path in (project / "_build/html").glob("*.html")}
    shutil.rmtree(project / "_build")
    build()
    assert {path.name: path.read_bytes() for path in (project / "_build/html").glob("*.html")} == incremental


def test_parallel_equals_serial(build: Build, project: Path) -> None:
    for number in range(6):  # Sphinx reads in parallel from six documents on
        (project / f"more{number}.md").write_text(
            f"---\norphan: true\n---\n# More {number}\n\n{{cite:t}}`elbe-atlas{{{number}}}`\n\n```{{references}}\n```\n",
            encoding="utf-8",
        )
    build()
    serial = {path.name: path.read_bytes() for path in (project / "_build/html").glob("*.html")}
    shutil.rmtree(project / "_build")
    app = build(parallel=2)
    assert app.parallel == 2
    assert {path.name: path.read_bytes() for path in (project / "_build/html").glob("*.html")} == serial


def test_resolving_a_page_twice_gives_one_list(build: Build) -> None:
    app = build()
    for _ in range(2):
        for docname, count in (("elbe", 1), ("sources", 3)):
            doctree = app.env.get_and_resolve_doctree(docname, app.builder, tags=app.tags)
            found = [node for node in doctree.findall(nodes.bullet_list) if "references" in node["classes"]]
            assert len(found) == count
            keys = [item["ids"][0] for one in found for item in one.children]
            assert len(keys) == len(set(keys)) > 0


@pytest.mark.parametrize("builder", ["epub", "latex", "text", "xml"])
def test_other_builders_get_standard_nodes(build: Build, builder: str) -> None:
    app = build(builder)
    doctree = app.env.get_and_resolve_doctree("elbe", app.builder, tags=app.tags)
    assert "citation_link" not in {node.tagname for node in doctree.findall(nodes.Element)}


def test_text_output(build: Build, project: Path) -> None:
    build("text")
    text = (project / "_build/text/elbe.txt").read_text(encoding="utf-8")
    assert "* Meyer, Anna. 2017b. *Atlas of the Elbe*. River Press." in text


def test_contract_functions(make_app: Build, project: Path) -> None:
    """Other extensions cite after reading, having told while reading what they will cite."""
    (project / "late.py").write_text(
        "from docutils import nodes\n"
        "from sphinx.transforms.post_transforms import SphinxPostTransform\n"
        "from farreaching.citations import cite, note_cited\n"
        "class Late(SphinxPostTransform):\n"
        "    default_priority = 4\n"
        "    def run(self):\n"
        "        if self.env.docname == 'plain':\n"
        "            c = cite(self.env, 'plain', 'never-cited', 'para. 2')\n"
        "            self.document[0] += nodes.paragraph('', '', nodes.Text('Late: '), c)\n"
        "def note(app, doctree):\n"
        "    if app.env.docname == 'plain':\n"
        "        note_cited(app.env, 'plain', ['never-cited'])\n"
        "def setup(app):\n"
        "    app.add_post_transform(Late)\n"
        "    app.connect('doctree-read', note)\n",
        encoding="utf-8",
    )
    path = "import sys; sys.path.insert(0, __file__.rpartition('/')[0])\n"
    edit(project / "conf.py", "extensions = [", f"{path}extensions = ['late', ")
    app = make_app("html", srcdir=project)
    app.build()
    assert app.warning.getvalue() == ""
    assert "Late: Nobody 2001, para. 2" in words(html(project, "plain"))
    assert "never-cited" in listed(html(project, "sources"))
    assert sources(app.env)["never-cited"].authors[0].family == "Nobody"
    assert cite(app.env, "plain", "never-cited")["reftarget"] == "never-cited"


WARNINGS = [
    (
        "elbe.md", "{cite:t}`elbe-zeal{12}`", "{cite:t}`elbe-zeel{12}`",
        "elbe.md:3: WARNING: there is no source 'elbe-zeel'. Did you mean 'elbe-zeal'? [farreaching.citations]",
    ),
    (
        "elbe.md", "{cite:t}`elbe-zeal{12}`", "{cite:t}`elbe-zeal{a {b}}`",
        "elbe.md:3: WARNING: 'elbe-zeal{a {b}}' is not a citation. "
        "Write key, key{pinpoint} or {see}key, several with commas. [farreaching.citations]",
    ),
    (
        "elbe.md", "## References\n", "```{references}\n```\n\n## References\n",
        "elbe.md:11: WARNING: this page has a list of sources already; a second would repeat its addresses. "
        "Remove one. [farreaching.citations]",
    ),
    (
        "plain.md", "It floods {cite:p}`flood-page{para. 1}`.", "```{references}\n```",
        "plain.md:3: WARNING: nothing is cited that could be listed here. Cite a source, or remove the list. "
        "[farreaching.citations]",
    ),
    (
        "sources.md", "```{bibliography}\n```\n", "",
        "plain.md:3: WARNING: 'flood-page' is cited, but no page lists it. Add {references} to the page. "
        "[farreaching.citations]",
    ),
    (
        "rivers.bib", "title = {Unread},", "title = {Unread}",
        "rivers.bib:55: WARNING: entry 'never-cited': a comma is missing after 'title'. "
        "End every field but the last with a comma. [farreaching.citations]",
    ),
]  # fmt: skip


@pytest.mark.parametrize("case", WARNINGS, ids=[case[3].split(": ")[2][:40] for case in WARNINGS])
def test_bad_input(build: Build, project: Path, case: tuple[str, str, str, str]) -> None:
    name, old, new, expected = case
    edit(project / name, old, new)
    app = build(warnings=True)
    shown = [line.removeprefix(f"{project}/") for line in without_colours(app.warning.getvalue()).splitlines()]
    assert shown == [expected]


def test_a_bad_bibliography_is_reported_again_by_the_next_build(build: Build, project: Path) -> None:
    edit(project / "rivers.bib", "title = {Unread},", "title = {Unread}")
    for _ in range(2):
        app = build(warnings=True)
        assert "rivers.bib:55" in app.warning.getvalue()


def test_parties_are_the_courses_own(build: Build, project: Path) -> None:
    app = build(warnings=True, confoverrides={"farreaching_parties": ["scholarly", "independent"]})
    # one warning: that the pages cite the faulty entry is not a mistake of theirs
    (warning,) = without_colours(app.warning.getvalue()).splitlines()
    assert warning.endswith(
        "rivers.bib:37: WARNING: entry 'flood-page': unknown party 'upstream'. "
        "Use one of: scholarly, independent. [farreaching.citations]"
    )
