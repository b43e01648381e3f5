"""The directive `{class-plans}`: for every chapter, a class of 50 and one of 90 minutes, by the minute."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING, Any, cast

from docutils import nodes
from sphinx import addnodes
from sphinx.domains import Domain
from sphinx.transforms.post_transforms import SphinxPostTransform
from sphinx.util import logging
from sphinx.util.docutils import SphinxDirective

from .claims.model import Status
from .claims.render import entry_link
from .markdown import inline_nodes
from .plan.loads import loads
from .plan.minutes import Kind, choose_task, steps
from .tables import table

if TYPE_CHECKING:
    from collections.abc import Iterator, Set

    from sphinx.application import Sphinx
    from sphinx.environment import BuildEnvironment
    from sphinx.util.typing import ExtensionMetadata

    from .claims.domain import ClaimsDomain
    from .claims.model import Claim
    from .plan.minutes import Step
    from .plan.model import Load

logger = logging.getLogger(__name__)

CLASSES = (50, 90)
#: Heading → share of the table's width.
COLUMNS = {"Minutes": 12, "Step": 16, "What to do": 72}
#: Which claims a class can argue about, best first.
ARGUABLE = (Status.CONTESTED, Status.DENIED, Status.CLAIMED, Status.SUPERSEDED, Status.CORROBORATED, Status.DOCUMENTED)


class class_plans(nodes.General, nodes.Element):
    """Where the class plans stand; filled when every chapter has been read. Attribute: ``docname``."""


class ClassPlansDomain(Domain):
    """The pages that print class plans, and what they printed."""

    name = "classplan"
    label = "Class plans"
    initial_data = {"pages": set(), "printed": {}}  # docnames; builder name -> what the plans rest on
    data_version = 1

    def clear_doc(self, docname: str) -> None:
        self.data["pages"].discard(docname)

    def merge_domaindata(self, docnames: Set[str], otherdata: dict[str, Any]) -> None:
        self.data["pages"] |= otherdata["pages"] & docnames

    def resolve_any_xref(self, *args: object) -> list[tuple[str, nodes.reference]]:
        """Nothing can refer to a class plan."""
        return []


class ClassPlansDirective(SphinxDirective):
    """Leaves a placeholder."""

    def run(self) -> list[nodes.Node]:
        self.env.get_domain("classplan").data["pages"].add(self.env.docname)
        node = class_plans(docname=self.env.docname)
        self.set_source_info(node)
        return [node]


class ClassPlansTransform(SphinxPostTransform):
    """Replaces each placeholder by a heading and two tables a chapter."""

    # before references are resolved (10), so that the links made here are resolved as any other
    default_priority = 4

    def run(self, **kwargs: Any) -> None:
        for node in list(self.document.findall(class_plans)):
            self.docname = node["docname"]  # a book joins the doctrees of many documents
            chapters = list(loads(self.env))
            if not chapters:
                message = "no chapter has an opening that a class could be planned from. Add one, or remove {class-plans}."
                logger.warning(message, location=node, type="farreaching", subtype="classplans")
            node.replace_self([*self._parts(chapters)])

    def _parts(self, chapters: list[Load]) -> Iterator[nodes.Node]:
        # rubrics: a section made this late would be missing from the tables of contents
        for part, group in groupby(chapters, key=lambda load: load.part):
            yield nodes.rubric("", part, **{"heading-level": 2})
            for load in group:
                link = self._link("std", "doc", f"/{load.docname}", load.title)
                yield nodes.rubric("", "", link, ids=[nodes.make_id(f"class-{load.docname}")], **{"heading-level": 3})
                yield nodes.paragraph("", load.question, classes=["key-question"])
                yield from self._classes(load)

    def _classes(self, load: Load) -> Iterator[nodes.Node]:
        given: list[str] = []
        for minutes in CLASSES:
            task = choose_task(load, minutes, given)
            given += [task.id] if task else []
            yield nodes.rubric("", f"{minutes} minutes", **{"heading-level": 4})
            yield table(COLUMNS, [self._row(step, load) for step in steps(minutes, task)], ["class-plan"])
            if not task and load.tasks:
                shortest = min(load.tasks, key=lambda task: task.minutes)
                note = nodes.paragraph(
                    "", f"No exercise fits. The shortest, of {shortest.minutes} minutes, can be done at home: "
                )
                note += [self._link("exercise", "ref", shortest.id, shortest.title), nodes.Text(".")]
                yield note

    def _row(self, step: Step, load: Load) -> nodes.row:
        cells = (
            [nodes.Text(f"{step.begins}–{step.ends}")],
            [nodes.Text(step.kind.value)],
            [*self._doing(step, load)],
        )
        return nodes.row("", *(nodes.entry("", nodes.paragraph("", "", *cell)) for cell in cells))

    def _doing(self, step: Step, load: Load) -> Iterator[nodes.Node]:
        if step.kind is Kind.OPENING:
            yield nodes.Text("Each student answers the key question in one written sentence.")
        elif step.kind is Kind.CLAIM:
            claim = self._claim(load.docname)
            if not claim:
                yield nodes.Text(
                    "Each student names the statement of the chapter that surprised them most, and says who makes it."
                )
                return
            yield nodes.Text("One half of the class attacks the grade of this claim, the other defends it, from its sources: ")
            yield entry_link(claim.id, self.docname, *inline_nodes(claim.claim))
            yield nodes.Text(f" ({claim.status.mark} {claim.status})")
        elif step.task:
            yield self._link("exercise", "ref", step.task.id, step.task.title)
            yield nodes.Text(f" ({step.task.type.replace('-', ' ')}; {step.task.grouping})")
        else:
            yield nodes.Text("Back to the first sentences: who would change theirs, and what evidence did it? What would do it?")

    def _link(self, domain: str, kind: str, target: str, words: str) -> addnodes.pending_xref:
        return addnodes.pending_xref(
            "", nodes.inline("", words), refdomain=domain, reftype=kind, reftarget=target, refdoc=self.docname, refexplicit=True
        )

    def _claim(self, docname: str) -> Claim | None:
        """Return the claim of a chapter about which one can argue best, the first of its kind."""
        domain = cast("ClaimsDomain", self.env.get_domain("claim"))
        used = [domain.entries[claim_id] for claim_id in domain.uses.get(docname, {}) if claim_id in domain.entries]
        return min(used, key=lambda claim: ARGUABLE.index(claim.status), default=None)


def _basis(env: BuildEnvironment) -> str:
    """Return all that class plans rest on, as one text."""
    claims = cast("ClaimsDomain", env.get_domain("claim"))
    used = {name: list(uses) for name, uses in claims.uses.items()}
    return repr([(load, used.get(load.docname)) for load in loads(env)])


def on_env_updated(app: Sphinx, env: BuildEnvironment) -> list[str]:
    """Have the pages with class plans written again where a chapter, an exercise or a claim in them changed."""
    domain = env.get_domain("classplan")
    if not domain.data["pages"]:
        return []
    then, now = domain.data["printed"].get(app.builder.name), _basis(env)
    domain.data["printed"][app.builder.name] = now
    return sorted(domain.data["pages"]) if then != now else []


def setup(app: Sphinx) -> ExtensionMetadata:
    """Register the directive, its placeholder and the transform."""
    app.add_domain(ClassPlansDomain)
    app.add_node(class_plans)
    app.add_directive("class-plans", ClassPlansDirective)
    app.add_post_transform(ClassPlansTransform)
    app.connect("env-updated", on_env_updated)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
