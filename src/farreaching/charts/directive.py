"""The `{chart}` directive: a figure drawn from a data set, with the data under it."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar, cast

from docutils import nodes
from docutils.parsers.rst import directives
from sphinx import addnodes
from sphinx.transforms.post_transforms import SphinxPostTransform
from sphinx.util import logging
from sphinx.util.docutils import SphinxDirective

from ..builders import HTML_BUILDERS
from ..findings import CourseError
from ..nodes import SCREEN_ONLY
from ..reporting import log_findings
from .data import DataSet, load_dataset, source_keys
from .render import draw, screen_svg

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.environment import BuildEnvironment
    from sphinx.writers.html5 import HTML5Translator
    from sphinxcontrib.bibtex.domain import BibtexDomain

    from .render import Drawing

logger = logging.getLogger(__name__)


class chart_data(nodes.General, nodes.Element):
    """The data under a chart, folded (HTML only). Attributes: ``title``, ``file``."""


class ChartDirective(SphinxDirective):
    """Shows ``charts/NAME.py`` drawn from a CSV file, and from ``files`` of the data folder; the content is the caption."""

    required_arguments = 1
    has_content = True
    option_spec: ClassVar[dict[str, Any]] = {
        "name": directives.unchanged,
        "data": directives.unchanged_required,
        "alt": directives.unchanged_required,
        "files": directives.unchanged_required,
    }

    def run(self) -> list[nodes.Node]:
        name = self.arguments[0]
        problems = [
            f"the chart '{name}' has no '{option}'. {mend}"
            for option, mend in (
                ("data", "Add ':data: NAME.csv'."),
                ("alt", "Add ':alt:' with what the chart says, for someone who cannot see it."),
            )
            if not self.options.get(option)
        ]
        program = self._folder("charts") / f"{name}.py"
        table = self._folder("data") / self.options.get("data", "")
        package = self._folder("data") / "datapackage.yaml"
        files = [self._folder("data") / file for file in self.options.get("files", "").split()]
        needed = [(program, ""), (table, "data"), (package, "data"), *((file, "files") for file in files)]
        for path, option in needed:
            if option and not self.options.get(option):
                continue
            self.env.note_dependency(str(path))
            if not path.is_file():
                problems.append(
                    f"the chart '{name}' needs {self._shown(path)}, which does not exist. Write it, or mend the name."
                )
        for problem in problems:
            self._warn(problem)
        if problems:
            return []
        try:
            keys = cast("BibtexDomain", self.env.get_domain("cite")).bibdata.data.entries
            dataset = load_dataset(table, package, keys)
            drawing = draw(program, dataset, _cache(self.env), files)
        except CourseError as error:
            log_findings(error.findings, "charts")
            return []
        return self.show(drawing, dataset)

    def show(self, drawing: Drawing, dataset: DataSet) -> list[nodes.Node]:
        """Return what stands in the page: the figure with its caption, and its data."""
        return [self._figure(drawing, dataset), self._data(dataset)]

    def _folder(self, kind: str) -> Path:
        return Path(self.env.srcdir) / str(self.config[f"farreaching_{kind}_dir"])

    def _shown(self, path: Path) -> str:
        return Path(os.path.relpath(path, self.env.srcdir)).as_posix()

    def _warn(self, message: str) -> None:
        logger.warning(message, location=self.get_location(), type="farreaching", subtype="charts")

    def image(self, drawing: Drawing) -> nodes.image:
        """Return the drawing alone."""
        here = Path(self.env.doc2path(self.env.docname)).parent
        uri = Path(os.path.relpath(drawing.paper, here)).as_posix()
        return nodes.image(uri=uri, alt=self.options["alt"], chart=drawing.name, classes=["chart"])

    def _figure(self, drawing: Drawing, dataset: DataSet) -> nodes.figure:
        image = self.image(drawing)
        title = drawing.title or dataset.title
        figure = nodes.figure("", image, classes=["chart"], chart_title=title, chart_data=str(dataset.path))
        self.set_source_info(figure)
        content = self.parse_content_to_nodes()
        if content and isinstance(content[0], nodes.paragraph):
            caption = nodes.caption(content[0].rawsource, "", *content[0].children)
            caption.source, caption.line = content[0].source, content[0].line
            figure += caption
            content = content[1:]
        if content:
            figure += nodes.legend("", *content)
        self.add_name(figure)
        if not figure["ids"]:  # a list of figures leads to it
            self.state.document.note_implicit_target(figure)
        return figure

    def _data(self, dataset: DataSet) -> chart_data:
        data = chart_data("", title=dataset.title, file=dataset.path.name, classes=[SCREEN_ONLY])
        self.set_source_info(data)
        link = addnodes.download_reference(
            "", "", nodes.Text(f"Download {dataset.path.name}"),
            reftype="download", refdomain="", refexplicit=False, refwarn=True,
            reftarget=Path(os.path.relpath(dataset.path, Path(self.env.doc2path(self.env.docname)).parent)).as_posix(),
        )  # fmt: skip
        about = nodes.paragraph("", f"{dataset.description.rstrip('.')}. As of {dataset.as_of}. ")
        about += [link, nodes.Text(".")]
        data += [about, self._table(dataset)]
        return data

    def _table(self, dataset: DataSet) -> nodes.table:
        group = nodes.tgroup(cols=len(dataset.columns))
        group += [nodes.colspec(colwidth=1) for _ in dataset.columns]
        heading = nodes.row()
        heading += [nodes.entry("", nodes.paragraph("", dataset.fields[column])) for column in dataset.columns]
        body = nodes.tbody()
        for row in dataset.rows:
            cells = nodes.row()
            for column in dataset.columns:
                text: list[nodes.Node] = [nodes.Text(row.cells[column])]
                if column == "source":
                    text, _ = self.parse_inline(f"{{cite:t}}`{','.join(source_keys(row))}`")
                cells += nodes.entry(
                    "", nodes.paragraph("", "", *text), classes=["number"] if _is_number(row.cells[column]) else []
                )
            body += cells
        group += [nodes.thead("", heading), body]
        return nodes.table("", group, classes=["chart-table", "colwidths-auto"])


class ChartPictureDirective(ChartDirective):
    """Shows a drawing without caption and data, for a card that leads to where both stand."""

    has_content = False

    def show(self, drawing: Drawing, dataset: DataSet) -> list[nodes.Node]:
        image = self.image(drawing)
        image["classes"].append("picture")
        return [image]


def _is_number(text: str) -> bool:
    return text.replace(",", "").replace(".", "", 1).lstrip("-−+").isdigit()


class ChartOnScreenTransform(SphinxPostTransform):
    """Puts the drawing itself into the page, so that its colours follow the page's."""

    default_priority = 4
    builders = HTML_BUILDERS

    def run(self, **kwargs: Any) -> None:
        charts = [image for image in self.document.findall(nodes.image) if "chart" in image]
        for number, image in enumerate(charts, start=1):
            svg = screen_svg(_cache(self.env) / f"{image['chart']}.tokens.svg", image["alt"], f"chart-{number}")
            classes = ["picture"] if "picture" in image["classes"] else ["scroll-x"]
            image.replace_self(nodes.raw("", svg, format="html", classes=classes))


class ChartInPrintTransform(SphinxPostTransform):
    """Puts a line in place of the folded data, for every builder that cannot fold."""

    # before bibtex (5) and references (10): what is dropped here need not be resolved
    default_priority = 4
    builders = HTML_BUILDERS

    def is_supported(self) -> bool:
        # the builders named are those that fold
        return not super().is_supported()

    def run(self, **kwargs: Any) -> None:
        for data in list(self.document.findall(chart_data)):
            data.replace_self(nodes.paragraph("", f"Data: {data['file']}", classes=["chart-file"]))


def visit_chart_data(self: HTML5Translator, node: chart_data) -> None:
    """Open the folded data."""
    self.body.append(f'<details class="chart-data"><summary>Data: {self.encode(node["title"])}</summary>\n')


def depart_chart_data(self: HTML5Translator, node: chart_data) -> None:
    """Close the folded data."""
    self.body.append("</details>\n")


def _cache(env: BuildEnvironment) -> Path:
    """Return the folder of drawn charts, by default with the doctrees: it must outlive a build and not be published."""
    configured = str(env.config.farreaching_chart_cache)
    return Path(env.srcdir, configured) if configured else Path(env.doctreedir, "charts")


def setup(app: Sphinx) -> None:
    """Register the directive, the node that only HTML keeps, and the transform."""
    app.add_config_value("farreaching_charts_dir", "charts", "env", str, "the chart programs, relative to the sources")
    app.add_config_value("farreaching_data_dir", "data", "env", str, "the data sets, relative to the sources")
    app.add_config_value(
        "farreaching_chart_cache", "", "env", str, "drawn charts, relative to the sources; empty: with the doctrees"
    )
    app.add_node(chart_data, html=(visit_chart_data, depart_chart_data))
    app.add_directive("chart", ChartDirective)
    app.add_directive("chart-picture", ChartPictureDirective)
    app.add_post_transform(ChartOnScreenTransform)
    app.add_post_transform(ChartInPrintTransform)
