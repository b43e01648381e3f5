"""The parity check: built editions are read, and what is taken out of one medium is missed there and nowhere else."""

from __future__ import annotations

import shutil
import zipfile
from collections import Counter
from pathlib import Path

import pytest
from tests.tiny import copy_course, edit, run

from farreaching.checks.parity import MEDIA, Compared, check_parity, compare
from farreaching.checks.parity.sources import KINDS
from farreaching.findings import Severity
from farreaching.progress import Reporter
from farreaching.project import Project

EXTRA = """
| Country of the | mouth |
| --- | --- |
| Nile | Egypt |

```{list-table} Who measured *which* river
:header-rows: 1

* - Team
  - River
* - Survey
  - Amazon
```

![A dot where the river begins](dot.png)

Length is a choice[^choice].

[^choice]: A note that tells the reader where the tape was laid, bend by bend.

```text
| Not | a table |
| --- | --- |
![nor](an.image)
```
"""
DOT = Path(__file__).parent / "roots/test-kitchen-sink/images/lava.png"


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    course = copy_course(tmp_path_factory.mktemp("parity") / "course")
    edit(course, "docs/rivers/length.md", "## The evidence", f"{EXTRA}\n## The evidence")
    shutil.copy(DOT, course / "docs/rivers/dot.png")
    result = run(course, "build")
    assert result.returncode == 0, result.stderr
    return course


@pytest.fixture
def course(built: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(built, tmp_path / "course"))


def chapter(course: Path) -> Compared:
    (found,) = compare(Project.at(course), course / "build/student", Reporter(quiet=True))
    return found


def found(course: Path) -> list[tuple[str, str]]:
    findings = list(check_parity([chapter(course)]))
    assert {finding.severity for finding in findings} <= {Severity.ERROR}
    return [(finding.code.removeprefix("parity."), finding.message) for finding in findings]


def rewrite_epub(course: Path, old: str, new: str) -> None:
    path = course / "build/student/great-rivers.epub"
    with zipfile.ZipFile(path) as archive:
        members = {name: archive.read(name) for name in archive.namelist()}
    assert old.encode() in members["rivers/length.xhtml"]
    members["rivers/length.xhtml"] = members["rivers/length.xhtml"].replace(old.encode(), new.encode())
    with zipfile.ZipFile(path, "w") as archive:
        for name, content in members.items():
            archive.writestr(name, content)


def test_everything_is_in_every_medium(course: Path) -> None:
    compared = chapter(course)
    counted = Counter(part.kind for part in compared.parts)
    assert counted == {"claim": 2, "citation": 2, "figure": 2, "table": 2, "exercise": 1, "question": 1, "footnote": 1}
    assert set(counted) == set(KINDS)
    assert compared.missing == {medium: [] for medium in MEDIA}
    assert compared.tables == dict.fromkeys(MEDIA, 4)  # the evidence and the list of exercises besides
    result = run(course, "check", "parity")
    assert (result.returncode, result.stderr) == (0, "")
    assert result.stdout.startswith("rivers/length: claim 2: HTML 2, PDF 2, EPUB 2; citation 2: HTML 2, PDF 2, EPUB 2; ")
    assert run(course, "check", "parity", "--format", "json").stdout == "[]\n"


@pytest.mark.parametrize(
    ("old", "new", "lacks"),
    [
        ('id="claim-nile-length"', "", "claim 'nile-length'"),
        ('href="#cite-survey-2007"', 'href="#"', "citation 'survey-2007'"),
        ("A dot where the river begins", "", "figure 'A dot where the river begins'"),
        ("Country of the", "Land of the", "table 'Country of the | mouth'"),
        ('id="exercise-rivers-where-it-begins"', "", "exercise 'rivers/where-it-begins'"),
        ("school atlases give", "", "question 'nile'"),
        ("bend by bend", "", "footnote 'choice'"),
    ],
)
def test_what_a_medium_lacks_is_named(course: Path, old: str, new: str, lacks: str) -> None:
    rewrite_epub(course, old, new)
    page = course / "build/student/html/rivers/length.html"
    assert f"the EPUB of 'rivers/length' lacks the {lacks}." in [message for _, message in found(course)]
    assert all("HTML" not in message and "PDF" not in message for _, message in found(course))
    text = page.read_text(encoding="utf-8")
    assert old in text
    page.write_text(text.replace(old, new), encoding="utf-8")
    assert f"the HTML of 'rivers/length' lacks the {lacks}." in [message for _, message in found(course)]


def test_place_of_a_finding(course: Path) -> None:
    rewrite_epub(course, 'id="claim-nile-length"', "")
    result = run(course, "check", "parity")
    assert result.returncode == 1
    assert "docs/rivers/length.md:15: error: the EPUB of 'rivers/length' lacks the claim 'nile-length'." in result.stdout


def test_pdf_of_an_older_text(course: Path) -> None:
    """The sources and two media move on; the PDF, which was not built again, lacks all that is new."""
    extra = (
        "\n{claim}`It carries more <amazon-flow>` {cite:p}`brook-2011`.\n\n![A second dot](dot.png)\n\n"
        "| One | more table |\n| --- | --- |\n| a | b |\n\n```{exercise} rivers/another-one\n```\n\n"
        "Say so[^more].\n\n[^more]: Another note, which the older book cannot know.\n"
    )
    edit(course, "docs/rivers/length.md", "## The evidence", f"{extra}\n## The evidence")
    exercise = (course / "exercises/rivers/where-it-begins.md").read_text(encoding="utf-8")
    (course / "exercises/rivers/another-one.md").write_text(exercise.replace("Where it begins", "Another one"), encoding="utf-8")
    key = course / "exercises/rivers/where-it-begins.key.md"
    shutil.copy(key, course / "exercises/rivers/another-one.key.md")
    with (course / "references.bib").open("a", encoding="utf-8") as bib:
        bib.write("@book{brook-2011, author = {Brook, B}, title = {C}, publisher = {D}, date = {2011}, party = {other},")
        bib.write(" consulted = {full}}\n")
    edit(course, "exercises/rivers/length-check.md", "## Which", "## How long is it? {#long}\n\n- [ ] a\n\n  b\n- [x] c\n\n  d\n"
         "- [ ] e\n\n  f\n\n## Which")  # fmt: skip
    kept = course / "kept.pdf"
    shutil.copy(course / "build/student/pdf/rivers-length.pdf", kept)
    result = run(course, "build")
    assert result.returncode == 0, result.stderr
    assert found(course) == []
    shutil.copy(kept, course / "build/student/pdf/rivers-length.pdf")
    new = ["amazon-flow", "brook-2011", "A second dot", "One | more table", "rivers/another-one", "long", "more"]
    assert sorted(message.removeprefix("the PDF of 'rivers/length' lacks the ") for _, message in found(course)[:-1]) == sorted(
        f"{kind} '{name}'."
        for kind, name in zip(
            ["claim", "citation", "figure", "table", "exercise", "question", "footnote"], new, strict=True
        )
    )  # fmt: skip
    assert found(course)[-1] == (
        "tables",
        "the media of 'rivers/length' differ in their tables"
        " (5 in the HTML, 4 in the PDF, 5 in the EPUB; data folded under figures aside).",
    )


def test_a_chapter_that_is_not_there(course: Path) -> None:
    (course / "build/student/pdf/rivers-length.pdf").unlink()
    assert found(course) == [("chapter", "the PDF has no chapter 'rivers/length'.")]


@pytest.mark.parametrize("name", ["html", "pdf", "great-rivers.epub"])
def test_a_format_that_was_not_built(course: Path, name: str) -> None:
    path = course / "build/student" / name
    shutil.rmtree(path) if path.is_dir() else path.unlink()
    result = run(course, "check", "parity")
    assert result.returncode == 1
    assert f"build/student: error: there is no {name.rpartition('.')[2]} in this folder. Build all three" in result.stderr


@pytest.mark.parametrize("name", ["pdf/rivers-length.pdf", "great-rivers.epub"])
def test_unreadable(course: Path, name: str) -> None:
    (course / "build/student" / name).write_bytes(b"neither")
    result = run(course, "check", "parity")
    assert result.returncode == 1
    assert f"build/student/{name}: error: cannot be read: " in result.stderr
    assert "Traceback" not in result.stderr
