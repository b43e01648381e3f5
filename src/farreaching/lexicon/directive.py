"""The `{lexicon}` directive, and the lexicons as one build has read them."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar, cast

from docutils import nodes
from docutils.parsers.rst import directives
from sphinx import addnodes
from sphinx.domains import Domain
from sphinx.domains.std import make_glossary_term
from sphinx.util import logging
from sphinx.util.docutils import SphinxDirective

from ..bookindex import index_places
from ..citations import cite, known_keys, note_cited
from ..findings import CourseError
from ..listings import note_listing
from ..markdown import inline_nodes
from ..reporting import log_findings
from .loader import load_lexicons

if TYPE_CHECKING:
    from collections.abc import Iterable, Set

    from sphinx.application import Sphinx
    from sphinx.environment import BuildEnvironment

    from .loader import Entry, Lexicon

logger = logging.getLogger(__name__)


class LexiconsDomain(Domain):
    """The lexicons of a course, loaded anew by every build."""

    name = "lexicon"
    label = "Lexicons"
    lexicons: tuple[Lexicon, ...] = ()
    #: False where the files have mistakes: then a page is not blamed for a lexicon that could not be read.
    sound = True

    def merge_domaindata(self, docnames: Set[str], otherdata: dict[str, Any]) -> None:
        """Do nothing: documents leave nothing here."""


def lexicons(env: BuildEnvironment) -> LexiconsDomain:
    """Return the lexicons as this build has read them."""
    return cast("LexiconsDomain", env.get_domain("lexicon"))


def lexicon_paths(env: BuildEnvironment) -> list[Path]:
    """Return where the lexicons are or would be."""
    return [Path(env.srcdir, name) for name in env.config.farreaching_lexicons]


class LexiconDirective(SphinxDirective):
    """Prints a lexicon, a list a kind: ``{lexicon} glossary``.

    With ``:places: LABEL`` each entry ends with the label and the chapters that name it, in print their pages.
    """

    required_arguments = 1
    option_spec: ClassVar[dict[str, Any]] = {"places": directives.unchanged_required}

    def run(self) -> list[nodes.Node]:
        for path in lexicon_paths(self.env):
            self.env.note_dependency(path)
        domain = lexicons(self.env)
        name = self.arguments[0]
        found = next((lexicon for lexicon in domain.lexicons if lexicon.path.stem == name), None)
        if not found:
            if domain.sound:
                files = ", ".join(self.config.farreaching_lexicons)
                message = "there is no lexicon '%s'. Those of the course are %s."
                logger.warning(message, name, files, location=self.get_location(), type="farreaching", subtype="lexicon")
            return []
        note_cited(self.env, self.env.docname, [item.key for entry in found.entries for item in entry.evidence])
        if "places" in self.options:
            note_listing(self.env, "index")
        if not found.kinds:
            return [self._list(found, found.entries)]
        parts: list[nodes.Node] = []
        for kind, heading in found.kinds.items():
            if entries := [entry for entry in found.entries if entry.kind == kind]:
                parts.append(nodes.rubric("", heading, ids=[f"kind-{kind}"], **{"heading-level": 2}))
                parts.append(self._list(found, entries))
        return parts

    def _list(self, lexicon: Lexicon, entries: Iterable[Entry]) -> addnodes.glossary:
        items = nodes.definition_list(classes=["glossary", "lexicon"])
        for entry in entries:
            term = make_glossary_term(
                self.env, [nodes.Text(entry.heading)], None, str(lexicon.path), entry.line, None, self.state.document
            )
            for name in sorted({entry.name, *entry.also} - {entry.heading}):
                self.env.domains.standard_domain.note_object("term", name, term["ids"][0], location=term)
            items += nodes.definition_list_item("", term, nodes.definition("", *self._definition(lexicon, entry)))
        return addnodes.glossary("", items, sorted=False)  # they are, by their headings

    def _definition(self, lexicon: Lexicon, entry: Entry) -> list[nodes.Node]:
        text = nodes.paragraph("", "", *inline_nodes(entry.definition.removesuffix(".") if entry.evidence else entry.definition))
        for place, item in enumerate(entry.evidence):
            text += [nodes.Text("; " if place else " ("), cite(self.env, self.env.docname, item.key, item.at)]
        text += [nodes.Text(").")] if entry.evidence else []
        parts: list[nodes.Node] = [text]
        if entry.forms or entry.see:
            parts.append(self._notes(lexicon, entry))
        if label := self.options.get("places"):
            parts.append(index_places(docname=self.env.docname, entry=entry.heading, label=label))
        return parts

    def _notes(self, lexicon: Lexicon, entry: Entry) -> nodes.paragraph:
        """Return a line with the name in other languages, each marked as what it is so that a voice reads it aright."""
        line = nodes.paragraph("", "", classes=["lexicon-notes"])
        for place, form in enumerate(entry.forms):
            line += nodes.Text(f"{'; ' if place else ''}{lexicon.languages[form.language]}: ")
            # the class becomes lang="…" in HTML, the attribute speaks to print
            line += nodes.inline("", form.script, classes=[f"language-{form.language}"], lang=form.language)
            line += nodes.Text(f" ({form.latin})" if form.latin else "")
        line += [nodes.Text(". ")] if entry.forms else []
        for place, name in enumerate(entry.see):
            line += [nodes.Text("; " if place else "See also: "), self._reference(name)]
        line += [nodes.Text(".")] if entry.see else []
        return line

    def _reference(self, name: str) -> addnodes.pending_xref:
        words = nodes.inline("", name, classes=["xref", "std", "std-term"])
        return addnodes.pending_xref(
            "", words, refdomain="std", reftype="term", reftarget=name, refdoc=self.env.docname, refexplicit=True, refwarn=True
        )


def on_builder_inited(app: Sphinx) -> None:
    """Load the lexicons; a mistake is a warning that names its line."""
    domain = lexicons(app.env)
    domain.lexicons, domain.sound = (), True
    try:
        domain.lexicons = tuple(load_lexicons(lexicon_paths(app.env), known_keys(app.env)))
    except CourseError as error:
        domain.sound = False
        log_findings(error.findings, "lexicon")


def setup(app: Sphinx) -> None:
    """Register the domain and the directive."""
    app.add_domain(LexiconsDomain)
    app.add_directive("lexicon", LexiconDirective)
    app.connect("builder-inited", on_builder_inited)
