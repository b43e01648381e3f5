"""Charts: drawn once, shown by every builder, and every mistake named with its place."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from farreaching.charts.data import load_dataset
from farreaching.findings import CourseError

if TYPE_CHECKING:
    from collections.abc import Callable

    from sphinx.testing.util import SphinxTestApp

KEYS = {"hill1999", "moss2004"}


@pytest.fixture
def course(rootdir: Path, tmp_path: Path) -> Path:
    """Return a copy of the small course."""
    return Path(shutil.copytree(rootdir / "test-charts", tmp_path / "course"))


@pytest.fixture(scope="session")
def drawn(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder of drawn charts that tests share: drawing takes a second."""
    return tmp_path_factory.mktemp("drawn")


@pytest.fixture
def build(course: Path, drawn: Path, make_app: Callable[..., SphinxTestApp]) -> Callable[[str], SphinxTestApp]:
    """Return a function that builds the course."""

    def run(builder: str) -> SphinxTestApp:
        app = make_app(builder, srcdir=course, freshenv=True, confoverrides={"farreaching_chart_cache": str(drawn)})
        app.build()
        return app

    return run


def warnings_of(app: SphinxTestApp) -> str:
    return app.warning.getvalue()


def edit(path: Path, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")


def test_html_shows_the_drawing_with_its_alternative_and_its_data(build: Any) -> None:
    app = build("html")
    assert warnings_of(app) == ""
    page = (app.outdir / "index.html").read_text(encoding="utf-8")
    assert page.count('<svg role="img"') == 2
    assert 'aria-label="Floods rose from 3 in 1998 to 9 in 2000."' in page
    assert 'aria-label="Days on which &quot;A &amp; B&quot; flooded."' in page
    assert "Floods tripled in two years</text>" in page
    assert "<summary>Data: Floods a year</summary>" in page
    assert '<th class="head"><p>Floods in the year</p></th>' in page
    assert "As of 1 June 2004." in page
    assert len(list((app.outdir / "_downloads").rglob("floods.csv"))) == 1
    # sources are citations that lead to the bibliography
    row = page[page.index("1999-04-05") :].partition("</tr>")[0]
    assert row.count('<a class="reference internal" href="#') == 2


def test_a_picture_is_the_drawing_alone_and_needs_an_alternative_too(course: Path, build: Any) -> None:
    page = course / "picture.md"
    page.write_text(
        "---\norphan: true\n---\n# Picture\n\n```{chart-picture} floods\n:data: floods.csv\n:alt: Rising floods.\n```\n",
        encoding="utf-8",
    )
    app = build("html")
    assert warnings_of(app) == ""
    html = (app.outdir / "picture.html").read_text(encoding="utf-8")
    assert 'aria-label="Rising floods."' in html
    assert "<figure" not in html
    assert "<summary>" not in html
    edit(page, ":alt: Rising floods.\n", "")
    assert "the chart 'floods' has no 'alt'. Add ':alt:'" in warnings_of(build("html"))


def test_a_table_that_the_course_counts_needs_no_sources(tmp_path: Path) -> None:
    table, package = tmp_path / "counts.csv", tmp_path / "datapackage.yaml"
    table.write_text("chapter,count\nmoss,3\n", encoding="utf-8")
    entry = (
        "- {name: counts, path: counts.csv, title: T, description: D, as-of: 2004, fields: {chapter: its name, count: how many}"
    )
    package.write_text(f"{entry}}}\n", encoding="utf-8")
    with pytest.raises(CourseError, match="this table has no column 'source'"):
        load_dataset(table, package, KEYS)
    package.write_text(f"{entry}, counted-from: the chapters}}\n", encoding="utf-8")
    assert [row.cells["count"] for row in load_dataset(table, package, KEYS).rows] == ["3"]


def test_html_colours_follow_the_page(build: Any) -> None:
    page = (build("html").outdir / "index.html").read_text(encoding="utf-8")
    assert 'fill="currentColor"' in page
    assert 'fill="var(--chart-1)"' in page
    assert 'stroke="var(--chart-grid)"' in page
    assert "#0101" not in page
    assert "#0202" not in page


def test_html_ids_are_unique_on_the_page(build: Any) -> None:
    page = (build("html").outdir / "index.html").read_text(encoding="utf-8")
    ids = [part.partition('"')[0] for part in page.split(' id="')[1:]]
    assert any(name.startswith("chart-1-clip") for name in ids)
    assert any(name.startswith("chart-2-clip") for name in ids)
    assert len(ids) == len(set(ids))
    references = [part.partition(")")[0] for part in page.split("url(#")[1:]]
    assert references
    assert set(references) <= set(ids)


def test_epub_has_an_image_in_colours_of_paper(build: Any) -> None:
    app = build("epub")
    page = (app.outdir / "index.xhtml").read_text(encoding="utf-8")
    assert 'alt="Floods rose from 3 in 1998 to 9 in 2000."' in page
    assert "Data: floods.csv" in page
    assert "<details" not in page
    image = next((app.outdir / "_images").glob("floods-*.svg")).read_text(encoding="utf-8")
    assert 'fill="#1c1b19"' in image
    assert "var(" not in image


def test_text_names_the_data(build: Any) -> None:
    text = (build("text").outdir / "index.txt").read_text(encoding="utf-8")
    assert text.count("Data: floods.csv") == 2
    assert "1998-04-02" not in text


@pytest.mark.parametrize(
    ("name", "old", "new", "place", "message"),
    [
        ("index.md", ":::{chart} floods", ":::{chart} droughts", "index.md:5", "needs charts/droughts.py, which does not exist"),
        ("index.md", ":data: floods.csv\n:alt: Floods", ":data: no.csv\n:alt: Floods", "index.md:5", "needs data/no.csv"),
        ("index.md", ":alt: Floods", ":files: no.json\n:alt: Floods", "index.md:5", "needs data/no.json, which does not exist"),
        ("index.md", ":alt: Floods rose from 3 in 1998 to 9 in 2000.\n", "", "index.md:5", "has no 'alt'"),
        ("index.md", ":data: floods.csv\n:alt: Floods", ":alt: Floods", "index.md:5", "has no 'data'"),
        ("charts/floods.py", "def chart(", "def graph(", "floods.py", "no function 'chart'"),
        ("charts/floods.py", "    return bars", "    return rows[9]", "floods.py:11", "IndexError: list index out of range"),
        ("charts/floods.py", "    return bars", "    return (", "floods.py:", "not valid Python"),
        ("charts/floods.py", "    return bars.encode", "    return None and bars.encode", "floods.py:8", "returned NoneType"),
        ("charts/floods.py", "range=SERIES", 'range=["#ff0000"]', "floods.py", "colours that are not tokens: #ff0000"),
        ("charts/floods.py", "mark_bar(clip=True)", "mark_text(fontSize=7)", "floods.py", "text of 7 px"),
        ("charts/floods.py", 'x="year:O"', 'x=alt.X("year:O", axis=alt.Axis(labelLimit=20))', "floods.py", "a label is cut"),
        ("data/floods.csv", "hill1999;moss2004", "hill1999;mos2004", "floods.csv:3", "Did you mean 'moss2004'?"),
        ("data/datapackage.yaml", "path: floods.csv", "path: flood.csv", "datapackage.yaml", "'floods.csv' is not described"),
    ],
)  # fmt: skip
def test_mistakes_are_named_with_their_place(
    build: Any, course: Path, name: str, old: str, new: str, place: str, message: str
) -> None:
    edit(course / name, old, new)
    said = warnings_of(build("text"))
    assert "Traceback" not in said
    assert any(place in line and message in line for line in said.splitlines()), said


@pytest.mark.parametrize(
    ("table", "line", "message"),
    [
        ("", 0, "empty"),
        ("year,source\n", 0, "empty"),
        ("year\n1998\n", 1, "no column 'source'"),
        ("year,source\n1998,\n", 2, "names no source"),
        ("year,source\n1998,hill1999\n1999\n", 3, "1 values where the header has 2"),
        ("year,year,source\n1,2,hill1999\n", 1, "stands twice"),
        ('year,source\n"1998,hill1999\n', 2, "not valid CSV"),
    ],
)
def test_bad_tables(tmp_path: Path, table: str, line: int, message: str) -> None:
    (tmp_path / "t.csv").write_text(table, encoding="utf-8")
    package = "- {name: t, path: t.csv, title: T, description: D, as-of: 2004, fields: {year: Year, source: Source}}\n"
    (tmp_path / "datapackage.yaml").write_text(package, encoding="utf-8")
    with pytest.raises(CourseError) as caught:
        load_dataset(tmp_path / "t.csv", tmp_path / "datapackage.yaml", KEYS)
    assert any(finding.line == line and message in finding.message for finding in caught.value.findings), caught.value


@pytest.mark.parametrize(
    ("package", "line", "message"),
    [
        ("name: t\n", 1, "must be a list"),
        ("- name: t\n  path: t.csv\n", 1, "has no 'title'"),
        (
            "- {name: t, path: t.csv, title: T, description: D, as-of: May, fields: {year: Y, source: S}}\n",
            1,
            "'May' is not a date",
        ),
        ("- name: t\n  path: t.csv\n  fields:\n    year: Year\n", 3, "column 'source' of 't.csv' is not explained"),
        ("- name: t\n  path: t.csv\n  fields:\n    year: Year\n    yaer: Year\n", 5, "has no column 'yaer'"),
    ],
)
def test_bad_metadata(tmp_path: Path, package: str, line: int, message: str) -> None:
    (tmp_path / "t.csv").write_text("year,source\n1998,hill1999\n", encoding="utf-8")
    (tmp_path / "datapackage.yaml").write_text(package, encoding="utf-8")
    with pytest.raises(CourseError) as caught:
        load_dataset(tmp_path / "t.csv", tmp_path / "datapackage.yaml", KEYS)
    assert any(finding.line == line and message in finding.message for finding in caught.value.findings), caught.value


def sphinx(course: Path, out: Path, zone: str, script: str = "pass") -> str:
    """Build in another process and return the page."""
    code = f"import sys; from sphinx.cmd.build import main; {script}; sys.exit(main(sys.argv[1:]))"
    arguments = ["-q", "-W", "-b", "html", "-d", str(out / "doctrees"), str(course), str(out / "html")]
    subprocess.run([sys.executable, "-c", code, *arguments], check=True, env=os.environ | {"TZ": zone})
    return (out / "html" / "index.html").read_text(encoding="utf-8")


def test_drawings_do_not_depend_on_folder_or_time_zone_and_unchanged_ones_import_nothing(course: Path, tmp_path: Path) -> None:
    elsewhere = Path(shutil.copytree(course, tmp_path / "a longer folder" / "course"))
    first = sphinx(course, tmp_path / "one", "America/New_York")
    assert first == sphinx(elsewhere, tmp_path / "two", "Asia/Tokyo")
    assert "2 Apr" in first
    (course / "index.md").write_text((course / "index.md").read_text(encoding="utf-8") + "\nMore.\n", encoding="utf-8")
    again = sphinx(course, tmp_path / "one", "UTC", "sys.modules['altair'] = sys.modules['vl_convert'] = None")
    assert "More." in again


def test_a_changed_table_is_drawn_and_shown_again(course: Path, tmp_path: Path) -> None:
    assert "1 Apr<" not in sphinx(course, tmp_path, "UTC")
    edit(course / "data" / "floods.csv", "1998-04-02", "1998-04-01")
    page = sphinx(course, tmp_path, "UTC")
    assert "1 Apr<" in page
    assert "<p>1998-04-01</p>" in page


def test_a_file_beside_the_table_goes_to_the_program_and_a_change_in_it_is_drawn(course: Path, tmp_path: Path) -> None:
    (course / "data" / "bank.txt").write_text("the left bank", encoding="utf-8")
    edit(course / "index.md", ":data: floods.csv\n:alt: Days", ":data: floods.csv\n:files: bank.txt\n:alt: Days")
    edit(course / "charts" / "gauges.py", "rows: list[dict[str, str]])", "rows: list[dict[str, str]], bank: str)")
    edit(course / "charts" / "gauges.py", "return marks.encode(", "return marks.properties(title=bank).encode(")
    assert ">the left bank<" in sphinx(course, tmp_path, "UTC")
    (course / "data" / "bank.txt").write_text("the right bank", encoding="utf-8")
    assert ">the right bank<" in sphinx(course, tmp_path, "UTC")
