"""The web pages: defaults on top of Furo, style sheets and scripts, the security policy."""

from __future__ import annotations

import base64
import hashlib
import re
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from docutils import nodes
from sphinx.builders.html import StandaloneHTMLBuilder
from sphinx.jinja2glue import BuiltinTemplateLoader
from sphinx.transforms.post_transforms import SphinxPostTransform
from sphinx.util import logging

from .builders import HTML_BUILDERS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sphinx.application import Sphinx
    from sphinx.builders import Builder
    from sphinx.config import Config
    from sphinx.theming import Theme
    from sphinx.util.typing import ExtensionMetadata
    from sphinx.writers.html5 import HTML5Translator

logger = logging.getLogger(__name__)

THEME = Path(__file__).parent / "theme"

#: Configuration of the pages where conf.py says nothing else.
DEFAULTS: dict[str, Any] = {
    "html_copy_source": False,
    "html_show_sourcelink": False,
    "html_last_updated_fmt": None,
    "html_use_index": False,  # nothing in a course is indexed for it, and its template has style attributes
    "html_favicon": str(THEME / "favicon.svg"),
    "template_bridge": "farreaching.pages.PolicyBridge",
    "epub_css_files": [("farreaching-epub.css", {})],
    "pygments_style": "a11y-high-contrast-light",
    "pygments_dark_style": "a11y-high-contrast-dark",
}
#: Options of the theme where conf.py says nothing else.
THEME_DEFAULTS: dict[str, Any] = {
    "enable_search_shortcuts": False,  # its script swallows Escape, which then does not close a popover
}
STYLES = ("fonts.css", "tokens.css", "page.css", "prose.css", "course.css", "print.css")
SCRIPTS = ("citations.js", "claims.js", "drawers.js", "self-check.js", "scroll.js")

#: Tables that keep their columns at every width: numbers, and those that have a narrow form of their own.
UNSTACKED = frozenset({"chart-table", "state", "claims", "chronology", "documents"})
#: How many characters of a row fit a phone in two or three lines.
NARROW = 80

#: What a page may load, and from where: nothing from outside, no inline code but what its hash names.
POLICY = (
    "default-src 'none'; script-src 'self'{scripts}; style-src 'self'{styles}; img-src 'self' data:; font-src 'self'; "
    "connect-src 'self'; form-action 'self'; base-uri 'none'"
)
_CHARSET = '<meta charset="utf-8">'
_SCRIPT = re.compile(r"<script(?![^>]*\bsrc=)(?![^>]*\btype=\"application/)[^>]*>(.*?)</script>", re.DOTALL)
_STYLE = re.compile(r"<style[^>]*>(.*?)</style>", re.DOTALL)
_BLOCKED = re.compile(r"<[a-z][^<>]*\s(style|on[a-z]+)=\"", re.IGNORECASE)
_RELATIVE = re.compile(r'(<[a-z][^<>]*\s(?:href|src|action)=")(?![a-z]+:|[/#])(?:\./)?', re.IGNORECASE)


@cache
def _hash(code: str) -> str:
    digest = base64.b64encode(hashlib.sha256(code.encode()).digest()).decode()
    return f" 'sha256-{digest}'"


def with_policy(page: str) -> str:
    """Return a page with its Content-Security-Policy, made from the inline code it holds."""
    scripts = "".join(sorted({_hash(code) for code in _SCRIPT.findall(page)}))
    styles = "".join(sorted({_hash(code) for code in _STYLE.findall(page)}))
    policy = POLICY.format(scripts=scripts, styles=styles)
    return page.replace(_CHARSET, f'{_CHARSET}\n    <meta http-equiv="Content-Security-Policy" content="{policy}">', 1)


class PolicyBridge(BuiltinTemplateLoader):
    """Renders templates as Sphinx does, and gives each web page its security policy."""

    def init(self, builder: Builder, theme: Theme | None = None, dirs: list[str] | None = None) -> None:
        """Prepare for a builder; only web pages carry a policy (an EPUB's pages are none)."""
        config = builder.config
        self.for_web = builder.name in HTML_BUILDERS
        self.with_policy = self.for_web and config.farreaching_security_policy
        if self.for_web:
            # here and not among the defaults: the templates extend Furo's, which an EPUB's theme has not
            # new lists: the default ones are shared by every build of this process
            config["templates_path"] = [*config.templates_path, str(THEME / "templates")]
            config["html_static_path"] = [*config.html_static_path, str(THEME / "static")]
        else:
            config["html_static_path"] = [*config.html_static_path, str(THEME / "epub")]
        super().init(builder, theme, dirs)
        self.base = urlsplit(config.html_baseurl).path.rstrip("/") if config.html_baseurl else ""

    def render(self, template: str, context: dict[str, Any]) -> str:  # type: ignore[override]
        """Return a page; warn of inline styles and handlers, which the policy blocks."""
        page = super().render(template, context)
        if not self.with_policy or _CHARSET not in page:
            return page
        pagename = context.get("pagename", "")
        if found := _BLOCKED.search(page):
            logger.warning(
                "the attribute '%s' is blocked by the page's security policy: %s. Use a class.",
                found[1], found[0][:80], location=pagename, type="farreaching", subtype="pages",
            )  # fmt: skip
        if pagename == "404" and self.base:
            # it is served for addresses of any depth
            page = _RELATIVE.sub(rf"\g<1>{self.base}/", page)
        # Sphinx gives the captions of tables of contents the role, but not the level it requires
        page = page.replace('<p class="caption" role="heading">', '<p class="caption" role="heading" aria-level="2">')
        return with_policy(page)


class ColumnWidthsTransform(SphinxPostTransform):
    """Says column widths in classes: a ``<col style=…>`` is blocked by the security policy."""

    default_priority = 400
    builders = HTML_BUILDERS

    def run(self, **kwargs: Any) -> None:
        for table in self.document.findall(nodes.table):
            if "colwidths-given" not in table["classes"]:
                continue
            table["classes"] = [name for name in table["classes"] if name != "colwidths-given"] + ["colwidths-auto"]
            group = next(table.findall(nodes.tgroup))
            widths = [spec.get("colwidth", 1) for spec in group.findall(nodes.colspec)]
            first = next(group.findall(nodes.row))
            for entry, width in zip(first.findall(nodes.entry), widths, strict=False):
                entry["classes"].append(f"width-{max(5, round(20 * width / sum(widths)) * 5)}")


class StackedTablesTransform(SphinxPostTransform):
    """Names the columns in the cells of tables too wide for a phone, where each row then stands as a block."""

    default_priority = 450  # after the widths, and after the tables that other transforms make
    builders = HTML_BUILDERS

    def run(self, **kwargs: Any) -> None:
        for table in self.document.findall(nodes.table):
            if not UNSTACKED.intersection(table["classes"]) and (columns := _columns_of_text(table)):
                table["classes"].append("stacked")
                for row in next(table.findall(nodes.tbody)).findall(nodes.row):
                    for entry, column in zip(row.findall(nodes.entry), columns, strict=False):
                        entry["column"] = column


def _columns_of_text(table: nodes.table) -> list[str]:
    """Return the names of a table's columns, or none where it fits a phone, has no names, or has joined cells."""
    rows = [[entry.astext() for entry in row.children] for row in table.findall(nodes.row)]
    heads = [len(head.children) for head in table.findall(nodes.thead)]
    if heads != [1] or len(rows[0]) < 3 or any(len(row) != len(rows[0]) for row in rows):
        return []
    if any("morecols" in entry or "morerows" in entry for entry in table.findall(nodes.entry)):
        return []
    width = sum(max(map(len, column)) for column in zip(*rows, strict=True))
    return rows[0] if width > NARROW else []


def visit_entry(translator: HTML5Translator, node: nodes.entry) -> None:
    """Write a cell, and the name of its column where the transform above gave it one."""
    type(translator).visit_entry(translator, node)
    if column := node.get("column"):
        translator.body[-1] = translator.body[-1].replace(">", f' data-column="{translator.attval(column)}">', 1)


class WrapperIdsTransform(SphinxPostTransform):
    """Takes the ids off the boxes that Furo puts round tables: the tables keep them."""

    default_priority = 501  # Furo wraps at 500
    builders = HTML_BUILDERS

    def run(self, **kwargs: Any) -> None:
        for box in self.document.findall(nodes.container):
            if {"table-wrapper", "math-wrapper"}.intersection(box["classes"]):
                box["ids"] = []


def set_defaults(app: Sphinx, config: Config) -> None:
    """Set what conf.py and the command line leave open."""
    # one XML name for both: Sphinx writes the one into toc.ncx and the other into content.opf, and they must agree
    identifier = nodes.make_id(f"{config.project} {config.author}")
    for name, value in (DEFAULTS | {"epub_identifier": identifier, "epub_uid": identifier}).items():
        if name in config and name not in config._raw_config and name not in config.overrides:
            config[name] = value
    for name, value in THEME_DEFAULTS.items():
        config.html_theme_options.setdefault(name, value)


def collect_pages(app: Sphinx) -> Iterator[tuple[str, dict[str, Any], str]]:
    """Yield the page that a server shows where there is none; an EPUB needs it not."""
    if app.builder.name in HTML_BUILDERS:
        yield "404", {}, "404.html"


def remove_pages(app: Sphinx, env: object, added: set[str], changed: set[str], removed: set[str]) -> list[str]:
    """Remove the pages of documents that are gone, which Sphinx leaves behind; nothing else is outdated by that."""
    if isinstance(app.builder, StandaloneHTMLBuilder):
        for docname in removed:
            app.builder.get_output_path(docname).unlink(missing_ok=True)
    return []


def add_files(app: Sphinx) -> None:
    """Add style sheets and scripts to every web page."""
    if app.builder.name not in HTML_BUILDERS:
        return
    for name in STYLES:
        # after Furo's extensions (600)
        app.add_css_file(f"farreaching/{name}", priority=700)
    for name in SCRIPTS:
        app.add_js_file(f"farreaching/{name}", loading_method="defer")


def setup(app: Sphinx) -> ExtensionMetadata:
    """Register the defaults, the files and the transforms."""
    help_text = "whether pages carry a Content-Security-Policy; a live preview's own script is against it"
    app.add_config_value("farreaching_security_policy", True, "html", bool, help_text)
    # after other extensions have changed the configuration (500)
    app.connect("config-inited", set_defaults, priority=800)
    app.connect("builder-inited", add_files)
    app.connect("html-collect-pages", collect_pages)
    app.connect("env-get-outdated", remove_pages)
    app.add_post_transform(ColumnWidthsTransform)
    app.add_post_transform(StackedTablesTransform)
    app.add_node(nodes.entry, override=True, html=(visit_entry, None))
    app.add_post_transform(WrapperIdsTransform)
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}
