"""Exports for learning platforms: valid by their formats, the same every time, and without a word of a key."""

from __future__ import annotations

import base64
import io
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from lxml import etree
from tests.tiny import copy_course, edit, fingerprint, run, texts

FORMATS = "canvas,moodle,blackboard,cc"
CANARY = "CANARY-KEY-7319"
EXERCISE, KEY, CHECK = (
    "exercises/rivers/where-it-begins.md",
    "exercises/rivers/where-it-begins.key.md",
    "exercises/rivers/length-check.md",
)
GRAMMARS = Path(__file__).parent / "lms"
PICTURE = b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1 1"><title>A river</title></svg>'
CC = {
    "cp": "http://www.imsglobal.org/xsd/imsccv1p3/imscp_v1p1",
    "lom": "http://ltsc.ieee.org/xsd/imsccv1p3/LOM/resource",
    "dt": "http://www.imsglobal.org/xsd/imsccv1p3/imsdt_v1p3",
    "qti": "http://www.imsglobal.org/xsd/ims_qtiasiv1p2",
}


@pytest.fixture(scope="module")
def course(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The tiny course with an image, a link, Korean and Russian in its exercise, exported with and without keys."""
    course = copy_course(tmp_path_factory.mktemp("lms") / "course")
    (course / "docs/rivers/source.svg").write_bytes(PICTURE)
    text = 'Read the chapter. 강은 길다. Река течёт 5 < 6 & "far". [A map](https://example.org/a?b=1&c=2), {doc}`/rivers/flow`.'
    edit(course, EXERCISE, "Read the chapter.", f"{text}\n\n![The spring of a river](source.svg)")
    edit(course, EXERCISE, "where the river begins", "where {claim}`the long river <nile-length>` begins")
    for more in ((), ("--keys",)):
        result = run(course, "export", FORMATS, "--all", *more)
        assert result.returncode == 0, result.stderr
    return course


@pytest.fixture
def lms(course: Path) -> Path:
    return course / "build/lms"


def members(path: Path) -> dict[str, bytes]:
    with zipfile.ZipFile(path) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def valid(content: bytes, grammar: str) -> etree._Element:
    """Return a document's root; fail where its grammar refuses it."""
    root = etree.fromstring(content)
    etree.RelaxNG(etree.parse(GRAMMARS / f"{grammar}.rng")).assertValid(root)
    return root


def cartridges(lms: Path) -> Iterator[dict[str, bytes]]:
    for name in ("great-rivers.imscc", "great-rivers-with-keys.imscc"):
        yield members(lms / name)


def check_item(item: etree._Element) -> None:
    """Rules of the profile that no grammar can state: every response and every feedback is one of the item's own."""
    labels = item.xpath(".//qti:response_label/@ident", namespaces=CC)
    assert set(item.xpath(".//qti:varequal/text()", namespaces=CC)) <= set(labels)
    assert set(item.xpath(".//qti:varequal/@respident", namespaces=CC)) <= set(
        item.xpath(".//qti:response_lid/@ident", namespaces=CC)
    )
    shown = item.xpath(".//qti:displayfeedback/@linkrefid", namespaces=CC)
    assert sorted(shown) == sorted(item.xpath("qti:itemfeedback/@ident", namespaces=CC))
    assert len(labels) == len(set(labels))


def test_files(lms: Path) -> None:
    assert sorted(path.name for path in lms.iterdir()) == [
        "great-rivers-blackboard.txt",
        "great-rivers-canvas.zip",
        "great-rivers-moodle.xml",
        "great-rivers-with-keys-moodle.xml",
        "great-rivers-with-keys.imscc",
        "great-rivers-with-keys.zip",
        "great-rivers.imscc",
    ]


def test_cartridge_follows_the_profile(lms: Path) -> None:
    for files in cartridges(lms):
        manifest = valid(files["imsmanifest.xml"], "package")
        resources = {node.get("identifier"): node for node in manifest.iterfind(".//cp:resource", CC)}
        for node in resources.values():
            hrefs = [file.get("href") for file in node.iterfind("cp:file", CC)]
            assert set(hrefs) <= files.keys()
            # rules 1, 3, 5 and 10 of the profile: a topic and an assessment have one file and no href, web content has one
            if node.get("type") == "webcontent":
                assert node.get("href") in hrefs
            else:
                assert (len(hrefs), node.get("href")) == (1, None)
                grammar = "topic" if node.get("type") == "imsdt_xmlv1p3" else "qti"
                root = valid(files[hrefs[0]], grammar)
                for item in root.iterfind(".//qti:item", CC):
                    check_item(item)
            # rules 1d to 1h: what a topic depends on is web content
            for needed in node.iterfind("cp:dependency", CC):
                assert resources[needed.get("identifierref")].get("type") == "webcontent"
        listed = {file.get("href") for file in manifest.iterfind(".//cp:file", CC)}
        assert listed == files.keys() - {"imsmanifest.xml"}
        places = manifest.xpath("//cp:item/@identifierref", namespaces=CC)
        assert len(places) == len(set(places))
        assert set(places) <= resources.keys()


def test_topic_holds_the_exercise_and_its_sources(lms: Path) -> None:
    files = members(lms / "great-rivers.imscc")
    (topic,) = [etree.fromstring(content) for name, content in files.items() if name.startswith("topics/")]
    assert topic.findtext("dt:title", namespaces=CC) == "Where it begins"
    html = topic.findtext("dt:text", namespaces=CC)
    for part in (
        "<p>Discussion · introductory · 20 minutes · pairs</p>",
        "<h3>Prompt</h3>",
        "강은 길다. Река течёт 5 &lt; 6 &amp; “far”.",
        '<a href="https://example.org/a?b=1&amp;c=2">A map</a>, Flow.',
        "<h3>A good answer</h3>",
        "<h3>Claims</h3>",
        "<h3>Sources</h3>",
        "the long river<sup>",
    ):
        assert part in html
    # in full at the end: the source named in the prompt, and those of the claims
    after = html.split("<h3>Sources</h3>")[1]
    assert "School Atlas" in after
    assert "Where the Amazon Begins" in after
    assert "class=" not in html
    assert 'id="' not in html
    (image,) = [name for name in files if name.startswith("images/")]
    assert files[image] == PICTURE
    assert f'alt="The spring of a river" src="$IMS-CC-FILEBASE$/{image}"' in html


def test_key_is_for_instructors_only(lms: Path) -> None:
    files = members(lms / "great-rivers-with-keys.imscc")
    manifest = etree.fromstring(files["imsmanifest.xml"])
    roles = {
        node.get("href"): node.findtext(".//lom:intendedEndUserRole/lom:value", namespaces=CC)
        for node in manifest.iterfind(".//cp:resource", CC)
    }
    holding = [name for name, content in files.items() if CANARY.encode() in content]
    assert len(holding) == 1
    assert holding[0].startswith("keys/")
    assert roles[holding[0]] == "Instructor"
    assert manifest.xpath(f"//cp:resource[@href='{holding[0]}']/@intendeduse", namespaces=CC) == ["lessonplan"]


def test_no_key_where_none_was_asked_for(lms: Path, course: Path) -> None:
    holding = {name.partition("/")[0] for name, text in texts(lms).items() if CANARY in text}
    with_keys = {path.name for path in lms.iterdir() if "with-keys" in path.name}
    assert holding <= with_keys
    assert {name for name, text in texts(lms).items() if "Follow-up questions" in text and "with-keys" not in name} == set()
    # the file of the key is not even opened: it may be unreadable
    key = course / KEY
    before = key.read_bytes()
    key.write_bytes(b"\xff\xfe not a text")
    try:
        assert run(course, "export", FORMATS, "--all").returncode == 0
    finally:
        key.write_bytes(before)


def test_moodle(lms: Path) -> None:
    plain = valid((lms / "great-rivers-moodle.xml").read_bytes(), "moodle")
    keyed = valid((lms / "great-rivers-with-keys-moodle.xml").read_bytes(), "moodle")
    essay = keyed.find("question[@type='essay']")
    assert essay.findtext("idnumber") == "rivers/where-it-begins"
    assert CANARY in essay.findtext("graderinfo/text")
    assert plain.findtext("question[@type='essay']/graderinfo/text") in {None, ""}
    assert CANARY not in essay.findtext("questiontext/text")
    assert "My answer" in essay.findtext("responsetemplate/text")
    assert [tag.text for tag in essay.iterfind("tags/tag/text")] == ["rivers", "discussion", "introductory", "evaluate", "doubt"]
    image = essay.find("questiontext/file")
    assert base64.b64decode(image.text) == PICTURE
    assert f"@@PLUGINFILE@@/{image.get('name')}" in essay.findtext("questiontext/text")
    choice = keyed.find("question[@type='multichoice']")
    assert choice.findtext("idnumber") == "rivers/length-check/nile"
    answers = [(one.get("fraction"), one.findtext("text"), one.findtext("feedback/text")) for one in choice.iterfind("answer")]
    assert answers[1][:2] == ("100", "<p>6,650 km</p>")
    assert answers[0][2] == "<p>That is nobody’s figure.</p>"
    assert "School Atlas" in choice.findtext("generalfeedback/text")
    assert plain.findtext("question[@type='category']/category/text") == "$course$/top/Great Rivers/The longest river"


def test_canvas(lms: Path) -> None:
    files = members(lms / "great-rivers-canvas.zip")
    manifest = etree.fromstring(files["imsmanifest.xml"])
    hrefs = manifest.xpath("//*[local-name()='file']/@href")
    assert set(hrefs) == files.keys() - {"imsmanifest.xml"}
    kinds = []
    for href in hrefs:
        if href.endswith(".xml"):
            root = valid(files[href], "qti")
            for item in root.iterfind(".//qti:item", CC):
                check_item(item)
                fields = dict(
                    zip(
                        item.xpath(".//qti:fieldlabel/text()", namespaces=CC),
                        item.xpath(".//qti:fieldentry/text()", namespaces=CC),
                        strict=True,
                    )
                )
                kinds.append(fields["question_type"])
                if fields["question_type"] == "essay_question":
                    assert item.find("qti:itemfeedback", CC) is None
                else:
                    right = item.xpath(".//qti:respcondition[qti:setvar]//qti:varequal/text()", namespaces=CC)
                    assert item.xpath(f".//qti:response_label[@ident='{right[0]}']//qti:mattext/text()", namespaces=CC) == [
                        "6,650 km"
                    ]
    assert sorted(kinds) == ["essay_question", "multiple_choice_question"]


def test_blackboard(lms: Path) -> None:
    text = (lms / "great-rivers-blackboard.txt").read_bytes().decode()
    lines = [line.split("\t") for line in text.removesuffix("\r\n").split("\r\n")]
    assert [line[0] for line in lines] == ["MC", "ESS"]
    assert lines[0][2:] == ["6,400 km", "incorrect", "6,650 km", "correct", "6,800 km", "incorrect"]
    assert len(lines[1]) == 2
    for part in ("WHERE IT BEGINS", "강은 길다. Река течёт 5 < 6 & “far”.", "[Image: The spring of a river]", "School Atlas"):
        assert part in lines[1][1]
    assert "\n" not in lines[1][1]


def test_blackboard_files_stay_within_what_it_recommends(course: Path) -> None:
    check = course / CHECK
    before = check.read_text(encoding="utf-8")
    question = before[before.index("## ") :]
    check.write_text(
        before + "".join(question.replace("{#nile}", f"{{#nile-{number}}}") for number in range(260)), encoding="utf-8"
    )
    try:
        result = run(course, "export", "blackboard", "rivers/length-check")
        assert result.returncode == 0, result.stderr
        names = [f"great-rivers-rivers-length-check-blackboard{more}.txt" for more in ("", "-2")]
        files = [course / "build/lms" / name for name in names]
        assert [path.read_bytes().count(b"\r\n") for path in files] == [250, 11]
    finally:
        check.write_text(before, encoding="utf-8")
        for path in (course / "build/lms").glob("*length-check*"):
            path.unlink()


def test_keys_in_a_zip_of_their_own(lms: Path) -> None:
    files = members(lms / "great-rivers-with-keys.zip")
    assert list(files) == ["keys/rivers-where-it-begins.html"]
    assert CANARY in files["keys/rivers-where-it-begins.html"].decode()


def test_same_bytes_again_and_in_another_folder(course: Path, tmp_path: Path) -> None:
    before = fingerprint(course / "build/lms")
    other = copy_course(tmp_path / "elsewhere")
    for name in (EXERCISE, "docs/rivers/source.svg"):
        (other / name).write_bytes((course / name).read_bytes())
    for more in ((), ("--keys",)):
        assert run(other, "export", FORMATS, "--all", *more).returncode == 0
    assert fingerprint(other / "build/lms") == before


def test_one_exercise_has_the_ids_that_it_has_among_all(course: Path) -> None:
    result = run(course, "export", "cc", "rivers/where-it-begins")
    assert result.returncode == 0, result.stderr
    alone = course / "build/lms/great-rivers-rivers-where-it-begins.imscc"
    try:
        one, whole = members(alone), members(course / "build/lms/great-rivers.imscc")
        assert {name for name in one if name.startswith("topics/")} == {name for name in whole if name.startswith("topics/")}
        assert all(one[name] == whole[name] for name in one if name != "imsmanifest.xml")
        assert not any(name.startswith("checks/") for name in one)
    finally:
        alone.unlink()


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (("cc", "rivers/where-it-begin"), "there is no exercise 'rivers/where-it-begin'. Did you mean 'rivers/where-it-begins'?"),
        (("cc", "--part", "river"), "no exercise belongs to a part 'river'. Did you mean 'rivers'?"),
        (("cc", "--chapter", "rivers/lenght"), "no exercise belongs to a chapter 'rivers/lenght'. Did you mean 'rivers/length'?"),
    ],
)
def test_unknown_names(course: Path, words: tuple[str, ...], message: str) -> None:
    before = fingerprint(course / "build/lms")
    result = run(course, "export", *words)
    assert result.returncode == 1
    assert message in result.stderr
    assert fingerprint(course / "build/lms") == before


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (("cc",), "Name exercises, or --part, --chapter or --all."),
        (("cc,word", "--all"), "invalid choice: 'word' (choose from canvas, moodle, blackboard, cc)"),
        ((",", "--all"), "no format is named"),
    ],
)
def test_wrong_words(course: Path, words: tuple[str, ...], message: str) -> None:
    result = run(course, "export", *words)
    assert (result.returncode, message in result.stderr) == (2, True)


def test_everything_that_an_exercise_may_hold(tmp_path: Path) -> None:
    course = copy_course(tmp_path / "course")
    more = """Read the chapter.[^n] See {exercise-ref}`rivers/where-it-begins`.

[^n]: A note with {cite:p}`atlas-2007{p. 2}`.

```python
print("강 < река")
```

:::{dropdown} More
Hidden once.
:::

### A third-level heading

:::{chart} lengths
:name: fig-again
:data: lengths.csv
:alt: Two bars.

The two.
:::
"""
    edit(course, EXERCISE, "Read the chapter.", more)
    result = run(course, "export", FORMATS, "--all", "--keys")
    assert result.returncode == 0, result.stderr
    files = members(course / "build/lms/great-rivers-with-keys.imscc")
    (topic,) = [etree.fromstring(content) for name, content in files.items() if name.startswith("topics/")]
    html = topic.findtext("dt:text", namespaces=CC)
    for part in (
        "Read the chapter.<sup>1</sup> See “Where it begins”.",
        "강 &lt; река",
        "<p>More</p>\n<p>Hidden once.</p>",
        "<h4>A third-level heading</h4>",
        '<img alt="Two bars." src="$IMS-CC-FILEBASE$/images/',
        "<h3>Notes</h3>\n<ol>\n<li><p>A note with (Atlas House 2007, p. 2).</p></li>\n</ol>\n<h3>Sources</h3>",
    ):
        assert part in html
    assert "href=" not in html


def test_without_a_single_source(tmp_path: Path) -> None:
    course = copy_course(tmp_path / "course")
    edit(course, EXERCISE, "cites: [survey-2007]\nclaims: [amazon-longer]", "cites: []\nclaims: []")
    edit(course, EXERCISE, " with {cite:t}`survey-2007`", "")
    edit(course, KEY, " {cite:p}`survey-2007`", "")
    edit(course, CHECK, " says {cite:t}`atlas-2007`", " it is")
    result = run(course, "export", FORMATS, "--all", "--keys")
    assert result.returncode == 0, result.stderr
    keyed = valid((course / "build/lms/great-rivers-with-keys-moodle.xml").read_bytes(), "moodle")
    assert "Sources" not in "".join(keyed.itertext()).replace("The sources it rests on", "")
    valid(members(course / "build/lms/great-rivers-with-keys.imscc")["imsmanifest.xml"], "package")


def test_missing_key(tmp_path: Path) -> None:
    course = copy_course(tmp_path / "course")
    (course / KEY).unlink()
    result = run(course, "export", "cc", "--all", "--keys")
    assert result.returncode == 1
    assert "where-it-begins.key.md: error: the exercise 'rivers/where-it-begins' has no key. Write this file." in result.stderr
    assert not (course / "build/lms").exists()


def test_mistake_in_an_exercise_keeps_what_was_there(tmp_path: Path) -> None:
    course = copy_course(tmp_path / "course")
    assert run(course, "export", FORMATS, "--all").returncode == 0
    before = fingerprint(course / "build/lms")
    edit(course, EXERCISE, "{cite:t}`survey-2007`", "{cite:t}`survey-2008`")
    result = run(course, "export", FORMATS, "--all")
    assert result.returncode == 1
    assert "where-it-begins.md:17" in result.stderr
    assert "survey-2008" in result.stderr
    assert "Traceback" not in result.stderr
    assert fingerprint(course / "build/lms") == before


def test_grammars_refuse_what_is_wrong(lms: Path) -> None:
    """The checks above would be worth nothing if their grammars took anything."""
    topic = b'<topic xmlns="http://www.imsglobal.org/xsd/imsccv1p3/imsdt_v1p3"><title>T</title><text>x</text></topic>'
    manifest = members(lms / "great-rivers.imscc")["imsmanifest.xml"].replace(b"1.3.0", b"1.2.0")
    moodle = (lms / "great-rivers-moodle.xml").read_bytes().replace(b'fraction="100"', b'fraction="50"')
    for content, grammar in ((topic, "topic"), (manifest, "package"), (moodle, "moodle")):
        with pytest.raises(etree.DocumentInvalid):
            valid(content, grammar)
    assert zipfile.is_zipfile(io.BytesIO((lms / "great-rivers.imscc").read_bytes()))
