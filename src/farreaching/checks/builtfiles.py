"""The text of built files, as a reader of each format would get it: pages, zips, EPUBs, PDFs."""

from __future__ import annotations

import html
import io
import re
import zipfile
from functools import cache
from typing import TYPE_CHECKING

from ..findings import CourseError, Finding

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from ..progress import Reporter

_ARCHIVES = (".zip", ".epub", ".imscc", ".docx", ".apkg")
_MARKUP = (".html", ".xhtml", ".htm", ".xml", ".svg", ".opf", ".ncx", ".rels")
_NOT_TEXT = (".png", ".jpg", ".woff", ".woff2", ".ttf", ".otf", ".ico", ".pyc")
#: Elements that stand within a word or a sentence; any other tag ends the words before it.
_INLINE = re.compile(r"</?(?:a|abbr|b|bdi|cite|code|em|i|mark|q|s|small|span|strong|sub|sup|u|w:(?:r|t|rPr))\b[^>]*>")
_SILENT = re.compile(r"<(script|style)\b.*?</\1>", re.DOTALL)
_TAG = re.compile(r"<[^>]*>")
_ESCAPE = re.compile(r"\\(?:u([0-9a-fA-F]{4})|([nrt\"\\/]))")


def texts_of(folder: Path, reporter: Reporter) -> Iterator[tuple[Path, str, str]]:
    """Yield (file, name inside it or empty, text) of every file below a folder, by name.

    Raises `CourseError` for an archive or a PDF that cannot be read: what it holds is not known.
    """
    files = sorted(path for path in folder.rglob("*") if path.is_file())
    with reporter.count("files", len(files)) as advance:
        for path in files:
            try:
                for inner, text in _texts(path.name, path.read_bytes()):
                    yield path, inner, text
            except (OSError, zipfile.BadZipFile) as error:
                mend = "Build it again, or take it out of the folder."
                raise CourseError([Finding(path, 0, "build.unreadable", f"cannot be read: {error}.", mend)]) from None
            advance()


def _texts(name: str, content: bytes) -> Iterator[tuple[str, str]]:
    suffix = name[name.rfind(".") :].lower() if "." in name else ""
    if suffix in _ARCHIVES:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            for member in archive.namelist():
                for inner, text in _texts(member, archive.read(member)):
                    yield f"/{member}{inner}", text
    elif suffix == ".pdf":
        yield "", pdf_text(content)
    elif suffix not in _NOT_TEXT:
        text = content.decode("utf-8", "replace")
        yield "", markup_text(text) if suffix in _MARKUP else text


def markup_text(text: str) -> str:
    """Return what HTML or XML says, with what scripts hold (data for a program is published, too)."""
    scripts = " ".join(found[0] for found in _SILENT.finditer(text) if found[1] == "script")
    shown = _TAG.sub(" ", _INLINE.sub("", _SILENT.sub(" ", text)))
    return html.unescape(f"{shown} {_TAG.sub(' ', scripts)}")


@cache  # a site, its zip and the edition's folder hold the same PDFs, and each takes seconds
def pdf_text(content: bytes) -> str:
    """Return the text of a PDF's pages; raise `OSError` where it is none."""
    from pypdf import PdfReader
    from pypdf.errors import PyPdfError

    try:
        return "\n".join(page.extract_text() for page in PdfReader(io.BytesIO(content)).pages)
    except PyPdfError as error:
        raise OSError(str(error)) from None


def plain_words(text: str) -> list[str]:
    """Return the words of a text in small letters, without marks: what is left when formats differ in everything else."""
    text = _ESCAPE.sub(lambda found: chr(int(found[1], 16)) if found[1] else " ", text)
    # hyphens count for nothing: at the end of a printed line nobody knows whether one belongs to the word
    text = re.sub(r"(?<=\w)[-\u00ad\u2010\u2011]\n?(?=\w)", "", text)
    return re.findall(r"[^\W_]+", text.casefold())
