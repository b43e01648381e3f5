"""Which document shows which exercise under which number, kept in a Sphinx domain."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple, cast

from docutils import nodes
from sphinx.domains import Domain
from sphinx.util import logging
from sphinx.util.nodes import make_refnode

from ..findings import nearest

if TYPE_CHECKING:
    from collections.abc import Set

    from sphinx.addnodes import pending_xref
    from sphinx.application import Sphinx
    from sphinx.builders import Builder
    from sphinx.environment import BuildEnvironment

logger = logging.getLogger(__name__)


class ShownExercise(NamedTuple):
    """An exercise as one document shows it."""

    id: str  #: ``PART/SLUG``
    number: int  #: in its document, from 1; 0 for a self-check, which has none
    title: str  #: plain text
    type: str  #: one of `model.TYPES`
    level: str  #: one of `model.LEVELS`
    minutes: int  #: working time
    grouping: str  #: who works with whom
    chapter: str  #: docname of the chapter it belongs to
    outcomes: tuple[str, ...]  #: ids of course outcomes
    cites: tuple[str, ...]  #: citation keys of the sources to use

    @property
    def anchor(self) -> str:
        """The id of its section."""
        return anchor(self.id)

    @property
    def name(self) -> str:
        """How a reference names it."""
        return f"Exercise {self.number}" if self.number else self.title


def anchor(exercise_id: str) -> str:
    """Return the id that an exercise's section has in every document."""
    return nodes.make_id(f"exercise-{exercise_id}")


class ExercisesDomain(Domain):
    """Exercises, the documents that show them, and those that refer to them."""

    name = "exercise"
    label = "Exercises"
    initial_data = {
        "shown": {},  # docname -> list of ShownExercise, in the document's order
        "referred": {},  # docname -> set of exercise ids it refers to
        "printed": {},  # docname -> exercise id -> (docname, ShownExercise) its references led to at the last build
        "finders": set(),  # docnames that print the finder
        "found": "",  # what the finder printed at the last build
    }
    data_version = 2

    def shown_in(self, docname: str) -> list[ShownExercise]:
        """Return the exercises and self-checks of a document, in its order."""
        return cast("list[ShownExercise]", self.data["shown"].get(docname, []))

    def note_shown(self, docname: str, shown: ShownExercise) -> None:
        """Note that a document shows an exercise after those already noted."""
        self.data["shown"].setdefault(docname, []).append(shown)

    def note_reference(self, docname: str, exercise_id: str) -> None:
        """Note that a document refers to an exercise."""
        self.data["referred"].setdefault(docname, set()).add(exercise_id)

    def find(self, exercise_id: str, fromdocname: str) -> tuple[str, ShownExercise] | None:
        """Return the document a reference should lead to, and the exercise there.

        Of several it is the referring document itself, else the exercise's chapter, else the first by name.
        """
        found = [
            (docname != fromdocname, docname != shown.chapter, docname, shown)
            for docname, exercises in self.data["shown"].items()
            for shown in exercises
            if shown.id == exercise_id
        ]
        return min(found)[2:] if found else None

    def clear_doc(self, docname: str) -> None:
        self.data["shown"].pop(docname, None)
        self.data["referred"].pop(docname, None)
        self.data["finders"].discard(docname)

    def merge_domaindata(self, docnames: Set[str], otherdata: dict[str, Any]) -> None:
        for name in ("shown", "referred"):
            for docname in docnames & otherdata[name].keys():
                self.data[name][docname] = otherdata[name][docname]
        self.data["finders"] |= otherdata["finders"] & docnames

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
        """Link an exercise by its id, as "Exercise 3" unless the reference has words of its own."""
        place = self.find(target, fromdocname)
        if not place:
            shown = {shown.id for exercises in self.data["shown"].values() for shown in exercises}
            hint = nearest(target, sorted(shown)) or "Show it with {exercise} in its chapter."
            message = f"no document shows an exercise '{target}'. {hint}"
            logger.warning(message, location=node, type="farreaching", subtype="exercises")
            return None
        docname, exercise = place
        if not node["refexplicit"]:
            contnode = nodes.inline("", exercise.name, classes=["exercise-reference"])
        return make_refnode(builder, fromdocname, docname, exercise.anchor, contnode, exercise.title)

    def resolve_any_xref(self, *args: object) -> list[tuple[str, nodes.reference]]:
        """Exercises are never meant by an untyped reference."""
        return []


def on_env_updated(app: Sphinx, env: BuildEnvironment) -> list[str]:
    """Have those documents written again whose references now lead to another number, title or place."""
    domain = cast("ExercisesDomain", env.get_domain("exercise"))
    then = domain.data["printed"]
    now = {
        docname: {exercise_id: domain.find(exercise_id, docname) for exercise_id in sorted(ids)}
        for docname, ids in domain.data["referred"].items()
    }
    domain.data["printed"] = now
    return sorted(docname for docname in now if docname in then and then[docname] != now[docname])


def setup(app: Sphinx) -> None:
    """Register the domain and its handler."""
    app.add_domain(ExercisesDomain)
    app.connect("env-updated", on_env_updated)
