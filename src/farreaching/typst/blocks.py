"""Lists, quotations and boxes as Typst code."""

from __future__ import annotations

from docutils import nodes
from sphinx.locale import admonitionlabels

from .base import CodeWriter, boolean, end, write_children
from .literals import array, string

#: Classes of containers that the template knows how to draw.
BOXES = (
    "opening", "exercise", "self-check", "question", "answer", "tab-set", "tab-pane", "dropdown", "card", "boxed",
    "positions", "index-columns",
)  # fmt: skip
_NUMBERINGS = {"arabic": "1", "loweralpha": "a", "upperalpha": "A", "lowerroman": "i", "upperroman": "I"}


class BlockVisitor(CodeWriter):
    """Visits lists, quotations and boxes."""

    def visit_bullet_list(self, node: nodes.Element) -> None:
        items = self._list_items(node)
        if "references" in node["classes"]:
            self.add(f"references({items})")
        elif "book-index" in node["classes"]:
            self.add(f"index-lines({items})")
        else:
            self.add(f"bullets({items}, tight: {_tight(node)})")
        raise nodes.SkipNode

    def visit_enumerated_list(self, node: nodes.Element) -> None:
        numbering = f"{node.get('prefix', '')}{_NUMBERINGS[node.get('enumtype', 'arabic')]}{node.get('suffix', '.')}"
        items = self._list_items(node)
        start = node.get("start", 1)
        self.add(f"numbered({items}, tight: {_tight(node)}, numbering: {string(numbering)}, start: {start})")
        raise nodes.SkipNode

    def _list_items(self, node: nodes.Element) -> str:
        items = []
        for item in node.children:
            if isinstance(item, nodes.list_item):
                self._await(item)
                items.append(self.block(*item.children))
        return array(items)

    def visit_definition_list(self, node: nodes.Element) -> None:
        pairs = []
        for item in node.children:
            if not isinstance(item, nodes.definition_list_item):
                continue
            self._await(item)
            heads, inner = [], []
            for part in item.children:
                if isinstance(part, nodes.definition):
                    inner += part.children
                elif isinstance(part, nodes.classifier):
                    heads.append(f"emph({self.block(*part.children)})")
                elif isinstance(part, nodes.term):
                    self._await(part)
                    heads.append(self.block(*part.children))
            pairs.append(f"({array(heads)}, {self.block(*inner)})")
        self.add(f"definitions({array(pairs)})")
        raise nodes.SkipNode

    visit_glossary = write_children
    depart_glossary = end

    def visit_field_list(self, node: nodes.Element) -> None:
        pairs = [
            f"({array([self.block(*entry[0].children)])}, {self.block(*entry[1].children)})"
            for entry in node.children
            if isinstance(entry, nodes.field)
        ]
        self.add(f"definitions({array(pairs)})")
        raise nodes.SkipNode

    def visit_block_quote(self, node: nodes.Element) -> None:
        words = [child for child in node.children if not isinstance(child, nodes.attribution)]
        source = [child for child in node.children if isinstance(child, nodes.attribution)]
        attribution = self.block(*(part for child in source for part in child.children)) if source else "none"
        self.add(f"quotation({self.block(*words)}, attribution: {attribution})")
        raise nodes.SkipNode

    def visit_line_block(self, node: nodes.Element) -> None:
        parts = [[part] if isinstance(part, nodes.line_block) else part.children for part in node.children]
        lines = [self.block(*part) for part in parts]
        self.add(f"lines({array(lines)}, inner: {boolean(isinstance(node.parent, nodes.line_block))})")
        raise nodes.SkipNode

    def visit_literal_block(self, node: nodes.Element) -> None:
        self.body.append(self._anchors())
        self.add(f"raw({string(self._checked(node.astext(), node))}, block: true)")
        raise nodes.SkipNode

    visit_doctest_block = visit_literal_block

    def visit_topic(self, node: nodes.Element) -> None:
        self._wrap('boxed.with("topic")', node)

    visit_sidebar = visit_topic

    def visit_admonition(self, node: nodes.Element) -> None:
        self._wrap('boxed.with("admonition")', node)

    def _labelled(self, node: nodes.Element) -> None:
        label = admonitionlabels[node.tagname]
        title = f"box-title({{text({string(str(label))})}})"
        self.add(f'boxed("admonition", {{[]\n{title}\n{self.block(*node.children)}}})')
        raise nodes.SkipNode

    visit_attention = visit_caution = visit_danger = visit_error = visit_hint = _labelled
    visit_important = visit_note = visit_seealso = visit_tip = visit_warning = _labelled

    def visit_container(self, node: nodes.Element) -> None:
        if "writing-space" in node["classes"]:
            self.add("writing-space()")
            raise nodes.SkipNode
        kind = next((name for name in node["classes"] if name in BOXES), None)
        if kind:
            self._wrap(f"boxed.with({string(kind)})", node)

    depart_container = end
    visit_compound = write_children
    depart_compound = end
    visit_desc_content = write_children
    depart_desc_content = end


def _tight(node: nodes.Element) -> str:
    """Tell whether every item of a list is one paragraph, perhaps with lists under it."""
    items = [[part for part in item.children if not isinstance(part, nodes.target)] for item in node.children]
    return boolean(
        all(
            isinstance(part, nodes.paragraph if place == 0 else nodes.Sequential)
            for parts in items
            for place, part in enumerate(parts)
        )
    )
