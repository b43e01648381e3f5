"""The chapters of a course with their minutes, as the course itself prints them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

from sphinx.builders import Builder

from ..build import Order, run_sphinx
from ..exercises.model import SELF_CHECK
from ..openings import chapters
from .model import Load, Task

if TYPE_CHECKING:
    from collections.abc import Iterator, Set

    from sphinx.environment import BuildEnvironment

    from ..exercises.domain import ExercisesDomain
    from ..progress import Reporter
    from ..project import Project


class FactsBuilder(Builder):
    """Has the course read, and writes nothing."""

    name = "facts"
    format = "facts"

    def get_outdated_docs(self) -> list[str]:
        return []

    def get_target_uri(self, docname: str, typ: str | None = None) -> str:
        return docname

    def write_documents(self, docnames: Set[str]) -> None:
        pass


def read_course(project: Project, reporter: Reporter) -> list[Load]:
    """Return the chapters in the order of the course; raises `CourseError` where the course cannot be read.

    The reading has doctrees of its own: an edition's must see every change themselves.
    """
    stage = project.build / ".stage" / "plan"
    extensions: list[Any] = [*project.settings.get("extensions", []), "farreaching.plan"]
    app = run_sphinx(project, Order(), FactsBuilder.name, stage, reporter, what="chapters", extensions=extensions)
    return list(loads(app.env))


def loads(env: BuildEnvironment) -> Iterator[Load]:
    """Yield the chapters that have an opening, in the order of the course."""
    domain = cast("ExercisesDomain", env.get_domain("exercise"))
    facts = chapters(env)
    parents = {child: parent for parent, children in env.toctree_includes.items() for child in children}
    for docname in env.collect_relations():
        if docname not in facts:
            continue
        shown = domain.shown_in(docname)
        parent = parents.get(docname, docname)
        yield Load(
            docname=docname,
            title=env.titles[docname].astext(),
            part=env.titles[parent].astext(),
            question=facts[docname].question,
            reading=facts[docname].reading_minutes,
            checking=sum(one.minutes for one in shown if one.type == SELF_CHECK),
            tasks=tuple(Task(one.id, one.title, one.type, one.minutes) for one in shown if one.type != SELF_CHECK),
            outcomes=facts[docname].outcomes,
        )
