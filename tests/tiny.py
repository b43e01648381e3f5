"""A tiny course on another subject, and how tests run the command line on it."""

from __future__ import annotations

import hashlib
import io
import os
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

SOURCE = Path(__file__).parent / "tiny-course"


def copy_course(folder: Path) -> Path:
    """Return a fresh copy of the tiny course."""
    return Path(shutil.copytree(SOURCE, folder))


def run(course: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Run the command line in a course's folder."""
    return subprocess.run(
        [sys.executable, "-m", "farreaching", *arguments],
        cwd=course,
        capture_output=True,
        text=True,
        check=False,
        env=os.environ | {"SOURCE_DATE_EPOCH": "1764000000", "COLUMNS": "400"},
    )


def edit(course: Path, name: str, old: str, new: str) -> None:
    """Replace a text that must be there."""
    path = course / name
    text = path.read_text(encoding="utf-8")
    assert old in text, f"{name} does not hold {old!r}"
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


def fingerprint(folder: Path) -> dict[str, str]:
    """Return the hash of every file below a folder."""
    return {
        path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def texts(folder: Path) -> dict[str, str]:
    """Return the text of every file below a folder, looking into zips, EPUBs and PDFs."""
    return {
        f"{path.relative_to(folder)}{inner}": text
        for path in sorted(folder.rglob("*"))
        if path.is_file()
        for inner, text in _texts_of(path.name, path.read_bytes())
    }


def _texts_of(name: str, content: bytes) -> list[tuple[str, str]]:
    if name.endswith((".zip", ".epub")):
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            return [
                (f"/{member}{inner}", text)
                for member in archive.namelist()
                for inner, text in _texts_of(member, archive.read(member))
            ]
    if name.endswith(".pdf"):
        return [("", pdf_text(content))]
    return [("", content.decode("utf-8", "replace"))]


def pdf_text(content: bytes) -> str:
    """Return the text of a PDF's pages, as poppler reads it: a book of a thousand pages takes seconds and not minutes."""
    return subprocess.run(["pdftotext", "-raw", "-", "-"], input=content, capture_output=True, check=True).stdout.decode("utf-8")
