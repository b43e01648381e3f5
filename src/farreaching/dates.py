"""Dates as precise as they are known: a day, a month, a year, or a range of them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip
_DATE = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?")


@dataclass(frozen=True)
class PartialDate:
    """A day, a month or a year (ISO 8601-1 with reduced precision)."""

    year: int
    month: int | None = None
    day: int | None = None

    @classmethod
    def parse(cls, text: str) -> PartialDate:
        """Read ``2024``, ``2024-03`` or ``2024-03-28``; raise `ValueError` for anything else."""
        found = _DATE.fullmatch(text.strip())
        if not found:
            raise ValueError(f"'{text}' is not a date")
        year, month, day = (int(group) if group else None for group in found.groups())
        assert year is not None
        date(year, month or 1, day or 1)  # a month 13 or a day 31 February is refused here
        return cls(year, month, day)

    @property
    def first_day(self) -> date:
        """The earliest day this date can mean."""
        return date(self.year, self.month or 1, self.day or 1)

    @property
    def last_day(self) -> date:
        """The latest day this date can mean."""
        if self.day:
            return self.first_day
        after = date(self.year + 1, 1, 1) if (self.month or 12) == 12 else date(self.year, (self.month or 12) + 1, 1)
        return date.fromordinal(after.toordinal() - 1)

    def __str__(self) -> str:
        """Write it as English prose does: ``28 March 2024``, ``March 2024``, ``2024``."""
        month = f"{MONTHS[self.month - 1]} " if self.month else ""
        return f"{self.day} {month}{self.year}" if self.day else f"{month}{self.year}"

    @property
    def iso(self) -> str:
        """Write it as ISO 8601: ``2024-03-28``, ``2024-03``, ``2024``."""
        parts = [f"{self.year:04}", *(f"{part:02}" for part in (self.month, self.day) if part)]
        return "-".join(parts)


@dataclass(frozen=True)
class DateRange:
    """One date, or a first and a last (biblatex writes ``1973/1974``)."""

    start: PartialDate
    end: PartialDate

    @classmethod
    def parse(cls, text: str) -> DateRange:
        """Read a date, or two with a slash between; raise `ValueError` for anything else or an end before the start."""
        start, slash, end = str(text).partition("/")
        first = PartialDate.parse(start)
        last = PartialDate.parse(end) if slash else first
        if last.last_day < first.first_day:
            raise ValueError(f"'{text}' ends before it starts")
        return cls(first, last)

    def __str__(self) -> str:
        return str(self.start) if self.start == self.end else f"{self.start} – {self.end}"

    @property
    def iso(self) -> str:
        """Write it as read: ``1973/1974``."""
        return self.start.iso if self.start == self.end else f"{self.start.iso}/{self.end.iso}"
