"""`farreaching new`: what it begins is flagged until it is filled in, and passes checks and build from then on."""

from __future__ import annotations

import os
import re
import tempfile
from pathlib import Path

import pytest
from tests.tiny import copy_course, edit, fingerprint, run

from farreaching import scaffold
from farreaching.exercises.model import TYPES
from farreaching.findings import CourseError
from farreaching.project import Project


@pytest.fixture
def course(tmp_path: Path) -> Path:
    return copy_course(tmp_path / "course")


def new(course: Path, *words: str) -> str:
    result = run(course, "new", *words)
    assert result.returncode == 0, result.stderr
    return result.stdout


def fill(path: Path, **values: str) -> None:
    """Write values for fields, then words and lone ids for what is left."""
    text = path.read_text(encoding="utf-8")
    for name, value in values.items():
        text, count = re.subn(rf"(?m)^([ \t:]*{name.replace('_', '-')}(?: =|:) ?\{{?)TODO[^}}\n]*", rf"\g<1>{value}", text)
        assert count, f"{path.name} has no field {name} to fill in"
    text = text.replace("{outcome}`TODO`", "{outcome}`doubt`").replace("{#TODO}", "{#mouths}").replace("[TODO]", "[doubt]")
    path.write_text(re.sub(r"TODO(: )?", "Words ", text), encoding="utf-8")


EXERCISE = {"level": "advanced", "minutes": "20", "bloom": "evaluate"}


def test_everything_begun_filled_in_and_built(course: Path) -> None:
    assert new(course, "source", "brook-2011", "--kind", "book") == (
        "wrote references.bib\nCite it with {cite:p}`brook-2011`. farreaching check unfinished names what is to be filled in.\n"
    )
    new(course, "claim", "deltas-grow", "--part", "rivers")
    new(course, "chapter", "rivers/deltas")
    for kind in TYPES:
        new(course, "exercise", f"rivers/a-{kind}", "--type", kind, "--chapter", "rivers/deltas")
    result = run(course, "check", "unfinished")
    assert result.returncode == 1
    assert (
        "docs/rivers/deltas.md:7: error: something is to be filled in here (one sentence that a seminar could argue about?)."
        in (result.stdout)
    )
    flagged = {line.split(":")[0] for line in result.stdout.splitlines() if "[unfinished.mark]" in line}
    exercises = {f"exercises/rivers/a-{kind}.md" for kind in TYPES} | {"exercises/rivers/deltas-check.md"}
    keys = {f"exercises/rivers/a-{kind}.key.md" for kind in TYPES if kind != "self-check"}
    assert flagged == {"references.bib", "docs/claims/rivers.yaml", "docs/rivers/deltas.md"} | exercises | keys
    assert run(course, "check").returncode == 1

    fill(course / "references.bib", author="Brook, B", title="T", publisher="P", date="2011", url="https://a.example/",
         party="other", consulted="full")  # fmt: skip
    fill(course / "docs/claims/rivers.yaml", when="2011", status="claimed", reviewed="2026-11-23")
    edit(course, "docs/claims/rivers.yaml", "{cite: Words }", "brook-2011")
    fill(course / "docs/rivers/deltas.md", reviewed="2026-11-23", as_of="2026-11-23")
    for name in exercises | keys:
        fill(course / name, **({} if name in keys else EXERCISE))
    shown = "\n".join(
        f"```{{{'self-check' if kind == 'self-check' else 'exercise'}}} rivers/a-{kind}\n```\n" for kind in TYPES
    )  # fmt: skip
    said = f"{{claim}}`Deltas grow <deltas-grow>` {{cite:p}}`brook-2011`.\n\n{shown}\n## Read on"
    edit(course, "docs/rivers/deltas.md", "## Read on", said)
    edit(course, "docs/rivers/index.md", "flow\n", "flow\ndeltas\n")
    assert run(course, "links", "refresh").returncode == 0
    result = run(course, "check")
    assert (result.returncode, result.stdout) == (0, "")
    result = run(course, "build", "html", "pdf")
    assert result.returncode == 0, result.stderr


def test_source_stands_in_order_of_keys(course: Path) -> None:
    bib = course / "references.bib"
    entries = bib.read_text(encoding="utf-8").split("\n\n")
    bib.write_text("\n\n".join(entry.strip() for entry in reversed(entries) if entry.strip()) + "\n", encoding="utf-8")
    for key in ("brook", "aa", "zz"):
        new(course, "source", key)
    text = bib.read_text(encoding="utf-8")
    assert re.findall(r"^@\w+\{(.*),$", text, re.MULTILINE) == ["aa", "atlas-2007", "brook", "survey-2007", "zz"]
    assert "\n\n\n" not in text
    assert text.endswith("}\n")


def test_source_ends_a_bibliography_in_another_order(course: Path) -> None:
    new(course, "source", "brook")
    text = (course / "references.bib").read_text(encoding="utf-8")
    assert re.findall(r"^@\w+\{(.*),$", text, re.MULTILINE) == ["survey-2007", "atlas-2007", "brook"]


def test_source_of_a_subtype_has_its_fields(course: Path) -> None:
    new(course, "source", "un-res", "--kind", "resolution")
    text = (course / "references.bib").read_text(encoding="utf-8")
    assert "@report{un-res,\n  entrysubtype = {resolution},\n  author = {TODO},\n  number = {TODO},\n" in text


def test_first_claim_of_a_part(course: Path) -> None:
    (course / "docs/lakes").mkdir()
    (course / "docs/lakes/index.md").write_text("# Lakes\n", encoding="utf-8")
    new(course, "claim", "lake-deep", "--part", "lakes")
    assert (course / "docs/claims/lakes.yaml").read_text(encoding="utf-8").startswith("lake-deep:\n  claim: TODO\n")


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (("source", "survey-2007"), "references.bib:1: error: the key 'survey-2007' is taken."),
        (("source", "Survey-2007"), "the key 'Survey-2007' is taken."),
        (("source", "a b"), "'a b' cannot be a key."),
        (("source", "a", "--kind", "boook"), "there is no kind of source 'boook'. Did you mean 'book'?"),
        (("claim", "nile-length", "--part", "rivers"), "docs/claims/rivers.yaml:1: error: the id 'nile-length' is taken."),
        (("claim", "Nile", "--part", "rivers"), "'Nile' is no id of a claim."),
        (("claim", "a", "--part", "river"), "the course has no part 'river'. Did you mean 'rivers'?"),
        (("claim", "a", "--part", "../x"), "the course has no part '../x'."),
        (("exercise", "rivers/where-it-begins", "--chapter", "rivers/flow"), "begins.md: error: this file is there already."),
        (("exercise", "begins", "--chapter", "rivers/flow"), "'begins' is not PART/SLUG."),
        (("exercise", "rivers/../x", "--chapter", "rivers/flow"), "'rivers/../x' is not PART/SLUG."),
        (("exercise", "rivers/x", "--chapter", "rivers/flaw"), "there is no chapter 'rivers/flaw'. Did you mean 'rivers/flow'?"),
        (("exercise", "river/x", "--chapter", "rivers/flow"), "the course has no part 'river'. Did you mean 'rivers'?"),
        (("chapter", "rivers/flow"), "flow.md: error: this file is there already."),
        (("chapter", "lake/x"), "the course has no part 'lake'."),
    ],
)  # fmt: skip
def test_refused_and_nothing_changed(course: Path, words: tuple[str, ...], message: str) -> None:
    before = fingerprint(course)
    result = run(course, "new", *words)
    assert result.returncode == 1
    assert message in result.stderr
    assert "Traceback" not in result.stderr
    assert fingerprint(course) == before


def test_broken_ledger_is_named_and_kept(course: Path) -> None:
    edit(course, "docs/claims/rivers.yaml", "amazon-longer:\n", "<<<<<<< ours\namazon-longer:\n")
    before = fingerprint(course)
    result = run(course, "new", "claim", "a", "--part", "rivers")
    assert result.returncode == 1
    assert "docs/claims/rivers.yaml:14: error: a merge conflict was left here" in result.stderr
    assert fingerprint(course) == before


def test_read_only_tree() -> None:
    with tempfile.TemporaryDirectory() as folder:  # not tmp_path, which only its owner may enter
        Path(folder).chmod(0o755)
        course = copy_course(Path(folder) / "course")
        before = fingerprint(course)
        closed = [course, course / "docs/claims", course / "exercises/rivers"]
        for path in closed:
            path.chmod(0o555)
        is_root = os.geteuid() == 0
        if is_root:  # to whom nothing is read-only
            os.seteuid(65534)
        try:
            project = Project.at(course)
            for begin in (
                lambda: scaffold.new_source(project, "a", "online"),
                lambda: scaffold.new_claim(project, "a", "rivers"),
                lambda: scaffold.new_exercise(project, "rivers/a", "memo", "rivers/flow"),
            ):
                with pytest.raises(CourseError, match="cannot be written: Permission denied"):
                    begin()
        finally:
            if is_root:
                os.seteuid(0)
            for path in closed:
                path.chmod(0o755)
        assert fingerprint(course) == before
