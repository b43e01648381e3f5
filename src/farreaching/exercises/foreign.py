"""Rendering Markdown that comes from a file outside the source folder into the document that shows it.

Sphinx and MyST take the current document for the place of every warning; here all of them must name the file.
"""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from docutils import nodes
from myst_parser.mdit_to_docutils.base import DocutilsRenderer
from myst_parser.warnings_ import create_warning

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from markdown_it.tree import SyntaxTreeNode
    from myst_parser.warnings_ import MystWarnings

_FOOTNOTE_RULES = ("render_footnote_ref", "render_footnote_reference")


class ForeignFile:
    """A Markdown file outside the source folder, rendered piece by piece into the current document.

    `footnote_prefix` sets its footnotes apart from those of the document and of other files.
    """

    def __init__(self, renderer: DocutilsRenderer, path: Path, footnote_prefix: str) -> None:
        self.renderer = renderer
        self.path = str(path)
        self.footnote_prefix = footnote_prefix

    @classmethod
    def renderer_of(cls, state: object) -> DocutilsRenderer | None:
        """Return the MyST renderer behind a directive's state; None where it is not in a MyST document's section.

        A foreign file cannot show another: a file that shows itself would never end.
        """
        renderer = getattr(state, "_renderer", None)
        if not isinstance(renderer, DocutilsRenderer) or "create_warning" in vars(renderer):
            return None
        return renderer if isinstance(renderer.current_node, nodes.document | nodes.section) else None

    @staticmethod
    def level_below(renderer: DocutilsRenderer) -> int:
        """Return the heading level of a new section at the place that is being rendered."""
        return max(renderer._level_to_section) + 1

    def inline(self, text: str, line: int) -> list[nodes.Node]:
        """Return the nodes of one paragraph's text that stands on a line of the file."""
        parent = nodes.inline()
        with self._named(), self.renderer.current_node_context(parent):
            self.renderer.nested_render_text(text, line - 1, inline=True)
        return parent.children

    def blocks(self, text: str, line: int, parent: nodes.Element) -> None:
        """Append the nodes of a text without sections, which starts on a line of the file, to a node."""
        with self._named(), self.renderer.current_node_context(parent):
            self.renderer.nested_render_text(text, line - 1)

    def section(self, text: str, line: int, section: nodes.section, level: int) -> None:
        """Append the nodes of a text to a section; the file's third-level headings come one level below it."""
        renderer = self.renderer
        outer = renderer._level_to_section
        renderer._level_to_section = {above: node for above, node in outer.items() if above < level} | {level: section}
        try:
            with self._named(), renderer.current_node_context(section):
                renderer.nested_render_text(text, line - 1, temp_root_node=section, heading_offset=level - 2)
        finally:
            renderer._level_to_section = outer

    @contextmanager
    def _named(self) -> Iterator[None]:
        """Make every warning name this file, and its footnotes its own."""
        renderer, document = self.renderer, self.renderer.document
        reporter = document.reporter
        source, reporter_source = document["source"], reporter.source
        line_function = vars(reporter).get("get_source_and_line")
        all_rules: dict[str, Callable[[SyntaxTreeNode], None]] = renderer.rules  # type: ignore[assignment]
        rules = {name: all_rules[name] for name in _FOOTNOTE_RULES}
        document["source"] = reporter.source = self.path
        reporter.get_source_and_line = self._source_and_line
        renderer.create_warning = self._create_warning  # type: ignore[method-assign]
        all_rules.update({name: self._prefixed(rule) for name, rule in rules.items()})
        try:
            yield
        finally:
            document["source"], reporter.source = source, reporter_source
            if line_function is None:
                del reporter.get_source_and_line
            else:
                reporter.get_source_and_line = line_function
            del renderer.create_warning
            all_rules.update(rules)

    def _source_and_line(self, line: int | None = None) -> tuple[str, int | None]:
        return self.path, line

    def _prefixed(self, rule: Callable[[SyntaxTreeNode], None]) -> Callable[[SyntaxTreeNode], None]:
        def render(token: SyntaxTreeNode) -> None:
            token.meta["label"] = f"note-{self.footnote_prefix}-{token.meta['label']}"
            rule(token)

        return render

    def _create_warning(
        self,
        message: str,
        subtype: MystWarnings | str,
        *,
        wtype: str | None = None,
        line: int | None = None,
        append_to: nodes.Element | None = None,
    ) -> nodes.system_message | None:
        # MyST's own method names the document with the file's line
        place: Any = nodes.inline()
        place.source, place.line = self.path, line
        return create_warning(self.renderer.document, message, subtype, wtype=wtype, node=place, append_to=append_to)
