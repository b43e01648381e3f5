"""The Typst code of each print form, against golden files, and the words of it in the PDF."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from pypdf import PdfReader

GOLDENS = Path(__file__).parent / "typst"
FORMS = ("text", "lists", "boxes", "tables", "links", "figures")


@pytest.fixture(scope="module")
def forms(tmp_path_factory, rootdir):
    """Build the book of forms once; return its Typst code by document, and its PDF's text."""
    from shutil import copytree

    from sphinx.testing.util import SphinxTestApp

    source = copytree(rootdir / "test-typst-forms", tmp_path_factory.mktemp("forms") / "source")
    app = SphinxTestApp("typst", srcdir=source)
    app.build()
    assert app.warning.getvalue() == ""
    parts = (Path(app.doctreedir) / "typst" / "rivers.typ").read_text(encoding="utf-8").split("// document: ")
    codes = dict(part.split("\n", 1) for part in parts[1:])
    text = "\n".join(page.extract_text() for page in PdfReader(Path(app.outdir) / "rivers.pdf").pages)
    app.cleanup()
    return codes, text


@pytest.mark.parametrize("form", FORMS)
def test_code_is_as_agreed(forms, form):
    """UPDATE_GOLDENS=1 writes them anew; read the difference before you keep it."""
    golden = GOLDENS / f"{form}.typ"
    code = forms[0][f"form-{form}"]
    if os.environ.get("UPDATE_GOLDENS"):
        golden.write_text(code, encoding="utf-8")
    assert code == golden.read_text(encoding="utf-8")


@pytest.mark.parametrize(
    "words",
    [
        'over two lines: # " \\ * // /* `.',
        "압록강",
        "Амур",
        "— Anon.",
        "Left bank",
        "Wheat.",
        "Upstream",
        "A mill.",
        "The mouth",
        "220",
        "or so",
        "Its second paragraph.",
        'The "bend".',
        "More of it.",
    ],
)
def test_words_reach_the_page(forms, words):
    assert words in forms[1]


def test_screen_only_content_is_not_printed(forms):
    assert "A button." not in forms[1]
    assert "form-text#screen" not in forms[0]
    assert "screen" not in forms[0]


def test_a_note_used_twice_is_printed_once(forms):
    assert forms[1].count("The note.") == 1


def test_a_link_to_what_is_not_printed_goes_to_the_site(forms):
    assert '"https://rivers.example/screen.html"' in forms[0]["form-links"]
