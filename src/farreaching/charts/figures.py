"""The `{figures}` directive: the list of the book's charts, with their titles, chapters and data."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from docutils import nodes
from sphinx import addnodes
from sphinx.domains import Domain
from sphinx.transforms.post_transforms import SphinxPostTransform
from sphinx.util.docutils import SphinxDirective

from ..builders import current_builder
from ..listings import Place, add_listing, book_order, linked_places, note_listing
from ..tables import table

if TYPE_CHECKING:
    from collections.abc import Set

    from sphinx.application import Sphinx
    from sphinx.environment import BuildEnvironment

#: Heading → share of the table's width.
COLUMNS = {"Figure": 58, "Chapter": 26, "Data": 16}


class Figure(NamedTuple):
    """A chart as it stands in a document."""

    place: Place
    number: str  #: "Figure 2", counted in its document; empty where it has no caption
    title: str  #: the statement that stands above the drawing
    data: str  #: path of its CSV file, from the source folder


class FiguresDomain(Domain):
    """The charts of the book."""

    name = "figure"
    label = "Figures"
    initial_data = {"figures": {}}  # docname -> [Figure]

    def clear_doc(self, docname: str) -> None:
        self.data["figures"].pop(docname, None)

    def merge_domaindata(self, docnames: Set[str], otherdata: dict[str, Any]) -> None:
        self.data["figures"].update({name: found for name, found in otherdata["figures"].items() if name in docnames})


def collect_figures(app: Sphinx, document: nodes.document) -> None:
    """Note the charts of a document just read."""
    docname = app.env.docname
    found = []
    for node in document.findall(nodes.figure):
        if "chart_title" in node:
            numbers = [part.astext() for part in node.findall(nodes.inline) if "caption-number" in part["classes"]]
            number = numbers[0].strip(" .") if numbers else ""
            data = os.path.relpath(node["chart_data"], app.srcdir).replace(os.sep, "/")
            found.append(Figure(Place(docname, node["ids"][0]), number, node["chart_title"], data))
    if found:
        app.env.get_domain("figure").data["figures"][docname] = found


def figures_of(env: BuildEnvironment) -> list[Figure]:
    """Return the charts in the order of the book."""
    figures: dict[str, list[Figure]] = env.get_domain("figure").data["figures"]
    order = book_order(env)
    return [figure for name in sorted(figures, key=lambda name: (order.get(name, len(order)), name)) for figure in figures[name]]


def contents(env: BuildEnvironment) -> object:
    """Return all that a list of figures prints."""
    return [(figure, env.titles[figure.place.docname].astext()) for figure in figures_of(env)]


class figures_list(nodes.General, nodes.Element):
    """Where the list stands. Attribute: ``docname``."""


class FiguresDirective(SphinxDirective):
    """Leaves a placeholder, filled when every document has been read."""

    def run(self) -> list[nodes.Node]:
        note_listing(self.env, "figures")
        node = figures_list(docname=self.env.docname)
        self.set_source_info(node)
        return [node]


class FiguresTransform(SphinxPostTransform):
    """Fills the placeholder."""

    # before references are resolved (10)
    default_priority = 5

    def run(self, **kwargs: Any) -> None:
        self.builder = current_builder(self.env)
        for node in list(self.document.findall(figures_list)):
            rows = [self._row(node["docname"], figure) for figure in figures_of(self.env)]
            node.replace_self([table(COLUMNS, rows, ["figures"])] if rows else [])

    def _row(self, docname: str, figure: Figure) -> nodes.row:
        place = figure.place
        title: nodes.Node = nodes.Text(figure.title)
        chapter = linked_places(self.env, self.builder, docname, [place])
        if self.builder.name == "typst":  # the page number leads there
            chapter = [nodes.Text(f"{self.env.titles[place.docname].astext()} "), *chapter]
        else:
            uri = f"{self.builder.get_relative_uri(docname, place.docname)}#{place.node_id}"
            title = nodes.reference("", figure.title, internal=True, refuri=uri)
        number = [nodes.strong("", figure.number), nodes.Text(". ")] if figure.number else []
        cells = [[*number, title], chapter, [self._data(figure)]]
        return nodes.row("", *(nodes.entry("", nodes.paragraph("", "", *cell)) for cell in cells))

    def _data(self, figure: Figure) -> nodes.Node:
        """Return the file's name, as a link where the builder offers files."""
        name = nodes.Text(figure.data.rpartition("/")[2])
        path = Path(figure.data)
        if path not in self.env.dlfiles:
            return name
        target = self.env.dlfiles[path][1].as_posix()
        return addnodes.download_reference("", "", name, reftype="download", reftarget=f"/{figure.data}", filename=target)


def setup(app: Sphinx) -> None:
    """Register the domain, the directive and the transform."""
    add_listing(app, "figures", contents)
    app.add_domain(FiguresDomain)
    app.add_node(figures_list)
    app.add_directive("figures", FiguresDirective)
    app.add_post_transform(FiguresTransform)
    # after the captions have their numbers (500)
    app.connect("doctree-read", collect_figures, priority=600)
