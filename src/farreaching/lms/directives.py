"""What the rendering of an exercise needs beside the course's own directives: its key alone, and its claims in full."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from docutils import nodes
from sphinx.util.docutils import SphinxDirective

from ..citations.directives import ReferencesDirective
from ..claims.nodes import claim_node
from ..claims.render import EntryRenderer
from ..exercises.directives import keys_dir
from ..exercises.foreign import ForeignFile
from ..exercises.loader import load_key
from ..findings import CourseError
from ..markdown import inline_nodes
from ..reporting import log_findings

if TYPE_CHECKING:
    from ..citations.domain import CitationsDomain
    from ..claims.domain import ClaimsDomain

#: Class of the section that comes last.
SOURCES = "sheet-sources"


class ExerciseKeyDirective(SphinxDirective):
    """Shows the key of an exercise and nothing of the exercise."""

    required_arguments = 1

    def run(self) -> list[nodes.Node]:
        renderer = ForeignFile.renderer_of(self.state)
        assert renderer is not None  # the sheets are written by this package, and put it in a section
        try:
            key = load_key(keys_dir(self.env), self.arguments[0])
        except CourseError as error:
            log_findings(error.findings, "exercises")
            return []
        file = ForeignFile(renderer, key.path, "key")
        level = file.level_below(renderer)
        sections: list[nodes.Node] = []
        for part in key.sections:
            section = nodes.section("", nodes.title("", part.title), ids=[nodes.make_id(part.title)])
            self.state.document.set_id(section)
            file.section(part.text, part.text_line, section, level)
            sections.append(section)
        return sections


class ClaimEntriesDirective(SphinxDirective):
    """Prints the ledger's entries named by its arguments, and of the claims that the document marks before it."""

    optional_arguments = 100

    def run(self) -> list[nodes.Node]:
        domain = cast("ClaimsDomain", self.env.get_domain("claim"))
        marked = [node["claim"] for node in self.state.document.findall(claim_node)]
        entries = [domain.entries[name] for name in dict.fromkeys([*self.arguments, *marked]) if name in domain.entries]
        if not entries:
            return []
        renderer = EntryRenderer(self.env, self.env.docname)
        listed = nodes.bullet_list()
        for claim in entries:
            words = nodes.paragraph("", "", claim_node("", "", *inline_nodes(claim.claim), claim=claim.id))
            status = nodes.paragraph("", "", nodes.strong("", f"{claim.status.capitalize()}:"))
            status += nodes.Text(f" {claim.status.meaning}.")
            listed += nodes.list_item("", words, status, *renderer.statement(claim)[1:], *renderer.attribution(claim))
        section = nodes.section("", nodes.title("", "Claims"), ids=["claims"])
        self.state.document.set_id(section)
        section += listed
        return [section]


class SourcesDirective(ReferencesDirective):
    """Lists the sources that the document cites, under a heading; prints nothing where it cites none."""

    def run(self) -> list[nodes.Node]:
        domain = cast("CitationsDomain", self.env.get_domain("cite"))
        # the sources of claims are noted later, when the document has been read; a claim always has some
        if not domain.cited.get(self.env.docname) and not any(self.state.document.findall(claim_node)):
            return []
        section = nodes.section("", nodes.title("", "Sources"), ids=["sources"], classes=[SOURCES])
        self.state.document.set_id(section)
        section += super().run()
        return [section]
