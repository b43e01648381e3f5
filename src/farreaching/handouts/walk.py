"""What the writers share: finding the method for a node, and words that several formats write alike."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from docutils import nodes
from sphinx.locale import admonitionlabels

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

#: What XML, and so a Word document, cannot hold (XML 1.0, 2.2).
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f]")


def method_for(writer: object, prefix: str, node: nodes.Node) -> Callable[..., Any] | None:
    """Return a writer's method ``PREFIX_CLASS`` for a node's class or the nearest of those it is made from."""
    for cls in type(node).__mro__:
        if method := getattr(writer, f"{prefix}_{cls.__name__.lower()}", None):
            return method  # type: ignore[no-any-return]
    return None


def words(text: nodes.Text) -> str:
    """Return a text as it is printed: a line's end is a space, unless the text is code."""
    verbatim = isinstance(text.parent, nodes.literal_block)
    printed = _CONTROL.sub("", str(text))
    return printed if verbatim else re.sub(r"[ \n\t\r]+", " ", printed)


def is_inline(node: nodes.Node) -> bool:
    """Tell whether a node stands inside a line."""
    return isinstance(node, (nodes.Text, nodes.Inline))


def visible(node: nodes.Element) -> Iterator[nodes.Node]:
    """Yield the children of a node that are for readers."""
    hidden = (nodes.Invisible, nodes.system_message, nodes.colspec, nodes.label)
    yield from (child for child in node.children if not isinstance(child, hidden))


def definitions(node: nodes.definition_list | nodes.field_list) -> Iterator[tuple[list[nodes.Node], list[nodes.Node]]]:
    """Yield the terms (or names) of a list, each with what stands under it."""
    for item in node.children:
        if isinstance(item, nodes.definition_list_item):
            yield (
                [part for part in item.children if isinstance(part, (nodes.term, nodes.classifier))],
                [child for part in item.children if isinstance(part, nodes.definition) for child in part.children],
            )
        elif isinstance(item, nodes.field):
            yield [item[0]], list(item[1].children)


def admonition_title(node: nodes.Element) -> str:
    """Return the title of an admonition that has none of its own, or an empty string."""
    return str(admonitionlabels[node.tagname]) if node.tagname in admonitionlabels else ""


def table_rows(node: nodes.table) -> tuple[list[int], list[nodes.row], list[nodes.row]]:
    """Return a table's column widths, and the rows of its head and its body."""
    group = next(node.findall(nodes.tgroup))
    widths = [int(column.get("colwidth") or 1) for column in group.findall(nodes.colspec)]
    head = [row for part in group.findall(nodes.thead) for row in part.findall(nodes.row)]
    body = [row for part in group.findall(nodes.tbody) for row in part.findall(nodes.row)]
    return widths, head, body


def language(node: nodes.Element) -> str:
    """Return the language that a node says it is in, by a class as ``language-ko``; empty where it says none."""
    found = (re.fullmatch(r"lang(?:uage)?-([a-z]{2,3})", name) for name in node["classes"])
    return next((match[1] for match in found if match), "")


def letters(enumtype: str, number: int) -> str:
    """Return a number as a list of a kind prints it, where Markdown has only figures."""
    if enumtype in {"upperalpha", "loweralpha"} and 0 < number <= 26:
        return chr((64 if enumtype == "upperalpha" else 96) + number)
    return str(number)
