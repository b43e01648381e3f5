"""The citation roles: ``{cite:p}`` (Author 2024), ``{cite:t}`` Author (2024), ``{cite:alp}`` Author 2024."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from docutils import nodes
from sphinx.addnodes import pending_xref
from sphinx.util import logging
from sphinx.util.docutils import SphinxRole
from sphinxcontrib.bibtex.citation_target import parse_citation_targets

if TYPE_CHECKING:
    from sphinxcontrib.bibtex.citation_target import CitationTarget

    from .domain import CitationsDomain

logger = logging.getLogger(__name__)


class CitationRole(SphinxRole):
    """Cites sources: ``{see}key{para. 5},other``, with a text before and a pinpoint after each key."""

    def run(self) -> tuple[list[nodes.Node], list[nodes.system_message]]:
        try:
            targets = list(parse_citation_targets(self.text))
        except ValueError:
            message = f"'{self.text}' is not a citation. Write key, key{{pinpoint}} or {{see}}key, several with commas."
            logger.warning(message, location=self.get_location(), type="farreaching", subtype="citations")
            return [nodes.Text(self.text)], []
        kind = self.name.rpartition(":")[2]
        node = citation_xref(self.env.docname, "p" if kind == "cite" else kind, targets)
        self.set_source_info(node)
        cast("CitationsDomain", self.env.get_domain("cite")).note(self.env.docname, [target.key for target in targets])
        return [node], []


def citation_xref(docname: str, kind: str, targets: list[CitationTarget]) -> pending_xref:
    """Return a citation to be resolved by the domain; `kind` is ``p``, ``t`` or ``alp``."""
    keys = ",".join(target.key for target in targets)
    node = pending_xref("", refdomain="cite", reftype=kind, reftarget=keys, refdoc=docname, refexplicit=False)
    node["citations"] = targets
    node += nodes.inline("", keys)
    return node
