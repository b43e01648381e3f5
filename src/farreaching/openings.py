"""How a chapter opens: its key question, what the reader will learn to do, how long it takes, as of when it is true."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, NamedTuple, cast

from docutils import nodes
from docutils.parsers.rst import directives
from sphinx import addnodes
from sphinx.domains import Domain
from sphinx.transforms import SphinxTransform
from sphinx.util import logging
from sphinx.util.docutils import SphinxDirective

from .dates import PartialDate

if TYPE_CHECKING:
    from collections.abc import Iterator, Set

    from sphinx.application import Sphinx
    from sphinx.environment import BuildEnvironment
    from sphinx.util.typing import ExtensionMetadata

    from .outcomes import OutcomesDomain

logger = logging.getLogger(__name__)

WORDS_PER_MINUTE = 200
OUTCOMES = range(3, 6)

_WORD = re.compile(r"\w+(?:[-'’.,:/]\w+)*")
#: Nodes and classes that are not running text: consulted, not read through, or counted as work.
_NOT_RUNNING = (
    nodes.table, nodes.footnote, nodes.footnote_reference, nodes.Invisible, nodes.raw, nodes.literal_block,
)  # fmt: skip
_NOT_RUNNING_CLASSES = frozenset({"opening", "exercise", "self-check", "evidence", "references", "chart-data"})


class ChapterFacts(NamedTuple):
    """What a chapter's opening says."""

    question: str  #: the key question, plain text
    as_of: str  #: the day as of which the chapter's facts are given, ISO 8601
    reading_minutes: int  #: of its running text
    work_minutes: int  #: of the exercises and self-checks it shows
    outcomes: tuple[str, ...]  #: ids of the outcomes it works on, in its order


class opening(nodes.General, nodes.Element):
    """A chapter's opening until the chapter has been read. Attributes: ``question``, ``as_of`` and ``outcomes``."""


class OpeningsDomain(Domain):
    """The facts of every chapter that has an opening."""

    name = "opening"
    label = "Chapter openings"
    initial_data = {"chapters": {}}  # docname -> ChapterFacts
    data_version = 1

    def clear_doc(self, docname: str) -> None:
        self.data["chapters"].pop(docname, None)

    def merge_domaindata(self, docnames: Set[str], otherdata: dict[str, Any]) -> None:
        for docname in docnames & otherdata["chapters"].keys():
            self.data["chapters"][docname] = otherdata["chapters"][docname]

    def resolve_any_xref(self, *args: object) -> list[tuple[str, nodes.reference]]:
        """Nothing can refer to an opening."""
        return []


def chapters(env: BuildEnvironment) -> dict[str, ChapterFacts]:
    """Return the facts of every chapter that has an opening, by docname, sorted; complete once all have been read."""
    return dict(sorted(env.get_domain("opening").data["chapters"].items()))


class OpeningDirective(SphinxDirective):
    """Opens a chapter; its content is the list of what the reader will be able to do."""

    has_content = True
    option_spec = {"question": directives.unchanged, "as-of": directives.unchanged}

    def run(self) -> list[nodes.Node]:
        if list(self.state.document.findall(opening)):
            self._warn("this chapter opens twice. Remove one {opening}.")
            return []
        question, as_of = self.options.get("question", "").strip(), self.options.get("as-of", "").strip()
        if not question:
            self._warn("the opening has no question. Add ':question: One sentence a seminar could argue about?'.")
        if not self._is_day(as_of):
            self._warn(f"'{as_of}' is no day as of which facts are given. Write ':as-of: YYYY-MM-DD'.")
            as_of = ""
        content = nodes.container()
        self.state.nested_parse(self.content, self.content_offset, content)
        # a chapter's contents list ends with its exercises' titles
        self.env.metadata[self.env.docname].setdefault("tocdepth", 3)
        node = opening(question=question, as_of=as_of, outcomes=self._outcomes(content), classes=["opening"])
        self.set_source_info(node)
        parsed, messages = self.state.inline_text(question, self.lineno)
        node += nodes.paragraph("", "", *parsed, *messages, classes=["key-question"])
        node += nodes.paragraph("", "By the end you can", classes=["opening-lead"])
        node += content.children
        return [node]

    def _warn(self, message: str, location: nodes.Node | str | None = None) -> None:
        logger.warning(message, location=location or self.get_location(), type="farreaching", subtype="openings")

    @staticmethod
    def _is_day(text: str) -> bool:
        try:
            return PartialDate.parse(text).day is not None
        except ValueError:
            return False

    def _outcomes(self, content: nodes.Element) -> tuple[str, ...]:
        """Return the ids with which the items of the content's list end."""
        found: list[str] = []
        blocks = [block for block in content.children if not isinstance(block, nodes.comment | nodes.system_message)]
        if len(blocks) != 1 or not isinstance(blocks[0], nodes.bullet_list) or len(blocks[0]) not in OUTCOMES:
            count = f"{OUTCOMES[0]} to {OUTCOMES[-1]}"
            self._warn(f"an opening holds one list of {count} things the reader will be able to do. Write it with '- '.")
            return ()
        for item in blocks[0].children:
            last = item
            while last.children and not isinstance(last, addnodes.pending_xref):
                last = last.children[-1]
            if isinstance(last, addnodes.pending_xref) and last["refdomain"] == "outcome":
                found.append(last["reftarget"])
            else:
                self._warn("this item names no course outcome. End it with {outcome}`id`.", item)
        return tuple(dict.fromkeys(found))


class OpeningTransform(SphinxTransform):
    """Completes the opening when the whole chapter has been read: only then are its words and exercises known."""

    default_priority = 500

    def apply(self, **kwargs: object) -> None:
        for node in list(self.document.findall(opening)):
            docname = self.env.docname
            words = sum(1 for text in running_text(self.document) for _ in _WORD.finditer(text))
            facts = ChapterFacts(
                question=node[0].astext(),
                as_of=node["as_of"],
                reading_minutes=-(-words // WORDS_PER_MINUTE),
                work_minutes=work_minutes(self.env, docname),
                outcomes=node["outcomes"],
            )
            self.env.get_domain("opening").data["chapters"][docname] = facts
            cast("OutcomesDomain", self.env.get_domain("outcome")).data["worked_on"][docname] = facts.outcomes
            node.replace_self(nodes.container("", *node.children, _facts_line(facts), classes=node["classes"]))


def running_text(node: nodes.Node) -> Iterator[str]:
    """Yield the pieces of text that a reader reads through; a citation or another mark is none."""
    if isinstance(node, nodes.Text):
        yield node.astext()
    elif isinstance(node, nodes.Element) and not isinstance(node, _NOT_RUNNING):
        cited = isinstance(node, addnodes.pending_xref) and node.get("refdomain") == "cite"
        if not cited and not _NOT_RUNNING_CLASSES.intersection(node["classes"]):
            for child in node.children:
                yield from running_text(child)


def work_minutes(env: BuildEnvironment, docname: str) -> int:
    """Return the minutes of the exercises and self-checks that a document shows."""
    domain: Any = env.domains.get("exercise")
    return sum(exercise.minutes for exercise in domain.shown_in(docname)) if domain else 0


def _facts_line(facts: ChapterFacts) -> nodes.paragraph:
    said = [f"Reading: {in_minutes(facts.reading_minutes)}"]
    if facts.work_minutes:
        said.append(f"Exercises: {in_minutes(facts.work_minutes)}")
    if facts.as_of:
        said.append(f"Facts as of {PartialDate.parse(facts.as_of)}")
    return nodes.paragraph("", " · ".join(said), classes=["opening-facts"])


def in_minutes(count: int) -> str:
    """Return a duration in words: ``8 minutes``, ``2 hours``, ``1 hour 13 minutes``."""
    parts = zip(divmod(count, 60), ("hour", "minute"), strict=True)
    return " ".join(f"{number} {unit}{'' if number == 1 else 's'}" for number, unit in parts if number)


def setup(app: Sphinx) -> ExtensionMetadata:
    """Register openings; the outcomes they name are an extension of their own."""
    app.add_domain(OpeningsDomain)
    app.add_node(opening)
    app.add_directive("opening", OpeningDirective)
    app.add_transform(OpeningTransform)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
