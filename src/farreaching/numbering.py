"""Numbers figures and tables within each document, so that ``{ref}`` says "Figure 2".

Sphinx's own ``numfig`` numbers the book as a whole and reads every doctree again after each edit; numbers that start
anew with each chapter need only the document at hand.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from docutils import nodes

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.util.typing import ExtensionMetadata

#: Tables that belong to a figure are not counted.
UNNUMBERED = frozenset({"chart-table"})


def number_captions(app: Sphinx, document: nodes.document) -> None:
    """Put "Figure N" or "Table N" before each caption of a document just read, and make it the text of references."""
    captions: list[tuple[str, nodes.Element, nodes.Element]] = []
    for figure in document.findall(nodes.figure):
        captions += [("Figure", figure, child) for child in figure.children if isinstance(child, nodes.caption)]
    for table in document.findall(nodes.table):
        if not UNNUMBERED.intersection(table["classes"]):
            captions += [("Table", table, child) for child in table.children if isinstance(child, nodes.title)]
    labels = app.env.domains.standard_domain.labels
    for kind in ("Figure", "Table"):
        for number, (_, element, caption) in enumerate((item for item in captions if item[0] == kind), start=1):
            text = f"{kind} {number}"
            caption.insert(0, nodes.inline("", f"{text}. ", classes=["caption-number"]))
            for name in element["names"]:
                if name in labels:
                    docname, node_id, _ = labels[name]
                    labels[name] = (docname, node_id, text)


def setup(app: Sphinx) -> ExtensionMetadata:
    """Register the handler."""
    # after the domains have collected the document's labels, which is when Sphinx emits the event
    app.connect("doctree-read", number_captions)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
