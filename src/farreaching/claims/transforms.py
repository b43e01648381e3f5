"""Puts claims into the output: tables for every builder, cards for HTML, marks that lead to a row for the others."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

from docutils import nodes
from sphinx.transforms.post_transforms import SphinxPostTransform

from ..builders import HTML_BUILDERS, current_builder
from ..citations import party_names, sources
from ..filters import FILTERABLE, Control, filter_form
from ..listings import book_order
from ..nodes import page_reference
from ..tables import table
from ..titles import part_title
from .model import Status
from .nodes import claim_card, claim_node, claim_row, evidence_node, ledger_node
from .render import COLUMNS, EntryRenderer, entry_link

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from sphinx.application import Sphinx
    from sphinx.writers.html5 import HTML5Translator

    from .domain import ClaimsDomain, Use
    from .model import Claim


class ClaimsTransform(SphinxPostTransform):
    """Prints tables, cards and marks from the ledger."""

    # before bibtex (5) and references (10), so that the citations made here are resolved with the page's own
    default_priority = 4

    def run(self, **kwargs: Any) -> None:
        self.builder = current_builder(self.env)
        self.domain = cast("ClaimsDomain", self.env.get_domain("claim"))
        self.renderers: dict[str, EntryRenderer] = {}
        for evidence in list(self.document.findall(evidence_node)):
            self._replace_evidence(evidence)
        for ledger in list(self.document.findall(ledger_node)):
            self._replace_ledger(ledger)
        marked = list(self.document.findall(claim_node))
        if self.builder.name in HTML_BUILDERS:
            self._add_cards(marked)
        else:
            for node in marked:
                self._replace_mark(node)

    def _renderer(self, docname: str) -> EntryRenderer:
        return self.renderers.setdefault(docname, EntryRenderer(self.env, docname))

    def _replace_evidence(self, node: evidence_node) -> None:
        docname = node["docname"]
        uses = self.domain.uses.get(docname, {})
        renderer = self._renderer(docname)
        rows = []
        for claim_id, use in uses.items():
            claim = self.domain.entries[claim_id]
            mark = f"{claim.status.mark}{use.number}"
            pages: list[nodes.Node] = list(self._pages([(docname, use)]))
            row = renderer.row(claim, f"evidence-{claim_id}", mark, pages)
            rows.append(_as_card(row, claim) if self.builder.name in HTML_BUILDERS else row)
        node.replace_self(table(COLUMNS, rows, ["claims", "evidence"]) if rows else [])

    def _pages(self, users: Iterable[tuple[str, Use]]) -> Iterator[nodes.paragraph]:
        """Yield where in print a claim is used."""
        pages = [page_reference(refid=node_id, refdocname=docname) for docname, use in users for node_id in use.node_ids]
        if pages and self.builder.name == "typst":
            yield nodes.paragraph("", "", *pages, classes=["claim-pages"])

    def _replace_ledger(self, node: ledger_node) -> None:
        docname = node["docname"]
        parts: dict[str, list[Claim]] = {}
        for claim in self.domain.entries.values():
            parts.setdefault(claim.part, []).append(claim)
        # parts in the order of the course, not of their files' names
        order = {name: place for place, name in enumerate(self.env.collect_relations())}
        in_order = sorted(parts.items(), key=lambda item: order.get(f"{item[0]}/index", len(order)))
        new: list[nodes.Node] = [self._filter_form([part for part, _ in in_order])]
        for part, claims in in_order:
            title = part_title(self.env, part)
            new.append(nodes.rubric("", title, ids=[f"ledger-part-{part}"], classes=["ledger-part"], **{"heading-level": 2}))
            rows = [
                self._renderer(docname).row(claim, f"ledger-{claim.id}", claim.status.mark, list(self._users(claim)))
                for claim in claims
            ]
            for row, claim in zip(rows, claims, strict=True):
                row["classes"] += [FILTERABLE, *self._filter_classes(claim)]
            new.append(table(COLUMNS, rows, ["claims", "ledger"]))
        node.replace_self(new)

    def _filter_form(self, parts: list[str]) -> filter_form:
        known = sources(self.env)
        used = {known[key].party for claim in self.domain.entries.values() for key in claim.keys if key in known}
        parties = {party: name for party, name in party_names(self.env.config).items() if party in used}
        marks = {status.value: status.mark for status in Status}
        controls = [
            Control("day", "on", "As known on", marks, hint="Shows the status of that day. The words are today’s."),
            Control("choice", "part", "Part", {part: part_title(self.env, part) for part in parts}),
            Control("choice", "status", "Status", {status.value: f"{status.mark} {status.value}" for status in Status}),
            Control("words", "claimant", "Said or denied by", within=".claimant"),
            Control("choice", "party", "Sources of the party", parties),
            Control("words", "words", "Words"),
        ]
        return filter_form(controls=controls, noun="claims")

    def _filter_classes(self, claim: Claim) -> Iterator[str]:
        yield f"part-{claim.part}"
        yield f"status-{claim.status}"
        yield f"since-{claim.when.start.first_day}"
        known = sources(self.env)
        for party in sorted({known[key].party for key in claim.keys if key in known} - {""}):
            yield f"party-{party}"

    def _users(self, claim: Claim) -> Iterator[nodes.paragraph]:
        """Yield links to the places that use a claim, a chapter a line; in print their pages."""
        users = self.domain.documents_using(claim.id)
        if self.builder.name == "typst":
            order = book_order(self.env)
            yield from self._pages(sorted(users, key=lambda user: order.get(user[0], len(order))))
            return
        for docname, use in users:
            place = nodes.paragraph(classes=["claim-use"])
            reference = nodes.reference("", "", internal=True)
            if self.builder.name in (*HTML_BUILDERS, "epub"):
                base = self.builder.get_relative_uri(self.env.docname, docname)
                reference["refuri"] = f"{base}#{use.node_ids[0]}"
                reference += nodes.Text(self.env.titles[docname].astext())
                place += reference
            else:
                place += nodes.Text(self.env.titles[docname].astext())
            yield place

    def _add_cards(self, marked: list[claim_node]) -> None:
        """Name the card of each mark: the row of its claim, or a card at the end of a page that has no table.

        A card is a block, and the words stand inside a paragraph.
        """
        cards = {row_id for row in self.document.findall(claim_row) for row_id in row["ids"]}
        for node in marked:
            claim = self.domain.entries[node["claim"]]
            node["status"] = claim.status
            node["card"] = row_id if (row_id := f"evidence-{claim.id}") in cards else f"claim-card-{claim.id}"
            if node["card"] in cards:
                continue
            cards.add(node["card"])
            renderer = self._renderer(node["docname"])
            card = claim_card("", claim=claim.id, number=node["number"], status=claim.status)
            status = nodes.paragraph("", "", classes=["claim-status"])
            status += nodes.strong("", f"{claim.status.mark}{node['number']}")
            status += nodes.Text(f" {claim.status.capitalize()}: {claim.status.meaning}.")
            card += [status, *renderer.statement(claim), *renderer.attribution(claim)]
            if self.domain.target(node["docname"], claim.id):
                card += nodes.paragraph(
                    "",
                    "",
                    entry_link(claim.id, node["docname"], nodes.Text("See it in the evidence table")),
                    classes=["claim-link"],
                )
            self.document += card

    def _replace_mark(self, node: claim_node) -> None:
        """Print the words and a mark that leads to the entry."""
        claim = self.domain.entries[node["claim"]]
        docname = node["docname"]
        mark: nodes.Node = nodes.Text(f"{claim.status.mark}{node['number']}")
        if self.domain.target(docname, claim.id):
            mark = entry_link(claim.id, docname, mark)
        raised = nodes.superscript("", "", mark, classes=["claim-mark"])
        words = nodes.inline("", "", *node.children, raised, ids=node["ids"], classes=["claim"])
        node.replace_self(words)


def _as_card(row: nodes.row, claim: Claim) -> claim_row:
    """Return a row that also opens as a card, where its status says what it means."""
    next(row.findall(nodes.paragraph)).append(nodes.inline("", f": {claim.status.meaning}.", classes=["claim-meaning"]))
    return claim_row("", *row.children, ids=row["ids"], classes=["claim-card", *row["classes"]])


def visit_claim_node(self: HTML5Translator, node: claim_node) -> None:
    """Print the words with their mark, a button that opens the card; the last word and the mark stay on one line."""
    status, number = node["status"], node["number"]
    first, space, last = self.encode(node.astext()).rpartition(" ")
    self.body.append(self.starttag(node, "span", "", CLASS=f"claim claim-{status}"))
    self.body.append(f'{first}{space}<span class="claim-end">{last}')
    self.body.append(
        f'<button type="button" class="claim-mark" popovertarget="{node["card"]}"'
        f' aria-label="Claim {number}, {status}: show who says so and the evidence">{status.mark}{number}</button>'
    )
    self.body.append("</span></span>")
    raise nodes.SkipNode


def visit_claim_row(self: HTML5Translator, node: claim_row) -> None:
    """Open the row, which is a popover as well: a style sheet keeps it in its table until a mark opens it."""
    self.visit_row(node)
    self.body[-1] = self.body[-1].replace("<tr ", "<tr popover ", 1)


def depart_claim_row(self: HTML5Translator, node: claim_row) -> None:
    """Close the row."""
    self.depart_row(node)


def visit_claim_card(self: HTML5Translator, node: claim_card) -> None:
    """Open the popover."""
    self.body.append(
        f'<div popover id="claim-card-{node["claim"]}" class="claim-card claim-{node["status"]}"'
        f' role="dialog" aria-label="Claim {node["number"]}, {node["status"]}">'
    )


def depart_claim_card(self: HTML5Translator, node: claim_card) -> None:
    """Close the popover."""
    self.body.append("</div>\n")


def setup(app: Sphinx) -> None:
    """Register the transform, and the nodes that only HTML keeps."""
    app.add_node(claim_node, html=(visit_claim_node, None))
    app.add_node(claim_row, html=(visit_claim_row, depart_claim_row))
    app.add_node(claim_card, html=(visit_claim_card, depart_claim_card))
    app.add_node(evidence_node)
    app.add_node(ledger_node)
    app.add_post_transform(ClaimsTransform)
