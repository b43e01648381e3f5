"""The documents of a handout: what the exercise directives do in them, and how what lies outside them is named.

The documents are not the course: a claim is printed with its words, a chapter by its title, and a link leads to the
course's site where it has one.
"""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, cast

from docutils import nodes
from sphinx import addnodes
from sphinx.transforms import SphinxTransform
from sphinx.transforms.post_transforms import SphinxPostTransform
from sphinx.util import docname_join, logging
from sphinx.util.docutils import SphinxDirective

from ..citations import cite, note_cited
from ..citations.nodes import references_node
from ..claims.domain import unknown_claim
from ..claims.nodes import claim_node
from ..exercises.directives import BankDirective, ExerciseDirective, exercises_dir
from ..exercises.foreign import ForeignFile
from ..exercises.loader import load_exercise
from ..exercises.selfcheck import SelfCheckDirective, check_answer, check_question
from ..findings import CourseError
from ..markdown import inline_nodes, plain_text
from ..nodes import SCREEN_ONLY
from .builder import KEY, HandoutBuilder

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sphinx.application import Sphinx
    from sphinx.environment import BuildEnvironment
    from sphinx.util.typing import ExtensionMetadata

    from ..claims.domain import ClaimsDomain
    from ..claims.model import Claim
    from ..exercises.domain import ExercisesDomain
    from ..exercises.model import Exercise, Question

logger = logging.getLogger(__name__)

_TITLE = re.compile(r"^# +(.+)$", re.MULTILINE)


class InHandout(BankDirective):
    """Common to both directives: in a handout every exercise has a number and stands under its title."""

    def next_number(self, exercise: Exercise) -> int:
        domain = cast("ExercisesDomain", self.env.get_domain("exercise"))
        return 1 + len(domain.shown_in(self.env.docname))

    @property
    def in_key(self) -> bool:
        """Whether the document is the key."""
        return bool(self.env.docname == KEY)

    def titled(self, exercise: Exercise) -> nodes.section:
        """Return a new section for an exercise, with its title."""
        shown = self.note_shown(exercise)
        title = nodes.title("", f"{shown.name}. {exercise.title}")
        section = nodes.section("", title, ids=[shown.anchor], classes=["exercise"])
        self.set_source_info(section)
        self.state.document.set_id(section)
        return section

    def space(self) -> list[nodes.Node]:
        """Return the lines to write on, where they are wanted."""
        if not self.config.farreaching_handout_space:
            return []
        return [nodes.rubric("", "Your answer"), nodes.container(classes=["writing-space"])]


class HandoutExerciseDirective(InHandout, ExerciseDirective):
    """Shows an exercise whole; in the key, its key and nothing else."""

    def run(self) -> list[nodes.Node]:
        if not self.in_key:
            shown = super().run()
            for section in shown:
                cast("nodes.section", section).extend(self.space())
            return shown
        loaded = self.load()
        key = loaded and self._key(loaded[0])
        if not loaded or not key:
            return []
        exercise, file = loaded
        level = file.level_below(file.renderer)
        section = self.titled(exercise)
        key_file = ForeignFile(file.renderer, key.path, section["ids"][0])
        self._add_sections(section, key.sections, key_file, level + 1)
        return [section]

    def _facts(self, exercise: Exercise, file: ForeignFile) -> nodes.container:
        facts = super()._facts(replace(exercise, claims=()), file)
        source = nodes.paragraph("", "Chapter: ")
        source += chapter_reference(self.env, exercise.chapter)
        facts.insert(1, source)
        if exercise.claims:
            facts += nodes.paragraph("", "", nodes.strong("", "Claims to use:"))
            facts += nodes.bullet_list("", *self._claims(exercise))
        return facts

    def _claims(self, exercise: Exercise) -> Iterator[nodes.list_item]:
        entries = cast("ClaimsDomain", self.env.get_domain("claim")).entries
        for claim_id in exercise.claims:
            if claim_id in entries:
                yield nodes.list_item("", self._claim_entry(entries[claim_id]))
            else:
                place = f"{exercise.path}:{exercise.lines['claims']}"
                logger.warning(unknown_claim(claim_id, entries), location=place, type="farreaching", subtype="exercises")

    def _claim_entry(self, claim: Claim) -> nodes.paragraph:
        """Return a claim with its grade, who says so, and the sources on either side."""
        evidence = {"For": claim.supporting, "against": claim.opposing}
        note_cited(self.env, self.env.docname, [item.key for items in evidence.values() for item in items])
        text = nodes.paragraph("", "", *inline_nodes(claim.claim))
        text += [nodes.Text(" "), nodes.strong("", claim.status.capitalize())]
        denial = f"; denied by {claim.denied_by}" if claim.denied_by else ""
        text += inline_nodes(f": {claim.by}, {claim.when}{denial}.")
        glue = " "
        for label, items in evidence.items():
            for place, item in enumerate(items):
                text += [
                    nodes.Text("; " if place else f"{glue}{label}: "),
                    cite(self.env, self.env.docname, item.key, item.at),
                ]
                glue = "; "
        text += nodes.Text(".")
        return text


class HandoutSelfCheckDirective(InHandout, SelfCheckDirective):
    """Shows the questions of a self-check; in the key, their answers and nothing else."""

    def run(self) -> list[nodes.Node]:
        loaded = self.load()
        if not loaded:
            return []
        exercise, file = loaded
        section = self.titled(exercise)
        questions = [
            self._question(
                question if self.in_key else _unexplained(question), number, f"{section['ids'][0]}-{question.id}", file
            )
            for number, question in enumerate(exercise.questions, 1)
        ]
        if self.in_key:
            for question in questions:
                answer = next(question.findall(check_answer))
                section += nodes.paragraph("", "", nodes.strong("", f"Question {answer['number']}: {answer['right']}"))
                section += answer.children
            return [section]
        count = f"{len(questions)} question{'' if len(questions) == 1 else 's'}"
        section += nodes.paragraph("", f"{count} · {exercise.minutes} minutes")
        listed = nodes.enumerated_list(enumtype="arabic", prefix="", suffix=".")
        for question in questions:
            listed += nodes.list_item("", *_without_answer(question))
        section += listed
        return [section]


def _unexplained(question: Question) -> Question:
    """Return a question without what only its answer says: the sources named there are not cited by the handout."""
    return replace(question, options=tuple(replace(option, explanation="") for option in question.options))


def _without_answer(question: check_question) -> list[nodes.Node]:
    return [child for child in question.children if not isinstance(child, check_answer)]


class SourcesDirective(SphinxDirective):
    """Lists the sources of the document under a heading, where it cites any."""

    def run(self) -> list[nodes.Node]:
        domain = self.env.get_domain("cite")
        docname = self.env.docname
        if not domain.data["cited"].get(docname):
            return []
        domain.data["lists"].add(docname)
        listed = references_node(docname=docname)
        self.set_source_info(listed)
        section = nodes.section("", nodes.title("", "Sources"), listed, ids=["sources"])
        self.state.document.set_id(section)
        return [section]


class OutsideTransform(SphinxTransform):
    """Leaves the words of what a handout cannot hold: the marks of claims, pictures, what is for screens."""

    default_priority = 500

    def apply(self, **kwargs: object) -> None:
        for claim in list(self.document.findall(claim_node)):
            claim.replace_self(claim.children)
        for node in list(self.document.findall(nodes.Element)):
            if SCREEN_ONLY in node.get("classes", ()) and node.parent is not None:
                node.parent.remove(node)
        for image in list(self.document.findall(nodes.image)):
            words = nodes.emphasis("", f"Picture: {image.get('alt') or 'see the chapter'}")
            inline = isinstance(image.parent, nodes.TextElement)
            image.replace_self(words if inline else nodes.paragraph("", "", words))


class ExerciseNamesTransform(SphinxPostTransform):
    """Names an exercise that the handout does not hold by its title."""

    default_priority = 4  # before references are resolved (10)

    def run(self, **kwargs: object) -> None:
        domain = cast("ExercisesDomain", self.env.get_domain("exercise"))
        for node in list(self.document.findall(addnodes.pending_xref)):
            if node["refdomain"] == "exercise" and not domain.find(node["reftarget"], node["refdoc"]):
                node.replace_self(nodes.Text(node.astext() if node["refexplicit"] else self._title(node["reftarget"])))

    def _title(self, exercise_id: str) -> str:
        try:
            return f"“{load_exercise(exercises_dir(self.env), exercise_id).title}”"
        except CourseError:  # the course's own build names it
            return exercise_id


def chapter_reference(env: BuildEnvironment, docname: str, words: nodes.Node | None = None) -> nodes.Element:
    """Return a chapter's title (or other words) as a link to the site, or plain where the course has none."""
    path = Path(env.config.farreaching_handout_course, f"{docname}.md")
    found = _TITLE.search(path.read_text(encoding="utf-8")) if path.is_file() else None
    shown = words or nodes.emphasis("", plain_text(found[1]) if found else docname)
    base = env.config.html_baseurl
    if not base:
        return nodes.inline("", "", shown)
    suffix = env.config.html_link_suffix or env.config.html_file_suffix or ".html"
    return nodes.reference("", "", shown, refuri=f"{base.rstrip('/')}/{docname}{suffix}")


def resolve_outside(app: Sphinx, env: BuildEnvironment, node: addnodes.pending_xref, words: nodes.Element) -> nodes.Element:
    """Resolve what the handout does not hold: a chapter by its title, anything else to its words."""
    if node["reftype"] != "doc":
        return words
    docname = docname_join(node["refdoc"], node["reftarget"])
    return chapter_reference(env, docname, words if node["refexplicit"] else None)


def setup(app: Sphinx) -> ExtensionMetadata:
    """Register the builder, and what differs in a handout from a chapter."""
    add = app.add_config_value
    add("farreaching_handout_course", "", "env", str, "the course's source folder")
    add("farreaching_handout_formats", [], "", list, "formats to write")
    add("farreaching_handout_space", False, "env", bool, "whether lines to write on follow each exercise")
    app.add_builder(HandoutBuilder)
    app.add_directive("exercise", HandoutExerciseDirective, override=True)
    app.add_directive("self-check", HandoutSelfCheckDirective, override=True)
    app.add_directive("handout-sources", SourcesDirective)
    app.add_transform(OutsideTransform)
    app.add_post_transform(ExerciseNamesTransform)
    app.connect("missing-reference", resolve_outside)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
