"""Docutils nodes as Typst code; every node of a course has a deliberate print form in one of the visitors here."""

from __future__ import annotations

import re

from docutils import nodes

from ..nodes import SCREEN_ONLY
from .base import CodeWriter, boolean, end, leave_out, write_children
from .blocks import BlockVisitor
from .figures import FigureVisitor
from .links import LinkVisitor
from .literals import language_runs, string

#: A chapter that stands alone lists its sections when it has more than this.
SHORT_CHAPTER = 3
#: Classes of paragraphs in small type.
SMALL = frozenset(
    ["claim-pages", "claim-note", "claim-fact", "claim-history-title", "lexicon-notes", "index-places", "outcome-chapters"],
)


class TextVisitor(CodeWriter):
    """Visits words, and what is around them in a line."""

    def visit_Text(self, node: nodes.Text) -> None:  # noqa: N802 (docutils' name)
        text = str(node) if self._is_verbatim(node) else re.sub(r"[ \n\t\r]+", " ", str(node))
        if text:
            self.body.append(self._anchors())
            self.body.append(self._text(text, node))
        raise nodes.SkipNode

    def _is_verbatim(self, node: nodes.Text) -> bool:
        return isinstance(node.parent, (nodes.literal_block, nodes.FixedTextElement))

    def _text(self, text: str, node: nodes.Node) -> str:
        self._checked(text, node)
        if self._languages:  # said by the author; no guess needed
            return f"text({string(text)})\n"
        return "".join(
            f"foreign({string(language)}, text({string(run)}))\n" if language else f"text({string(run)})\n"
            for run, language in language_runs(text)
        )

    def visit_paragraph(self, node: nodes.paragraph) -> None:
        language = _language(node)
        if language:
            self._in_language(node, language)
        classes = set(node["classes"])
        if SMALL.intersection(classes):
            self.add(f"small({self.block(*node.children)})")
            self.add("parbreak()")
            raise nodes.SkipNode
        if "answer-head" in classes or _begins_an_exercise(node):
            self._wrap("held", node)

    def depart_paragraph(self, node: nodes.paragraph) -> None:
        self.add("parbreak()")

    visit_compact_paragraph = visit_paragraph
    depart_compact_paragraph = depart_paragraph

    def visit_emphasis(self, node: nodes.Element) -> None:
        self._wrap("emph", node)

    visit_title_reference = visit_emphasis

    def visit_strong(self, node: nodes.Element) -> None:
        self._wrap("strong", node)

    def visit_superscript(self, node: nodes.Element) -> None:
        self._wrap("raised", node)

    def visit_subscript(self, node: nodes.Element) -> None:
        self._wrap("sub", node)

    def visit_literal(self, node: nodes.Element) -> None:
        self.body.append(self._anchors())
        self.add(f"raw({string(self._checked(node.astext(), node))})")
        raise nodes.SkipNode

    visit_kbd = visit_literal
    visit_literal_emphasis = visit_emphasis
    visit_literal_strong = visit_strong

    def visit_inline(self, node: nodes.Element) -> None:
        if language := _language(node):
            self._in_language(node, language)
        if "sd-badge" in node["classes"]:
            self._wrap("badge", node)
        if "outcome" in node["classes"]:
            self._wrap("aside", node)

    def _in_language(self, node: nodes.Element, language: str) -> None:
        self._languages.append(language)
        self.add(f"foreign({string(language)}, {self.block(*node.children)})")
        self._languages.pop()
        if isinstance(node, nodes.paragraph):
            self.add("parbreak()")
        raise nodes.SkipNode

    depart_inline = end
    visit_abbreviation = write_children
    depart_abbreviation = end
    visit_generated = write_children
    depart_generated = end


class TypstTranslator(TextVisitor, BlockVisitor, FigureVisitor, LinkVisitor):
    """Writes a document as statements of Typst's code mode into `body`.

    Text enters only as string literals, so that no character of it can be syntax.
    """

    def visit_section(self, node: nodes.section) -> None:
        self._depth += 1
        if "exercise" in node["classes"]:
            self.add("rule()")

    def depart_section(self, node: nodes.section) -> None:
        self._depth -= 1

    def visit_title(self, node: nodes.title) -> None:
        parent = node.parent
        if not isinstance(parent, nodes.section):
            self._wrap("box-title", node)
        self._holding += 1
        words = self.block(*node.children)
        self._holding -= 1
        label = self._label(self.docname, parent["ids"][0]) if parent["ids"] else None
        level = self.entry.level + self._depth - 1
        arguments = f"{level}, {words}, label: {string(label) if label else 'none'}"
        plain = string(" ".join(node.astext().split()))
        if self._depth > 1:
            self.add(f"section(depth: {self._depth - 1}, {arguments})")
        elif self.entry.is_part:
            runs = any(isinstance(child, nodes.section) for child in parent.children)
            self.add(f"part({arguments}, plain: {plain}, runs: {boolean(runs)})")
        else:
            self.add(f"chapter({arguments}, plain: {plain}, sections: {boolean(self._lists_sections(parent))})")
        raise nodes.SkipNode

    def _lists_sections(self, chapter: nodes.Element) -> bool:
        """Tell whether a chapter has contents of its own: where it stands alone and is long."""
        sections = sum(isinstance(child, nodes.section) for child in chapter.children)
        return len(self.volume.entries) == 1 and sections > SHORT_CHAPTER

    def visit_subtitle(self, node: nodes.Element) -> None:
        self._wrap("rubric", node)

    def visit_rubric(self, node: nodes.Element) -> None:
        if isinstance(node.parent, nodes.container) and {"dropdown-title", "card-title"} & set(node["classes"]):
            self._wrap("box-title", node)
        self._wrap("rubric", node)

    def visit_transition(self, node: nodes.Element) -> None:
        if "footnotes" not in node["classes"]:  # MyST draws that line above its notes, which are at the foot here
            self.add("transition()")
        raise nodes.SkipNode

    def visit_raw(self, node: nodes.Element) -> None:
        """Refuse what only a browser understands, unless it is said to be for screens."""
        self.builder.problem(
            "raw '%s' cannot be printed. Use markup that every format has, or give it the class '%s'.",
            node.get("format", ""), SCREEN_ONLY, location=node,
        )  # fmt: skip
        raise nodes.SkipNode

    def visit_document(self, node: nodes.document) -> None:
        """Begin; the frame of the document is the builder's."""

    def depart_document(self, node: nodes.document) -> None:
        self.body.append(self._anchors())

    # said to the reader elsewhere, or not said to readers at all
    visit_comment = visit_toctree = visit_index = visit_meta = visit_substitution_definition = leave_out
    visit_pending = visit_tabular_col_spec = visit_highlightlang = visit_docinfo = visit_decoration = leave_out
    visit_start_of_file = write_children
    depart_start_of_file = end


def _begins_an_exercise(paragraph: nodes.Element) -> bool:
    """Tell whether a paragraph is one of the two short lines below an exercise's title."""
    facts = paragraph.parent
    return "exercise-facts" in facts.get("classes", ()) and facts.index(paragraph) < 2


def _language(node: nodes.Element) -> str:
    """Return the language a node says it is in, by a class as ``lang-ko`` or by a ``lang`` attribute."""
    if language := node.get("lang", ""):
        return str(language)
    return next((name[5:] for name in node["classes"] if re.fullmatch(r"lang-[a-z]{2,3}", name)), "")
