"""Putting results in place: whole or not at all, and with words where a folder refuses them."""

from __future__ import annotations

from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from .findings import CourseError, Finding

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping


def place_bytes(target: Path, content: bytes) -> Path:
    """Write a file in one step, so that nobody ever sees half of it; an equal one stays untouched. Return its path."""
    if not (target.is_file() and target.read_bytes() == content):
        target.parent.mkdir(parents=True, exist_ok=True)
        aside = target.with_name(f".{target.name}.new")
        try:
            aside.write_bytes(content)
            aside.replace(target)
        finally:
            aside.unlink(missing_ok=True)
    return target


def place_text(target: Path, text: str) -> Path:
    """Write a text as UTF-8 (see `place_bytes`)."""
    return place_bytes(target, text.encode())


def place_all(folder: Path, files: Mapping[str, bytes]) -> list[Path]:
    """Write several files, all of them made before the first is written; raises `CourseError` where a folder refuses."""
    with refusals(folder):
        return [place_bytes(folder / name, content) for name, content in files.items()]


@contextmanager
def refusals(folder: Path) -> Iterator[None]:
    """Raise a refusal of the file system as `CourseError`, with a finding at the file that it names, or else at the folder."""
    try:
        yield
    except OSError as error:
        name = error.filename2 or error.filename
        place = Path(name) if isinstance(name, str) else folder
        mend = "Free the place, or give yourself the right to use it."
        raise CourseError([Finding(place, 0, "output.write", f"cannot be used: {error.strerror or error}.", mend)]) from None
