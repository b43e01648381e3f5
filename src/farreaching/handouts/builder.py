"""The builder of handouts: every document is resolved once, for print, and written in each format that is wanted."""

from __future__ import annotations

from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

from ..typst.builder import TypstBuilder
from ..typst.translator import TypstTranslator
from ..typst.volume import Entry, Volume

if TYPE_CHECKING:
    from collections.abc import Callable, Set

    from docutils import nodes

#: The documents of a handout.
HANDOUT, KEY = "handout", "handout-key"


@dataclass(frozen=True)
class Frame:
    """What stands around a document in every format."""

    title: str
    author: str  #: empty where the course names none
    language: str  #: as BCP 47 writes it
    origin: str  #: where the text is from, and under which licence it may be used
    timestamp: int  #: date of the file, in seconds since 1970
    paper: str  #: ``a4`` or ``us-letter``


class HandoutBuilder(TypstBuilder):
    """Writes each document in the formats of ``farreaching_handout_formats``."""

    name = "handout"
    format = "typst"
    epilog = "The handouts are in %(outdir)s."
    default_translator_class: ClassVar[type[TypstTranslator]] = TypstTranslator

    def write_documents(self, docnames: Set[str]) -> None:
        forms = list(self.config.farreaching_handout_formats)
        for form in forms:
            if form != "pdf":
                # late: python-docx, for one, takes a while to load
                write: Callable[[nodes.document, Frame], bytes] = import_module(f".{form}", __package__).write
                for docname in self._documents():
                    content = write(self.resolved(docname), self._around(docname))
                    Path(self.outdir, f"{docname}.{form}").write_bytes(content)
        if "pdf" in forms:
            super().write_documents(docnames)

    def _documents(self) -> list[str]:
        return [docname for docname in (HANDOUT, KEY) if docname in self.env.found_docs]

    def _volumes(self) -> list[Volume]:
        return [
            Volume(docname, [Entry(docname, 1, is_part=False)], {docname: self.resolved(docname)})
            for docname in self._documents()
        ]

    def _around(self, docname: str) -> Frame:
        config = self.config
        author = "" if config.author == "Author name not set" else config.author
        named = [config.project, author and f"by {author}", config.version and f"version {config.version}"]
        copyright_ = config.copyright if isinstance(config.copyright, str) else "; ".join(config.copyright)
        origin = [f"From {', '.join(filter(None, named))}.", copyright_ and f"© {copyright_}.", config.html_baseurl]
        return Frame(
            title=self.env.titles[docname].astext(),
            author=author,
            language=(config.language or "en").replace("_", "-"),
            origin=" ".join(filter(None, origin)),
            timestamp=self._timestamp,
            paper=config.farreaching_paper,
        )
