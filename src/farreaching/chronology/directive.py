"""The `{chronology}` directive."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, cast

from docutils import nodes
from sphinx.util.docutils import SphinxDirective

from ..citations import cite, known_keys, note_cited
from ..claims.render import entry_link
from ..filters import FILTERABLE, Control, filter_form
from ..findings import CourseError
from ..markdown import inline_nodes
from ..reporting import log_findings
from ..tables import table
from .loader import load_chronology

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ..claims.domain import ClaimsDomain
    from .loader import Chronology, Event


#: Heading → share of the table's width.
COLUMNS = {"Date": 16, "Event": 60, "Who, and on which track": 24}


class ChronologyDirective(SphinxDirective):
    """Prints the chronology, a table a period, under a form that filters it."""

    def run(self) -> list[nodes.Node]:
        path = Path(self.env.srcdir, self.config.farreaching_chronology)
        claims = cast("ClaimsDomain", self.env.get_domain("claim"))
        # the marks in the rows are the ledger's
        for source in (path, *sorted(Path(self.env.srcdir, self.config.farreaching_claims_dir).glob("*.yaml"))):
            self.env.note_dependency(source)
        try:
            chronology = load_chronology(path)
            findings = list(chronology.check(known_keys(self.env), claims.entries)) if claims.sound else []
        except CourseError as error:
            findings = error.findings
        log_findings(findings, "chronology")
        if findings:
            return []
        keys = [item.key for event in chronology.events for item in event.evidence]
        note_cited(self.env, self.env.docname, list(dict.fromkeys(keys)))
        return [*self._tables(chronology)]

    def _tables(self, chronology: Chronology) -> Iterator[nodes.Node]:
        controls = [
            Control("choice", "track", "Track", chronology.tracks),
            Control("choice", "actor", "Who acts", chronology.actors),
            Control("words", "words", "Words"),
        ]
        yield filter_form(controls=controls, noun="events")
        for title, events in chronology.in_periods():
            if events:
                identifier = nodes.make_id(title)
                yield nodes.rubric("", title, ids=[identifier], classes=["chronology-period"], **{"heading-level": 2})
                yield table(COLUMNS, [self._row(chronology, event) for event in events], ["chronology"])

    def _row(self, chronology: Chronology, event: Event) -> nodes.row:
        # the sources stand before the full stop, as in the chapters
        text = event.text.rstrip()
        end = "." if text.endswith(".") else ""
        what = nodes.paragraph("", "", *inline_nodes(text.removesuffix(".")), nodes.Text(" ("))
        for place, item in enumerate(event.evidence):
            what += [nodes.Text("; " if place else ""), cite(self.env, self.env.docname, item.key, item.at)]
        what += nodes.Text(f"){end}")
        claims = cast("ClaimsDomain", self.env.get_domain("claim"))
        if event.claim in claims.entries:  # a ledger that cannot be read is complained of once
            mark = nodes.Text(f"{claims.entries[event.claim].status.mark}")
            what += [nodes.Text(" "), entry_link(event.claim, self.env.docname, mark)]
        who = ", ".join(chronology.actors[actor] for actor in event.actors)
        cells = [
            nodes.paragraph("", str(event.date), classes=["event-date"]),
            what,
            nodes.paragraph("", f"{who}. {chronology.tracks[event.track]}", classes=["event-actors"]),
        ]
        row = nodes.row("", *(nodes.entry("", cell) for cell in cells))
        row["classes"] += [FILTERABLE, f"track-{event.track}", *(f"actor-{actor}" for actor in event.actors)]
        return row
