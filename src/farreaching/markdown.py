"""Inline Markdown in data files (claims, notes) as docutils nodes, without a parser's state."""

from __future__ import annotations

from functools import cache

from docutils import nodes
from docutils.utils import smartquotes
from markdown_it import MarkdownIt


@cache
def _parser() -> MarkdownIt:
    return MarkdownIt("zero").enable(["emphasis", "backticks", "escape", "entity"])


_WRAPPERS = {"em_open": nodes.emphasis, "strong_open": nodes.strong}


def inline_nodes(text: str) -> list[nodes.Node]:
    """Return the nodes of one paragraph of inline Markdown: emphasis, strong and code; all else is text.

    Quotation marks and apostrophes are made typographic, as Sphinx makes those of the pages.
    """
    top = nodes.inline()
    open_nodes: list[nodes.Element] = [top]
    tokens = _parser().parseInline(" ".join(text.split()))[0].children or []
    kinds = (("literal" if token.type == "code_inline" else "plain", token.content) for token in tokens)
    for token, words in zip(tokens, smartquotes.educate_tokens(kinds, "q"), strict=True):
        if token.type in _WRAPPERS:
            wrapper = _WRAPPERS[token.type]()
            open_nodes[-1] += wrapper
            open_nodes.append(wrapper)
        elif token.type.endswith("_close"):
            open_nodes.pop()
        elif token.type == "code_inline":
            open_nodes[-1] += nodes.literal(token.content, token.content)
        else:
            open_nodes[-1] += nodes.Text(words)
    return list(top.children)


def plain_text(text: str) -> str:
    """Return inline Markdown as plain text."""
    return "".join(node.astext() for node in inline_nodes(text))
