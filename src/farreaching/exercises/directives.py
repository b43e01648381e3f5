"""The `{exercise}` and `{exercises}` directives and the `{exercise-ref}` role."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, cast

from docutils import nodes
from sphinx import addnodes
from sphinx.roles import XRefRole
from sphinx.transforms import SphinxTransform
from sphinx.util import logging
from sphinx.util.docutils import SphinxDirective

from ..findings import CourseError, nearest
from ..outcomes import known_outcomes, outcome_reference
from ..reporting import log_findings
from .domain import ExercisesDomain, ShownExercise, anchor
from .foreign import ForeignFile
from .loader import exercise_ids, exercise_path, key_path, load_exercise, load_key
from .model import SELF_CHECK

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from sphinx.application import Sphinx
    from sphinx.environment import BuildEnvironment

    from .model import Exercise, Key, Section

logger = logging.getLogger(__name__)

#: The columns of the overview, each with its share of the width.
COLUMNS = {"No.": 5, "Exercise": 35, "Type": 15, "Level": 15, "Minutes": 10, "Grouping": 20}


class exercise_overview(nodes.General, nodes.Element):
    """Where a document prints the table of its exercises; filled when the document has been read."""


def exercises_dir(env: BuildEnvironment) -> Path:
    """Return the folder of the exercise bank."""
    return Path(env.srcdir, env.config.farreaching_exercises_dir).resolve()


def keys_dir(env: BuildEnvironment) -> Path:
    """Return the folder of the keys: beside the exercises, unless the course keeps them elsewhere."""
    return Path(env.srcdir, env.config.farreaching_keys_dir or env.config.farreaching_exercises_dir).resolve()


class BankDirective(SphinxDirective):
    """Common to the directives that show one file of the bank."""

    required_arguments = 1

    def warn(self, message: str) -> None:
        """Log a warning at this directive."""
        logger.warning(message, location=self.get_location(), type="farreaching", subtype="exercises")

    def load(self) -> tuple[Exercise, ForeignFile] | None:
        """Return the exercise named by the argument and a renderer for its file; None after a warning."""
        exercise_id = self.arguments[0]
        folder = exercises_dir(self.env)
        renderer = ForeignFile.renderer_of(self.state)
        if not renderer:
            self.warn("an exercise must stand in a section of a MyST document, not inside another block. Move it out.")
            return None
        path = exercise_path(folder, exercise_id)
        if path:
            self.env.note_dependency(path)  # also where it is missing: it may be added
        if not path or not path.is_file():
            hint = nearest(exercise_id, exercise_ids(folder)) or f"Write {exercise_id}.md in the folder {folder.name}."
            self.warn(f"there is no exercise '{exercise_id}'. {hint}")
            return None
        if anchor(exercise_id) in self.state.document.ids:
            mend = "Remove one, or refer to it with {exercise-ref}."
            self.warn(f"the exercise '{exercise_id}' is shown twice in this document. {mend}")
            return None
        try:
            exercise = load_exercise(folder, exercise_id, known_outcomes(self.env))
        except CourseError as error:
            log_findings(error.findings, "exercises")
            return None
        wanted = "self-check" if exercise.type == SELF_CHECK else "exercise"
        if self.name != wanted:
            self.warn(f"'{exercise_id}' is of type {exercise.type}. Show it with {{{wanted}}}.")
            return None
        return exercise, ForeignFile(renderer, exercise.path, anchor(exercise_id))

    def note_shown(self, exercise: Exercise) -> ShownExercise:
        """Give the exercise the document's next number."""
        domain = cast("ExercisesDomain", self.env.get_domain("exercise"))
        docname = self.env.docname
        shown = ShownExercise(
            id=exercise.id,
            number=self.next_number(exercise),
            title=exercise.title,
            type=exercise.type,
            level=exercise.level,
            minutes=exercise.minutes,
            grouping=exercise.grouping,
            chapter=exercise.chapter,
            outcomes=exercise.outcomes,
            cites=exercise.cites,
        )
        domain.note_shown(docname, shown)
        return shown

    def next_number(self, exercise: Exercise) -> int:
        """Return the number that an exercise has in the document; 0 for a self-check, which has none."""
        if exercise.type == SELF_CHECK:
            return 0
        domain = cast("ExercisesDomain", self.env.get_domain("exercise"))
        return 1 + sum(shown.number > 0 for shown in domain.shown_in(self.env.docname))


class ExerciseDirective(BankDirective):
    """Shows one exercise as a section, and its key in the instructor edition."""

    def run(self) -> list[nodes.Node]:
        loaded = self.load()
        if not loaded:
            return []
        exercise, file = loaded
        shown = self.note_shown(exercise)
        level = file.level_below(file.renderer)
        number = nodes.inline("", f"{shown.name}.", classes=["exercise-number"])
        title = nodes.title("", "", number, nodes.Text(f" {exercise.title}"))
        section = self._section(shown.anchor, title, ["exercise", f"exercise-{exercise.type}"])
        section += self._facts(exercise, file)
        self._add_sections(section, exercise.sections, file, level + 1)
        if getattr(self.config, "farreaching_edition", "student") == "instructor" and (key := self._key(exercise)):
            title = nodes.title("", "For the instructor")
            key_section = self._section(f"{shown.anchor}-key", title, ["exercise-key"])
            key_file = ForeignFile(file.renderer, key.path, f"{shown.anchor}-key")
            self._add_sections(key_section, key.sections, key_file, level + 2)
            section += key_section
        return [section]

    def _section(self, section_id: str, title: nodes.title, classes: Iterable[str] = ()) -> nodes.section:
        section = nodes.section("", title, ids=[section_id], classes=list(classes))
        self.set_source_info(section)
        self.state.document.set_id(section)
        return section

    def _add_sections(self, parent: nodes.section, sections: Iterable[Section], file: ForeignFile, level: int) -> None:
        for part in sections:
            section_id = nodes.make_id(f"{parent['ids'][0]}-{part.title}")
            section = self._section(section_id, nodes.title("", part.title))
            file.section(part.text, part.text_line, section, level)
            parent += section

    def _facts(self, exercise: Exercise, file: ForeignFile) -> nodes.container:
        facts = nodes.container(classes=["exercise-facts"])
        kind = exercise.type.capitalize().replace("-", " ")
        facts += nodes.paragraph("", f"{kind} · {exercise.level} · {exercise.minutes} minutes · {exercise.grouping}")
        outcomes: list[list[nodes.Node]] = [[outcome_reference(self.env, outcome)] for outcome in exercise.outcomes]
        sources = [file.inline(f"{{cite:t}}`{key}`", exercise.lines["cites"]) for key in exercise.cites]
        claims: list[list[nodes.Node]] = [[self._claim(claim, exercise)] for claim in exercise.claims]
        materials = [file.inline(exercise.materials, exercise.lines["materials"])] if exercise.materials else []
        listed = {"Outcomes": outcomes, "Sources to use": sources, "Claims to use": claims, "Materials": materials}
        for label, items in listed.items():
            if items:
                facts += nodes.paragraph("", "", nodes.strong("", f"{label}:"), nodes.Text(" "), *_joined(items))
        return facts

    def _claim(self, claim: str, exercise: Exercise) -> addnodes.pending_xref:
        node = addnodes.pending_xref(
            "", nodes.literal("", claim), refdomain="claim", reftype="entry", reftarget=claim, refdoc=self.env.docname,
            refexplicit=False,
        )  # fmt: skip
        node.source, node.line = str(exercise.path), exercise.lines["claims"]
        return node

    def _key(self, exercise: Exercise) -> Key | None:
        folder = keys_dir(self.env)
        self.env.note_dependency(key_path(folder, exercise.id))
        try:
            return load_key(folder, exercise.id)
        except CourseError as error:
            log_findings(error.findings, "exercises")
            return None


def _joined(items: Iterable[list[nodes.Node]]) -> Iterator[nodes.Node]:
    for index, item in enumerate(items):
        if index:
            yield nodes.Text("; ")
        yield from item


class ExercisesDirective(SphinxDirective):
    """Prints a table of the exercises that the document shows."""

    def run(self) -> list[nodes.Node]:
        node = exercise_overview()
        self.set_source_info(node)
        return [node]


class OverviewTransform(SphinxTransform):
    """Fills the table of exercises, when all of them have been read."""

    default_priority = 500

    def apply(self, **kwargs: object) -> None:
        domain = cast("ExercisesDomain", self.env.get_domain("exercise"))
        for node in list(self.document.findall(exercise_overview)):
            shown = [exercise for exercise in domain.shown_in(self.env.docname) if exercise.number]
            if not shown:
                message = "this document shows no exercise. Add {exercise} blocks, or remove {exercises}."
                logger.warning(message, location=node, type="farreaching", subtype="exercises")
            node.replace_self(_overview(shown) if shown else [])


def _overview(shown: list[ShownExercise]) -> nodes.table:
    table = nodes.table(classes=["exercise-overview", "colwidths-auto"])
    group = nodes.tgroup(cols=len(COLUMNS))
    group += [nodes.colspec(colwidth=width) for width in COLUMNS.values()]
    group += nodes.thead("", _row(map(nodes.Text, COLUMNS)))
    body = nodes.tbody()
    for exercise in shown:
        link = nodes.reference("", exercise.title, refid=exercise.anchor, internal=True)
        facts = (exercise.type.replace("-", " "), exercise.level, str(exercise.minutes), exercise.grouping)
        body += _row([nodes.Text(str(exercise.number)), link, *map(nodes.Text, facts)])
    table += group
    group += body
    return table


def _row(cells: Iterable[nodes.Node]) -> nodes.row:
    return nodes.row("", *(nodes.entry("", nodes.paragraph("", "", cell)) for cell in cells))


class ExerciseReferenceRole(XRefRole):
    """Refers to an exercise by its number: ``{exercise-ref}`PART/SLUG` ``."""

    def result_nodes(
        self, document: nodes.document, env: BuildEnvironment, node: nodes.Element, is_ref: bool
    ) -> tuple[list[nodes.Node], list[nodes.system_message]]:
        node["refdomain"], node["reftype"] = "exercise", "ref"
        cast("ExercisesDomain", env.get_domain("exercise")).note_reference(env.docname, node["reftarget"])
        return [node], []


def setup(app: Sphinx) -> None:
    """Register the directives, the role and the nodes."""
    app.add_node(exercise_overview)
    app.add_directive("exercise", ExerciseDirective)
    app.add_directive("exercises", ExercisesDirective)
    app.add_role("exercise-ref", ExerciseReferenceRole(innernodeclass=nodes.inline))
    app.add_transform(OverviewTransform)
