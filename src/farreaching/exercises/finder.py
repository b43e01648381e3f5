"""The `{exercise-finder}` directive: all exercises of the course, to be filtered, ticked into a list, and handed out.

The page holds only what chapters show of their exercises. Without scripts it is a plain list in the order of the course.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple, cast

from docutils import nodes
from sphinx import addnodes
from sphinx.transforms.post_transforms import SphinxPostTransform
from sphinx.util import logging
from sphinx.util.docutils import SphinxDirective

from ..builders import HTML_BUILDERS, current_builder
from ..filters import FILTERABLE, Control, filter_form
from ..titles import part_title
from .model import LEVELS, TYPES
from .selection import part_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sphinx.application import Sphinx
    from sphinx.environment import BuildEnvironment
    from sphinx.writers.html5 import HTML5Translator

    from ..citations.domain import CitationsDomain
    from .domain import ExercisesDomain, ShownExercise

logger = logging.getLogger(__name__)

#: The bounds that the filter of minutes offers.
BOUNDS = (10, 20, 30, 45, 60, 90)


class exercise_finder(nodes.General, nodes.Element):
    """Where the finder stands until all documents have been read. Attribute: ``docname``."""


class exercise_list(nodes.General, nodes.Element):
    """Where the ticked exercises are listed; only web pages have it."""


class Found(NamedTuple):
    """An exercise as the finder prints it."""

    docname: str  #: of the document that shows it
    exercise: ShownExercise
    sources: tuple[str, ...]  #: the sources to use as the text cites them, "Author 2024"


class FinderDirective(SphinxDirective):
    """Leaves the place of the finder."""

    def run(self) -> list[nodes.Node]:
        self.env.get_domain("exercise").data["finders"].add(self.env.docname)
        node = exercise_finder(docname=self.env.docname)
        self.set_source_info(node)
        return [node]


def found_exercises(env: BuildEnvironment) -> list[Found]:
    """Return all exercises that documents show, each once, in the order of the course."""
    domain = cast("ExercisesDomain", env.get_domain("exercise"))
    references = cast("CitationsDomain", env.get_domain("cite")).references
    order = dict.fromkeys([*env.collect_relations(), *sorted(domain.data["shown"])])
    found = []
    for docname in order:
        for exercise in domain.shown_in(docname):
            place = domain.find(exercise.id, "")
            if place and place[0] == docname:
                cited = (references[key] for key in exercise.cites if key in references)
                found.append(Found(docname, exercise, tuple(f"{one.author} {one.year}" for one in cited)))
    return found


class FinderTransform(SphinxPostTransform):
    """Fills the finder when all documents have been read."""

    # before references are resolved (10) and filter forms taken out where nothing could answer them (20)
    default_priority = 5

    def run(self, **kwargs: Any) -> None:
        for node in list(self.document.findall(exercise_finder)):
            found = found_exercises(self.env)
            if not found:
                logger.warning("no document shows an exercise. Remove {exercise-finder}.", location=node, type="farreaching")
            node.replace_self([self._form(found), exercise_list(), *self._groups(found, node["docname"])] if found else [])

    def _form(self, found: list[Found]) -> filter_form:
        exercises = [one.exercise for one in found]
        parts = {part_of(one.id): part_title(self.env, part_of(one.id)) for one in exercises}
        types, levels = {one.type for one in exercises}, {one.level for one in exercises}
        outcomes = dict.fromkeys(outcome for one in exercises for outcome in one.outcomes)
        longest = max(one.minutes for one in exercises)
        controls = [
            Control("choice", "part", "Part", parts),
            Control("choice", "type", "Type", {one: _words(one) for one in TYPES if one in types}),
            Control("choice", "level", "Level", {one: one for one in LEVELS if one in levels}),
            Control("choice", "minutes", "Minutes", {str(one): f"at most {one}" for one in BOUNDS if one < longest}),
            Control("choice", "outcome", "Outcome", {one: _words(one) for one in sorted(outcomes)}),
            Control("words", "grouping", "Grouping", within=".grouping"),
            Control("words", "source", "Source", within=".sources"),
            Control("words", "words", "Words"),
        ]
        return filter_form(controls=controls, noun="exercises")

    def _groups(self, found: list[Found], docname: str) -> Iterator[nodes.Element]:
        """Yield a heading and a list for each document with exercises."""
        for place in dict.fromkeys(one.docname for one in found):
            chapter = _reference(docname, "std", "doc", f"/{place}", nodes.inline())
            yield nodes.rubric("", "", chapter, classes=["finder-chapter"], **{"heading-level": 2})
            yield nodes.bullet_list("", *(self._item(one, docname) for one in found if one.docname == place), classes=["finder"])

    def _item(self, found: Found, docname: str) -> nodes.list_item:
        one = found.exercise
        classes = [f"part-{part_of(one.id)}", f"type-{one.type}", f"level-{one.level}"]
        classes += [f"minutes-{bound}" for bound in BOUNDS if one.minutes <= bound]
        classes += [f"outcome-{outcome}" for outcome in one.outcomes]
        title = _reference(docname, "exercise", "ref", one.id, nodes.inline("", one.title))
        facts = nodes.paragraph("", f"{_words(one.type).capitalize()} · {one.level} · {one.minutes} minutes · ")
        facts += nodes.inline("", one.grouping, classes=["grouping"])
        item = nodes.list_item("", nodes.paragraph("", "", title, classes=["finder-title"]), facts)
        facts["classes"].append("finder-facts")
        item += nodes.paragraph("", f"Outcomes: {'; '.join(map(_words, one.outcomes))}", classes=["finder-more"])
        if found.sources:
            sources = nodes.inline("", "; ".join(found.sources), classes=["sources"])
            item += nodes.paragraph("", "Sources: ", sources, classes=["finder-more"])
        item += nodes.paragraph("", "", nodes.literal(one.id, one.id, classes=["exercise-id"]), classes=["finder-more"])
        item["classes"] += [FILTERABLE, *classes]
        return item


def _words(name: str) -> str:
    return name.replace("-", " ")


def _reference(docname: str, domain: str, kind: str, target: str, words: nodes.Element) -> addnodes.pending_xref:
    return addnodes.pending_xref(
        "", words, refdomain=domain, reftype=kind, reftarget=target, refdoc=docname, refexplicit=domain != "std"
    )


_PANEL = """<section class="exercise-list" hidden aria-labelledby="exercise-list-title">
<h2 id="exercise-list-title">Your list</h2>
<p class="list-total" role="status"></p>
<ol class="list-items"></ol>
<div class="list-tools">
<p class="list-command"><label for="list-command">Command that makes the handout, with its key</label>
<input id="list-command" readonly></p>
<p><button type="button" class="list-copy">Copy the command</button>
<button type="button" class="list-save">Save the list</button>
<button type="button" class="list-print">Print the list</button>
<button type="button" class="list-clear">Clear the list</button> <span class="list-said" role="status"></span></p>
<p class="list-note">The command and the saved list make handouts with the exercises’ full text. Printing from here gives
their titles, minutes and addresses.</p>
</div>
</section>
"""


def visit_exercise_list(self: HTML5Translator, node: exercise_list) -> None:
    """Write the list's box, hidden until the script shows it."""
    self.body.append(_PANEL)
    raise nodes.SkipNode


class ListTransform(SphinxPostTransform):
    """Takes the list's box away where nothing could be ticked."""

    default_priority = 20

    def run(self, **kwargs: Any) -> None:
        if current_builder(self.env).name not in HTML_BUILDERS:
            for node in list(self.document.findall(exercise_list)):
                node.replace_self([])


def add_script(app: Sphinx, pagename: str, templatename: str, context: dict[str, Any], doctree: nodes.document | None) -> None:
    """Load the script on the finder's page, and on no other."""
    if doctree and next(doctree.findall(exercise_list), None):
        app.add_js_file("farreaching/finder.js", loading_method="defer")


def on_env_updated(app: Sphinx, env: BuildEnvironment) -> list[str]:
    """Have the finder written again when another page changed what it prints."""
    data = env.get_domain("exercise").data
    now = repr([(one, env.titles[one.docname].astext()) for one in found_exercises(env)]) if data["finders"] else ""
    then, data["found"] = data["found"], now
    return sorted(data["finders"]) if then and then != now else []


def setup(app: Sphinx) -> None:
    """Register the directive, its nodes and its script."""
    app.add_node(exercise_finder)
    app.add_node(exercise_list, html=(visit_exercise_list, None))
    app.add_directive("exercise-finder", FinderDirective)
    app.add_post_transform(FinderTransform)
    app.add_post_transform(ListTransform)
    app.connect("html-page-context", add_script)
    app.connect("env-updated", on_env_updated)
