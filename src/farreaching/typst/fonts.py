"""The fonts of the print edition, and which characters they have."""

from __future__ import annotations

from functools import cache
from pathlib import Path

FOLDER = Path(__file__).resolve().parent.parent / "fonts"
#: Characters that are set without a glyph: spaces, joiners, break opportunities and marks of direction.
_INVISIBLE = frozenset({0x09, 0x0A, 0x0D, 0x20, 0xA0, 0xAD, *range(0x2000, 0x2010), 0x2028, 0x202F, 0x205F, 0x2060})


@cache
def coverage() -> frozenset[int]:
    """Return the code points that at least one face has (``coverage.txt``, written when the fonts are made)."""
    points = set(_INVISIBLE)
    for line in (FOLDER / "coverage.txt").read_text(encoding="ascii").splitlines():
        first, last = line.split("-")
        points.update(range(int(first, 16), int(last, 16) + 1))
    return frozenset(points)


def missing(text: str) -> list[str]:
    """Return the characters of a text that no face has, each once, in order."""
    if text.isascii():
        return []
    return [character for character in dict.fromkeys(text) if ord(character) not in coverage()]
