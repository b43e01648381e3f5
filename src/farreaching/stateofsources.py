"""The directive `{state-of-sources}`: what the course rests on, how well it was read, what is archived, what is due.

It counts what bibliography, claims and the ledger of links say, and knows no "today": the same files give the same page.
"""

from __future__ import annotations

from collections import Counter
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

from docutils import nodes
from sphinx.util.docutils import SphinxDirective

from .checks.freshness import INTERVALS, SETTING
from .citations import party_names, sources
from .citations.kinds import Kind, kind_of
from .citations.source import LANGUAGES
from .claims.model import Status
from .dates import MONTHS, PartialDate
from .findings import CourseError
from .links.addresses import DOI_RESOLVER
from .links.ledger import State, load
from .reporting import log_findings
from .tables import table

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import date

    from sphinx.application import Sphinx
    from sphinx.util.typing import ExtensionMetadata

    from .citations.source import Source
    from .claims.domain import ClaimsDomain
    from .claims.model import Claim
    from .links.ledger import Entry


_STATES = {
    State.ALIVE: "answers", State.BLOCKED: "lets people in, not programs", State.MOVED: "has moved",
    State.DEAD: "is gone", State.UNCHECKED: "not looked at yet",
}  # fmt: skip


class StateOfSourcesDirective(SphinxDirective):
    """Prints the counts as tables, each under a heading."""

    def run(self) -> list[nodes.Node]:
        claims = cast("ClaimsDomain", self.env.get_domain("claim"))
        ledger = Path(self.env.srcdir, self.config.farreaching_data_dir, "links.toml")
        bib_files = [Path(self.env.srcdir, name) for name in self.config.bibtex_bibfiles]
        claim_files = sorted(Path(self.env.srcdir, self.config.farreaching_claims_dir).glob("*.yaml"))
        for path in (ledger, *bib_files, *claim_files):
            self.env.note_dependency(path)
        try:
            entries = load(ledger)
        except CourseError as error:
            log_findings(error.findings, "links")
            return []
        found = list(sources(self.env).values())
        graded = list(claims.entries.values())
        days = {**INTERVALS, **self.config.farreaching_freshness}["claim"]
        parts = [
            ("Sources by kind", _by_kind(found)),
            ("Sources by party", _shares("Party", found, lambda one: party_names(self.config).get(one.party, one.party))),
            ("Sources by language", _shares("Language", found, _language)),
            ("Addresses", _addresses(found, entries)),
            ("Claims by status", _by_status(graded)),
            ("What falls due", _due(graded, int(days))),
        ]
        made: list[nodes.Node] = [nodes.paragraph("", _summary(found, graded))] if found or graded else []
        for heading, content in parts:
            if content:
                identifier = nodes.make_id(f"state-{heading}")
                made += [nodes.rubric("", heading, ids=[identifier], classes=["state"], **{"heading-level": 2}), *content]
        return made


def _summary(found: list[Source], claims: list[Claim]) -> str:
    read = Counter("via" if source.via else source.consulted for source in found)
    text = f"The bibliography holds {_count(len(found), 'source')}. Read in full: {read['full']}; in part: {read['part']}; "
    text += f"known through another: {read['via']}."
    if claims:
        last = max(claim.reviewed.last_day for claim in claims)
        text += f" The ledger holds {_count(len(claims), 'claim')}, last reviewed on {_day(last)}."
    return text


def _by_kind(found: list[Source]) -> list[nodes.Node]:
    rows = []
    for kind in Kind:
        group = [source for source in found if kind_of(source) is kind]
        ways = Counter("via" if source.via else source.consulted for source in group)
        if group:
            rows.append(_row(kind.heading, len(group), ways["full"], ways["part"], ways["via"]))
    columns = {"Kind": 40, "Sources": 15, "Read in full": 15, "In part": 15, "Through another": 15}
    return [table(columns, rows, ["state"])] if rows else []


def _shares(heading: str, found: list[Source], name: Any) -> list[nodes.Node]:
    counts = Counter(name(source) for source in found)
    ordered = sorted(counts.items(), key=lambda one: (-one[1], one[0]))
    rows = [_row(who[:1].upper() + who[1:], count, _percent(count, len(found))) for who, count in ordered]
    return [table({heading: 50, "Sources": 25, "Share": 25}, rows, ["state"])] if rows else []


def _language(source: Source) -> str:
    return next(name for name, code in LANGUAGES.items() if code == source.language).capitalize()


def _addresses(found: list[Source], entries: dict[str, Entry]) -> list[nodes.Node]:
    with_address = [source for source in found if _address(source)]
    known = [entries.get(_address(source)) for source in with_address]
    archived = sum(
        bool(source.get("archiveurl") or (entry and entry.snapshot)) for source, entry in zip(with_address, known, strict=True)
    )
    verified = [entry.verified for entry in known if entry and entry.verified]
    have = "has" if len(with_address) == 1 else "have"
    looked = f"The last was looked at on {_day(max(verified))}." if verified else "None was looked at yet."
    text = f"{_count(len(with_address), 'source')} {have} an address; an archived copy is known of {archived}. {looked}"
    states = Counter(entry.state if entry else State.UNCHECKED for entry in known)
    rows = [_row(f"{words[:1].upper()}{words[1:]}", states[state]) for state, words in _STATES.items() if states[state]]
    if not rows:
        return []
    return [nodes.paragraph("", text), table({"The address": 70, "Sources": 30}, rows, ["state"])]


def _address(source: Source) -> str:
    return f"{DOI_RESOLVER}{source.get('doi')}" if source.get("doi") else source.get("url")


def _by_status(claims: list[Claim]) -> list[nodes.Node]:
    rows = []
    for status in Status:
        group = [claim for claim in claims if claim.status is status]
        if group:
            reviewed = [claim.reviewed.first_day for claim in group]
            about = [claim.when.start.year for claim in group]
            years = f"{min(about)}–{max(about)}" if min(about) != max(about) else f"{about[0]}"
            rows.append(_row(f"{status.mark} {status}", len(group), years, _day(min(reviewed))))
    return [table({"Status": 30, "Claims": 15, "About the years": 25, "Oldest review": 30}, rows, ["state"])] if rows else []


def _due(claims: list[Claim], days: int) -> list[nodes.Node]:
    due = Counter((day.year, day.month) for day in (claim.reviewed.first_day + timedelta(days=days) for claim in claims))
    rows = [_row(f"{MONTHS[month - 1]} {year}", count) for (year, month), count in sorted(due.items())]
    text = f"A claim is held against its sources again {days} days after its last review."
    return [nodes.paragraph("", text), table({"Month": 70, "Claims": 30}, rows, ["state"])] if rows else []


def _row(*cells: object) -> nodes.row:
    return nodes.row("", *(_cells(cells)))


def _cells(cells: Iterable[object]) -> Iterator[nodes.entry]:
    for cell in cells:
        yield nodes.entry("", nodes.paragraph("", str(cell)), classes=["number"] if isinstance(cell, int) else [])


def _percent(part: int, whole: int) -> str:
    return f"{part / whole:.0%}" if part * 200 >= whole else "under 1%"


def _count(number: int, what: str) -> str:
    return f"{number:,} {what}{'' if number == 1 else 's'}"


def _day(day: date) -> str:
    return str(PartialDate(day.year, day.month, day.day))


def setup(app: Sphinx) -> ExtensionMetadata:
    """Register the directive, and the setting that the freshness check shares with it."""
    app.add_config_value(SETTING, {}, "env", dict, "days after which each kind of thing is looked at again")
    app.add_directive("state-of-sources", StateOfSourcesDirective)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
