"""Findings: what is wrong with a course's files, where, and how to mend it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path


class Severity(StrEnum):
    """How much a finding matters; only an error makes a command fail."""

    ERROR = "error"
    WARNING = "warning"


@dataclass(frozen=True)
class Finding:
    """One thing to mend, at a line of a file."""

    path: Path  #: the file, absolute or relative to the working folder
    line: int  #: counted from 1; 0 where the finding is about the whole file
    code: str  #: ``area.subject``, for instance ``claims.status``
    message: str  #: what is wrong, with the offending value
    mend: str = ""  #: what to do about it
    severity: Severity = Severity.ERROR

    def __str__(self) -> str:
        where = f"{self.path}:{self.line}" if self.line else str(self.path)
        mend = f" {self.mend}" if self.mend else ""
        return f"{where}: {self.severity}: {self.message}{mend} [{self.code}]"

    @property
    def sort_key(self) -> tuple[str, int, str, str]:
        """Order by place, then by code and message."""
        return (str(self.path), self.line, self.code, self.message)


class CourseError(Exception):
    """A course file cannot be used; carries the findings that say why."""

    def __init__(self, findings: Iterable[Finding]) -> None:
        self.findings = sorted(findings, key=lambda finding: finding.sort_key)
        super().__init__("\n".join(map(str, self.findings)))


def errors(findings: Iterable[Finding]) -> list[Finding]:
    """Return only the findings that make a command fail."""
    return [finding for finding in findings if finding.severity is Severity.ERROR]


def nearest(wrong: str, known: Iterable[str]) -> str:
    """Return a hint "Did you mean …?" for a mistyped name, or an empty string."""
    from difflib import get_close_matches  # imported late: only a mistake needs it

    close = get_close_matches(wrong, list(known), n=1)
    return f"Did you mean '{close[0]}'?" if close else ""
