"""The text file that Blackboard uploads into a test: a question a line, fields between tabs.

Source: help.blackboard.com, "Upload Questions": no header, no blank lines, ``ESS`` and ``MC``, "correct" and
"incorrect" in English. It speaks of text alone, so the questions are plain text; a field cannot hold a line break.
"""

from __future__ import annotations

from html.parser import HTMLParser
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from .model import Export

_BLOCKS = frozenset({"p", "div", "ul", "ol", "table", "tr", "blockquote", "dl", "dd", "dt", "pre", "br", "figure"})
_HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})


#: The most questions that Blackboard's help recommends for a file (Ultra; Original: 500).
MOST = 250


def blackboard_files(export: Export) -> list[bytes]:
    """Return all questions, at most `MOST` a file; the optional example answer of an essay is left out."""
    lines = []
    for sheet in export.sheets:
        if sheet.is_check:
            for item in sheet.items:
                answers = [
                    field
                    for choice in item.choices
                    for field in (one_line(choice.html), "correct" if choice.correct else "incorrect")
                ]
                lines.append(["MC", one_line(item.html), *answers])
        else:
            lines.append(["ESS", one_line(f"<h2>{sheet.exercise.title}</h2>{sheet.body}")])
    files = [lines[start : start + MOST] for start in range(0, len(lines), MOST)]
    return ["".join("\t".join(fields) + "\r\n" for fields in file).encode() for file in files]


def one_line(html: str) -> str:
    """Return HTML as one line of text: headings in capitals, points marked, images by their alternative text."""
    reader = _Text()
    reader.feed(html)
    reader.close()
    return " ".join("".join(reader.parts).split())


class _Text(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.parts: list[str] = []
        self.in_heading = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in _HEADINGS:
            self.in_heading = True
            self.parts.append(" — ")
        elif tag == "li":
            self.parts.append(" • ")
        elif tag in {"td", "th"}:
            self.parts.append(" | ")
        elif tag in _BLOCKS:
            self.parts.append(" ")
        elif tag == "img":
            self.parts.append(f"[Image: {dict(attrs).get('alt') or 'no description'}]")

    def handle_endtag(self, tag: str) -> None:
        if tag in _HEADINGS:
            self.in_heading = False
            self.parts.append(": ")
        elif tag in _BLOCKS:
            self.parts.append(" ")

    def handle_data(self, data: str) -> None:
        self.parts.append(data.upper() if self.in_heading else data)
