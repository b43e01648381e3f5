"""The `{self-check}` directive: questions whose answers fold away on a web page, and elsewhere follow the last one."""

from __future__ import annotations

from string import ascii_uppercase
from typing import TYPE_CHECKING

from docutils import nodes
from sphinx.transforms.post_transforms import SphinxPostTransform

from .directives import BankDirective
from .domain import anchor

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.writers.html5 import HTML5Translator

    from .foreign import ForeignFile
    from .model import Question


class self_check(nodes.General, nodes.Element):
    """The questions of a self-check. Attribute: ``exercise`` (its id)."""


class check_question(nodes.General, nodes.Element):
    """A question, its options and its answer. Attributes: ``question`` (id) and ``right`` (letter)."""


class check_answer(nodes.General, nodes.Element):
    """Why each option is right or wrong. Attributes: ``number`` (of the question) and ``right`` (letter)."""


class SelfCheckDirective(BankDirective):
    """Shows the questions of a self-check."""

    def run(self) -> list[nodes.Node]:
        loaded = self.load()
        if not loaded:
            return []
        exercise, file = loaded
        shown = self.note_shown(exercise)
        check = self_check(exercise=exercise.id, ids=[shown.anchor], classes=["self-check"])
        self.set_source_info(check)
        self.state.document.set_id(check)
        count = f"{len(exercise.questions)} question{'s' if len(exercise.questions) > 1 else ''}"
        check += nodes.paragraph("", f"{count} · {exercise.minutes} minutes", classes=["self-check-facts"])
        questions = nodes.enumerated_list(enumtype="arabic", prefix="", suffix=".", classes=["questions"])
        for number, question in enumerate(exercise.questions, 1):
            node = self._question(question, number, anchor(f"{exercise.id}-{question.id}"), file)
            questions += nodes.list_item("", node)
        check += questions
        return [check]

    def _question(self, question: Question, number: int, node_id: str, file: ForeignFile) -> check_question:
        right = ascii_uppercase[question.right]
        node = check_question(question=question.id, right=right, ids=[node_id], classes=["question"])
        self.state.document.set_id(node)
        node += nodes.paragraph("", "", *file.inline(question.text, question.line), classes=["question-text"])
        options = nodes.enumerated_list(enumtype="upperalpha", prefix="", suffix=".", classes=["options"])
        for option in question.options:
            options += nodes.list_item("", nodes.paragraph("", "", *file.inline(option.text, option.line)))
        node += options
        answer = check_answer(number=number, right=right, classes=["answer"])
        reasons = nodes.definition_list(classes=["reasons"])
        lettered = sorted(zip(ascii_uppercase, question.options, strict=False), key=lambda pair: not pair[1].correct)
        for letter, option in lettered:
            verdict = "right" if option.correct else "wrong"
            reason = nodes.definition()
            file.blocks(option.explanation, option.explanation_line, reason)
            term = nodes.term("", f"{letter} is {verdict}", classes=[f"option-{verdict}"])
            reasons += nodes.definition_list_item("", term, reason)
        answer += reasons
        node += answer
        return node


class PrintedAnswersTransform(SphinxPostTransform):
    """Moves the answers after the last question, for every builder that cannot fold them, and leaves standard nodes."""

    default_priority = 190
    builders = ("html", "dirhtml")

    def is_supported(self) -> bool:
        # the builders named are those that fold
        return not super().is_supported()

    def run(self, **kwargs: object) -> None:
        for check in list(self.document.findall(self_check)):
            answers: list[nodes.Node] = [nodes.rubric("", "Answers")]
            for answer in list(check.findall(check_answer)):
                answer.parent.remove(answer)
                head = nodes.strong("", f"Question {answer['number']}: {answer['right']}")
                first = nodes.paragraph("", "", head, classes=["answer-head"])
                answers.append(_container(answer, [first, *answer.children]))
            for question in list(check.findall(check_question)):
                question.replace_self(_container(question, question.children))
            check.replace_self(_container(check, [*check.children, *answers]))


class LetteredOptionsTransform(SphinxPostTransform):
    """Writes out the letters of the options where the builder numbers every list with figures."""

    default_priority = 189
    builders = ("text",)

    def run(self, **kwargs: object) -> None:
        for question in self.document.findall(check_question):
            options = next(question.findall(nodes.enumerated_list))
            for letter, paragraph in zip(ascii_uppercase, options.findall(nodes.paragraph), strict=False):
                paragraph.insert(0, nodes.Text(f"{letter}. "))
            options.replace_self(nodes.bullet_list("", *options.children))


def _container(node: nodes.Element, children: list[nodes.Node]) -> nodes.container:
    return nodes.container("", *children, ids=node["ids"], classes=node["classes"])


def visit_self_check(self: HTML5Translator, node: self_check) -> None:
    """Open the self-check, with what a script needs to know of it."""
    self.body.append(self.starttag(node, "div", **{"data-self-check": node["exercise"]}))


def visit_check_question(self: HTML5Translator, node: check_question) -> None:
    """Open a question, with what a script needs to know of it."""
    self.body.append(self.starttag(node, "div", **{"data-question": node["question"], "data-right": node["right"]}))


def depart_div(self: HTML5Translator, node: nodes.Element) -> None:
    """Close a self-check or a question."""
    self.body.append("</div>\n")


def visit_check_answer(self: HTML5Translator, node: check_answer) -> None:
    """Open the folded answer."""
    self.body.append(self.starttag(node, "details"))
    self.body.append(f"<summary>Answer to question {node['number']}</summary>\n")


def depart_check_answer(self: HTML5Translator, node: check_answer) -> None:
    """Close the folded answer."""
    self.body.append("</details>\n")


def setup(app: Sphinx) -> None:
    """Register the directive, the transform, and the nodes that only web pages keep."""
    app.add_node(self_check, html=(visit_self_check, depart_div))
    app.add_node(check_question, html=(visit_check_question, depart_div))
    app.add_node(check_answer, html=(visit_check_answer, depart_check_answer))
    app.add_directive("self-check", SelfCheckDirective)
    app.add_post_transform(LetteredOptionsTransform)
    app.add_post_transform(PrintedAnswersTransform)
