"""Course outcomes: what a student of the whole course can do, and which chapters work on it.

They stand in a YAML file, an id and one line of text each. ``{outcome}`id` `` names one; ``{outcomes}`` prints all.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

from docutils import nodes
from sphinx import addnodes
from sphinx.domains import Domain
from sphinx.transforms.post_transforms import SphinxPostTransform
from sphinx.util import logging
from sphinx.util.docutils import SphinxDirective, SphinxRole
from sphinx.util.nodes import make_refnode

from .builders import current_builder
from .findings import CourseError, Finding, nearest
from .markdown import inline_nodes
from .nodes import page_reference
from .reporting import log_findings
from .sourcefiles import LocatedDict, load_yaml

if TYPE_CHECKING:
    from collections.abc import Mapping, Set

    from sphinx.addnodes import pending_xref
    from sphinx.application import Sphinx
    from sphinx.builders import Builder
    from sphinx.environment import BuildEnvironment
    from sphinx.util.typing import ExtensionMetadata

logger = logging.getLogger(__name__)


def load_outcomes(path: Path) -> dict[str, str]:
    """Return the course's outcomes, id → text, in the file's order; raises `CourseError` with all findings."""
    data = load_yaml(path, "outcomes.file")
    if not isinstance(data, LocatedDict):
        mend = "Write 'id: text' lines."
        raise CourseError([Finding(path, 1, "outcomes.file", "this is not a list of outcomes.", mend)])
    findings = []
    for outcome, text in data.items():
        line = data.line_of(outcome)
        if nodes.make_id(outcome) != outcome:
            mend = "Use lower-case letters, digits and hyphens."
            findings.append(Finding(path, line, "outcomes.id", f"'{outcome}' is not an id.", mend))
        if not isinstance(text, str) or not text.strip():
            message = f"the outcome '{outcome}' has no text."
            findings.append(Finding(path, line, "outcomes.text", message, "Say in one line what a student can do."))
    if findings:
        raise CourseError(findings)
    return {outcome: " ".join(text.split()) for outcome, text in data.items()}


class outcome_chapters(nodes.General, nodes.Element):
    """Where the list of outcomes names the chapters that work on one. Attributes: ``outcome`` (id), ``docname``."""


class OutcomesDomain(Domain):
    """The outcomes, who names them, and where they are listed."""

    name = "outcome"
    label = "Course outcomes"
    initial_data = {
        "named": set(),  # docnames that link to the list of outcomes
        "worked_on": {},  # docname -> outcome ids of its opening
        "lists": set(),  # docnames that print the list
        "printed": None,  # what the list and its links showed at the last build
    }
    data_version = 1

    #: The outcomes as they stand in the file, loaded anew by every build; None without a file.
    outcomes: Mapping[str, str] | None = None
    #: Whether the file has mistakes, which were reported; its outcomes are then not known.
    unreadable = False

    @property
    def list_docname(self) -> str:
        """The document that prints the list; empty where none does."""
        return min(self.data["lists"], default="")

    def chapters_on(self, outcome: str) -> list[str]:
        """Return the documents whose opening names an outcome, in the order of the course."""
        worked_on = self.data["worked_on"]
        order = dict.fromkeys([*self.env.collect_relations(), *sorted(worked_on)])
        return [docname for docname in order if outcome in worked_on.get(docname, ())]

    def clear_doc(self, docname: str) -> None:
        self.data["named"].discard(docname)
        self.data["lists"].discard(docname)
        self.data["worked_on"].pop(docname, None)

    def merge_domaindata(self, docnames: Set[str], otherdata: dict[str, Any]) -> None:
        self.data["named"] |= otherdata["named"] & docnames
        self.data["lists"] |= otherdata["lists"] & docnames
        for docname in docnames & otherdata["worked_on"].keys():
            self.data["worked_on"][docname] = otherdata["worked_on"][docname]

    def resolve_xref(
        self,
        env: BuildEnvironment,
        fromdocname: str,
        builder: Builder,
        typ: str,
        target: str,
        node: pending_xref,
        contnode: nodes.Element,
    ) -> nodes.reference | None:
        """Link an outcome to the list; without a list its name stays plain."""
        if not self.list_docname or target not in (self.outcomes or ()):
            return None
        return make_refnode(builder, fromdocname, self.list_docname, f"outcome-{target}", contnode)

    def resolve_any_xref(self, *args: object) -> list[tuple[str, nodes.reference]]:
        """Outcomes are never meant by an untyped reference."""
        return []


def known_outcomes(env: BuildEnvironment) -> Mapping[str, str] | None:
    """Return the course's outcomes, and have the document being read depend on their file; None where there is none."""
    domain = env.domains.get("outcome")
    if not isinstance(domain, OutcomesDomain):
        return None
    env.note_dependency(Path(env.srcdir, env.config.farreaching_outcomes))
    return domain.outcomes


def outcome_reference(env: BuildEnvironment, outcome: str) -> pending_xref:
    """Return a link, to be resolved later, that shows an outcome's id as words."""
    if isinstance(domain := env.domains.get("outcome"), OutcomesDomain):
        domain.data["named"].add(env.docname)
    words = nodes.inline("", outcome.replace("-", " "), classes=["outcome"])
    return addnodes.pending_xref(
        "", words, refdomain="outcome", reftype="ref", reftarget=outcome, refdoc=env.docname, refexplicit=False
    )


def _no_outcomes(env: BuildEnvironment) -> str:
    return f"the course has no {env.config.farreaching_outcomes}. Write it: an 'id: text' line for each outcome."


class OutcomeRole(SphinxRole):
    """Names a course outcome: ``{outcome}`trace-claims` ``."""

    def run(self) -> tuple[list[nodes.Node], list[nodes.system_message]]:
        known = known_outcomes(self.env)
        problem = ""
        if cast("OutcomesDomain", self.env.get_domain("outcome")).unreadable:
            pass
        elif known is None:
            problem = _no_outcomes(self.env)
        elif self.text not in known:
            hint = nearest(self.text, known) or f"Add it to {self.config.farreaching_outcomes}."
            problem = f"there is no outcome '{self.text}'. {hint}"
        if problem:
            logger.warning(problem, location=self.get_location(), type="farreaching", subtype="outcomes")
        node = outcome_reference(self.env, self.text)
        self.set_source_info(node)
        return [node], []


class OutcomesDirective(SphinxDirective):
    """Prints all outcomes and, beneath each, the chapters that work on it."""

    def run(self) -> list[nodes.Node]:
        known = known_outcomes(self.env)
        domain = cast("OutcomesDomain", self.env.get_domain("outcome"))
        if domain.unreadable:
            return []
        if not known:
            logger.warning(_no_outcomes(self.env), location=self.get_location(), type="farreaching", subtype="outcomes")
            return []
        domain.data["lists"].add(self.env.docname)
        outcomes = nodes.definition_list(classes=["outcomes"])
        for outcome, text in known.items():
            term = nodes.term("", outcome.replace("-", " ").capitalize(), ids=[f"outcome-{outcome}"])
            definition = nodes.definition("", nodes.paragraph("", "", *inline_nodes(text)))
            definition += outcome_chapters(outcome=outcome, docname=self.env.docname)
            outcomes += nodes.definition_list_item("", term, definition)
        return [outcomes]


class OutcomeChaptersTransform(SphinxPostTransform):
    """Fills the list of outcomes with links to chapters."""

    # before references are resolved (10), so that the links made here are resolved as any other
    default_priority = 5

    def run(self, **kwargs: object) -> None:
        domain = cast("OutcomesDomain", self.env.get_domain("outcome"))
        for node in list(self.document.findall(outcome_chapters)):
            paragraph = nodes.paragraph("", "Chapters: ", classes=["outcome-chapters"])
            chapters = domain.chapters_on(node["outcome"])
            if chapters and current_builder(self.env).name == "typst":  # a run of whole titles cannot be read
                paragraph += [page_reference(refid="", refdocname=docname) for docname in chapters]
                node.replace_self(paragraph)
                continue
            for docname in chapters:
                if docname != chapters[0]:
                    paragraph += nodes.Text("; ")
                # the node's own docname: a book joins the doctrees of many documents
                paragraph += addnodes.pending_xref(
                    "",
                    nodes.inline(),
                    refdomain="std",
                    reftype="doc",
                    reftarget=f"/{docname}",
                    refdoc=node["docname"],
                    refexplicit=False,
                )
            node.replace_self(paragraph if chapters else [])


def on_builder_inited(app: Sphinx) -> None:
    """Load the outcomes; a course without the file is told so where one is named."""
    domain = cast("OutcomesDomain", app.env.get_domain("outcome"))
    path = Path(app.srcdir, app.config.farreaching_outcomes)
    if not path.exists():
        return
    try:
        domain.outcomes = load_outcomes(path)
    except CourseError as error:
        domain.unreadable = True
        log_findings(error.findings, "outcomes")


def on_env_updated(app: Sphinx, env: BuildEnvironment) -> list[str]:
    """Have those pages written again that show what another page changed: the list's chapters, or its place."""
    domain = cast("OutcomesDomain", env.get_domain("outcome"))
    chapters = {
        outcome: [(docname, env.titles[docname].astext()) for docname in domain.chapters_on(outcome)]
        for outcome in domain.outcomes or ()
    }
    then, now = domain.data["printed"], (domain.list_docname, chapters)
    domain.data["printed"] = now
    if then is None or then == now:
        return []
    return sorted(domain.data["lists"] | (domain.data["named"] if then[0] != now[0] else set()))


def setup(app: Sphinx) -> ExtensionMetadata:
    """Register the domain, the role and the directive."""
    help_text = "file of the outcomes, from the source folder"
    app.add_config_value("farreaching_outcomes", "outcomes.yaml", "env", str, help_text)
    app.add_domain(OutcomesDomain)
    app.add_node(outcome_chapters)
    app.add_role("outcome", OutcomeRole())
    app.add_directive("outcomes", OutcomesDirective)
    app.add_post_transform(OutcomeChaptersTransform)
    app.connect("builder-inited", on_builder_inited)
    app.connect("env-updated", on_env_updated)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
