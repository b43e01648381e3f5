"""What tab-sets, dropdowns, cards and icons become in builders other than HTML."""

from __future__ import annotations

import pytest


@pytest.mark.sphinx("text", testroot="typst-forms")
def test_text_opens_everything(app):
    app.build()
    assert app.warning.getvalue() == ""
    text = (app.outdir / "form-boxes.txt").read_text(encoding="utf-8")
    for words in ("Left bank", "Vines.", "Right bank", "Wheat.", "Upstream", "A mill.", "The mouth", "Salt."):
        assert words in text


@pytest.mark.sphinx("epub", testroot="typst-forms", confoverrides={"version": "1"})
def test_epub_has_no_parts_that_need_a_browser(app):
    app.build()
    page = (app.outdir / "form-boxes.xhtml").read_text(encoding="utf-8")
    for words in ("<input", "<details", "<svg", "sd-tab"):
        assert words not in page
    for words in ('class="tab-pane', "Left bank", "Wheat.", 'class="dropdown', "Upstream", "A mill.", "Salt."):
        assert words in page
    assert page.count("The mouth") == 1


@pytest.mark.sphinx("html", testroot="typst-forms")
def test_html_keeps_its_own_forms(app):
    app.build()
    page = (app.outdir / "form-boxes.html").read_text(encoding="utf-8")
    assert "<details" in page
    assert "sd-tab-set" in page
