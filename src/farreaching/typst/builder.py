"""The builder: the course's book and its chapters as tagged PDFs, without a network or a TeX system."""

from __future__ import annotations

import os
import shutil
from datetime import UTC, datetime
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

from docutils import nodes
from sphinx.builders import Builder
from sphinx.errors import SphinxError
from sphinx.util import logging
from sphinx.util.display import progress_message
from sphinx.util.matching import Matcher
from sphinx.util.osutil import ensuredir

from ..downloads import chapter_pdf
from .compiler import DOCUMENT_MARK, compile_all
from .literals import array, dictionary, string
from .volume import Entry, Volume, book_entries

if TYPE_CHECKING:
    from collections.abc import Set

    from .translator import TypstTranslator

logger = logging.getLogger(__name__)
PAPERS = ("a4", "us-letter")
TEMPLATE = Path(__file__).parent / "template.typ"
#: A book of more documents than this lists only their titles in its contents.
LONG_BOOK = 12


class PrintError(SphinxError):
    """The PDFs cannot be made; every reason has been logged or is in the message."""

    category = "PDF error"


class TypstBuilder(Builder):
    """Writes ``<project>.pdf`` and ``chapters/<document>.pdf``."""

    name = "typst"
    format = "typst"
    epilog = "The PDFs are in %(outdir)s."
    supported_image_types: ClassVar[list[str]] = ["image/svg+xml", "image/png", "image/jpeg", "image/gif", "image/webp"]

    def init(self) -> None:
        self.problems = 0
        self._resolved: dict[str, nodes.document] = {}

    def get_outdated_docs(self) -> str:
        return "all documents"  # every PDF holds many of them

    def get_target_uri(self, docname: str, typ: str | None = None) -> str:
        return f"%{docname}"  # the translator knows which PDF holds the target

    def get_relative_uri(self, from_: str, to: str, typ: str | None = None) -> str:
        return self.get_target_uri(to, typ)

    def problem(self, message: str, *arguments: object, location: nodes.Node | str | None) -> None:
        """Log what keeps a PDF from being made; all of them are collected before the build fails."""
        self.problems += 1
        while isinstance(location, nodes.Element) and not location.line and location.parent is not None:
            location = location.parent  # words in a line know their place only by their paragraph
        logger.error(message, *arguments, location=location, type="farreaching", subtype="typst")

    @cached_property
    def is_excluded(self) -> Matcher:
        """Whether a document is left out of print (a pattern of ``farreaching_pdf_exclude`` matches)."""
        return Matcher(self.config.farreaching_pdf_exclude)

    @cached_property
    def project_slug(self) -> str:
        """The book's file name, from the project's name."""
        return nodes.make_id(self.config.project) or "book"

    @cached_property
    def stage(self) -> Path:
        """The folder with the generated sources, beside the doctrees."""
        return Path(self.doctreedir) / "typst"

    def write_documents(self, docnames: Set[str]) -> None:
        with progress_message("assembling the PDFs"):
            volumes = self._volumes()
            shutil.rmtree(self.stage, ignore_errors=True)
            ensuredir(self.stage)
            shutil.copyfile(TEMPLATE, self.stage / TEMPLATE.name)
            for volume in volumes:
                source = self._source(volume)
                (self.stage / self._source_name(volume)).write_text(source, encoding="utf-8")
            self._stage_images()
        if self.problems:
            raise PrintError(f"{self.problems} problem(s) above keep the PDFs from being made.")
        with progress_message(f"setting {len(volumes)} PDF(s)"):
            sources = [self.stage / self._source_name(volume) for volume in volumes]
            results = compile_all(sources, self.config.farreaching_paper, self._timestamp)
        for volume, result in zip(volumes, results, strict=True):
            for message in result.messages:
                self.problem("%s.pdf: %s", volume.name, message, location=None)
            if not result.messages:
                target = Path(self.outdir) / f"{volume.name}.pdf"
                ensuredir(target.parent)
                target.write_bytes(result.pdf)
        if self.problems:
            raise PrintError(f"{self.problems} PDF(s) could not be set; the reasons are above.")

    def _volumes(self) -> list[Volume]:
        """Return the PDFs to make: one chapter, or the book and every chapter."""
        only = self.config.farreaching_only
        if only:
            if only not in self.env.found_docs:
                raise PrintError(f"there is no document '{only}' (farreaching_only).")
            return [self._chapter(only)]
        entries = book_entries(self.env, lambda docname: not self.is_excluded(docname))
        printed = [entry.docname for entry in entries if entry.docname]
        if not printed:
            raise PrintError("nothing is left to print: every document is excluded or missing from the toctrees.")
        book = Volume(self.project_slug, entries, {docname: self.resolved(docname) for docname in printed})
        return [book, *(self._chapter(docname) for docname in self._chapters(printed))]

    def _chapters(self, printed: list[str]) -> list[str]:
        named = list(self.config.farreaching_chapter_pdfs)
        for docname in named:
            if docname not in self.env.found_docs:
                raise PrintError(f"there is no document '{docname}' (farreaching_chapter_pdfs).")
        return named or [docname for docname in printed if _has_opening(self.resolved(docname))]

    def _chapter(self, docname: str) -> Volume:
        name = f"chapters/{chapter_pdf(docname).removesuffix('.pdf')}"
        return Volume(name, [Entry(docname, 1, is_part=False)], {docname: self.resolved(docname)})

    def resolved(self, docname: str) -> nodes.document:
        """Return a document with its references resolved, once for all PDFs.

        Transforms keep state of a document (bibliographies, for one) and may not run on it twice.
        """
        if docname not in self._resolved:
            doctree = self.env.get_doctree(docname)
            self.env.resolve_references(doctree, docname, self)
            self.post_process_images(doctree)
            self._resolved[docname] = doctree
        return self._resolved[docname]

    def _source(self, volume: Volume) -> str:
        """Return the Typst source of a PDF."""
        parts = ['#import "template.typ": *\n', f"#show: {self._frame(volume)}\n"]
        for entry in volume.entries:
            if entry.docname:
                translator = self._translate(volume, entry)
                parts.append(f"{DOCUMENT_MARK}{entry.docname}\n#{{[]\n{''.join(translator.body)}}}\n")
            else:
                parts.append(f"#part({entry.level}, {{text({string(entry.caption)})}})\n")
        return "".join(parts)

    def _translate(self, volume: Volume, entry: Entry) -> TypstTranslator:
        doctree = volume.doctrees[entry.docname]
        translator: TypstTranslator = self.create_translator(doctree, self)  # type: ignore[assignment]
        translator.begin(volume, entry)
        doctree.walkabout(translator)
        return translator

    def _frame(self, volume: Volume) -> str:
        """Return the template's function for the front matter and the pages, with its arguments."""
        config = self.config
        language, _, region = config.language.replace("-", "_").partition("_")
        is_book = volume.name == self.project_slug
        title = config.project if is_book else self.env.titles[volume.entries[0].docname].astext()
        sections = 0 if len(volume.doctrees) > LONG_BOOK else 1
        levels = max(entry.level for entry in volume.entries)
        arguments = {
            "title": string(title),
            "course": string(config.project),
            "subtitle": string(config.farreaching_subtitle),
            "author": string("" if config.author == "Author name not set" else config.author),
            "edition": string(config.version),
            "copyright": string(_one_line(config.copyright)),
            "imprint": array([string(paragraph) for paragraph in config.farreaching_imprint]),
            "language": string(language),
            "region": string(region.lower()) if region else "none",
            "depth": str(levels + sections),
        }
        return f"{'book' if is_book else 'offprint'}.with(..{dictionary(arguments)})"

    def _source_name(self, volume: Volume) -> str:
        return f"{volume.name.replace('/', '-')}.typ"

    def _stage_images(self) -> None:
        for uri, name in self.images.items():
            target = self.stage / "images" / name
            ensuredir(target.parent)
            shutil.copyfile(Path(self.srcdir) / uri, target)

    @property
    def _timestamp(self) -> int:
        """The PDFs' date: SOURCE_DATE_EPOCH, else the configured one; never the clock's."""
        epoch = os.environ.get("SOURCE_DATE_EPOCH", "")
        if epoch.isdigit():
            return int(epoch)
        text = self.config.farreaching_pdf_date
        try:
            return int(datetime.fromisoformat(text).replace(tzinfo=UTC).timestamp())
        except ValueError:
            raise PrintError(f"farreaching_pdf_date is '{text}'. Write a date as 2026-11-23.") from None


def _has_opening(doctree: nodes.document) -> bool:
    return any("opening" in node["classes"] for node in doctree.findall(nodes.Element))


def _one_line(text: str | list[str] | tuple[str, ...]) -> str:
    return text if isinstance(text, str) else "; ".join(text)
