"""The course's terms and dated events as a deck for Anki, which the page with `{flashcards}` offers for download."""

from __future__ import annotations

import hashlib
import io
import os
import shutil
import zipfile
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

from docutils import nodes
from sphinx.transforms.post_transforms import SphinxPostTransform
from sphinx.util.docutils import SphinxDirective

from .archives import write_zip
from .builders import HTML_BUILDERS, current_builder
from .chronology.loader import load_chronology
from .findings import CourseError
from .lexicon.directive import lexicon_paths, lexicons
from .markdown import plain_text

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    import genanki
    from sphinx.application import Sphinx
    from sphinx.util.typing import ExtensionMetadata

    from .chronology.loader import Chronology
    from .claims.domain import ClaimsDomain
    from .claims.model import Claim
    from .lexicon.loader import Lexicon

#: The time of the notes where SOURCE_DATE_EPOCH is not set: 1 January 2000, as for the PDFs.
EARLIEST = 946_684_800
STYLE = """.card { font: 20px/1.5 sans-serif; text-align: left; max-width: 34em; margin: 1em auto; }
.front { font-weight: 600; } .about { font-size: 0.8em; }"""


def _id(text: str) -> int:
    """Return a stable id for a deck or a model: Anki wants positive integers that stay the same in every export."""
    return int.from_bytes(hashlib.sha256(text.encode()).digest()[:4]) | 1 << 31


def _model(name: str, fields: list[str], cards: Mapping[str, tuple[str, str]]) -> genanki.Model:
    import genanki

    templates = [
        {"name": card, "qfmt": f'<div class="front">{front}</div>', "afmt": f"{{{{FrontSide}}}}<hr id=answer>{back}"}
        for card, (front, back) in cards.items()
    ]
    return genanki.Model(_id(name), name, [{"name": field} for field in fields], templates, css=STYLE)


def term_notes(course: str, lexicon: Lexicon) -> Iterator[genanki.Note]:
    """Yield a note for each entry of a lexicon; it is asked both ways, from the name and from the definition."""
    import genanki

    about = '<div class="about">{{Other languages}}</div>'
    cards = {
        "What is it?": ("{{Term}}", "{{Definition}}" + about),
        "What is it called?": ("{{Definition}}", "{{Term}}" + about),
    }
    model = _model(f"{course}: term", ["Term", "Definition", "Other languages"], cards)
    for entry in lexicon.entries:
        forms = [
            f"{lexicon.languages[form.language]}: {form.script}" + (f" ({form.latin})" if form.latin else "")
            for form in entry.forms
        ]
        fields = [entry.name, plain_text(entry.definition), "; ".join(forms)]
        yield genanki.Note(
            model, [escape(field) for field in fields], guid=genanki.guid_for(course, entry.name), tags=[lexicon.path.stem]
        )


def date_notes(course: str, chronology: Chronology, claims: Mapping[str, Claim]) -> Iterator[genanki.Note]:
    """Yield a note for each event that an entry of the ledger grades: what happened asks for the day."""
    import genanki

    back = '<b>{{Date}}</b><div class="about">{{Grade}}</div>'
    model = _model(f"{course}: date", ["Event", "Date", "Grade"], {"When?": ("When? {{Event}}", back)})
    for event in chronology.events:
        if event.claim in claims:
            fields = [plain_text(event.text), str(event.date), f"In the ledger: {claims[event.claim].status}"]
            yield genanki.Note(
                model, [escape(field) for field in fields], guid=genanki.guid_for(course, str(event.date), event.claim),
                tags=[event.track],
            )  # fmt: skip


def write_deck(target: Path, course: str, notes: Mapping[str, list[genanki.Note]], seconds: int) -> int:
    """Write an Anki package with a deck for each name in `notes`; return how many notes it holds.

    `seconds` since 1970 is the time that the notes carry. The bytes depend on nothing else but the arguments.
    """
    import genanki

    decks = []
    for name, members in notes.items():
        decks.append(genanki.Deck(_id(f"{course}::{name}"), f"{course}::{name}"))
        for note in members:
            decks[-1].add_note(note)
    buffer = io.BytesIO()
    genanki.Package(decks).write_to_file(buffer, timestamp=float(seconds))
    with zipfile.ZipFile(buffer) as archive:
        write_zip(target, [(name, archive.read(name)) for name in archive.namelist()])
    return sum(map(len, notes.values()))


class flashcards(nodes.General, nodes.Element):
    """Where a page offers the deck. Attributes: ``deck`` (path of the file) and ``count`` (of its notes)."""


class FlashcardsDirective(SphinxDirective):
    """Offers the deck for download; the course's lexicons and its chronology are what it is made from."""

    def run(self) -> list[nodes.Node]:
        domain = lexicons(self.env)
        claims = cast("ClaimsDomain", self.env.get_domain("claim"))
        path = Path(self.env.srcdir, self.config.farreaching_chronology)
        for source in (path, *lexicon_paths(self.env), *Path(self.env.srcdir, self.config.farreaching_claims_dir).glob("*.yaml")):
            self.env.note_dependency(source)
        course = self.config.project
        notes: dict[str, list[Any]] = {}
        for lexicon in domain.lexicons:
            notes[lexicon.path.stem.replace("-", " ").capitalize()] = list(term_notes(course, lexicon))
        if path.exists():
            try:
                notes["Dates"] = list(date_notes(course, load_chronology(path), claims.entries))
            except CourseError:
                pass  # the page that prints the chronology says what is wrong
        if not any(notes.values()):
            return []
        # beside the doctrees: it is made here and copied from here into the site
        target = Path(self.env.doctreedir, "flashcards", f"{nodes.make_id(course)}.apkg")
        count = write_deck(target, course, notes, int(os.environ.get("SOURCE_DATE_EPOCH") or EARLIEST))
        return [flashcards(deck=str(target), count=count)]


class FlashcardsTransform(SphinxPostTransform):
    """Puts the deck into the site, and a link to it on the page; elsewhere there is nothing to load it with."""

    default_priority = 20

    def run(self, **kwargs: Any) -> None:
        builder = current_builder(self.env)
        for node in list(self.document.findall(flashcards)):
            deck = Path(node["deck"])
            words = f"{deck.name}, {node['count']} notes"
            shown: nodes.Node = nodes.Text(f"On the website: {words}.")
            if builder.name in HTML_BUILDERS:
                # with a name of its own: that of Sphinx's downloads depends on where the doctrees are
                shutil.copyfile(deck, builder.outdir / deck.name)
                up = "../" * builder.get_target_uri(self.env.docname).count("/")
                shown = nodes.reference("", words, refuri=f"{up}{deck.name}", internal=True)
            node.replace_self(nodes.paragraph("", "", shown))


def setup(app: Sphinx) -> ExtensionMetadata:
    """Register the directive, its node and the transform."""
    app.add_node(flashcards)
    app.add_directive("flashcards", FlashcardsDirective)
    app.add_post_transform(FlashcardsTransform)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
