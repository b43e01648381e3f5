"""Durations in words."""

from __future__ import annotations


def duration(minutes: int) -> str:
    """Return a duration in words: ``8 minutes``, ``2 hours``, ``1 hour 13 minutes``."""
    parts = zip(divmod(minutes, 60), ("hour", "minute"), strict=True)
    return " ".join(f"{number} {unit}{'' if number == 1 else 's'}" for number, unit in parts if number) or "0 minutes"
