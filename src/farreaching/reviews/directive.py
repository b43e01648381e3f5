"""The `{review}` directive."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, cast

from docutils import nodes
from sphinx.util import logging
from sphinx.util.docutils import SphinxDirective

from ..citations import cite, known_keys, note_cited
from ..claims.render import entry_link
from ..filters import FILTERABLE, Control, filter_form
from ..findings import CourseError
from ..markdown import inline_nodes
from ..reporting import log_findings
from ..tables import table
from .claimreview import claim_reviews
from .loader import load_review

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ..claims.domain import ClaimsDomain
    from ..claims.model import Evidence
    from .loader import Assertion, Review

logger = logging.getLogger(__name__)

#: Heading → share of the table's width.
COLUMNS = {"Verdict": 14, "The assertion, then and now": 58, "Evidence": 28}


class ReviewDirective(SphinxDirective):
    """Prints a review, a table a paragraph, under a form that filters it: ``{review} NAME``."""

    required_arguments = 1

    def run(self) -> list[nodes.Node]:
        path = Path(self.env.srcdir, self.config.farreaching_reviews_dir, f"{self.arguments[0]}.yaml")
        self.claims = cast("ClaimsDomain", self.env.get_domain("claim"))
        # the marks in the rows are the ledger's
        for source in (path, *sorted(Path(self.env.srcdir, self.config.farreaching_claims_dir).glob("*.yaml"))):
            self.env.note_dependency(source)
        if not path.is_file():
            location = self.get_location()
            message = "there is no review '%s' (%s is missing)."
            logger.warning(message, self.arguments[0], path, location=location, type="farreaching", subtype="reviews")
            return []
        try:
            review = load_review(path)
            findings = list(review.check(known_keys(self.env), self.claims.entries)) if self.claims.sound else []
        except CourseError as error:
            findings = error.findings
        log_findings(findings, "reviews")
        if findings:
            return []
        keys = [review.text, *(key for item in review.assertions for key in item.keys)]
        note_cited(self.env, self.env.docname, list(dict.fromkeys(keys)))
        return [*self._tables(review), claim_reviews(review=review)]

    def _tables(self, review: Review) -> Iterator[nodes.Node]:
        controls = [
            Control("choice", "verdict", "Verdict", review.verdicts),
            Control("choice", "paragraph", "Paragraph", review.paragraphs),
            Control("words", "words", "Words"),
        ]
        yield filter_form(controls=controls, noun="assertions")
        for number, assertions in review.in_paragraphs():
            if assertions:
                title = review.paragraphs[number]
                identifier = f"paragraph-{number}"
                yield nodes.rubric("", title, ids=[identifier], classes=["review-paragraph"], **{"heading-level": 3})
                yield table(COLUMNS, [self._row(review, item) for item in assertions], ["claims", "review"])

    def _row(self, review: Review, item: Assertion) -> nodes.row:
        verdict = nodes.paragraph("", "", nodes.strong("", review.verdicts[item.verdict]), classes=["claim-status"])
        body = [nodes.paragraph("", "", *inline_nodes(item.says), classes=["claim-statement"])]
        for label, text in (("Then", item.then), ("Now", item.now), ("To learn", item.lesson)):
            shown = [nodes.strong("", f"{label}:"), nodes.Text(" "), *inline_nodes(text)]
            body.append(nodes.paragraph("", "", *shown, classes=["claim-fact"]))
        first = nodes.entry("", verdict, nodes.paragraph("", item.id, classes=["claim-use"]))
        evidence = nodes.entry("", *self._sources(item), classes=["review-evidence"])
        row = nodes.row("", first, nodes.entry("", *body), evidence, ids=[item.id])
        row["classes"] += [FILTERABLE, f"verdict-{item.verdict}", f"paragraph-{item.paragraph}"]
        return row

    def _sources(self, item: Assertion) -> Iterator[nodes.paragraph]:
        """Yield the sources on either side and the entries of the ledger, a labelled line each."""
        parts = [
            ("For", self._citations(item.supporting)),
            ("Against", self._citations(item.opposing)),
            ("In the ledger", [self._entry(claim) for claim in item.claims]),
        ]
        for label, shown in parts:
            if shown:
                line = nodes.paragraph("", "", nodes.strong("", f"{label}:"), classes=["claim-fact"])
                for place, node in enumerate(shown):
                    line += [nodes.Text("; " if place else " "), node]
                yield line

    def _citations(self, items: tuple[Evidence, ...]) -> list[nodes.Node]:
        return [cite(self.env, self.env.docname, item.key, item.at) for item in items]

    def _entry(self, claim: str) -> nodes.Node:
        entry = self.claims.entries.get(claim)
        mark = f"{entry.status.mark} " if entry else ""  # a ledger that cannot be read is complained of once
        words = nodes.inline("", f"{mark}{claim.replace('-', ' ')}", classes=["paged"])
        return entry_link(claim, self.env.docname, words)
