"""Taking an exercise file's Markdown apart without rendering it."""

from __future__ import annotations

import re
import textwrap
from dataclasses import dataclass, field
from functools import cache
from typing import TYPE_CHECKING

from markdown_it import MarkdownIt
from markdown_it.rules_block.fence import make_fence_rule
from markdown_it.tree import SyntaxTreeNode

from ..findings import Finding
from .model import Option, Question, Section

if TYPE_CHECKING:
    from pathlib import Path

_QUESTION_ID = re.compile(r"\s*\{#([^}\s]*)\}\s*$")
_ID = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_BOX = re.compile(r"\[([ xX])\]\s+(?=\S)")
MIN_OPTIONS = 3


@dataclass
class Findings:
    """Collects what is wrong with one file."""

    path: Path  #: the file
    found: list[Finding] = field(default_factory=list)

    def add(self, line: int, subject: str, message: str, mend: str = "") -> None:
        """Note one finding; `subject` completes its code ``exercises.SUBJECT``."""
        self.found.append(Finding(self.path, line, f"exercises.{subject}", message, mend))


@cache
def _parser() -> MarkdownIt:
    parser = MarkdownIt("commonmark").enable("table")
    # MyST's colon fences, so that a heading inside an admonition does not open a section
    colon_fence = make_fence_rule(markers=(":",), token_type="colon_fence")
    parser.block.ruler.before("fence", "colon_fence", colon_fence, {"alt": ["paragraph", "list"]})
    return parser


def _blocks(text: str) -> list[SyntaxTreeNode]:
    return SyntaxTreeNode(_parser().parse(text)).children


def _lines(node: SyntaxTreeNode) -> tuple[int, int]:
    assert node.map is not None  # every block has one
    return node.map


def split_sections(body: str, first_line: int, findings: Findings) -> list[Section]:
    """Return the sections of a body that starts on `first_line` of its file; text outside any section is a finding."""
    lines = body.split("\n")
    blocks = _blocks(body)
    headings = [block for block in blocks if block.type == "heading" and block.tag == "h2"]
    for block in blocks:
        line = _lines(block)[0]
        if block.type == "heading" and block.tag == "h1":
            mend = "The title is in the front matter; write '## ' for a section."
            findings.add(first_line + line, "section", "a first-level heading stands here.", mend)
        elif not headings or line < _lines(headings[0])[0]:
            mend = "Move it below a '## ' heading."
            findings.add(first_line + line, "section", "this text stands before the first section.", mend)
            break
    sections = []
    ends = [_lines(heading)[0] for heading in headings[1:]] + [len(lines)]
    for heading, end in zip(headings, ends, strict=False):  # no heading, no section
        line, start = _lines(heading)
        text = "\n".join(lines[start:end])
        sections.append(Section(heading.children[0].content, text, first_line + line, first_line + start))
    return sections


def rubric_columns(text: str) -> int:
    """Return the number of columns of the first table with a body row in a text; 0 where there is none."""
    for block in _blocks(text):
        if block.type == "table" and len(block.children) > 1:
            return len(block.children[0].children[0].children)
    return 0


def parse_questions(sections: list[Section], findings: Findings) -> list[Question]:
    """Return the questions of a self-check, one a section; every mistake is added to the findings."""
    questions: list[Question] = []
    seen: dict[str, int] = {}
    for section in sections:
        found = _QUESTION_ID.search(section.title)
        question_id = found[1] if found else ""
        if not found:
            message = f"the question '{section.title}' has no id."
            findings.add(section.line, "question", message, "End its heading with '{#a-short-id}'.")
        elif not _ID.fullmatch(question_id):
            mend = "Use lower-case letters, digits and hyphens."
            findings.add(section.line, "question", f"'{question_id}' is not an id.", mend)
        elif question_id in seen:
            message = f"the id '{question_id}' stands twice (first on line {seen[question_id]})."
            findings.add(section.line, "question", message, "Choose another.")
        seen.setdefault(question_id, section.line)
        text = _QUESTION_ID.sub("", section.title)
        questions.append(Question(question_id, text, tuple(_options(section, findings)), section.line))
    return questions


def _options(section: Section, findings: Findings) -> list[Option]:
    blocks = _blocks(section.text)
    if [block.type for block in blocks] != ["bullet_list"]:
        stray = next((block for block in blocks if block.type != "bullet_list"), None)
        line = section.text_line + _lines(stray)[0] if stray else section.line
        mend = "Below a question stands one list of options, '- [ ] …' or '- [x] …', and nothing else."
        findings.add(line, "options", "this is not one list of options.", mend)
        return []
    options = []
    for item in blocks[0].children:
        if option := _option(item, section, findings):
            options.append(option)
    right = sum(option.correct for option in options)
    if len(options) < MIN_OPTIONS:
        message = f"the question has {len(options)} option(s)."
        findings.add(section.line, "options", message, f"Give it at least {MIN_OPTIONS}.")
    if right != 1:
        message = f"the question has {right or 'no'} right answer{'s' if right > 1 else ''}."
        findings.add(section.line, "options", message, "Mark exactly one with '[x]'.")
    return options


def _option(item: SyntaxTreeNode, section: Section, findings: Findings) -> Option | None:
    start, end = _lines(item)
    line = section.text_line + start
    paragraph = item.children[0] if item.children else None
    text = paragraph.children[0].content if paragraph and paragraph.type == "paragraph" else ""
    box = _BOX.match(text)
    if not paragraph or not box:
        mend = "Start it with '- [ ] ' or, the right one, '- [x] '."
        findings.add(line, "options", "this option has no box or no text.", mend)
        return None
    lines = section.text.split("\n")[_lines(paragraph)[1] : end]
    blank = next((index for index, text_line in enumerate(lines) if text_line.strip()), 0)
    explanation = textwrap.dedent("\n".join(lines)).strip()
    if not explanation:
        mend = "Say below it, after a blank line and indented, why it is right or wrong."
        findings.add(line, "options", "this option has no explanation.", mend)
    explanation_line = section.text_line + _lines(paragraph)[1] + blank
    return Option(text[box.end() :], box[1] != " ", explanation, line, explanation_line)
