"""Bad input gets a message with file, line, value and mend; no traceback; and the last good output stays."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.tiny import copy_course, edit, fingerprint, run

CLAIMS, BIB, CHAPTER = "docs/claims/rivers.yaml", "references.bib", "docs/rivers/length.md"
TIMELINE = "docs/data/timeline.yaml"
GLOSSARY, PEOPLE = "docs/data/glossary.yaml", "docs/data/people.yaml"
REVIEW = "docs/reviews/the-atlas.yaml"
EXERCISE, KEY = "exercises/rivers/where-it-begins.md", "exercises/rivers/where-it-begins.key.md"

# file, what stands there, what is put in its place, where the message must point, what it must say
BAD = {
    "claims: not YAML": (CLAIMS, "  by: a survey team", "  by: a: team", "rivers.yaml:17", "not valid YAML"),
    "claims: unknown status": (CLAIMS, "status: contested", "status: doubtful", "rivers.yaml:19", "unknown status 'doubtful'. Use one of documented"),
    "claims: no source": (CLAIMS, "for: [survey-2007, atlas-2007]", "for: []", "rivers.yaml:29", "'amazon-flow': no source stands for it"),
    "claims: unknown source": (CLAIMS, "against: [atlas-2007]", "against: [atlas-2008]", "rivers.yaml:14", "the unknown source 'atlas-2008'. Did you mean 'atlas-2007'?"),
    "claims: no date": (CLAIMS, "when: 2007-06-16", "when: June", "rivers.yaml:16", "'when: June' is not a date. Write 2024-03-28"),
    "claims: circle": (CLAIMS, "by-claim: amazon-longer", "by-claim: nile-length", "rivers.yaml:1", "in a circle (nile-length → nile-length)"),
    "claims: no words": (CHAPTER, "{claim}`found the Amazon longer <", "{claim}` <", "length.md:15", "no words are marked as the claim 'amazon-longer'"),
    "claims: unknown id in the text": (CHAPTER, "<amazon-longer>", "<amazon-long>", "length.md:15", "there is no claim 'amazon-long' in the ledger. Did you mean 'amazon-longer'?"),
    "claims: no id in the text": (CHAPTER, " <amazon-longer>", "", "length.md:15", "names no claim"),
    "bib: duplicate key": (BIB, "@book{atlas-2007", "@book{Survey-2007", "references.bib:12", "'Survey-2007'"),
    "bib: unbalanced brace": (BIB, "{The School Atlas}", "{The {School Atlas}", "references.bib:14", "unbalanced brace"),
    "bib: missing comma": (BIB, "{London},", "{London}", "references.bib:", "comma"),
    "bib: bare per cent": (BIB, "{The School Atlas}", "{50% of the Atlas}", "references.bib:14", "%"),
    "bib: required field": (BIB, "  publisher = {Atlas House},\n", "", "references.bib:12", "publisher"),
    "bib: DOI": (BIB, "pages = {1-9},", "pages = {1-9},\n  doi = {11.1/x},", "references.bib:8", "11.1/x"),
    "bib: ISBN": (BIB, "location = {London},", "isbn = {9780000000003},", "references.bib:16", "9780000000003"),
    "bib: UN symbol": (BIB, "@article{survey-2007,", "@report{res, entrysubtype = {resolution}, author = {{Council}}, number = {S/RESS/1}, date = {2007}, party = {un}, consulted = {full},}\n@article{survey-2007,", "references.bib:1", "S/RESS/1"),
    "citation: unknown key": (CHAPTER, "{cite:p}`atlas-2007", "{cite:p}`atlas-2077", "length.md:15", "atlas-2077"),
    "citation: malformed": (CHAPTER, "`atlas-2007{p. 4}`", "`atlas-2007{p. {4}`", "length.md:15", "atlas-2007{p. {4}"),
    "chronology: no source": (TIMELINE, "  cites: [survey-2007, atlas-2007]\n", "", "timeline.yaml:23", "the event 'A team in Belém says that the Amazon is' has no cites"),
    "chronology: no date": (TIMELINE, "- date: 2007-06-16\n  track", "- track", "timeline.yaml:23", "has no date"),
    "chronology: wrong date": (TIMELINE, "date: 2007-06-16", "date: June", "timeline.yaml:23", "'June' is not a date. Write 2024-03-28"),
    "chronology: wrong order": (TIMELINE, "date: 1858-08", "date: 1999", "timeline.yaml:17", "the event of 1960 stands after one of 1999"),
    "chronology: unknown track": (TIMELINE, "track: print", "track: prints", "timeline.yaml:18", "'prints' is not one of the file’s track. Did you mean 'print'?"),
    "chronology: a list as track": (TIMELINE, "track: print", "track: [print]", "timeline.yaml:18", "'['print']' is not one of the file’s track"),
    "chronology: a list as event": (TIMELINE, "event: An atlas prints a length of the Nile.", "event: [An atlas]", "timeline.yaml:20", "'['An atlas']' is no sentence"),
    "chronology: unknown source": (TIMELINE, "cites: [atlas-2007]", "cites: [atlas-2008]", "timeline.yaml:12", "unknown source 'atlas-2008'. Did you mean 'atlas-2007'?"),
    "chronology: unknown claim": (TIMELINE, "claim: amazon-longer", "claim: amazon-long", "timeline.yaml:23", "unknown claim 'amazon-long'. Did you mean 'amazon-longer'?"),
    "chronology: unknown field": (TIMELINE, "actors: [speke]", "actor: [speke]", "timeline.yaml:14", "unknown field 'actor'. Did you mean 'actors'?"),
    "lexicon: no definition": (GLOSSARY, "  definition: What most atlases print.\n", "", "glossary.yaml:9", "the entry 'Usual account' has no definition"),
    "lexicon: a name twice": (GLOSSARY, "name: Usual account", "name: watershed", "glossary.yaml:9", "'watershed' is taken by the entry of glossary.yaml:5. Keep one"),
    "lexicon: a name of another file": (PEOPLE, "also: [Nile]", "also: [Watershed]", "people.yaml:7", "'Watershed' is taken by the entry of glossary.yaml:5"),
    "lexicon: unknown language": (GLOSSARY, "  ko: 통설", "  xx: 통설", "glossary.yaml:11", "the entry 'Usual account' has the unknown field or language 'xx'"),
    "lexicon: no script": (GLOSSARY, "ko: 통설 (tongseol)", "ko: (tongseol)", "glossary.yaml:11", "has '(tongseol)' as its Korean form. Write 'script (Latin letters)'"),
    "lexicon: sees nothing": (GLOSSARY, "see: [Usual account]", "see: [Usual acount]", "glossary.yaml:5", "'Usual acount', which is no entry. Did you mean 'Usual account'?"),
    "lexicon: unknown kind": (PEOPLE, "kind: body", "kind: boddy", "people.yaml:14", "the unknown kind 'boddy'. Did you mean 'body'?"),
    "lexicon: another family": (PEOPLE, "family: Abel", "family: Abell", "people.yaml:8", "the entry 'Zoe Abel' does not end in 'Abell'"),
    "lexicon: unknown source": (PEOPLE, "cites: [survey-2007]", "cites: [survey-2008]", "people.yaml:13", "unknown source 'survey-2008'. Did you mean 'survey-2007'?"),
    "lexicon: no source": (PEOPLE, "cites: [survey-2007]", "cites: [{at: p. 1}]", "people.yaml:17", "is not a source. Write a citation key"),
    "lexicon: no file": ("docs/reference/people.md", "{lexicon} people", "{lexicon} persons", "people.md:3", "there is no lexicon 'persons'. Those of the course are data/glossary.yaml, data/people.yaml"),
    "review: unknown verdict": (REVIEW, "verdict: wrong", "verdict: wrongly", "the-atlas.yaml:13", "'wrongly' is not one of the file’s verdicts. Did you mean 'wrong'?"),
    "review: no source": (REVIEW, "  against: [{cite: survey-2007, at: p. 3}]\n", "", "the-atlas.yaml:10", "the assertion 'r01' has no source"),
    "review: no lesson": (REVIEW, "  lesson: Ask who counted.\n", "", "the-atlas.yaml:10", "the assertion 'r01' has no lesson"),
    "review: unknown source": (REVIEW, "for: [atlas-2007]", "for: [atlas-2008]", "the-atlas.yaml:18", "unknown source 'atlas-2008'. Did you mean 'atlas-2007'?"),
    "review: unknown text": (REVIEW, "text: atlas-2007", "text: atlas-2008", "the-atlas.yaml:1", "the review cites the unknown source 'atlas-2008'"),
    "review: unknown claim": (REVIEW, "[nile-length]", "[nile-lenght]", "the-atlas.yaml:18", "unknown claim 'nile-lenght'. Did you mean 'nile-length'?"),
    "review: unknown field": (REVIEW, "  then: Nobody", "  than: Nobody", "the-atlas.yaml:14", "unknown field 'than'. Did you mean 'then'?"),
    "review: an id twice": (REVIEW, "id: r02", "id: r01", "the-atlas.yaml:18", "the id 'r01' is taken by line 10"),
    "review: unknown paragraph": (REVIEW, "  paragraph: 1", "  paragraph: 2", "the-atlas.yaml:19", "'2' is not one of the file’s paragraphs. Use one of 0, 1"),
    "review: no date": (REVIEW, "reviewed: 2026-11-23", "reviewed: today", "the-atlas.yaml:2", "'today' is not a date"),
    "review: no file": ("docs/reference/review.md", "the-atlas", "the-atlsa", "review.md:5", "there is no review 'the-atlsa'"),
    "exercise: missing section": (EXERCISE, "## A good answer\n\nNames the convention it uses.\n", "", "where-it-begins.md:", "'A good answer' is missing"),
    "exercise: unknown type": (EXERCISE, "type: discussion", "type: chat", "where-it-begins.md:3", "unknown type 'chat'"),
    "exercise: no minutes": (EXERCISE, "minutes: 20", "minutes: 0", "where-it-begins.md:6", "'0' is no number of minutes"),
    "exercise: unknown outcome": (EXERCISE, "[doubt]", "[doubts]", "where-it-begins.md:5", "unknown outcome 'doubts'. Did you mean 'doubt'?"),
    "exercise: unknown citation in its text": (EXERCISE, "{cite:t}`survey-2007`", "{cite:t}`survey-2008`", "where-it-begins.md:17", "survey-2008"),
    "exercise: unknown in the chapter": (CHAPTER, "rivers/where-it-begins", "rivers/where-it-ends", "length.md:", "where-it-ends"),
    "opening: no date": (CHAPTER, ":as-of: 2026-11-23", ":as-of: today", "length.md:", "today"),
    "opening: unknown outcome": (CHAPTER, "{outcome}`doubt`", "{outcome}`doubts`", "length.md:", "doubts"),
    "chart: no program": (CHAPTER, ":::{chart} lengths", ":::{chart} width", "length.md:18", "width"),
    "chart: no data": (CHAPTER, ":data: lengths.csv", ":data: widths.csv", "length.md:", "widths.csv"),
    "chart: no alternative text": (CHAPTER, ":alt: Two bars. The Nile at 6,650 km, the Amazon at 6,800 km.\n", "", "length.md:18", "alt"),
    "chart: a list as title": ("docs/data/datapackage.yaml", "title: Lengths of two rivers", "title: [a]", "datapackage.yaml:3", "'['a']' is no text for the 'title' of 'lengths.csv'"),
    "conf: raises": ("docs/conf.py", 'language = "en"', 'language = {}["en"]', "conf.py:5", "this cannot be run: KeyError: 'en'."),
    "conf: syntax": ("docs/conf.py", 'language = "en"', 'language = "en', "conf.py:5", "syntax error"),
    "chart: broken program": ("docs/charts/lengths.py", 'int(row["km"])', 'int(row["miles"])', "lengths.py:10", "miles"),
}  # fmt: skip


@pytest.fixture(scope="module")
def good(tmp_path_factory: pytest.TempPathFactory) -> Path:
    course = copy_course(tmp_path_factory.mktemp("good") / "course")
    result = run(course, "build", "html")
    assert result.returncode == 0, result.stderr
    return course


@pytest.mark.parametrize("case", BAD)
def test_build_refuses(case: str, good: Path) -> None:
    name, old, new, place, message = BAD[case]
    before = fingerprint(good / "build/student")
    original = (good / name).read_text(encoding="utf-8")
    edit(good, name, old, new)
    try:
        result = run(good, "build", "html")
    finally:
        (good / name).write_text(original, encoding="utf-8")
    said = result.stderr
    assert result.returncode == 1, said
    assert "Traceback" not in said
    assert "\x1b" not in said  # colours are for a terminal
    assert any(place in line and message in line for line in said.splitlines()), said
    assert fingerprint(good / "build/student") == before


@pytest.mark.parametrize("words", [("check",), ("build", "html")])
def test_a_chapter_that_is_not_utf8(tmp_path: Path, words: tuple[str, ...]) -> None:
    course = copy_course(tmp_path / "course")
    with (course / CHAPTER).open("ab") as chapter:
        chapter.write(b"caf\xe9\n")
    result = run(course, *words)
    assert result.returncode == 1
    assert "docs/rivers/length.md:48: error: this file is not UTF-8. Save it as UTF-8." in result.stdout + result.stderr
    assert "Traceback" not in result.stderr


def test_check_finds_a_key_without_its_exercise(tmp_path: Path) -> None:
    course = copy_course(tmp_path / "course")
    (course / KEY).rename(course / "exercises/rivers/where-it-starts.key.md")
    result = run(course, "check", "exercises")
    assert result.returncode == 1
    assert "where-it-starts.key.md: error: this key has no exercise 'rivers/where-it-starts'" in result.stdout
    assert "where-it-begins.key.md: error: the exercise 'rivers/where-it-begins' has no key" in result.stdout


def test_not_a_course(tmp_path: Path) -> None:
    result = run(tmp_path, "build")
    assert result.returncode == 1
    assert "there is no course here (docs/conf.py is missing). Run the command in the course's top folder" in result.stderr


def test_unknown_chapter(good: Path) -> None:
    result = run(good, "build", "pdf", "--only", "rivers/lenght")
    assert result.returncode == 1
    assert "there is no chapter 'rivers/lenght'. Did you mean 'rivers/length'?" in result.stderr
