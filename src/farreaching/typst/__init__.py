"""The print edition: a Sphinx builder that writes tagged PDFs by way of Typst."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sphinx.errors import ConfigError

from .builder import PAPERS, TypstBuilder
from .translator import TypstTranslator

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.config import Config
    from sphinx.util.typing import ExtensionMetadata


def check_config(app: Sphinx, config: Config) -> None:
    """Refuse a paper that the template does not know."""
    if config.farreaching_paper not in PAPERS:
        raise ConfigError(f"farreaching_paper is '{config.farreaching_paper}'. Write {' or '.join(map(repr, PAPERS))}.")


def setup(app: Sphinx) -> ExtensionMetadata:
    """Register the builder, its translator and its settings."""
    app.add_builder(TypstBuilder)
    app.set_translator("typst", TypstTranslator)
    add = app.add_config_value
    add("farreaching_paper", "a4", "", str, "paper of the PDFs: 'a4' or 'us-letter'")
    add("farreaching_subtitle", "", "", str, "subtitle on the title page")
    add("farreaching_imprint", [], "", [list, tuple], "paragraphs of the copyright page, plain text")
    add("farreaching_pdf_exclude", [], "", [list, tuple], "patterns of documents that are not printed")
    add("farreaching_chapter_pdfs", [], "", [list, tuple], "documents with a PDF of their own, else those that open")
    add("farreaching_only", "", "", str, "the one document to print, instead of the book and the chapters")
    add("farreaching_pdf_date", "2000-01-01", "", str, "date in the PDFs when SOURCE_DATE_EPOCH is not set")
    app.connect("config-inited", check_config)
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}
