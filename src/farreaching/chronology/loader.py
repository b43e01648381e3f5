"""Reading the chronology: its vocabulary and its events, and everything wrong with them at once."""

from __future__ import annotations

import itertools
from dataclasses import dataclass
from typing import TYPE_CHECKING

from ..claims.model import Evidence
from ..dates import DateRange
from ..findings import CourseError, Finding, nearest
from ..sourcefiles import DataFileReader, LocatedDict, load_yaml

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping
    from pathlib import Path

_FIELDS = ("date", "track", "actors", "event", "cites", "claim")
_REQUIRED = _FIELDS[:5]


@dataclass(frozen=True)
class Event:
    """One row of the chronology."""

    date: DateRange
    track: str  #: id of its track
    actors: tuple[str, ...]  #: ids of those who act in it
    text: str  #: what happened (inline Markdown)
    evidence: tuple[Evidence, ...]  #: its sources, at least one
    claim: str  #: id of the ledger's entry that grades it, or empty
    line: int  #: where it starts in the file, from 1


@dataclass(frozen=True)
class Chronology:
    """What the file holds."""

    path: Path
    periods: Mapping[int, str]  #: first year → title, ascending
    tracks: Mapping[str, str]  #: id → name
    actors: Mapping[str, str]  #: id → name
    events: tuple[Event, ...]  #: oldest first

    def in_periods(self) -> Iterator[tuple[str, list[Event]]]:
        """Yield each period's title and events."""
        starts = [*self.periods, 10_000]
        for first, after in itertools.pairwise(starts):
            yield self.periods[first], [event for event in self.events if first <= event.date.start.year < after]

    def check(self, keys: Collection[str], claims: Collection[str]) -> Iterator[Finding]:
        """Yield a finding for every citation key and claim that is not known."""
        for event in self.events:
            for item in event.evidence:
                if item.key not in keys:
                    message = f"the event of {event.date} cites the unknown source '{item.key}'."
                    mend = nearest(item.key, keys) or "Add the source to the .bib file."
                    yield Finding(self.path, event.line, "chronology.unknown-source", message, mend)
            if event.claim and event.claim not in claims:
                message = f"the event of {event.date} names the unknown claim '{event.claim}'."
                yield Finding(self.path, event.line, "chronology.unknown-claim", message, nearest(event.claim, claims))


def load_chronology(path: Path) -> Chronology:
    """Return the chronology of a YAML file; raises `CourseError` with everything wrong in it."""
    data = load_yaml(path, "chronology.file")
    wanted = ("periods", "tracks", "actors", "events")
    if not isinstance(data, LocatedDict) or set(data) != set(wanted):
        mend = f"Write {', '.join(wanted)}, and nothing else, at the top level."
        raise CourseError([Finding(path, 1, "chronology.file", "this is not a chronology.", mend)])
    return _Reader(path, data).read()


class _Reader(DataFileReader):
    kind = "chronology"

    def read(self) -> Chronology:
        """Return the chronology; raises `CourseError`."""
        self.tracks, self.actors, periods = (self.names(name) for name in ("tracks", "actors", "periods"))
        starts = [int(year) for year in periods if year.isdecimal()]
        if len(starts) < len(periods) or starts != sorted(starts):
            mend = "Write 'first year: title' lines, the earliest first."
            self.complain(self.data.line_of("periods"), "periods", "the periods do not begin with ascending years.", mend)
        events = [event for event in map(self._event, self.items("events", _REQUIRED)) if event]
        for before, event in itertools.pairwise(events):
            if event.date.start.first_day < before.date.start.first_day:
                message = f"the event of {event.date} stands after one of {before.date}."
                self.complain(event.line, "order", message, "Put the oldest first.")
        if events and starts and events[0].date.start.year < starts[0]:
            message = f"the event of {events[0].date} is older than the first period ({starts[0]})."
            self.complain(events[0].line, "periods", message, "Let the first period begin earlier.")
        if self.findings:
            raise CourseError(self.findings)
        titles = dict(zip(starts, periods.values(), strict=True))
        return Chronology(self.path, titles, self.tracks, self.actors, tuple(events))

    def _event(self, item: LocatedDict) -> Event | None:
        """Return one event, or None after saying what is wrong with it."""
        before = len(self.findings)
        shown = f"the event '{str(item.get('event', item.get('date', '')))[:40].strip()}'"
        for name in item:
            if name not in _FIELDS:
                self.complain(item.line_of(name), "field", f"{shown} has the unknown field '{name}'.", nearest(name, _FIELDS))
        for name in _REQUIRED:
            if not item.get(name):
                self.complain(item.line, "field", f"{shown} has no {name}.", "Every event has a date, who acts, and a source.")
        if len(self.findings) > before:
            return None
        try:
            when = DateRange.parse(str(item["date"]))
        except ValueError:
            mend = "Write 2024-03-28, 2024-03, 2024, or two with a slash between, the earlier first."
            self.complain(item.line_of("date"), "date", f"'{item['date']}' is not a date.", mend)
            return None
        actors, cites = (value if isinstance(value, list) else [value] for value in (item["actors"], item["cites"]))
        self._check_word(item, "track", item["track"], self.tracks)
        for actor in actors:
            self._check_word(item, "actors", actor, self.actors)
        evidence = []
        for cited in cites:
            try:
                evidence.append(Evidence.parse(cited))
            except ValueError as error:
                self.complain(item.line_of("cites"), "source", f"{error}.", "Write a citation key, or {cite: key, at: pinpoint}.")
        text, claim = item["event"], str(item.get("claim") or "")
        if not isinstance(text, str):
            self.complain(item.line_of("event"), "field", f"'{text}' is no sentence.", "Say what happened.")
        return Event(when, str(item["track"]), tuple(map(str, actors)), str(text), tuple(evidence), claim, item.line)

    def _check_word(self, item: LocatedDict, name: str, word: object, known: Mapping[str, str]) -> None:
        if not isinstance(word, str) or word not in known:
            mend = nearest(str(word), known) or f"Use one of {', '.join(known)}, or add it to the file's list."
            self.complain(item.line_of(name), "word", f"'{word}' is not one of the file’s {name}.", mend)
