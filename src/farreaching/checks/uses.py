"""Where the course's Markdown uses claims, citations and exercises: found by reading the text, without a build."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from sphinxcontrib.bibtex.citation_target import parse_citation_targets

from ..findings import CourseError
from ..sourcefiles import read_text

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from ..project import Project

# a role's text may run over a line's end, and a backtick string of any length may enclose it;
# text in two or more backticks without a role before it is code, and shows markup instead of using it
_ROLE = re.compile(
    r"\{(?P<role>claim|cite:[a-z]+)\}(?P<ticks>`+)(?P<text>.+?)(?<!`)(?P=ticks)(?!`)"
    r"|(?<![`}])(?P<code>`{2,})(?!`)[^\n]*?(?<!`)(?P=code)(?!`)",
    re.DOTALL,
)
_EXERCISE = re.compile(r"^[ \t]*(?:`{3,}|:{3,})\{(?P<role>exercise|self-check)\}[ \t]*(?P<text>\S+)", re.MULTILINE)
_TARGET = re.compile(r"<([^<>]*)>\s*\Z")


class Use(NamedTuple):
    """One place that uses something by its name."""

    path: Path  #: the file
    line: int  #: counted from 1
    kind: str  #: ``claim``, ``cite``, ``exercise`` or ``self-check``
    name: str  #: the claim's id, the citation key, the exercise's id


def uses_in(path: Path) -> Iterator[Use]:
    """Yield what a Markdown file uses; a file that cannot be read uses nothing (its own check says why)."""
    try:
        text = read_text(path, "uses")
    except CourseError:
        return
    for found in sorted([*_ROLE.finditer(text), *_EXERCISE.finditer(text)], key=lambda match: match.start()):
        line = text.count("\n", 0, found.start()) + 1
        role, content = found["role"], found["text"]
        if role is None:  # code
            continue
        if role == "claim":
            target = _TARGET.search(content)
            yield Use(path, line, "claim", target[1].strip() if target else content)
        elif role.startswith("cite:"):
            try:
                keys = [target.key for target in parse_citation_targets(" ".join(content.split()))]
            except ValueError:  # the build names the malformed citation
                keys = []
            yield from (Use(path, line, "cite", key) for key in keys)
        else:
            yield Use(path, line, role, content)


def course_uses(project: Project) -> list[Use]:
    """Return every use in the chapters, exercises and keys of a course."""
    files: Iterable[Path] = dict.fromkeys(
        [
            *(path for _, path in project.documents()),
            *sorted(project.exercises_dir.rglob("*.md")),
            *sorted(project.keys_dir.rglob("*.md")),
        ]
    )
    return [use for path in files for use in uses_in(path)]
