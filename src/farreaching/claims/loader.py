"""Reading the claims ledger: everything wrong with its files is said at once."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from ..dates import DateRange, PartialDate
from ..findings import CourseError, Finding, nearest
from ..sourcefiles import LocatedDict, load_yaml
from .model import Change, Claim, Evidence, Ledger, Status

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping
    from pathlib import Path

_REQUIRED = ("claim", "when", "by", "status", "for", "reviewed", "note")
_FIELDS = {*_REQUIRED, "denied-by", "against", "history", "by-claim"}
_HISTORY_FIELDS = {"date", "status", "why", "for"}
_ID = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")


def load_ledger(folder: Path) -> Ledger:
    """Return the claims in a folder of YAML files (one a part of the course, id → entry).

    Raises `CourseError` with every finding of every file; a folder that does not exist is an empty ledger.
    """
    ledger = Ledger()
    known: set[str] = set()  # entries with a mistake too: what leads to them is not to blame
    findings: list[Finding] = []
    for path in sorted(folder.glob("*.yaml")):
        try:
            entries = load_yaml(path, "claims.yaml")
        except CourseError as error:
            findings += error.findings
            continue
        if not isinstance(entries, LocatedDict):
            if entries is not None:
                findings.append(Finding(path, 1, "claims.yaml", "a claims file is a mapping 'id: entry'."))
            continue
        for claim_id, entry in entries.items():
            known.add(claim_id)
            reader = _EntryReader(path, entries.line_of(claim_id), claim_id)
            claim = reader.read(entry)
            if claim and claim_id in ledger:
                other = ledger[claim_id]
                reader.complain("id", f"the id is taken by {other.path.name}:{other.line}.", "Give one of them another id.")
            elif claim:
                ledger[claim_id] = claim
            findings += reader.findings
    findings += _check_supersession(ledger, known)
    if findings:
        raise CourseError(findings)
    return ledger


class _EntryReader:
    """Reads one entry and collects what is wrong with it."""

    def __init__(self, path: Path, line: int, claim_id: str) -> None:
        self.path, self.line, self.id = path, line, claim_id
        self.findings: list[Finding] = []

    def complain(self, subject: str, message: str, mend: str = "", line: int = 0) -> None:
        text = f"claim '{self.id}': {message}"
        self.findings.append(Finding(self.path, line or self.line, f"claims.{subject}", text, mend))

    def read(self, entry: Any) -> Claim | None:
        if not _ID.fullmatch(self.id):
            self.complain("id", "an id is lower-case words with hyphens.")
        if not isinstance(entry, LocatedDict):
            self.complain("entry", "the entry must be a mapping of fields.")
            return None
        self._check_fields(entry, _FIELDS)
        for name in _REQUIRED:
            if name not in entry:
                self.complain("field", f"the field '{name}' is missing.", f"Every claim has {', '.join(_REQUIRED)}.")
        texts = {name: self._text(entry, name) for name in ("claim", "by", "denied-by", "note", "by-claim")}
        status = self._status(entry)
        supporting = self._evidence(entry, "for")
        opposing = self._evidence(entry, "against")
        when = self._date_range(entry)
        reviewed = self._date(entry, "reviewed")
        history = self._history(entry)
        if status:
            self._check_status(entry, status, texts, supporting, opposing, history)
        if self.findings or not (status and when and reviewed):
            return None
        return Claim(
            self.id, texts["claim"], when, texts["by"], texts["denied-by"], status, supporting, opposing, reviewed,
            texts["note"], history, texts["by-claim"], self.path.stem, self.path, self.line,
        )  # fmt: skip

    def _check_fields(self, entry: LocatedDict, known: set[str]) -> None:
        for name in entry:
            if name not in known:
                self.complain("field", f"there is no field '{name}'.", nearest(name, known), entry.line_of(name))

    def _text(self, entry: LocatedDict, name: str) -> str:
        value = entry.get(name, "")
        if not isinstance(value, str) or (name in _REQUIRED and name in entry and not value.strip()):
            self.complain("field", f"'{name}' must be a text, not '{value}'.", "Write words.", entry.line_of(name))
            return ""
        return value.strip()

    def _status(self, entry: LocatedDict) -> Status | None:
        value = entry.get("status")
        if value is None:
            if "status" in entry:
                self.complain("status", "'status' is empty.", f"Use one of {', '.join(Status)}.", entry.line_of("status"))
            return None
        try:
            return Status(str(value))
        except ValueError:
            mend = f"Use one of {', '.join(Status)}."
            self.complain("status", f"unknown status '{value}'.", mend, entry.line_of("status"))
            return None

    def _date(self, entry: LocatedDict, name: str) -> PartialDate | None:
        if name not in entry:
            return None
        try:
            return PartialDate.parse(str(entry[name]))
        except ValueError:
            mend = "Write 2024-03-28, 2024-03 or 2024."
            self.complain("date", f"'{name}: {entry[name]}' is not a date.", mend, entry.line_of(name))
            return None

    def _date_range(self, entry: LocatedDict) -> DateRange | None:
        if "when" not in entry:
            return None
        try:
            return DateRange.parse(str(entry["when"]))
        except ValueError:
            mend = "Write 2024-03-28, 2024-03, 2024, or two with a slash between, the earlier first."
            self.complain("date", f"'when: {entry['when']}' is not a date.", mend, entry.line_of("when"))
            return None

    def _evidence(self, entry: LocatedDict, name: str) -> tuple[Evidence, ...]:
        items = entry.get(name) or []
        line = entry.line_of(name)
        if not isinstance(items, list):
            self.complain("source", f"'{name}' must be a list of sources.", "Write [{cite: key, at: pinpoint}].", line)
            return ()
        read = []
        for item in items:
            try:
                read.append(Evidence.parse(item))
            except ValueError as error:
                mend = "Write a citation key, or {cite: key, at: pinpoint}."
                self.complain("source", f"{error} in '{name}'.", mend, getattr(item, "line", line))
        return tuple(read)

    def _history(self, entry: LocatedDict) -> tuple[Change, ...]:
        items = entry.get("history") or []
        if not isinstance(items, list) or not all(isinstance(item, LocatedDict) for item in items):
            mend = "Write a list of {date, status, why, for}."
            self.complain("history", "'history' must be a list of changes.", mend, entry.line_of("history"))
            return ()
        changes: list[Change] = []
        for item in items:
            self._check_fields(item, _HISTORY_FIELDS)
            missing = sorted(name for name in _HISTORY_FIELDS if not item.get(name))
            if missing:
                self.complain("history", f"a change lacks {', '.join(missing)}.", "", item.line)
                continue
            day, status, evidence = self._date(item, "date"), self._status(item), self._evidence(item, "for")
            if day and status:
                if changes and day.first_day < changes[-1].date.first_day:
                    self.complain("history", f"the change of {day} stands after a later one.", "Put the oldest first.", item.line)
                changes.append(Change(day, status, self._text(item, "why"), evidence))
        return tuple(changes)

    def _check_status(
        self,
        entry: LocatedDict,
        status: Status,
        texts: Mapping[str, str],
        supporting: tuple[Evidence, ...],
        opposing: tuple[Evidence, ...],
        history: tuple[Change, ...],
    ) -> None:
        line = entry.line_of("status")
        if "for" in entry and not supporting:
            mend = "A claim without a source does not go into the ledger."
            self.complain("no-source", "no source stands for it ('for' is empty).", mend, entry.line_of("for"))
        if status is Status.DENIED and not texts["denied-by"]:
            self.complain("status", "a denied claim names who denies it.", "Add 'denied-by'.", line)
        if status is Status.CONTESTED and not opposing:
            self.complain("status", "a contested claim has a source against it.", "Add 'against', or grade it anew.", line)
        if (status is Status.SUPERSEDED) != bool(texts["by-claim"]):
            self.complain("status", "'superseded' and 'by-claim' go together.", "Add the one or drop the other.", line)
        if history and history[-1].status is not status:
            message = f"the history ends with '{history[-1].status}', the status is '{status}'."
            self.complain("history", message, "Add the last change, or mend the status.", line)


def _check_supersession(ledger: Ledger, known: Collection[str]) -> Iterator[Finding]:
    """Yield a finding for a `by-claim` that leads nowhere or in a circle."""
    for claim in ledger.values():
        if not claim.superseded_by:
            continue
        if claim.superseded_by not in known:
            message = f"claim '{claim.id}': 'by-claim' names the unknown claim '{claim.superseded_by}'."
            yield Finding(claim.path, claim.line, "claims.by-claim", message, nearest(claim.superseded_by, known))
            continue
        seen = [claim.id]
        step = claim
        while step.superseded_by in ledger and step.superseded_by not in seen:
            step = ledger[step.superseded_by]
            seen.append(step.id)
        if step.superseded_by == claim.id:
            circle = " → ".join([*seen, claim.id])
            message = f"claim '{claim.id}': 'by-claim' leads in a circle ({circle})."
            yield Finding(claim.path, claim.line, "claims.by-claim", message, "One of them must not be superseded.")
