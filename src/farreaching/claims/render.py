"""Entries of the ledger as standard docutils nodes: table rows, and the card that opens beside the words."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from docutils import nodes
from sphinx.addnodes import pending_xref

from ..citations import cite
from ..markdown import inline_nodes

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sphinx.environment import BuildEnvironment

    from .domain import ClaimsDomain
    from .model import Claim, Evidence

#: Heading → share of the table's width.
COLUMNS = {"Status": 14, "Claim": 50, "Who says so, and the evidence": 36}


def entry_link(claim_id: str, docname: str, *children: nodes.Node) -> pending_xref:
    """Return a reference from a document to another entry, resolved like any other."""
    link = pending_xref(
        "", refdomain="claim", reftype="entry", reftarget=claim_id, refdoc=docname, refexplicit=True, refwarn=False
    )
    link += nodes.inline("", "", *children)
    return link


class EntryRenderer:
    """Renders entries for one document; every citation in them is live."""

    def __init__(self, env: BuildEnvironment, docname: str) -> None:
        self.env, self.docname = env, docname

    def statement(self, claim: Claim) -> list[nodes.Node]:
        """Return the claim itself, the trap, and the history."""
        body: list[nodes.Node] = [nodes.paragraph("", "", *inline_nodes(claim.claim), classes=["claim-statement"])]
        if claim.note:
            body.append(nodes.paragraph("", "", *inline_nodes(claim.note), classes=["claim-note"]))
        if claim.superseded_by:
            entries = cast("ClaimsDomain", self.env.get_domain("claim")).entries
            newer = nodes.paragraph("", "Since replaced by a newer entry: ", classes=["claim-newer"])
            words = nodes.inline("", "", *inline_nodes(entries[claim.superseded_by].claim), classes=["paged"])
            newer += entry_link(claim.superseded_by, self.docname, words)
            body.append(newer)
        if claim.history:
            body.append(nodes.paragraph("", "How well it was known:", classes=["claim-history-title"]))
            body.append(self._history(claim))
        return body

    def _history(self, claim: Claim) -> nodes.bullet_list:
        changes = nodes.bullet_list(classes=["claim-history"])
        for change in claim.history:
            text = nodes.paragraph("", f"{change.date}: ")
            text += nodes.strong("", change.status)
            text += [nodes.Text(", "), *inline_nodes(change.why), nodes.Text(" (")]
            text += [*self._citations(change.evidence), nodes.Text(").")]
            changes += nodes.list_item("", text, classes=[f"since-{change.date.first_day}", f"was-{change.status}"])
        return changes

    def attribution(self, claim: Claim) -> list[nodes.Node]:
        """Return who asserts and who denies it, when, and the sources on either side, a labelled line each."""
        lines: list[tuple[str, str, list[nodes.Node]]] = [("Said by", "claimant", inline_nodes(claim.by))]
        if claim.denied_by:
            lines.append(("Denied by", "claimant", inline_nodes(claim.denied_by)))
        lines.append(("Date", "", [nodes.Text(str(claim.when))]))
        lines.append(("For", "", self._citations(claim.supporting)))
        if claim.opposing:
            lines.append(("Against", "", self._citations(claim.opposing)))
        lines.append(("Reviewed", "", [nodes.Text(str(claim.reviewed))]))
        return [
            nodes.paragraph(
                "", "", nodes.strong("", f"{label}:"), nodes.Text(" "), *content, classes=["claim-fact", *role.split()]
            )
            for label, role, content in lines
        ]

    def _citations(self, items: Iterable[Evidence]) -> list[nodes.Node]:
        shown: list[nodes.Node] = []
        for item in items:
            if shown:
                shown.append(nodes.Text("; "))
            shown.append(cite(self.env, self.docname, item.key, item.at))
        return shown

    def row(self, claim: Claim, row_id: str, mark: str, places: list[nodes.Node]) -> nodes.row:
        """Return a table row; `places` follow the mark (pages in print, chapters in the ledger)."""
        status = nodes.paragraph("", "", nodes.strong("", mark), nodes.Text(f" {claim.status}"), classes=["claim-status"])
        first = nodes.entry("", status, *places)
        row = nodes.row("", first, nodes.entry("", *self.statement(claim)), nodes.entry("", *self.attribution(claim)))
        row["ids"].append(row_id)
        row["classes"].append(f"claim-{claim.status}")
        return row
