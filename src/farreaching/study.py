"""What a reader keeps on the own device: notes at the exercises, a notebook of them, ticks at finished chapters.

The directives leave what print and a page without scripts need: a list of chapters to tick with a pencil. The scripts
`notebook.js`, `docx.js` and `progress.js` do the rest in the reader's browser, and send nothing anywhere.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from docutils import nodes
from sphinx import addnodes
from sphinx.transforms.post_transforms import SphinxPostTransform
from sphinx.util.docutils import SphinxDirective

from .builders import HTML_BUILDERS, current_builder
from .openings import chapters, in_minutes

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sphinx.application import Sphinx
    from sphinx.util.typing import ExtensionMetadata
    from sphinx.writers.html5 import HTML5Translator

#: What a page says in the place of the notebook where no script runs.
_WITHOUT_SCRIPTS = "The notebook needs scripts, which are off here. Your notes, if you have any, are still on this device."


class notebook(nodes.General, nodes.Element):
    """Where a page shows all notes of this device."""


class progress(nodes.General, nodes.Element):
    """Where a page lists the chapters to tick."""


class NotebookDirective(SphinxDirective):
    """Shows the notes of this device, on a web page only."""

    def run(self) -> list[nodes.Node]:
        return [notebook()]


class ProgressDirective(SphinxDirective):
    """Lists every chapter that has an opening, with its minutes and a box to tick."""

    def run(self) -> list[nodes.Node]:
        return [progress()]


class StudyTransform(SphinxPostTransform):
    """Fills the list of chapters, when all have been read; takes the notebook away where nothing could keep one."""

    # before references are resolved (10)
    default_priority = 4

    def run(self, **kwargs: Any) -> None:
        if current_builder(self.env).name not in HTML_BUILDERS:
            for place in list(self.document.findall(notebook)):
                place.replace_self([])
        for node in list(self.document.findall(progress)):
            level = 1 + sum(isinstance(parent, nodes.section) for parent in _ancestors(node))
            node.replace_self([*self._lists(level, self.env.config.root_doc)])

    def _lists(self, level: int, parent: str) -> Iterator[nodes.Node]:
        """Yield the chapters under a document as a list with its title, then those under its parts."""
        below = self.env.toctree_includes.get(parent, [])
        found = [docname for docname in below if docname in chapters(self.env)]
        if found:
            title = self.env.titles[parent].astext()
            yield nodes.rubric("", title, classes=["progress-part"], **{"heading-level": level})
            yield nodes.bullet_list("", *map(self._item, found), classes=["progress"])
        for docname in below:
            yield from self._lists(level, docname)

    def _item(self, docname: str) -> nodes.list_item:
        facts = chapters(self.env)[docname]
        title = addnodes.pending_xref(
            "", nodes.inline("", self.env.titles[docname].astext()), refdomain="std", reftype="doc", reftarget=f"/{docname}",
            refdoc=self.env.docname, refexplicit=False, refwarn=True,
        )  # fmt: skip
        said = f". Reading {in_minutes(facts.reading_minutes)}"
        if facts.work_minutes:
            said += f", exercises {in_minutes(facts.work_minutes)}"
        box = nodes.inline("", "☐", classes=["tick"])
        return nodes.list_item("", nodes.paragraph("", "", box, nodes.Text(" "), title, nodes.Text(f"{said}.")))


def _ancestors(node: nodes.Node) -> Iterator[nodes.Node]:
    while node.parent is not None:
        node = node.parent
        yield node


def visit_notebook(self: HTML5Translator, node: notebook) -> None:
    """Write the place that the script fills."""
    self.body.append(f"{self.starttag(node, 'div', CLASS='notebook')}<p>{_WITHOUT_SCRIPTS}</p></div>\n")
    raise nodes.SkipNode


def add_scripts(app: Sphinx, pagename: str, templatename: str, context: dict[str, Any], doctree: nodes.document | None) -> None:
    """Load the scripts where they have something to do; the ticks stand in the contents of every page."""
    if not chapters(app.env):
        return
    app.add_js_file("farreaching/progress.js", loading_method="defer")
    if doctree is None:
        return
    is_notebook = any(doctree.findall(notebook))
    if is_notebook:
        app.add_js_file("farreaching/docx.js", loading_method="defer")
    if is_notebook or any("exercise" in section["classes"] for section in doctree.findall(nodes.section)):
        app.add_js_file("farreaching/notebook.js", loading_method="defer")


def setup(app: Sphinx) -> ExtensionMetadata:
    """Register the directives, their nodes and the scripts."""
    app.add_node(notebook, html=(visit_notebook, None))
    app.add_node(progress)
    app.add_directive("notebook", NotebookDirective)
    app.add_directive("progress", ProgressDirective)
    app.add_post_transform(StudyTransform)
    app.connect("html-page-context", add_scripts)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
