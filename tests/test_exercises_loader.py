"""Reading the exercise bank: what is accepted, and where every mistake is found."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

import pytest

from farreaching.exercises import load_bank
from farreaching.exercises.markdown_parts import Findings, parse_questions, split_sections
from farreaching.findings import CourseError

if TYPE_CHECKING:
    from pathlib import Path

OUTCOMES = ("read-maps", "weigh-risk", "advise")


@pytest.fixture
def bank(rootdir: Path, tmp_path: Path) -> Path:
    shutil.copytree(rootdir / "test-exercises" / "exercises", tmp_path / "exercises")
    return tmp_path / "exercises"


def edit(path: Path, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")


def findings_of(bank: Path, **options: object) -> list[str]:
    with pytest.raises(CourseError) as caught:
        load_bank(bank, **{"with_keys": False, "outcomes": OUTCOMES, **options})
    return [f"{finding.path.name}:{finding.line}: {finding.message} {finding.mend}" for finding in caught.value.findings]


def test_bank_with_keys(bank: Path) -> None:
    loaded = load_bank(bank, with_keys=True, outcomes=OUTCOMES)
    assert list(loaded.exercises) == ["ash/plume", "lava/evacuate", "lava/flow-map", "lava/lava-check"]
    assert list(loaded.keys) == ["ash/plume", "lava/evacuate", "lava/flow-map"]
    exercise = loaded.exercises["lava/evacuate"]
    assert (exercise.title, exercise.type, exercise.minutes, exercise.chapter) == (
        "Leave or stay",
        "debate",
        45,
        "lava",
    )
    assert exercise.outcomes == ("read-maps", "advise")
    assert exercise.materials == ""  # "none"
    assert [section.title for section in exercise.sections][2:4] == ["Roles", "Procedure"]
    assert exercise.lines["minutes"] == 6
    lines = exercise.path.read_text(encoding="utf-8").split("\n")
    for section in exercise.sections:
        assert lines[section.line - 1] == f"## {section.title}"
        assert section.text.split("\n")[0] == lines[section.text_line - 1]
    assert "Canaryplume facilitation" in loaded.keys["ash/plume"].sections[0].text


def test_bank_without_keys(bank: Path) -> None:
    (bank / "ash" / "plume.key.md").unlink()
    loaded = load_bank(bank, with_keys=False, outcomes=OUTCOMES)
    assert not loaded.keys
    assert "Canary" not in repr(loaded)


def test_self_check(bank: Path) -> None:
    exercise = load_bank(bank, with_keys=False).exercises["lava/lava-check"]
    speed, left = exercise.questions
    assert (speed.id, speed.text, speed.right, left.right) == ("speed", "How fast does lava move?", 1, 0)
    assert [option.correct for option in speed.options] == [False, True, False]
    assert speed.options[1].text == "At *walking* pace."
    assert speed.options[1].explanation == "It cools as it goes.\n\nIt also thickens."
    lines = exercise.path.read_text(encoding="utf-8").split("\n")
    for question in exercise.questions:
        assert lines[question.line - 1].startswith("## ")
        for option in question.options:
            assert lines[option.line - 1].endswith(option.text)
            assert lines[option.explanation_line - 1].strip() == option.explanation.split("\n")[0]


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("title: The plume\n", "", "plume.md:2: the field 'title' is missing."),
        ("bloom: apply", "blom: apply", "plume.md:12: unknown field 'blom'. Did you mean 'bloom'?"),
        ("type: data", "type: dta", "plume.md:3: unknown type 'dta'. Did you mean 'data'?"),
        ("level: intermediate", "level: hard", "plume.md:4: unknown level 'hard'. Known are introductory"),
        ("bloom: apply", "bloom: aply", "plume.md:12: unknown bloom 'aply'. Did you mean 'apply'?"),
        ("minutes: 30", "minutes: 0", "plume.md:6: '0' is no number of minutes. Write a whole number from 1 to 600."),
        ("minutes: 30", "minutes: 601", "plume.md:6: '601' is no number of minutes."),
        ("minutes: 30", "minutes: 30.0", "plume.md:6: '30.0' is no number of minutes."),
        ("minutes: 30", "minutes: yes", "plume.md:6: 'True' is no number of minutes."),
        ("minutes: 30", "minutes: [30]", "plume.md:6: '[30]' is no number of minutes."),
        ("outcomes: [read-maps, advise]", "outcomes: []", "plume.md:5: the exercise names no outcome."),
        ("outcomes: [read-maps, advise]", "outcomes: advise", "plume.md:5: 'advise' is not a list of ids."),
        ("[read-maps, advise]", "[advise, advise]", "plume.md:5: 'advise' stands twice in 'outcomes'."),
        ("[read-maps, advise]", "[read-map]", "plume.md:5: unknown outcome 'read-map'. Did you mean 'read-maps'?"),
        ("title: The plume", "title: 1890", "plume.md:2: '1890' is no text for the field 'title'."),
        ("title: The plume", "title:", "plume.md:2: '' is no text for the field 'title'."),
        ("title: The plume", "title: The: plume", "plume.md:2: this is not valid YAML"),
        ("title: The plume", "title: The plume\ntitle: Again", "plume.md:3: this is not valid YAML: the key 'title'"),
        ("## Prompt", "## Promt", "plume.md:15: unknown section 'Promt'. Did you mean 'Prompt'?"),
        ("## Prompt", "# Prompt", "plume.md:15: a first-level heading stands here."),
        ("## Prompt", "Stray text.\n\n## Prompt", "plume.md:15: this text stands before the first section."),
        ("How high?", "", "plume.md:15: the section 'Prompt' is empty."),
        ("## Prompt\n\nHow high?", "", "plume.md:14: the section 'Prompt' is missing."),
        ("## A good answer", "## Prompt", "plume.md:23: the section 'Prompt' stands twice (first on line 15)."),
        (
            "## A good answer",
            "## Roles\n\nA mayor.\n\n## A good answer",
            "plume.md:23: the section 'Roles' does not belong",
        ),
    ],
)
def test_mistakes_in_an_exercise(bank: Path, old: str, new: str, expected: str) -> None:
    edit(bank / "ash" / "plume.md", old, new)
    assert [found for found in findings_of(bank) if found.startswith(expected)], findings_of(bank)


def test_sections_in_the_wrong_order(bank: Path) -> None:
    path = bank / "ash" / "plume.md"
    edit(path, "## Prompt", "## TEMP")
    edit(path, "## Before you start", "## Prompt")
    edit(path, "## TEMP", "## Before you start")
    assert findings_of(bank) == [
        "plume.md:19: the section 'Prompt' is in the wrong place. The order is Prompt, Before you start, A good answer."
    ]


@pytest.mark.parametrize("title", ["Roles", "Procedure"])
def test_debate_needs_its_sections(bank: Path, title: str) -> None:
    edit(bank / "lava" / "evacuate.md", f"## {title}\n", "")
    assert any(f"the section '{title}' is missing" in found for found in findings_of(bank))


def test_headings_inside_fences_are_no_sections(bank: Path) -> None:
    edit(bank / "ash" / "plume.md", "How high?", ":::{note}\n## Not a section\n:::\n\n```text\n## Nor this\n```")
    assert load_bank(bank, with_keys=False).exercises["ash/plume"].sections[0].title == "Prompt"


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("- [x] At", "- [ ] At", "lava-check.md:14: the question has no right answer. Mark exactly one"),
        ("- [ ] Faster", "- [x] Faster", "lava-check.md:14: the question has 2 right answers."),
        ("- [ ] Nothing.\n\n  No, rock.", "", "lava-check.md:28: the question has 2 option(s). Give it at least 3."),
        ("  It cools as it goes.\n\n  It also thickens.\n", "", "lava-check.md:19: this option has no explanation."),
        ("- [x] At", "- At", "lava-check.md:19: this option has no box or no text."),
        (" {#speed}", "", "lava-check.md:14: the question 'How fast does lava move?' has no id."),
        ("{#left}", "{#speed}", "lava-check.md:28: the id 'speed' stands twice (first on line 14)."),
        ("{#left}", "{#Left!}", "lava-check.md:28: 'Left!' is not an id."),
        ("- [x] Rock.", "Think.\n\n- [x] Rock.", "lava-check.md:30: this is not one list of options."),
    ],
)
def test_mistakes_in_a_self_check(bank: Path, old: str, new: str, expected: str) -> None:
    edit(bank / "lava" / "lava-check.md", old, new)
    assert [found for found in findings_of(bank) if found.startswith(expected)], findings_of(bank)


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        *[
            (f"## {title}\n", "## Extra\n", f"plume.key.md:1: the section '{title}' is missing.")
            for title in (
                "Facilitation",
                "Answer outline",
                "Common mistakes",
                "Follow-up questions",
                "Rubric",
                "Variations",
            )
        ],
        ("|\n|---|---|---|---|---|", "|\n", "plume.key.md:19: the rubric is not a table of criteria by four levels."),
        (" Developing |", "", "plume.key.md:19: the rubric is not a table of criteria by four levels."),
        ("## Facilitation", "---\na: b\n---\n## Facilitation", "plume.key.md:1: a key has no front matter."),
    ],
)
def test_mistakes_in_a_key(bank: Path, old: str, new: str, expected: str) -> None:
    path = bank / "ash" / "plume.key.md"
    edit(path, old, new)
    if old == " Developing |":
        edit(path, "|---|---|---|---|---|", "|---|---|---|---|")
    found = findings_of(bank, with_keys=True)
    assert [line for line in found if line.startswith(expected)], found
    assert load_bank(bank, with_keys=False).exercises  # the student edition does not see it


def test_key_and_exercise_belong_together(bank: Path) -> None:
    (bank / "ash" / "plume.key.md").rename(bank / "ash" / "plum.key.md")
    (bank / "lava" / "lava-check.key.md").write_text("## Facilitation\n", encoding="utf-8")
    assert findings_of(bank, with_keys=True) == [
        "plum.key.md:0: this key has no exercise 'ash/plum'. Did you mean 'ash/plume'?",
        "plume.key.md:0: the exercise 'ash/plume' has no key. Write this file.",
        "lava-check.key.md:0: a self-check has no key. Its explanations stand in its own file.",
    ]


def test_keys_elsewhere(bank: Path, tmp_path: Path) -> None:
    for path in list(bank.glob("*/*.key.md")):
        target = tmp_path / "private" / path.relative_to(bank)
        target.parent.mkdir(parents=True, exist_ok=True)
        path.rename(target)
    assert len(load_bank(bank, tmp_path / "private", with_keys=True).keys) == 3


def test_every_mistake_of_every_file_at_once(bank: Path) -> None:
    edit(bank / "ash" / "plume.md", "minutes: 30", "minutes: 0")
    edit(bank / "ash" / "plume.md", "type: data", "type: dta")
    edit(bank / "lava" / "flow-map.md", "level: intermediate", "level: hard")
    (bank / "lava" / "Bad_Name.md").write_text("", encoding="utf-8")
    (bank / "lava" / "latin.md").write_bytes(b"---\n\xe9\n---\n")
    found = findings_of(bank)
    assert len(found) == 5
    assert any("Bad_Name.md:0: 'lava/Bad_Name' is not an exercise id." in line for line in found)
    assert any("latin.md:2: this file is not UTF-8." in line for line in found)


def test_an_empty_file_says_what_is_missing(bank: Path) -> None:
    (bank / "ash" / "empty.md").write_text("", encoding="utf-8")
    found = findings_of(bank)
    assert len(found) == 11
    assert all(line.startswith("empty.md:1: the field") for line in found)


def test_question_parser_needs_no_files(tmp_path: Path) -> None:
    findings = Findings(tmp_path)
    text = "## Which `key`? {#a}\n\n- [ ] One\n  more.\n\n  - nested\n\n    list\n- [X] Two.\n\n  Yes.\n"
    text += "- [ ] Three.\n\n  No.\n"
    (question,) = parse_questions(split_sections(text, 1, findings), findings)
    assert not findings.found
    assert question.options[0].text == "One\nmore."
    assert question.options[0].explanation == "- nested\n\n  list"
    assert question.options[1].correct
