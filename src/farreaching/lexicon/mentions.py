"""Finds where chapters name the entries of lexicons, and the documents they cite, and puts the places into the index.

A chapter is a document that lists its own sources. An entry counts once in each of its sections, where it stands first:

- a name of several words, or with a capital after its first letter (``RUSI``), as a whole word; small letters and a plural
  count as well where only its first letter is a capital ("Press statement");
- another plain word ("Hold") only where the text emphasises it, as it does where it explains a term;
- the words of ``also`` exactly as they are.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, NamedTuple, cast

from docutils import nodes
from sphinx import addnodes
from sphinx.transforms import SphinxTransform

from ..nodes import SCREEN_ONLY
from .directive import lexicon_paths, lexicons

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sphinx.application import Sphinx

    from ..citations.domain import CitationsDomain
    from .loader import Entry

_IN_BRACKETS = re.compile(r" \(([^()]+)\)")
#: Text in which nothing is marked: it leads somewhere else, is shown elsewhere too, or is no prose.
_CLOSED = (
    nodes.title, nodes.rubric, nodes.reference, nodes.raw, nodes.literal, nodes.literal_block, nodes.FixedTextElement,
    nodes.math, nodes.term, nodes.Invisible, addnodes.pending_xref, addnodes.download_reference,
)  # fmt: skip


class Names(NamedTuple):
    """What to look for."""

    pattern: re.Pattern[str]  #: all names
    exact: dict[str, str]  #: a name as it must stand → heading of its entry
    words: dict[str, str]  #: a name in small letters → heading
    emphasised: dict[str, str]  #: a word that counts where it is emphasised, in small letters → heading

    def heading(self, found: str) -> str | None:
        """Return the heading of the entry that a match names."""
        found = found.replace("’", "'")
        small = found.casefold()
        return self.exact.get(found) or self.words.get(small) or self.words.get(small.removesuffix("s"))


def names_of(entries: Iterable[Entry]) -> Names:
    """Return what to look for in order to find the entries."""
    exact: dict[str, str] = {}
    words: dict[str, str] = {}
    emphasised: dict[str, str] = {}
    for entry in entries:
        exact.update(dict.fromkeys(entry.also, entry.heading))
        names = [_IN_BRACKETS.sub("", entry.name)]
        names += [short for short in _IN_BRACKETS.findall(entry.name) if short == short.upper()]
        for name in names:
            if re.search(r"\S[A-Z0-9]|\s[A-Z]", name):
                exact[name] = entry.heading
            elif " " in name:
                words[name.casefold()] = entry.heading
            else:
                emphasised[name.casefold()] = entry.heading
    # the longest first, or "Kim" would hide "Kim Song"
    longest_first = sorted([*exact, *words], key=len, reverse=True)
    alternatives = (_pattern(name) if name in exact else f"(?i:{_pattern(name)}s?)" for name in longest_first)
    return Names(re.compile(rf"(?<!\w)(?:{'|'.join(alternatives) or '(?!)'})(?!\w)"), exact, words, emphasised)


def _pattern(name: str) -> str:
    """Return a name as a pattern: apostrophes in a text have become typographic ones."""
    return re.escape(name).replace("'", "['’]")


class MentionsTransform(SphinxTransform):
    """Marks the mentions in a chapter and makes index entries of them."""

    # before the domains collect index entries (850)
    default_priority = 800

    def apply(self, **kwargs: Any) -> None:
        self.citations = cast("CitationsDomain", self.env.get_domain("cite"))
        if self.env.docname not in self.citations.data["lists"]:
            return
        domain = lexicons(self.env)
        for path in lexicon_paths(self.env):
            self.env.note_dependency(path)
        self.names = names_of(entry for lexicon in domain.lexicons for entry in lexicon.entries)
        self.entries: list[tuple[str, str, str, str, str | None]] = []
        self._section(self.document, set())
        if self.entries:
            # at the end of the document, where it is no part of any paragraph
            self.document += addnodes.index(entries=self.entries)

    def _section(self, node: nodes.Element, seen: set[str]) -> None:
        for child in list(node.children):
            if isinstance(child, nodes.section):
                # sections of a section begin anew; what stands under a smaller heading belongs to the larger one's
                self._section(child, set() if isinstance(node.parent, (nodes.document, type(None))) else seen)
            elif isinstance(child, nodes.Text):
                self._text(child, seen)
            elif isinstance(child, addnodes.pending_xref) and child["refdomain"] == "cite":
                self._citation(child, seen)
            elif isinstance(child, nodes.emphasis) and (heading := self.names.emphasised.get(child.astext().casefold())):
                if node_id := self._note(heading, seen):
                    child["ids"].append(node_id)
            elif isinstance(child, nodes.Element) and not (isinstance(child, _CLOSED) or SCREEN_ONLY in child["classes"]):
                self._section(child, seen)

    def _note(self, heading: str, seen: set[str]) -> str:
        """Return the id for the place of an entry, or an empty string where its section has one."""
        if heading in seen:
            return ""
        seen.add(heading)
        node_id = f"mention-{self.env.new_serialno('mention')}"
        # ; would divide an entry from its subentry
        self.entries.append(("single", heading.replace(";", ","), node_id, "", None))
        return node_id

    def _text(self, text: nodes.Text, seen: set[str]) -> None:
        parts: list[nodes.Node] = []
        end = 0
        for found in self.names.pattern.finditer(text):
            heading = self.names.heading(found[0])
            if heading and (node_id := self._note(heading, seen)):
                parts += [nodes.Text(text[end : found.start()]), nodes.inline("", found[0], ids=[node_id])]
                end = found.end()
        if parts:
            rest = [*parts, nodes.Text(text[end:])]
            text.parent.replace(text, [part for part in rest if part.astext()])

    def _citation(self, node: addnodes.pending_xref, seen: set[str]) -> None:
        """Mark the place before a citation for each of its sources that an index of documents lists."""
        for target in node["citations"]:
            if self.citations.is_indexed(target.key):
                source = self.citations.sources[target.key]
                if node_id := self._note(source.symbol or source.get("title"), seen):
                    node.parent.insert(node.parent.index(node), nodes.target("", "", ids=[node_id]))


def setup(app: Sphinx) -> None:
    """Register the transform."""
    app.add_transform(MentionsTransform)
