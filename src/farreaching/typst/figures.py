"""Tables, figures and images as Typst code."""

from __future__ import annotations

import re
from pathlib import PurePosixPath
from typing import cast

from docutils import nodes

from .base import CodeWriter, boolean
from .literals import array, dictionary, string
from .tables import Shape, fits_together, shape

#: Classes of cells, from MyST and from the engine.
_ALIGNMENTS = {"text-left": "left", "text-center": "center", "text-right": "right", "number": "right"}
_LENGTH = re.compile(r"(\d+(?:\.\d+)?)\s*(%|px|em|pt|mm|cm|in)?")


class FigureVisitor(CodeWriter):
    """Visits tables, figures and images."""

    def visit_table(self, node: nodes.table) -> None:
        form = shape(node)
        titles = [child for child in node.children if isinstance(child, nodes.title)]
        caption = self.block(*titles[0].children) if titles else "none"
        group = next(node.findall(nodes.tgroup))
        heads = [child for child in group.children if isinstance(child, nodes.thead)]
        self._holding += 1
        head = [cell for part in heads for row in part.children for cell in self._cells(cast("nodes.row", row), set(), form)]
        self._holding -= 1
        stubs = {place for place, spec in enumerate(group.findall(nodes.colspec)) if spec.get("stub")}
        bodies = [child for child in group.children if isinstance(child, nodes.tbody)]
        body = [cell for part in bodies for row in part.children for cell in self._cells(cast("nodes.row", row), stubs, form)]
        arguments = {
            "columns": array(form.widths),
            "alignments": array(form.alignments),
            "dense": boolean(form.dense),
            "whole": boolean(form.whole),
            "number": self._number(node, "table"),
            "caption": caption,
            "head": array(head),
            "body": array(body),
        }
        code = f"data-table(..{dictionary(arguments)})"
        self.add(f"sheet({code})" if "sheet" in node["classes"] else code)
        raise nodes.SkipNode

    def _cells(self, row: nodes.row, stubs: set[int], form: Shape) -> list[str]:
        self._await(row)
        together = fits_together(row, form)
        cells = []
        for place, entry in enumerate(child for child in row.children if isinstance(child, nodes.entry)):
            self._await(entry)
            content = self.block(*entry.children)
            if place in stubs:
                content = f"strong({content})"
            options = {
                "colspan": str(entry.get("morecols", 0) + 1),
                "rowspan": str(entry.get("morerows", 0) + 1),
            }
            if together:
                options["breakable"] = "false"
            for name, side in _ALIGNMENTS.items():
                if name in entry["classes"]:
                    options["align"] = f"{side} + top"
            cells.append(f"table.cell({content}, ..{dictionary(options)})")
        return cells

    def _number(self, node: nodes.Element, kind: str) -> str:
        """Return Sphinx's own number of a figure or table as Typst code, or ``none``."""
        numbers = self.builder.env.toc_fignumbers.get(self.docname, {}).get(kind, {})
        number = next((numbers[node_id] for node_id in node["ids"] if node_id in numbers), None)
        if number is None:
            return "none"
        return string(self.config.numfig_format[kind] % ".".join(map(str, number)))

    def visit_figure(self, node: nodes.Element) -> None:
        captions = [child for child in node.children if isinstance(child, nodes.caption)]
        legends = [part for child in node.children if isinstance(child, nodes.legend) for part in child.children]
        shown = [child for child in node.children if not isinstance(child, (nodes.caption, nodes.legend))]
        arguments = {
            "number": self._number(node, "figure"),
            "content": self.block(*shown),
            "caption": self.block(*captions[0].children) if captions else "none",
            "legend": self.block(*legends) if legends else "none",
            # one with a caption is known again, wherever it stands
            "floats": boolean(bool(captions) and isinstance(node.parent, nodes.section)),
        }
        self.add(f"illustration(..{dictionary(arguments)})")
        raise nodes.SkipNode

    def visit_caption(self, node: nodes.Element) -> None:
        self._wrap("rubric", node)

    def visit_image(self, node: nodes.Element) -> None:
        name = self.builder.images.get(node["uri"])
        alt = " ".join(node.get("alt", "").split())
        if name is None:
            self.builder.problem("the image '%s' cannot be found, so it cannot be printed.", node["uri"], location=node)
            raise nodes.SkipNode
        if not alt and "decorative" not in node["classes"]:
            self.builder.problem(
                "the image '%s' has no alternative text. Say what it shows, for someone who cannot see it (':alt:'), "
                "or give it the class 'decorative'.", node["uri"], location=node,
            )  # fmt: skip
            raise nodes.SkipNode
        path = PurePosixPath("images") / name
        arguments = {"path": string(path.as_posix()), "alt": string(alt) if alt else "none"}
        if width := _length(node.get("width", "")):
            arguments["width"] = width
        arguments["inline"] = boolean(isinstance(node.parent, nodes.TextElement))
        self.body.append(self._anchors())
        self.add(f"picture(..{dictionary(arguments)})")
        raise nodes.SkipNode


def _length(text: str) -> str:
    """Return a width of an image as Typst has it; a pixel is three quarters of a point (CSS 2.2, 4.3.2)."""
    found = _LENGTH.fullmatch(text.strip())
    if not found:
        return ""
    if found[2] in (None, "px"):
        return f"{float(found[1]) * 0.75:g}pt"
    return f"{found[1]}{found[2]}"
