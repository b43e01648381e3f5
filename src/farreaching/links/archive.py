"""Snapshots in the Wayback Machine.

Its interfaces: https://archive.org/help/wayback_api.php (availability), and "Save Page Now" at /save/.
"""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import urljoin

import requests

from .fetch import USER_AGENT


class NoArchiveError(Exception):
    """The archive gave no answer that can be used; says why."""


@dataclass(frozen=True)
class Archive:
    """An archive with the Wayback Machine's interfaces."""

    availability_address: str = "https://archive.org/wayback/available"
    save_address: str = "https://web.archive.org/save/"
    timeout: float = 15  #: in seconds; saving may take eight times as long

    def available(self, address: str) -> str:
        """Return the address of a good snapshot, or an empty string; raise `NoArchiveError` where the archive fails."""
        answer = self._get(self.availability_address, self.timeout, {"url": address})
        if answer.status_code != 200:
            raise NoArchiveError(f"status {answer.status_code}")
        try:
            closest = answer.json().get("archived_snapshots", {}).get("closest", {})
            if not closest.get("available") or str(closest.get("status", "")) != "200":
                return ""
            return _secure(str(closest["url"]))
        except (ValueError, AttributeError, KeyError):
            raise NoArchiveError("its answer cannot be read") from None

    def save(self, address: str) -> str:
        """Ask for a new snapshot; return its address, or an empty string where the archive would not or cannot take it."""
        answer = self._get(f"{self.save_address}{address}", self.timeout * 8, {})
        if answer.status_code == 429:
            raise NoArchiveError("it asks to wait (429)")
        where = answer.headers.get("Content-Location") or answer.headers.get("Location") or ""
        return _secure(urljoin(self.save_address, where)) if where and answer.status_code < 400 else ""

    @staticmethod
    def _get(address: str, timeout: float, query: dict[str, str]) -> requests.Response:
        headers = {"User-Agent": USER_AGENT}
        try:
            return requests.get(address, params=query, headers=headers, timeout=timeout, allow_redirects=False)
        except requests.Timeout:
            raise NoArchiveError("no answer in time") from None
        except requests.RequestException:
            raise NoArchiveError("it cannot be reached") from None


def _secure(snapshot: str) -> str:
    """Return the snapshot's address with https: the archive still gives http for its own."""
    return snapshot.replace("http://web.archive.org/", "https://web.archive.org/", 1)
