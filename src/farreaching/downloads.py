"""Links from the web pages to the PDFs and the EPUB that lie beside them, where they were built."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from docutils import nodes
from sphinx.transforms.post_transforms import SphinxPostTransform
from sphinx.util.docutils import SphinxDirective

from .builders import HTML_BUILDERS, current_builder
from .openings import chapters

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.util.typing import ExtensionMetadata

#: The folder of the chapters' PDFs, in the site and beside it.
PDF_FOLDER = "pdf"


def chapter_pdf(docname: str) -> str:
    """Return the file name of a chapter's PDF."""
    return f"{docname.replace('/', '-')}.pdf"


class downloads(nodes.General, nodes.Element):
    """Where a page lists the whole course as files."""


class DownloadsDirective(SphinxDirective):
    """Lists the book as PDF and as EPUB; nothing where they were not built, and nothing in print."""

    def run(self) -> list[nodes.Node]:
        return [downloads()]


class DownloadsTransform(SphinxPostTransform):
    """Adds the links, for web pages only: a PDF or an EPUB is a file that its reader has."""

    default_priority = 20

    def run(self, **kwargs: Any) -> None:
        builder = current_builder(self.env)
        built = set(self.config.farreaching_downloads) if builder.name in HTML_BUILDERS else set()
        up = "../" * builder.get_target_uri(self.env.docname).count("/")
        for node in list(self.document.findall(downloads)):
            slug = nodes.make_id(self.config.project)
            files = [(kind, f"{up}{slug}.{kind}") for kind in ("pdf", "epub") if kind in built]
            items = [
                nodes.list_item("", nodes.paragraph("", "", _link(uri, f"The book as {kind.upper()}"))) for kind, uri in files
            ]
            node.replace_self(nodes.bullet_list("", *items, classes=["downloads"]) if items else [])
        if "pdf" in built and self.env.docname in chapters(self.env):
            for facts in self.document.findall(nodes.paragraph):
                if "opening-facts" in facts["classes"]:
                    facts += [
                        nodes.Text(" · "),
                        _link(f"{up}{PDF_FOLDER}/{chapter_pdf(self.env.docname)}", "This chapter as PDF"),
                    ]


def _link(uri: str, text: str) -> nodes.reference:
    return nodes.reference("", text, refuri=uri, internal=True)


def setup(app: Sphinx) -> ExtensionMetadata:
    """Register the directive, and the setting that `farreaching build` fills in."""
    help_text = "formats of the course that lie beside its web pages: 'pdf', 'epub'"
    app.add_config_value("farreaching_downloads", (), "html", (list, tuple), help_text)
    app.add_node(downloads)
    app.add_directive("downloads", DownloadsDirective)
    app.add_post_transform(DownloadsTransform)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
