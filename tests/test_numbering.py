"""Figures and tables are numbered within each document."""

import pytest
from sphinx.testing.util import SphinxTestApp


@pytest.mark.sphinx("text", testroot="numbering")
def test_numbers(app: SphinxTestApp) -> None:
    app.build()
    assert app.warning.getvalue() == ""
    text = " ".join((app.outdir / "index.txt").read_text("utf-8").split())
    assert "Figure 2 comes after Figure 1, and Table 1 has the heights; Figure 1 is elsewhere." in text
    assert "Figure 1. First." in text
    assert "Figure 2. Second." in text
    assert "Table 1. Heights" in text
    assert "Figure 1. Third." in (app.outdir / "other.txt").read_text("utf-8")
