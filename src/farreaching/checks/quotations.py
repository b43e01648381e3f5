"""Quotations that are longer than the course quotes (heuristic: what stands between quotation marks in one paragraph)."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from ..exercises.loader import KEY_SUFFIX
from ..findings import CourseError, Finding, Severity
from ..links.addresses import without_code_blocks
from ..sourcefiles import read_text

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from ..project import Project

#: The setting of conf.py, and the words of the longest quotation.
SETTING = "farreaching_longest_quotation"
LONGEST = 25
_QUOTED = re.compile(r'"([^"]*)"|“([^”]*)”')
_WORD = re.compile(r"\w+(?:[-'’.,:/]\w+)*")
#: Blank lines, and lines that begin a block of their own, in Markdown.
_BETWEEN = re.compile(r"\n[ \t]*\n|\n(?=[ \t]*(?:[-*+>|#:`]|\d+[.)]) ?)")
_ROLE = re.compile(r"\{[\w:-]+\}(`+)(.+?)(?<!`)\1", re.DOTALL)
_FRONT_MATTER = re.compile(r"\A---\n.*?\n---\n", re.DOTALL)


def check_quotations(project: Project) -> Iterator[Finding]:
    """Yield the quotations of chapters, exercises and claims with too many words.

    Not those of the keys, where quotation marks hold model answers.
    """
    longest = int(project.settings.get(SETTING, LONGEST))
    exercises = (path for path in sorted(project.exercises_dir.rglob("*.md")) if not path.name.endswith(KEY_SUFFIX))
    files: Iterable[Path] = dict.fromkeys([*(path for _, path in project.documents()), *exercises])
    for path in files:
        try:
            text = read_text(path, "citations.quotation")
        except CourseError:  # the build says why
            continue
        yield from (_finding(path, line, words, longest) for line, words in quotations(text) if len(words) > longest)
    try:
        claims = list(project.ledger.values())
    except CourseError:  # the claims check says why
        return
    for claim in claims:
        for _, words in quotations(f"{claim.claim}\n\n{claim.note}"):
            if len(words) > longest:
                yield _finding(claim.path, claim.line, words, longest)


def quotations(text: str) -> Iterator[tuple[int, list[str]]]:
    """Yield the line and the words of every quotation in Markdown; a paragraph whose marks do not pair has none."""
    # blanked and not cut, so that lines stay where they are
    text = _FRONT_MATTER.sub(lambda found: "\n" * found[0].count("\n"), text)
    text = "\n".join(without_code_blocks(text))
    position = 0
    for gap in [*_BETWEEN.finditer(text), None]:
        end = gap.start() if gap else len(text)
        paragraph = text[position:end]
        if paragraph.count('"') % 2 == 0:
            for found in _QUOTED.finditer(paragraph):
                words = _WORD.findall(_ROLE.sub(_shown, found[1] or found[2] or ""))
                yield text.count("\n", 0, position + found.start()) + 1, words
        position = end


def _shown(role: re.Match[str]) -> str:
    """Return the words of a role that are part of what is quoted: a citation's are not, nor is a target."""
    return "" if role[0].startswith("{cite") else re.sub(r"\s*<[^<>]*>\s*\Z", "", role[2])


def _finding(path: Path, line: int, words: list[str], longest: int) -> Finding:
    message = f"a quotation of {len(words)} words ('{' '.join(words[:6])} …')."
    mend = f"Quote at most {longest}, and tell the rest in your own words."
    return Finding(path, line, "citations.quotation", message, mend, Severity.WARNING)
