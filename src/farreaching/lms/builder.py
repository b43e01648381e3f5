"""The Sphinx builder that turns sheets, documents of one exercise or key each, into pieces of HTML."""

from __future__ import annotations

import hashlib
import re
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple, cast

from docutils import nodes
from sphinx.builders import Builder
from sphinx.highlighting import PygmentsBridge
from sphinx.util.docutils import _get_settings
from sphinx.writers.html import HTMLWriter
from sphinx.writers.html5 import HTML5Translator

from .directives import SOURCES

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Set

#: Platforms print an exercise's title themselves, as a heading of the second level or so.
FIRST_HEADING = 3
#: The translator escapes quotation marks in text, so that this can only stand in a tag.
_CLASS = re.compile(r' class="[^"]*"')


class Piece(NamedTuple):
    """One sheet's HTML."""

    body: str
    questions: tuple[Asked, ...]
    images: dict[str, Path]  #: name below ``images/`` → file


class Asked(NamedTuple):
    """One question of a self-check."""

    text: str
    options: tuple[str, ...]
    reasons: dict[str, str]  #: letter → HTML
    sources: str


class SheetTranslator(HTML5Translator):
    """Sphinx's translator for nodes without ids."""

    def add_fignumber(self, node: nodes.Element) -> None:
        """Add nothing: the course numbers its captions itself, and Sphinx's way needs an id."""


class SheetBuilder(Builder):
    """Keeps the HTML of every sheet in `pieces`; writes nothing."""

    name = "sheets"
    format = "html"
    supported_image_types = ["image/svg+xml", "image/png", "image/jpeg", "image/gif", "image/webp"]
    default_translator_class = SheetTranslator
    allow_parallel = False
    # what the translator asks of a builder
    add_permalinks = False
    download_support = False
    math_renderer_name = "mathjax"

    def init(self) -> None:
        self.imgpath = "images"
        self.pieces: dict[str, Piece] = {}
        self.secnumbers: dict[str, tuple[int, ...]] = {}
        self.fignumbers: dict[str, dict[str, tuple[int, ...]]] = {}
        self.highlighter = PygmentsBridge("html", self.config.pygments_style)

    def get_outdated_docs(self) -> Iterator[str]:
        yield from self.env.found_docs

    def get_target_uri(self, docname: str, typ: str | None = None) -> str:
        return f"#{docname}"  # every link into the course becomes plain words

    def get_relative_uri(self, from_: str, to: str, typ: str | None = None) -> str:
        return self.get_target_uri(to)

    def write_documents(self, docnames: Set[str]) -> None:
        settings = _get_settings(HTMLWriter, defaults=self.env.settings, read_config_files=False)
        for docname in sorted(self.env.found_docs):
            if not self.env.metadata[docname].get("sheet"):
                continue
            self.current_docname = docname
            doctree = self.env.get_and_resolve_doctree(docname, self, tags=self.tags)
            doctree.settings = settings
            self.images: dict[str, str] = {}
            self.post_process_images(doctree)
            # by content: the name must not depend on what else is exported
            self.images = {uri: _image_name(Path(self.srcdir, uri)) for uri in self.images}
            self.pieces[docname] = self._piece(doctree)

    def _piece(self, doctree: nodes.document) -> Piece:
        listed = _sources(doctree)
        questions = tuple(self._questions(doctree, listed))
        top = next(doctree.findall(nodes.section))
        if questions:
            facts = next(node for node in top.findall(nodes.paragraph) if "self-check-facts" in node["classes"])
            body = self._html(doctree, [facts])
        else:
            body = self._html(doctree, _body(top, list(doctree.findall(nodes.footnote))))
        images = {name: Path(self.srcdir, uri).resolve() for uri, name in self.images.items()}
        return Piece(body, questions, images)

    def _questions(self, doctree: nodes.document, listed: dict[str, nodes.list_item]) -> Iterator[Asked]:
        blocks = [node for node in doctree.findall(nodes.container) if "question" in node["classes"]]
        answers = [node for node in doctree.findall(nodes.container) if "answer" in node["classes"]]
        for block, answer in zip(blocks, answers, strict=True):
            sources = _cited([block, answer], listed)
            text = next(block.findall(nodes.paragraph))
            options = next(block.findall(nodes.enumerated_list))
            reasons = {
                item[0].astext().partition(" ")[0]: self._html(doctree, item[1].children)
                for item in answer.findall(nodes.definition_list_item)
            }
            yield Asked(
                self._html(doctree, text.children),
                tuple(self._html(doctree, paragraph.children) for paragraph in options.findall(nodes.paragraph)),
                reasons,
                self._html(doctree, [nodes.bullet_list("", *sources)]) if sources else "",
            )

    def _html(self, doctree: nodes.document, wanted: Iterable[nodes.Node]) -> str:
        parts = []
        for node in [node.deepcopy() for node in wanted]:
            holder = nodes.container("", node)
            _make_plain(holder)
            translator = cast("SheetTranslator", self.create_translator(doctree, self))
            for child in holder.children:
                child.walkabout(translator)
            parts.append(_CLASS.sub("", "".join(translator.body)))
        return "".join(parts).strip()


def _image_name(path: Path) -> str:
    return f"{hashlib.sha256(path.read_bytes()).hexdigest()[:16]}{path.suffix.lower()}"


def _body(top: nodes.section, notes: list[nodes.footnote]) -> list[nodes.Node]:
    """Return what a platform prints below the title of an exercise or a key; the sources come last."""
    last = [node for node in top.children if isinstance(node, nodes.section) and SOURCES in node["classes"]]
    below = [*(node for node in top.children[1:] if node not in last), *_notes(notes), *last]
    exercise = next((node for node in below if isinstance(node, nodes.section) and "exercise" in node["classes"]), None)
    if exercise is None:
        return below
    inner = [node for node in exercise.children if not isinstance(node, nodes.title)]
    for facts in [node for node in inner if isinstance(node, nodes.container)]:
        place = inner.index(facts)
        # the claims follow in full
        inner[place : place + 1] = [line for line in facts.children if not line.astext().startswith("Claims to use:")]
    return [*inner, *(node for node in below if node is not exercise)]


def _notes(notes: list[nodes.footnote]) -> list[nodes.Node]:
    """Return footnotes, which MyST numbers in the order of their references, as a numbered list."""
    if not notes:
        return []
    listed = nodes.enumerated_list(enumtype="arabic", prefix="", suffix=".")
    for note in sorted(notes, key=lambda note: int(note[0].astext())):
        listed += nodes.list_item("", *(node for node in note.children if not isinstance(node, nodes.label)))
    return [nodes.rubric("", "Notes", **{"heading-level": FIRST_HEADING}), listed]


def _sources(doctree: nodes.document) -> dict[str, nodes.list_item]:
    return {
        item["ids"][0]: item
        for listed in doctree.findall(nodes.bullet_list)
        if "references" in listed["classes"]
        for item in listed.children
        if isinstance(item, nodes.list_item)
    }


def _cited(where: list[nodes.Element], listed: dict[str, nodes.list_item]) -> list[nodes.list_item]:
    """Return the sources that some nodes cite, and those in which these were read, in the order of the list."""
    wanted: set[str] = set()
    waiting = list(where)
    while waiting:
        for link in waiting.pop().findall(nodes.reference):
            name = link.get("refid", "")
            if name in listed and name not in wanted:
                wanted.add(name)
                waiting.append(listed[name])
    return [item for name, item in listed.items() if name in wanted]


def _make_plain(holder: nodes.Element) -> None:
    """Turn links within the course into words and sections into headings; take away ids and classes.

    They mean nothing elsewhere, and where a platform shows two exercises on a page, equal ids would clash.
    """
    for link in list(holder.findall(nodes.reference)):
        if link.get("internal") or link.get("refid") or str(link.get("refuri", "")).startswith("#"):
            inner = link.children
            if any("exercise-reference" in node["classes"] for node in link.findall(nodes.inline)):
                inner = [nodes.Text(f"“{link['reftitle']}”")]  # its number counts in its chapter only
            _unwrap(link, inner)
    for mark in list(holder.findall(nodes.footnote_reference)):
        _unwrap(mark, [nodes.superscript("", mark.astext())])
    _flatten(holder, FIRST_HEADING)
    for node in holder.findall(nodes.Element):
        node["ids"] = []
        node["classes"] = [name for name in node["classes"] if name.startswith("language-")]  # becomes lang="…"
    for words in [node for node in holder.findall(nodes.inline) if type(node) is nodes.inline and not node["classes"]]:
        _unwrap(words, words.children)


def _unwrap(node: nodes.Element, children: list[nodes.Node]) -> None:
    place = node.parent.index(node)
    node.parent[place : place + 1] = children


def _flatten(parent: nodes.Element, level: int) -> None:
    """Replace the sections below a node by their headings and contents."""
    for section in [node for node in parent.children if isinstance(node, nodes.section)]:
        _flatten(section, level + 1)
        title = section[0]
        heading = nodes.rubric("", "", *title.children, **{"heading-level": min(level, 6)})
        _unwrap(section, [heading, *section.children[1:]])
