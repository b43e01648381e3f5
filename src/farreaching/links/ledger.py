"""The ledger of addresses: one TOML table each, sorted, so that two people's changes merge line by line."""

from __future__ import annotations

import json
import os
import re
import tempfile
import tomllib
from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ..findings import CourseError, Finding
from ..sourcefiles import CONFLICT_MARK, read_text

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping


class State(StrEnum):
    """How an address fares."""

    ALIVE = "alive"  #: answers with what it should
    BLOCKED = "blocked"  #: a person may get in, this program may not (401, 403, 429, a bot wall)
    MOVED = "moved"  #: permanently, to `Entry.final`
    DEAD = "dead"  #: gone on two runs at least a day apart
    UNCHECKED = "unchecked"  #: no run has learned anything yet


#: Days after which an address is looked at again, by the state it was found in.
INTERVAL = {State.ALIVE: 30, State.BLOCKED: 30, State.MOVED: 30, State.DEAD: 30, State.UNCHECKED: 0}
#: Days without a verdict after which an address is overdue.
OVERDUE = 90

HEADER = """\
# Every web address of the course and how it fares. Written by `farreaching check links` and `farreaching links`;
# after a merge, `farreaching links refresh` puts it in order again.
"""


@dataclass(frozen=True)
class Entry:
    """One address."""

    address: str
    first_seen: date
    state: State = State.UNCHECKED
    verified: date | None = None  #: the last day on which a run learned its state
    tried: date | None = None  #: the last day on which a run asked, whatever came of it
    failing_since: date | None = None  #: the first day of an unbroken row of runs that found it gone
    note: str = ""  #: what the last run saw, in words, unless it was plainly alive
    final: str = ""  #: where a moved address leads
    snapshot: str = ""  #: an archived copy

    def due(self, today: date) -> bool:
        """Return whether it is to be checked on this day."""
        if self.tried is None:
            return True
        # a trouble may pass by tomorrow, and a death needs a second look
        undecided = self.verified != self.tried or (self.failing_since and self.state is not State.DEAD)
        return today >= self.tried + timedelta(days=1 if undecided else INTERVAL[self.state])

    def overdue(self, today: date) -> bool:
        """Return whether no run has learned anything of it for a long time."""
        return today > (self.verified or self.first_seen) + timedelta(days=OVERDUE)


_TEXTS = ("note", "final", "snapshot")
_DATES = {"first-seen": "first_seen", "last-verified": "verified", "last-tried": "tried", "failing-since": "failing_since"}


def load(path: Path) -> dict[str, Entry]:
    """Return the entries of a ledger file by address, empty where there is no file.

    Raises `CourseError` for a file that cannot be read, with the line of what is wrong.
    """
    if not path.exists():
        return {}
    text = read_text(path, "links.ledger")
    if mark := CONFLICT_MARK.search(text):
        line = text.count("\n", 0, mark.start()) + 1
        mend = "Keep one side (either will do), then run farreaching links refresh."
        raise CourseError([Finding(path, line, "links.ledger", f"a merge conflict was left here ('{mark[0]}').", mend)])
    try:
        tables = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        at = re.search(r"at line (\d+)", str(error))
        mend = "Correct it, or take the last committed version."
        line = int(at[1]) if at else 0
        raise CourseError([Finding(path, line, "links.ledger", f"this is not valid TOML: {error}.", mend)]) from None
    at_line = lines(text)
    entries, findings = {}, []
    for address, table in tables.items():
        try:
            entries[address] = _entry(address, table)
        except ValueError as error:
            findings.append(Finding(path, at_line.get(address, 0), "links.ledger", f"'{address}': {error}."))
    if findings:
        raise CourseError(findings)
    return entries


def lines(text: str) -> dict[str, int]:
    """Return the line of each address's table in a ledger's text, from 1."""
    return {
        json.loads(line[1:-1]): number
        for number, line in enumerate(text.splitlines(), start=1)
        if re.fullmatch(r'\["(?:[^"\\]|\\.)*"\]', line)
    }


def _entry(address: str, table: Any) -> Entry:
    if not isinstance(table, dict):
        raise ValueError('this must be a table, written as ["address"]')
    if unknown := set(table) - {"state", *_TEXTS, *_DATES}:
        raise ValueError(f"there is no field '{sorted(unknown)[0]}'")
    if table.get("state") not in set(State):
        raise ValueError(f"the state is one of {', '.join(State)}, not '{table.get('state')}'")
    if "first-seen" not in table:
        raise ValueError("'first-seen' is missing")
    for name in _DATES:
        if type(table.get(name, date.min)) is not date:
            raise ValueError(f"'{name}' must be a day without quotation marks, such as 2026-11-27")
    for name in _TEXTS:
        if not isinstance(table.get(name, ""), str):
            raise ValueError(f"'{name}' must be text")
    values = {field: table[name] for name, field in _DATES.items() if name in table}
    return Entry(address, state=State(table["state"]), **values, **{name: table.get(name, "") for name in _TEXTS})


def dump(entries: Mapping[str, Entry]) -> str:
    """Return the text of a ledger, by address, each table's fields in one order."""
    blocks = [HEADER]
    for address in sorted(entries):
        entry = entries[address]
        fields = [f'state = "{entry.state}"']
        fields += [f"{name} = {day}" for name, field in _DATES.items() if (day := getattr(entry, field))]
        fields += [f"{name} = {_quoted(text)}" for name in _TEXTS if (text := getattr(entry, name))]
        blocks.append("\n".join([f"[{_quoted(address)}]", *fields, ""]))
    return "\n".join(blocks)


def _quoted(text: str) -> str:
    """Return a TOML basic string: JSON's escapes are among TOML's, which also wants DEL escaped."""
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")


def save(path: Path, entries: Mapping[str, Entry]) -> None:
    """Write a ledger aside and swap it in; raise `CourseError` where the folder cannot be written."""
    aside = ""
    try:
        with tempfile.NamedTemporaryFile("w", encoding="utf-8", dir=path.parent, prefix=".links-", delete=False) as file:
            aside = file.name
            file.write(dump(entries))
            file.flush()
            os.fsync(file.fileno())
        Path(aside).chmod(0o644)
        Path(aside).replace(path)
    except OSError as error:
        if aside:
            Path(aside).unlink(missing_ok=True)
        mend = "Make the folder writable; the ledger is as it was."
        raise CourseError([Finding(path, 0, "links.ledger", f"cannot be written: {error.strerror}.", mend)]) from None


def check_clock(path: Path, entries: Mapping[str, Entry], today: date) -> None:
    """Raise `CourseError` where the ledger knows of days after today: the clock must be wrong, or the ledger is."""
    for entry in entries.values():
        latest = max(day for day in (entry.first_seen, entry.verified, entry.tried) if day)
        if latest > today:
            at = lines(path.read_text(encoding="utf-8")).get(entry.address, 0)
            message = f"the ledger speaks of {latest}, but this computer's clock says {today}."
            raise CourseError([Finding(path, at, "links.clock", message, "Set the clock; nothing was changed.")])


def refreshed(entries: Mapping[str, Entry], addresses: Iterable[str], today: date) -> dict[str, Entry]:
    """Return the ledger brought into step with the addresses in use.

    New addresses are added unchecked. One that is used no more is dropped, unless a snapshot of it is known:
    a source that comes back then still has its copy.
    """
    used = set(addresses)
    kept = {address: entry for address, entry in entries.items() if address in used or entry.snapshot}
    return kept | {address: Entry(address, today) for address in used - set(kept)}


def settled(entry: Entry, state: State, note: str, final: str, today: date) -> Entry:
    """Return an entry after a run's verdict; `dead` counts only where an earlier day's run said the same."""
    if state is State.UNCHECKED:  # the run learned nothing: what was known stands
        return replace(entry, tried=today, note=note)
    if state is State.DEAD:
        since = entry.failing_since or today
        state = State.DEAD if since < today else entry.state
        verified = today if state is State.DEAD else entry.verified
        return replace(entry, state=state, verified=verified, tried=today, failing_since=since, note=note)
    return replace(entry, state=state, verified=today, tried=today, failing_since=None, note=note, final=final)
