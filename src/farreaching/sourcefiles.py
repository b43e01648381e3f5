"""Reading YAML and front matter so that every later complaint can name a line."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import yaml

from .findings import CourseError, Finding

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

CONFLICT_MARK = re.compile(r"^(<{7}|={7}|>{7})(?= |$)", re.MULTILINE)


class LocatedDict(dict[str, Any]):
    """A YAML mapping that remembers the line of each of its keys."""

    def __init__(self) -> None:
        super().__init__()
        self.line = 0  #: line of the mapping's first key, from 1
        self.lines: dict[str, int] = {}  #: key → its line, from 1

    def line_of(self, key: str) -> int:
        """Return the line of a key, or of the mapping where the key is absent."""
        return self.lines.get(key, self.line)


class _Loader(yaml.CSafeLoader if hasattr(yaml, "CSafeLoader") else yaml.SafeLoader):  # type: ignore[misc]
    """Safe YAML in which dates stay text: a wrong date must reach our own message, with its line."""

    first_line = 1

    def construct_located(self, node: yaml.MappingNode) -> LocatedDict:
        located = LocatedDict()
        located.line = node.start_mark.line + self.first_line
        for key_node, value_node in node.value:
            key = str(self.construct_object(key_node, deep=True))
            line = key_node.start_mark.line + self.first_line
            if key in located:
                raise yaml.constructor.ConstructorError(
                    None,
                    None,
                    f"the key '{key}' stands twice (first on line {located.lines[key]})",
                    key_node.start_mark,
                )
            located.lines[key] = line
            located[key] = self.construct_object(value_node, deep=True)
        return located


_Loader.yaml_implicit_resolvers = {
    first: [(tag, pattern) for tag, pattern in resolvers if tag != "tag:yaml.org,2002:timestamp"]
    for first, resolvers in yaml.SafeLoader.yaml_implicit_resolvers.items()
}
_Loader.add_constructor("tag:yaml.org,2002:map", _Loader.construct_located)


def parse_yaml(text: str, path: Path, code: str, first_line: int = 1) -> Any:
    """Return what a YAML text holds: mappings as `LocatedDict`, dates as text.

    `path` and `first_line` (the line of the text's first line in that file) place
    the messages; `code` is the finding's code. Raises `CourseError` where the text
    does not parse, a key stands twice, a merge left its conflict marks, or a control
    character stands in it.
    """
    if mark := CONFLICT_MARK.search(text):
        line = text.count("\n", 0, mark.start()) + first_line
        raise CourseError([Finding(path, line, code, f"a merge conflict was left here ('{mark[0]}').", "Resolve it.")])
    if control := yaml.reader.Reader.NON_PRINTABLE.search(text):
        line = text.count("\n", 0, control.start()) + first_line
        message = f"the control character U+{ord(control[0]):04X} stands here."
        raise CourseError([Finding(path, line, code, message, "Take it out.")])
    loader = _Loader(text)
    loader.first_line = first_line
    try:
        return loader.get_single_data()
    except yaml.MarkedYAMLError as error:
        at = error.problem_mark or error.context_mark
        line = at.line + first_line if at else 0
        problem = error.problem or error.context or "cannot be read"
        mend = "Check the indentation and quote a value that holds ': ' or ' #'."
        raise CourseError([Finding(path, line, code, f"this is not valid YAML: {problem}.", mend)]) from None
    except (yaml.YAMLError, ValueError) as error:
        raise CourseError([Finding(path, 0, code, f"this is not valid YAML: {error}.")]) from None
    finally:
        loader.dispose()


def read_text(path: Path, code: str) -> str:
    """Return a UTF-8 file's text, without a byte-order mark; raise `CourseError` where it is missing or not UTF-8."""
    try:
        return path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as error:
        line = path.read_bytes()[: error.start].count(b"\n") + 1
        raise CourseError([Finding(path, line, code, "this file is not UTF-8.", "Save it as UTF-8.")]) from None
    except OSError as error:
        raise CourseError([Finding(path, 0, code, f"cannot be read: {error.strerror}.")]) from None


def load_yaml(path: Path, code: str) -> Any:
    """Return what a YAML file holds (see `parse_yaml`)."""
    return parse_yaml(read_text(path, code), path, code)


@dataclass(frozen=True)
class SourceText:
    """A Markdown file with YAML front matter, taken apart."""

    path: Path
    meta: LocatedDict  #: the front matter; empty where there is none
    body: str  #: the Markdown below it
    body_line: int  #: the line of the file on which the body starts, from 1


def load_markdown(path: Path, code: str) -> SourceText:
    """Return a Markdown file's front matter and body; raise `CourseError` where the front matter cannot be read."""
    text = read_text(path, code)
    found = re.match(r"---[ \t]*\n(.*?\n)?---[ \t]*(?:\n|\Z)", text, re.DOTALL)
    if not found and re.match(r"---[ \t]*\n[A-Za-z-]+:", text):
        raise CourseError([Finding(path, 1, code, "the front matter does not end.", "Add a line '---' below it.")])
    if not found:
        return SourceText(path, LocatedDict(), text, 1)
    meta = parse_yaml(found[1] or "", path, code, first_line=2)
    if meta is None:
        meta = LocatedDict()
    if not isinstance(meta, LocatedDict):
        raise CourseError([Finding(path, 2, code, "the front matter must be 'key: value' lines.")])
    return SourceText(path, meta, text[found.end() :], text.count("\n", 0, found.end()) + 1)


class DataFileReader:
    """Reads the parts of one YAML file and gathers what is wrong with them; each kind of file has a subclass."""

    kind = ""  #: first half of the codes of its findings

    def __init__(self, path: Path, data: LocatedDict) -> None:
        self.path, self.data = path, data
        self.findings: list[Finding] = []

    def complain(self, line: int, code: str, message: str, mend: str) -> None:
        """Note a mistake at a line of the file."""
        self.findings.append(Finding(self.path, line, f"{self.kind}.{code}", message, mend))

    def items(self, name: str, required: Sequence[str]) -> list[LocatedDict]:
        """Return the entries of a part, which is a list of mappings with `required` fields; empty after a complaint."""
        items = self.data[name]
        if not isinstance(items, list) or not all(isinstance(item, LocatedDict) for item in items):
            mend = f"Write '- {required[0]}: …' entries with {', '.join(required)}."
            self.complain(self.data.line_of(name), name, f"'{name}' is not a list of {name}.", mend)
            return []
        return items

    def names(self, name: str) -> dict[str, str]:
        """Return the ``id: name`` lines of a part; empty where it is missing, or after a complaint."""
        names = self.data.get(name, LocatedDict())
        if not isinstance(names, LocatedDict) or not all(isinstance(text, str) for text in names.values()):
            self.complain(self.data.line_of(name), name, f"'{name}' is not a list of names.", "Write 'id: name' lines.")
            return {}
        return dict(names)
