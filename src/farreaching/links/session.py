"""What a maintainer asks of the ledger: bring it into step, check what is due, look for snapshots."""

from __future__ import annotations

import os
from dataclasses import dataclass, fields, replace
from typing import TYPE_CHECKING

from ..findings import CourseError, Finding
from .addresses import course_addresses, malformed
from .archive import Archive, NoArchiveError
from .fetch import Manners
from .ledger import Entry, State, check_clock, load, refreshed, save, settled
from .schedule import exchanges
from .verdict import judge

if TYPE_CHECKING:
    from datetime import date
    from pathlib import Path

    from ..progress import Reporter
    from ..project import Project

#: The setting of conf.py that holds what differs from `Manners` and `Archive`.
SETTING = "farreaching_links"
_ALL_SILENT = 12  # exchanges; so many hosts in a row without a sign of life mean that we are the one without a network


def ledger_file(project: Project) -> Path:
    """Return where the ledger lies."""
    return project.data_dir / "links.toml"


@dataclass(frozen=True)
class Refreshed:
    """What bringing a ledger into step has changed."""

    added: int
    dropped: int


class Session:
    """A ledger opened for changing it, on one day."""

    def __init__(self, project: Project, reporter: Reporter, today: date) -> None:
        """Read and refresh the ledger; raise `CourseError` where it or the clock is wrong, or it cannot be written."""
        self.root = project.root
        self.path = ledger_file(project)
        self.reporter = reporter
        self.today = today
        if not os.access(self.path.parent, os.W_OK, effective_ids=os.access in os.supports_effective_ids):
            mend = "Make it writable; the ledger is as it was."
            raise CourseError([Finding(self.path.parent, 0, "links.ledger", "this folder cannot be written to.", mend)])
        before = load(self.path)
        check_clock(self.path, before, today)
        self.manners, self.archive = _settings(project)
        self.uses = [use for use in course_addresses(project) if not malformed(use.address)]
        self.entries = refreshed(before, (use.address for use in self.uses), today)
        self.changes = Refreshed(len(self.entries.keys() - before.keys()), len(before.keys() - self.entries.keys()))

    def save(self) -> None:
        """Write the ledger."""
        save(self.path, self.entries)

    def check(self) -> list[Entry]:
        """Check what is due, write the ledger, and return the entries that were tried.

        The ledger is written after every answer: a run that is stopped, however hard, is taken up by the next.
        Raises `CourseError`, and writes nothing, where no server at all answers.
        """
        due = sorted({use.address for use in self.uses if self.entries[use.address].due(self.today)})
        self.reporter.say(f"{len(due)} of {len(self.entries)} addresses are due.")
        tried: list[str] = []
        held: list[tuple[str, Entry]] = []  # until one server answered: without a network nothing is known of any
        reached = False
        coming = exchanges(due, self.manners)
        try:
            with self.reporter.count("links", len(due)) as advance:
                for seen in coming:
                    reached = reached or seen.reached
                    state, note, final = judge(seen)
                    held.append((seen.address, settled(self.entries[seen.address], state, note, final, self.today)))
                    advance()
                    if reached:
                        self.entries |= dict(held)
                        tried += [address for address, _ in held]
                        held.clear()
                        self.save()
                    elif len(held) >= _ALL_SILENT:
                        break
        finally:
            coming.close()
        if due and not reached:
            message = "no server answered: this computer seems to have no network."
            mend = "Try again where there is one, or check what needs none with --offline. Nothing was changed."
            raise CourseError([Finding(self.path, 0, "links.network", message, mend)])
        self.save()
        return [self.entries[address] for address in tried]

    def places(self, address: str) -> list[str]:
        """Return FILE:LINE of every use of an address, from the course's top folder."""
        return [f"{os.path.relpath(use.path, self.root)}:{use.line}" for use in self.uses if use.address == address]

    def remark(self, entry: Entry) -> str:
        """Return a line on an entry just tried, with its uses, where no finding of `farreaching.checks.links` will tell."""
        if not entry.note or (entry.state is not State.BLOCKED and not self._doubtful(entry)):
            return ""
        if entry.failing_since:
            what = f"gone ({entry.note}); dead if a later day finds it so"
        elif self._doubtful(entry):
            what = f"nothing learned ({entry.note}); still {entry.state}"
        else:
            what = f"{entry.state} ({entry.note})"
        return f"{entry.address}: {what}. Used in {', '.join(self.places(entry.address))}."

    def _doubtful(self, entry: Entry) -> bool:
        return entry.verified != self.today

    def find_snapshots(self, limit: int, *, ask_to_save: bool) -> list[Entry]:
        """Look for snapshots of the addresses without one, the bad ones first, write them down, and return their entries.

        `limit` is the greatest number of addresses to ask for. With `ask_to_save`, the archive is asked to take a living page
        that it does not have. Raises `CourseError` where the archive does not answer; what was found before is kept.
        """
        cited = {use.address for use in self.uses}
        archived = {use.address for use in self.uses if use.snapshot} | {use.snapshot for use in self.uses}
        wanting = [entry for entry in self.entries.values() if entry.address in cited - archived and not entry.snapshot]
        wanting.sort(key=lambda entry: (list(_URGENCY).index(entry.state), entry.address))
        found: list[Entry] = []
        try:
            with self.reporter.count("snapshots", len(wanting[:limit])) as advance:
                for entry in wanting[:limit]:
                    snapshot = self.archive.available(entry.address)
                    if not snapshot and ask_to_save and entry.state is State.ALIVE:
                        snapshot = self.archive.save(entry.address)
                    if snapshot:
                        self.entries[entry.address] = _with_snapshot(entry, snapshot)
                        found.append(self.entries[entry.address])
                    advance()
                    self.manners.sleep(self.manners.pause)
        except NoArchiveError as error:
            mend = "Try again later; what was found before is kept."
            raise CourseError([Finding(self.path, 0, "links.archive", f"the archive does not answer: {error}.", mend)]) from None
        finally:
            if found:
                self.save()
        return found


_URGENCY = (State.DEAD, State.BLOCKED, State.MOVED, State.ALIVE, State.UNCHECKED)


def _with_snapshot(entry: Entry, snapshot: str) -> Entry:
    return replace(entry, snapshot=snapshot)


def _settings(project: Project) -> tuple[Manners, Archive]:
    """Return what conf.py says of manners and archive; raise `CourseError` for a name that means nothing."""
    given = project.settings.get(SETTING, {})
    if not isinstance(given, dict):
        raise _wrong_setting(project, "is no dictionary", "Write it as {'pause': 2}.")
    manners = {field.name for field in fields(Manners)} - {"sleep"}
    archive = {"availability", "save"}
    if wrong := sorted(set(given) - manners - archive):
        mend = f"It may hold {', '.join(sorted(manners | archive))}."
        raise _wrong_setting(project, f"holds '{wrong[0]}', which means nothing", mend)
    for name in sorted(manners & given.keys()):
        if not isinstance(given[name], int | float) or given[name] < 0:
            raise _wrong_setting(project, f"has {given[name]!r} as '{name}'", "Give a number that is not negative.")
    chosen = Manners(**{name: value for name, value in given.items() if name in manners})
    addresses = {f"{name}_address": str(value) for name, value in given.items() if name in archive}
    return chosen, Archive(timeout=chosen.timeout, **addresses)


def _wrong_setting(project: Project, what: str, mend: str) -> CourseError:
    return CourseError([Finding(project.docs / "conf.py", 0, "links.settings", f"{SETTING} {what}.", mend)])
