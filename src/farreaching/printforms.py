"""Print forms of the components that only a browser can fold, switch or stretch, for every builder but HTML."""

from __future__ import annotations

from typing import TYPE_CHECKING

from docutils import nodes
from sphinx.transforms.post_transforms import SphinxPostTransform
from sphinx_design.icons import fontawesome, sd_icon
from sphinx_design.shared import PassthroughTextElement, is_component

from .builders import HTML_BUILDERS, current_builder

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sphinx.application import Sphinx
    from sphinx.util.typing import ExtensionMetadata

#: Components that only place their content on a screen.
LAYOUT = ("grid-container", "grid-row", "grid-item", "card-body", "tab-content")


class PrintFormTransform(SphinxPostTransform):
    """Opens tab-sets and dropdowns, gives cards a linked title, unpacks grids, drops icons.

    What is left are containers with the classes ``tab-set``, ``tab-pane``, ``dropdown``
    and ``card``, whose first child is a rubric where they have a title.
    """

    # before sphinx-design makes <details> of dropdowns (199) and inputs of tabs (200) for
    # every builder of format "html", EPUB among them; after references are resolved (10)
    default_priority = 190

    def run(self, **kwargs: object) -> None:
        if current_builder(self.env).name in HTML_BUILDERS:
            return
        for icon in list(self.document.findall(lambda node: isinstance(node, (sd_icon, fontawesome)))):
            icon.parent.remove(icon)
        for node in self._components("card"):
            self._open_card(node)
        for node in self._components("dropdown"):
            self._open_dropdown(node)
        for node in self._components("tab-set"):
            _replace(node, _container(node, "tab-set", list(node.children)))
        for node in self._components("tab-item"):
            label, content = (child for child in node.children if isinstance(child, nodes.Element))
            label["classes"] = ["tab-label"]
            _replace(node, _container(node, "tab-pane", [label, *content.children]))
        for name in LAYOUT:
            for node in self._components(name):
                _replace(node, _with_ids(node))
        for text in list(self.document.findall(PassthroughTextElement)):
            _replace(text, nodes.paragraph("", "", *text.children, classes=text["classes"]) if text.children else [])

    def _components(self, name: str) -> Iterator[nodes.Element]:
        """Yield the components of a kind; the list is made first, because they are replaced on the way."""
        yield from [node for node in self.document.findall(nodes.Element) if is_component(node, name)]

    def _open_dropdown(self, node: nodes.Element) -> None:
        if node["has_title"]:
            title = node.next_node(nodes.rubric)
            assert title is not None
            title["classes"] = ["dropdown-title"]
        _replace(node, _container(node, "dropdown", list(node.children)))

    def _open_card(self, node: nodes.Element) -> None:
        """Give the title the link that covers the whole card on a screen."""
        link = next((found for found in node.findall(nodes.reference) if "sd-stretched-link" in found["classes"]), None)
        if link is not None:
            link["classes"] = []
            link.parent.parent.remove(link.parent)
        for title in [part for part in node.findall(nodes.container) if is_component(part, "card-title")]:
            words = [word for holder in title.children for word in holder.children]
            if link is not None:
                link.clear()
                link += nodes.inline("", "", *words)
                words, link = [link], None
            _replace(title, nodes.rubric("", "", *words, classes=["card-title"]))
        new = _container(node, "card", list(node.children))
        if link is not None:  # a card without a title keeps the link's own words
            new += nodes.paragraph("", "", link)
        _replace(node, new)


def _replace(node: nodes.Element, new: nodes.Node | list[nodes.Node]) -> None:
    """Put nodes in the place of another; ``replace_self`` would hand them its screen classes."""
    assert node.parent is not None
    node.parent.replace(node, new)


def _container(node: nodes.Element, kind: str, children: list[nodes.Node]) -> nodes.container:
    """Return a neutral box in the place of a component, with its ids and its author's classes."""
    classes = [name for name in [*node["classes"], *node.get("container_classes", [])] if not name.startswith("sd-")]
    container = nodes.container("", *children, ids=node["ids"], classes=[kind, *classes])
    container.source, container.line = node.source, node.line
    return container


def _with_ids(node: nodes.Element) -> list[nodes.Node]:
    """Return the children, the first of them with the node's ids too."""
    target = [nodes.target("", "", ids=node["ids"])] if node["ids"] else []
    return [*target, *node.children]


def setup(app: Sphinx) -> ExtensionMetadata:
    """Register the transform."""
    app.add_post_transform(PrintFormTransform)
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}
