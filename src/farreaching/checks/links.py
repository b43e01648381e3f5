"""The links check, without a network: the ledger of addresses is in step, and no bad address is cited as if it were good."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..findings import CourseError, Finding, Severity
from ..links.addresses import course_addresses, malformed
from ..links.ledger import State, lines, load
from ..links.session import ledger_file
from ..sourcefiles import read_text

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from ..links.addresses import Use
    from ..links.ledger import Entry
    from ..project import Project

_REFRESH = "Run farreaching links refresh."


def check_links(project: Project) -> Iterator[Finding]:
    """Yield what ledger and sources say of the addresses: the same on every day."""
    path = ledger_file(project)
    try:
        entries = load(path)
    except CourseError as error:
        yield from error.findings
        return
    uses = course_addresses(project)
    for use in uses:
        if wrong := malformed(use.address):
            message = f"'{use.address}' is not an address: {wrong}."
            yield Finding(use.path, use.line, "links.malformed", message, "Write it as the browser shows it.")
        elif use.address not in entries:
            message = f"the ledger of links does not know {use.address}."
            yield Finding(use.path, use.line, "links.unknown", message, _REFRESH, Severity.WARNING)
        else:
            yield from _check_use(use, entries[use.address])
    used = {use.address for use in uses}
    at_line = lines(read_text(path, "links.ledger")) if entries else {}
    for entry in entries.values():
        if entry.address not in used and not entry.snapshot:
            message = f"{entry.address} is used nowhere."
            yield Finding(path, at_line.get(entry.address, 0), "links.unused", message, _REFRESH, Severity.WARNING)


def _check_use(use: Use, entry: Entry) -> Iterator[Finding]:
    """Yield what is wrong with using an address in this state."""
    if entry.state is State.DEAD and not use.snapshot:
        message = f"{use.address} is dead since {entry.failing_since or entry.verified} ({entry.note or 'gone'})."
        if entry.snapshot:
            mend = f"A snapshot is {entry.snapshot}: give it as archiveurl, with its archivedate."
        else:
            mend = "Look for a snapshot with farreaching links archive, or cite the publication without an address."
        yield Finding(use.path, use.line, "links.dead", message, mend)
    elif entry.state is State.MOVED:
        message = f"{use.address} has moved permanently."
        yield Finding(
            use.path, use.line, "links.moved", message, f"Write {entry.final}." if entry.final else "", Severity.WARNING
        )
    if "has no anchor" in entry.note:
        message = f"{use.address}: {entry.note}."
        yield Finding(use.path, use.line, "links.anchor", message, "Correct what follows '#', or leave it out.", Severity.WARNING)


def check_overdue(project: Project, today: date) -> Iterator[Finding]:
    """Yield a finding where addresses have long not been verified.

    Apart from `check_links`, because it depends on the day: a commit that passed must pass next year.
    """
    path = ledger_file(project)
    try:
        overdue = [entry for entry in load(path).values() if entry.overdue(today)]
    except CourseError:  # `check_links` says why
        return
    if overdue:
        oldest = min(entry.verified or entry.first_seen for entry in overdue)
        message = f"Addresses overdue: {len(overdue)}; nothing was learned of them since {oldest} or later."
        yield Finding(path, 0, "links.overdue", message, "Run farreaching check links.", Severity.WARNING)
