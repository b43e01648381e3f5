"""The `{claim}` role and the `{evidence}` and `{ledger}` directives."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from docutils import nodes
from sphinx.util import logging
from sphinx.util.docutils import ReferenceRole, SphinxDirective

from .domain import ClaimsDomain, unknown_claim
from .nodes import claim_node, evidence_node, ledger_node

if TYPE_CHECKING:
    from sphinx.application import Sphinx

logger = logging.getLogger(__name__)


class ClaimRole(ReferenceRole):
    """Marks words of the text as a claim of the ledger: ``{claim}`about 2,000 containers <jcs-containers>` ``."""

    def run(self) -> tuple[list[nodes.Node], list[nodes.system_message]]:
        domain = cast("ClaimsDomain", self.env.get_domain("claim"))
        problem = ""
        if not self.has_explicit_title:
            problem = f"'{self.text}' names no claim. Write {{claim}}`words <claim-id>`."
        elif not self.title.strip():
            problem = f"no words are marked as the claim '{self.target}'. Write {{claim}}`words <{self.target}>`."
        elif self.target not in domain.entries:
            problem = unknown_claim(self.target, domain.entries)
        if problem:
            if domain.sound or not self.has_explicit_title:
                logger.warning(problem, location=self.get_location(), type="farreaching", subtype="claims")
            return [nodes.Text(self.title)], []
        node = claim_node(self.rawtext, self.title, claim=self.target)
        self.set_source_info(node)
        return [node], []


class EvidenceDirective(SphinxDirective):
    """Prints the table of the claims that the document uses."""

    def run(self) -> list[nodes.Node]:
        node = evidence_node()
        self.set_source_info(node)
        return [node]


class LedgerDirective(SphinxDirective):
    """Prints every claim of the course, a section's table a part."""

    def run(self) -> list[nodes.Node]:
        node = ledger_node()
        self.set_source_info(node)
        return [node]


def setup(app: Sphinx) -> None:
    """Register the role and the directives."""
    app.add_role("claim", ClaimRole())
    app.add_directive("evidence", EvidenceDirective)
    app.add_directive("ledger", LedgerDirective)
