"""Zip files that are the same, byte for byte, wherever and whenever they are written."""

from __future__ import annotations

import io
import zipfile
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

#: The earliest time a zip can hold; any fixed one would do.
EPOCH = (1980, 1, 1, 0, 0, 0)
#: How hard zlib tries: 9 takes three times as long and saves a fiftieth.
LEVEL = 6


def write_zip(target: Path, members: Iterable[tuple[str, bytes]], stored: frozenset[str] = frozenset()) -> Path:
    """Write (name, content) members as a zip and return its path.

    The bytes depend only on names, order and contents. The members named in `stored`
    are not compressed. The file appears in one step, whole or not at all.
    """
    aside = target.with_name(f".{target.name}.new")
    aside.parent.mkdir(parents=True, exist_ok=True)
    with zipfile.ZipFile(aside, "w") as archive:
        _write_members(archive, members, stored)
    return aside.replace(target)


def zip_bytes(members: Iterable[tuple[str, bytes]]) -> bytes:
    """Return (name, content) members as a zip; the bytes depend only on names, order and contents."""
    with io.BytesIO() as buffer:
        with zipfile.ZipFile(buffer, "w") as archive:
            _write_members(archive, members)
        return buffer.getvalue()


def _write_members(archive: zipfile.ZipFile, members: Iterable[tuple[str, bytes]], stored: frozenset[str] = frozenset()) -> None:
    for name, content in members:
        info = zipfile.ZipInfo(name, EPOCH)
        info.compress_type = zipfile.ZIP_STORED if name in stored else zipfile.ZIP_DEFLATED
        info.external_attr = 0o644 << 16
        archive.writestr(info, content, compresslevel=LEVEL)


def normalise_epub(path: Path) -> None:
    """Rewrite an EPUB with fixed times; ``mimetype`` stays first and stored (EPUB 3.3, OCF 4.2)."""
    with zipfile.ZipFile(path) as archive:
        members = [(info.filename, archive.read(info)) for info in archive.infolist()]
    write_zip(path, members, frozenset({"mimetype"}))


def zip_folder(folder: Path, target: Path) -> Path:
    """Write the visible files of a folder as a zip, in a folder of the zip's name; return the zip's path."""
    files = sorted(path for path in folder.rglob("*") if path.is_file())
    inside = [(path.relative_to(folder), path) for path in files]
    visible = [(name, path) for name, path in inside if not any(part.startswith(".") for part in name.parts)]
    return write_zip(target, ((f"{target.stem}/{name.as_posix()}", path.read_bytes()) for name, path in visible))
