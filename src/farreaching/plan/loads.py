"""What the chapters ask for, taken from a Sphinx environment that has read them all."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from ..exercises.model import SELF_CHECK
from ..markdown import plain_text
from ..openings import chapters
from .model import Load, Task

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sphinx.environment import BuildEnvironment

    from ..exercises.domain import ExercisesDomain, ShownExercise


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
            question=plain_text(facts[docname].question),
            reading=facts[docname].reading_minutes,
            checking=sum(one.minutes for one in shown if one.type == SELF_CHECK),
            tasks=tuple(_task(one) for one in shown if one.type != SELF_CHECK),
            outcomes=facts[docname].outcomes,
        )


def _task(shown: ShownExercise) -> Task:
    return Task(shown.id, plain_text(shown.title), shown.type, shown.minutes, plain_text(shown.grouping))
