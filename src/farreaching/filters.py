"""A form by which a reader shows only some rows of a page; in print, and without scripts, all rows stand.

A directive puts a `filter_form` before its rows and gives each row the class ``filterable`` and, for a choice, the class
``NAME-VALUE``. The script `filters.js` does the rest; a control of the kind ``day`` belongs to `time-machine.js`.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Literal

from docutils import nodes
from sphinx.transforms.post_transforms import SphinxPostTransform

from .builders import HTML_BUILDERS, current_builder

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sphinx.application import Sphinx
    from sphinx.util.typing import ExtensionMetadata
    from sphinx.writers.html5 import HTML5Translator

FILTERABLE = "filterable"


@dataclass(frozen=True)
class Control:
    """One control of the form."""

    kind: Literal["choice", "words", "day"]
    name: str  #: its name in the page's address, and the first half of the rows' classes
    label: str
    options: Mapping[str, str] = field(default_factory=dict)  #: for a choice: value → label; for a day: data for its script
    within: str = ""  #: for words: CSS selector of the parts of a row that are searched; empty for the whole row
    hint: str = ""  #: a line of help beneath it


class filter_form(nodes.General, nodes.Element):
    """Where the form stands. Attributes: ``controls`` (`Control` list), ``noun`` (what is counted, in the plural)."""


def visit_filter_form(self: HTML5Translator, node: filter_form) -> None:
    """Write the form, hidden until the script shows it."""
    form = [self.starttag(node, "form", CLASS="filters", role="search", hidden="hidden")]
    for place, control in enumerate(node["controls"], start=1):
        form.append(_control(self, control, f"filter-{place}"))
    noun = self.attval(node["noun"])
    form.append(
        f'<p class="filter-foot"><button type="button">Show all</button> <output data-noun="{noun}"></output></p></form>\n'
    )
    self.body.append("".join(form))
    raise nodes.SkipNode


def _control(writer: HTML5Translator, control: Control, identifier: str) -> str:
    name, label = writer.attval(control.name), writer.encode(control.label)
    hint, described = "", ""
    if control.hint:
        hint = f'<small id="{identifier}-hint">{writer.encode(control.hint)}</small>'
        described = f' aria-describedby="{identifier}-hint"'
    attributes = f'id="{identifier}" name="{name}"{described}'
    if control.kind == "choice":
        options = "".join(
            f'<option value="{writer.attval(value)}">{writer.encode(text)}</option>' for value, text in control.options.items()
        )
        shown = f'<select {attributes}><option value="">all</option>{options}</select>'
    elif control.kind == "words":
        shown = f'<input type="search" {attributes} data-within="{writer.attval(control.within)}" autocomplete="off">'
    else:
        marks = writer.attval(json.dumps(dict(control.options), ensure_ascii=False))
        shown = f'<input type="date" {attributes} data-marks="{marks}">'
    return f'<p class="filter filter-{control.kind}"><label for="{identifier}">{label}</label> {shown}{hint}</p>'


class FilterFormTransform(SphinxPostTransform):
    """Takes the form away where nothing could answer it."""

    default_priority = 20

    def run(self, **kwargs: Any) -> None:
        if current_builder(self.env).name not in HTML_BUILDERS:
            for node in list(self.document.findall(filter_form)):
                node.replace_self([])


def add_scripts(app: Sphinx, pagename: str, templatename: str, context: dict[str, Any], doctree: nodes.document | None) -> None:
    """Load the scripts on the pages that have a form, and on no other."""
    kinds = {control.kind for form in doctree.findall(filter_form) for control in form["controls"]} if doctree else set()
    if kinds:
        app.add_js_file("farreaching/filters.js", loading_method="defer")
    if "day" in kinds:
        app.add_js_file("farreaching/time-machine.js", loading_method="defer")


def setup(app: Sphinx) -> ExtensionMetadata:
    """Register the node, its transform and its scripts."""
    app.add_node(filter_form, html=(visit_filter_form, None))
    app.add_post_transform(FilterFormTransform)
    app.connect("html-page-context", add_scripts)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
