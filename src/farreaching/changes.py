"""What a branch touched, by git: the files, their lines, and so the entries of a ledger."""

from __future__ import annotations

import re
import subprocess
from bisect import bisect_right
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from .findings import CourseError, Finding

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

#: What a branch is compared with where nothing is named; the first that exists.
BASES = ("main", "origin/main", "origin/HEAD", "master")
#: Suffix → how an entry of such a file begins; in any other file a change concerns the whole file.
_ENTRY = {
    ".bib": re.compile(r"[ \t]*@", re.MULTILINE),
    ".yaml": re.compile(r"[^\s#]"),
    ".toml": re.compile(r"\["),
    ".csv": re.compile(r""),
}
_HUNK = re.compile(r"@@ -\S+ \+(\d+)(?:,(\d+))? @@")


@dataclass(frozen=True)
class Changes:
    """The lines that differ from a base, committed or not."""

    lines: Mapping[Path, frozenset[int] | None]  #: absolute path → lines, from 1; None for a file that is new

    @classmethod
    def since(cls, root: Path, base: str = "") -> Changes:
        """Return what the working tree of a course has that the common ancestor with `base` had not.

        Raises `CourseError` outside git, or where there is no such base.
        """
        top = _git(root, "rev-parse", "--show-toplevel")
        if top is None:
            raise _error(root, "this is not a git working tree.", "Check the whole course, without --changed.")
        names = [base] if base else BASES
        known = next((name for name in names if _git(root, "rev-parse", "--verify", "--quiet", f"{name}^{{commit}}")), None)
        if known is None or (ancestor := _git(root, "merge-base", known, "HEAD")) is None:
            message = f"git knows no commit '{base}' with which to compare." if base else "git knows no branch 'main'."
            raise _error(root, message, "Name a branch or a commit that is here: --changed BASE.")
        form = ("--unified=0", "--no-color", "--no-ext-diff", "--no-renames", "--src-prefix=a/", "--dst-prefix=b/")
        diff = _git(root, "diff", *form, ancestor.strip()) or ""
        new = _git(root, "ls-files", "--others", "--exclude-standard", "--full-name", "-z", ":/") or ""
        folder = Path(top.strip())
        lines: dict[Path, frozenset[int] | None] = {folder / name: None for name in new.split("\0") if name}
        return cls(lines | {folder / name: found for name, found in _changed_lines(diff)})

    def of(self, findings: Iterable[Finding]) -> list[Finding]:
        """Return the findings in changed files; in files of entries, those of changed entries."""
        starts: dict[Path, list[int]] = {}
        return [finding for finding in findings if self._touches(finding, starts)]

    def _touches(self, finding: Finding, starts: dict[Path, list[int]]) -> bool:
        path = finding.path.resolve()
        if path not in self.lines:
            return False
        lines = self.lines[path]
        entry = _ENTRY.get(path.suffix)
        if lines is None or entry is None or not finding.line:
            return True
        if path not in starts:
            text = path.read_text(encoding="utf-8", errors="replace").splitlines()
            starts[path] = [number for number, line in enumerate(text, start=1) if entry.match(line)]
        place = bisect_right(starts[path], finding.line)
        first = starts[path][place - 1] if place else 1
        last = starts[path][place] - 1 if place < len(starts[path]) else max(lines, default=0)
        return any(first <= line <= last for line in lines)


def _changed_lines(diff: str) -> Iterable[tuple[str, frozenset[int]]]:
    """Yield the name and the changed lines of each file of a diff without context."""
    name, lines = "", set[int]()
    for line in diff.splitlines():
        if line.startswith("+++ "):
            if name:
                yield name, frozenset(lines)
            # a tab ends a name with a space in it; what was deleted leads to /dev/null
            name, lines = line[4:].split("\t")[0].removeprefix("b/"), set()
        elif found := _HUNK.match(line):
            start, count = int(found[1]), int(found[2] or 1)
            # where lines were only taken out, the two beside the gap stand for them
            lines.update(range(start, start + count) if count else (start, start + 1))
    if name:
        yield name, frozenset(lines)


def _git(root: Path, *words: str) -> str | None:
    """Return what a git command prints; None where it fails or there is no git."""
    try:
        command = ["git", "-C", str(root), "-c", "core.quotePath=false", *words]
        done = subprocess.run(command, capture_output=True, text=True, encoding="utf-8", errors="replace", check=False)
    except OSError:
        return None
    return None if done.returncode else done.stdout


def _error(root: Path, message: str, mend: str) -> CourseError:
    return CourseError([Finding(root, 0, "changes.git", message, mend)])
