"""The unfinished check: nothing stands in the course that was left to be filled in, or by a merge."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from ..findings import CourseError, Finding
from ..sourcefiles import read_text

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ..project import Project

#: Where something is to be written; what it is may follow it.
MARK = "TODO"
_MARK = re.compile(rf"\b{MARK}\b(?::[ ]*([^\n|}}\]]*))?")
# in YAML and .bib files the readers complain; seven equals signs may underline a heading
_CONFLICT = re.compile(r"^(?:<{7}|>{7})(?= )", re.MULTILINE)


def check_unfinished(project: Project) -> Iterator[Finding]:
    """Yield a finding for every place of the course's files that is still to be filled in or decided.

    A chapter that cannot be read is a finding too; of the other files their own checks say it.
    """
    chapters = {path for _, path in project.documents()}
    files = dict.fromkeys(
        [
            *sorted(chapters),
            *sorted(project.exercises_dir.rglob("*.md")),
            *sorted(project.keys_dir.rglob("*.md")),
            *sorted(project.claims_dir.glob("*.yaml")),
            *sorted(project.reviews_dir.glob("*.yaml")),
            *sorted(project.data_dir.glob("*.yaml")),
            *project.bib_files,
        ]
    )
    for path in files:
        try:
            text = read_text(path, "unfinished")
        except CourseError as error:
            if path in chapters:
                yield from error.findings
            continue
        if path.suffix == ".md" and (conflict := _CONFLICT.search(text)):
            line = text.count("\n", 0, conflict.start()) + 1
            yield Finding(path, line, "unfinished.merge", f"a merge conflict was left here ('{conflict[0]}').", "Resolve it.")
        for found in _MARK.finditer(text):
            wanted = f" ({found[1].strip()})" if found[1] and found[1].strip() else ""
            line = text.count("\n", 0, found.start()) + 1
            yield Finding(path, line, "unfinished.mark", f"something is to be filled in here{wanted}.", f"Replace '{MARK}'.")
