"""YAML and front matter keep their line numbers, and say what is wrong with a line."""

from pathlib import Path

import pytest

from farreaching.findings import CourseError
from farreaching.sourcefiles import load_markdown, load_yaml


def findings_of(path: Path, text: str) -> list[str]:
    path.write_text(text, encoding="utf-8")
    load = load_yaml if path.suffix == ".yaml" else load_markdown
    with pytest.raises(CourseError) as caught:
        load(path, "test.yaml")
    return [str(finding).removeprefix(f"{path.parent}/") for finding in caught.value.findings]


def test_lines_of_keys(tmp_path: Path) -> None:
    path = tmp_path / "a.yaml"
    path.write_text("# comment\nfirst:\n  when: 2024-03-28\nsecond: {x: 1}\n", encoding="utf-8")
    data = load_yaml(path, "test.yaml")
    assert data.line_of("second") == 4
    assert data["first"].line_of("when") == 3
    assert data["first"]["when"] == "2024-03-28"  # text, so that a wrong date can be named


def test_front_matter_lines_count_from_the_file(tmp_path: Path) -> None:
    path = tmp_path / "a.md"
    path.write_text("---\ntitle: A\nminutes: 5\n---\n\n# Body\n", encoding="utf-8")
    source = load_markdown(path, "test.yaml")
    assert source.meta.line_of("minutes") == 3
    assert source.body_line == 5
    assert source.body == "\n# Body\n"


def test_a_byte_order_mark_is_no_text(tmp_path: Path) -> None:
    path = tmp_path / "a.md"
    path.write_bytes("\ufeff---\ntitle: A\n---\n".encode())
    assert load_markdown(path, "test.yaml").meta == {"title": "A"}


def test_no_front_matter(tmp_path: Path) -> None:
    path = tmp_path / "a.md"
    path.write_text("# Body\n", encoding="utf-8")
    source = load_markdown(path, "test.yaml")
    assert (source.meta, source.body, source.body_line) == ({}, "# Body\n", 1)


@pytest.mark.parametrize(
    ("name", "text", "expected"),
    [
        ("a.yaml", "a: 1\nb: x: y\n", "a.yaml:2: error: this is not valid YAML"),
        (
            "a.yaml",
            "a: 1\nb: 2\na: 3\n",
            "a.yaml:3: error: this is not valid YAML: the key 'a' stands twice (first on line 1)",
        ),
        ("a.yaml", "a: 1\n<<<<<<< HEAD\nb: 2\n", "a.yaml:2: error: a merge conflict was left here"),
        ("a.yaml", "a: ß\nb: 핵\x00\n", "a.yaml:2: error: the control character U+0000 stands here. Take it out."),
        ("a.md", "---\ntitle: A\n\n## Prompt\n", "a.md:1: error: the front matter does not end. Add a line '---' below it."),
        ("a.md", "---\ntitle: A: b\n---\n", "a.md:2: error: this is not valid YAML"),
        ("a.md", "---\n- a\n---\n", "a.md:2: error: the front matter must be 'key: value' lines."),
    ],
)
def test_bad_yaml(tmp_path: Path, name: str, text: str, expected: str) -> None:
    (found,) = findings_of(tmp_path / name, text)
    assert found.startswith(expected)


def test_not_utf_8(tmp_path: Path) -> None:
    path = tmp_path / "a.yaml"
    path.write_bytes(b"a: 1\nb: \xff\n")
    with pytest.raises(CourseError, match=r"a\.yaml:2: error: this file is not UTF-8"):
        load_yaml(path, "test.yaml")


def test_missing_file(tmp_path: Path) -> None:
    with pytest.raises(CourseError, match="cannot be read: No such file or directory"):
        load_yaml(tmp_path / "none.yaml", "test.yaml")
