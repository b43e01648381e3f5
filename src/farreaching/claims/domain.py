"""What the documents use of the ledger, kept in a Sphinx domain."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple, cast

from docutils import nodes
from sphinx.domains import Domain, ObjType
from sphinx.util import logging
from sphinx.util.nodes import make_refnode

from ..citations import known_keys, note_cited
from ..findings import CourseError, nearest
from ..markdown import plain_text
from ..reporting import log_findings
from .loader import load_ledger
from .model import Ledger
from .nodes import claim_node, evidence_node, ledger_node

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Set

    from sphinx.addnodes import pending_xref
    from sphinx.application import Sphinx
    from sphinx.builders import Builder
    from sphinx.environment import BuildEnvironment

logger = logging.getLogger(__name__)


class Use(NamedTuple):
    """A claim as one document uses it."""

    number: int  #: its number in the document, by first use, from 1
    digest: str  #: of the entry as it was read; a changed entry makes the document outdated
    words: str  #: those that the first place marks
    node_ids: list[str]  #: ids of the places that use it, in order


class ClaimsDomain(Domain):
    """Claims, the documents that use them, and the pages that list them."""

    name = "claim"
    label = "Claims"
    object_types = {"claim": ObjType("claim", "entry", searchprio=1)}
    initial_data = {
        "uses": {},  # docname -> claim id -> Use
        "evidence": set(),  # docnames that print their own table
        "ledger": {},  # docname that prints the whole ledger -> digest of the ledger
    }
    data_version = 2

    #: The ledger as it stands in the files; loaded anew by every build.
    entries: Ledger = Ledger()
    #: False where the files have mistakes: then a use is not blamed for an entry that could not be read.
    sound = True

    @property
    def uses(self) -> dict[str, dict[str, Use]]:
        """Docname → claim id → `Use`."""
        return cast("dict[str, dict[str, Use]]", self.data["uses"])

    @property
    def ledger_docname(self) -> str:
        """The document that prints the whole ledger; empty where none does."""
        return min(self.data["ledger"], default="")

    def clear_doc(self, docname: str) -> None:
        self.uses.pop(docname, None)
        self.data["evidence"].discard(docname)
        self.data["ledger"].pop(docname, None)

    def merge_domaindata(self, docnames: Set[str], otherdata: dict[str, Any]) -> None:
        for docname in docnames:
            if docname in otherdata["uses"]:
                self.uses[docname] = otherdata["uses"][docname]
            if docname in otherdata["evidence"]:
                self.data["evidence"].add(docname)
            if docname in otherdata["ledger"]:
                self.data["ledger"][docname] = otherdata["ledger"][docname]

    def process_doc(self, env: BuildEnvironment, docname: str, document: nodes.document) -> None:
        """Number the claims of a document just read, and tell the citations what its table will cite."""
        uses: dict[str, Use] = {}
        for node in document.findall(claim_node):
            claim = self.entries[node["claim"]]
            node["docname"] = docname
            use = uses.setdefault(claim.id, Use(len(uses) + 1, digest(self.entries, claim.id), node.astext(), []))
            node["number"] = use.number
            node_id = f"claim-{claim.id}" if not use.node_ids else f"claim-{claim.id}-{len(use.node_ids) + 1}"
            node["ids"].append(node_id)
            use.node_ids.append(node_id)
        if uses:
            self.uses[docname] = uses
        for evidence in document.findall(evidence_node):
            evidence["docname"] = docname
            self.data["evidence"].add(docname)
        listed: Iterable[str] = uses
        for ledger in document.findall(ledger_node):
            ledger["docname"] = docname
            self.data["ledger"][docname] = ledger_digest(self.entries)
            listed = self.entries
        keys = [key for claim_id in listed for key in self.entries[claim_id].keys]
        if keys:
            note_cited(env, docname, list(dict.fromkeys(keys)))

    def documents_using(self, claim_id: str) -> list[tuple[str, Use]]:
        """Return (docname, use) for every document that uses a claim, sorted by docname."""
        return sorted((docname, uses[claim_id]) for docname, uses in self.uses.items() if claim_id in uses)

    def target(self, fromdocname: str, claim_id: str) -> tuple[str, str] | None:
        """Return (docname, id) of the entry to lead to: the document's own table's, the ledger's, or another table's."""
        users = [docname for docname, _ in self.documents_using(claim_id) if docname in self.data["evidence"]]
        if fromdocname in users:
            return fromdocname, f"evidence-{claim_id}"
        if self.ledger_docname:
            return self.ledger_docname, f"ledger-{claim_id}"
        return (users[0], f"evidence-{claim_id}") if users else None

    def resolve_xref(
        self,
        env: BuildEnvironment,
        fromdocname: str,
        builder: Builder,
        typ: str,
        target: str,
        node: pending_xref,
        contnode: nodes.Element,
    ) -> nodes.reference | None:
        """Link an entry, named by the words that the page marks with it; a claim that no page prints stays without a link."""
        if target not in self.entries:
            if self.sound:
                message = unknown_claim(target, self.entries)
                logger.warning(message, location=node, type="farreaching", subtype="claims")
            return None
        if not node["refexplicit"]:
            use = self.uses.get(fromdocname, {}).get(target)
            mark = self.entries[target].status.mark
            contnode = nodes.inline("", f"{use.words} {mark}{use.number}" if use else f"{target.replace('-', ' ')} {mark}")
        place = self.target(fromdocname, target)
        return make_refnode(builder, fromdocname, place[0], place[1], contnode) if place else None

    def resolve_any_xref(self, *args: object) -> list[tuple[str, nodes.reference]]:
        """Claims are never meant by an untyped reference."""
        return []

    def get_objects(self) -> Iterator[tuple[str, str, str, str, str, int]]:
        docname = self.ledger_docname
        for claim in self.entries.values() if docname else ():
            yield claim.id, plain_text(claim.claim), "claim", docname, f"ledger-{claim.id}", 1


def unknown_claim(claim_id: str, ledger: Ledger) -> str:
    """Return the message for an id that is not in the ledger."""
    hint = nearest(claim_id, ledger)
    return f"there is no claim '{claim_id}' in the ledger. {hint or 'Add it to the part’s claims file.'}"


def digest(ledger: Ledger, claim_id: str) -> str:
    """Return a fingerprint of one entry, by which a changed one is known."""
    return hashlib.sha256(repr(ledger[claim_id]).encode()).hexdigest()[:16]


def ledger_digest(ledger: Ledger) -> str:
    """Return a fingerprint of the whole ledger."""
    return hashlib.sha256("".join(digest(ledger, claim_id) for claim_id in ledger).encode()).hexdigest()[:16]


def on_builder_inited(app: Sphinx) -> None:
    """Load the ledger; a claim with a mistake is a warning that names its line, and the build goes on to find more."""
    domain = cast("ClaimsDomain", app.env.get_domain("claim"))
    folder = Path(app.srcdir, app.config.farreaching_claims_dir)
    domain.sound = True
    try:
        domain.entries = load_ledger(folder)
        findings = list(domain.entries.check_citations(known_keys(app.env)))
    except CourseError as error:
        domain.entries = Ledger()
        domain.sound = False
        findings = error.findings
    log_findings(findings, "claims")


def on_env_get_outdated(app: Sphinx, env: BuildEnvironment, added: set[str], changed: set[str], removed: set[str]) -> list[str]:
    """Have exactly those documents read again whose claims changed in the ledger."""
    domain = cast("ClaimsDomain", env.get_domain("claim"))
    now = {claim_id: digest(domain.entries, claim_id) for claim_id in domain.entries}
    outdated = {
        docname for docname, uses in domain.uses.items() if any(now.get(claim_id) != use.digest for claim_id, use in uses.items())
    }
    whole = ledger_digest(domain.entries)
    outdated |= {docname for docname, seen in domain.data["ledger"].items() if seen != whole}
    return sorted(outdated)


def on_build_finished(app: Sphinx, exception: Exception | None) -> None:
    """Write claims.json, the ledger for other programs, beside the pages of an HTML build."""
    if exception or app.builder.name not in {"html", "dirhtml"}:
        return
    domain = cast("ClaimsDomain", app.env.get_domain("claim"))
    if not domain.entries:
        return
    text = json.dumps({"claims": [record(domain, claim_id) for claim_id in domain.entries]}, ensure_ascii=False, indent=1)
    Path(app.outdir, "claims.json").write_text(text + "\n", encoding="utf-8")


def record(domain: ClaimsDomain, claim_id: str) -> dict[str, Any]:
    """Return one entry as JSON types: the fields of its file, and `used-in`, the documents that use it."""
    claim = domain.entries[claim_id]

    def evidence(items: Iterable[Any]) -> list[dict[str, str]]:
        return [{"cite": item.key} | ({"at": item.at} if item.at else {}) for item in items]

    history = [
        {"date": change.date.iso, "status": change.status, "why": change.why, "for": evidence(change.evidence)}
        for change in claim.history
    ]
    fields = {
        "id": claim.id, "part": claim.part, "claim": claim.claim, "when": claim.when.iso, "by": claim.by,
        "denied-by": claim.denied_by, "status": claim.status, "for": evidence(claim.supporting),
        "against": evidence(claim.opposing), "reviewed": claim.reviewed.iso, "note": claim.note,
        "history": history, "by-claim": claim.superseded_by,
        "used-in": [docname for docname, _ in domain.documents_using(claim_id)],
    }  # fmt: skip
    return {name: value for name, value in fields.items() if value or name == "against"}


def setup(app: Sphinx) -> None:
    """Register the domain and its handlers."""
    app.add_domain(ClaimsDomain)
    # after the citations have loaded the .bib file (bibtex's own handler has the default priority)
    app.connect("builder-inited", on_builder_inited, priority=700)
    app.connect("env-get-outdated", on_env_get_outdated)
    app.connect("build-finished", on_build_finished)
