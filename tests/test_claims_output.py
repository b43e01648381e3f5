"""Claims in the output of each builder."""

from __future__ import annotations

import re
from collections.abc import Callable

import html5lib
import pytest
from docutils import nodes
from sphinx.testing.util import SphinxTestApp

from farreaching.nodes import page_reference


def page(app: SphinxTestApp, name: str) -> str:
    return (app.outdir / f"{name}.html").read_text("utf-8")


@pytest.mark.sphinx("html", testroot="claims")
def test_html(app: SphinxTestApp) -> None:
    app.build()
    assert app.warning.getvalue() == ""
    tree = html5lib.parse(page(app, "index"), namespaceHTMLElements=False)
    ids = [element.get("id") for element in tree.iter() if element.get("id")]
    assert len(ids) == len(set(ids))

    buttons = [element for element in tree.iter("button") if element.get("class") == "claim-mark"]
    assert [(button.text, button.get("popovertarget")) for button in buttons] == [
        ("◇T1", "evidence-plume"),
        ("◆C2", "evidence-depth"),
        ("◇T1", "evidence-plume"),
    ]
    assert buttons[1].get("aria-label") == "Claim 2, corroborated: show who says so and the evidence"
    words = ["".join(element.itertext()) for element in tree.iter("span") if element.get("class", "").startswith("claim claim-")]
    assert words[1] == "some (depth) & more◆C2"

    (card,) = [element for element in tree.iter("tr") if element.get("id") == "evidence-plume"]
    assert card.get("popover") == ""
    said = " ".join("".join(card.itertext()).split())
    for expected in (
        "contested: serious sources disagree.", "at least 9 km", "A plume is not a fountain.",
        "Said by: Etna Observatory",
        "Denied by: the airport", "Date: 16 February 2021", "For: Rossi 2021, p. 5", "Against: Bianchi 2021",
    ):  # fmt: skip
        assert expected in said
    rows = [element.get("id") for element in tree.iter("tr") if element.get("id")]
    assert rows == ["evidence-plume", "evidence-depth"]
    # a card holds blocks, so it may not stand in a paragraph
    assert not any(element.get("popover") is not None for paragraph in tree.iter("p") for element in paragraph.iter())


@pytest.mark.sphinx("html", testroot="claims")
def test_sources_of_claims_enter_the_references(app: SphinxTestApp) -> None:
    app.build()
    for name in ("index", "other", "ledger"):
        assert {"cite-ingv-2021", "cite-press-2021"} <= set(re.findall(r'id="(cite-[^"]+)"', page(app, name)))


@pytest.mark.sphinx("html", testroot="claims")
def test_a_page_without_a_table_has_cards_that_lead_to_the_ledger(app: SphinxTestApp) -> None:
    app.build()
    other = page(app, "other")
    assert 'popovertarget="claim-card-depth"' in other
    assert '<div popover id="claim-card-depth"' in other
    assert 'href="ledger.html#ledger-depth"' in other
    ledger = page(app, "ledger")
    assert 'href="index.html#claim-depth"' in ledger
    assert 'href="other.html#claim-depth"' in ledger


@pytest.mark.sphinx("text", testroot="claims")
def test_text(app: SphinxTestApp) -> None:
    app.build()
    assert app.warning.getvalue() == ""
    text = " ".join((app.outdir / "index.txt").read_text("utf-8").split())
    assert "First a plume^◇T1, then some (depth) & more^◆C2, then the plume^◇T1 again." in text
    assert "**claimed**" in text  # the history, in a cell that wraps


@pytest.mark.sphinx("html", testroot="claims", srcdir="claims-wrong")
def test_wrong_uses_name_the_place(app: SphinxTestApp) -> None:
    source = app.srcdir / "other.md"
    source.write_text("# Other\n\nA {claim}`x <plum>`.\n\nA {claim}`words alone`.\n", encoding="utf-8")
    app.build()
    warnings = app.warning.getvalue()
    assert "other.md:3: WARNING: there is no claim 'plum' in the ledger. Did you mean 'plume'?" in warnings
    assert "other.md:5: WARNING: 'words alone' names no claim. Write {claim}`words <claim-id>`." in warnings


@pytest.mark.sphinx("html", testroot="claims", srcdir="claims-1")
def test_a_broken_ledger_is_one_complaint_and_not_one_a_use(app: SphinxTestApp, make_app: Callable[..., SphinxTestApp]) -> None:
    ledger = app.srcdir / "claims" / "etna.yaml"
    ledger.write_text(ledger.read_text("utf-8").replace("status: contested", "status: doubtful"), encoding="utf-8")
    again = make_app("html", srcdir=app.srcdir, freshenv=True)
    again.build()
    (warning,) = [line for line in again.warning.getvalue().splitlines() if "[farreaching.claims]" in line]
    assert "etna.yaml:6: WARNING: claim 'plume': unknown status 'doubtful'." in warning


@pytest.mark.sphinx("html", testroot="claims", srcdir="claims-2")
def test_parallel_and_incremental_builds_agree(app: SphinxTestApp, make_app: Callable[..., SphinxTestApp]) -> None:
    app.build()
    serial = {name: page(app, name) for name in ("index", "other", "ledger")}
    app.cleanup()
    parallel = make_app("html", srcdir=app.srcdir, parallel=2, freshenv=True)
    parallel.build()
    assert {name: page(parallel, name) for name in serial} == serial
    parallel.cleanup()

    ledger = app.srcdir / "claims" / "etna.yaml"
    ledger.write_text(ledger.read_text("utf-8").replace("Inferred from crystals", "Read from crystals"), encoding="utf-8")
    changed = make_app("html", srcdir=app.srcdir)
    changed.build()
    assert changed.warning.getvalue() == ""
    for name in serial:
        assert "Read from crystals" in page(changed, name)
    fresh = make_app("html", srcdir=app.srcdir, freshenv=True)
    fresh.build()
    for name in serial:
        assert page(fresh, name) == page(changed, name)


@pytest.mark.sphinx("html", testroot="claims", srcdir="claims-print")
def test_print_has_pages_for_chapters_and_the_newer_claim_in_words(
    app: SphinxTestApp, make_app: Callable[..., SphinxTestApp]
) -> None:
    ledger = app.srcdir / "claims" / "etna.yaml"
    newer = "status: superseded\n  by-claim: depth\n  for: [{cite"
    ledger.write_text(ledger.read_text("utf-8").replace("status: contested\n  for: [{cite", newer), encoding="utf-8")
    conf = app.srcdir / "conf.py"
    conf.write_text(conf.read_text("utf-8") + '\nextensions += ["farreaching.typst"]\n', encoding="utf-8")
    app.cleanup()
    paper = make_app("typst", srcdir=app.srcdir)
    paper.build()
    assert paper.warning.getvalue() == ""
    printed = paper.env.get_and_resolve_doctree("ledger", paper.builder, tags=paper.tags)
    rows = {row["ids"][0]: row for row in printed.findall(nodes.row) if row["ids"]}
    pages = [(page["refdocname"], page["refid"]) for page in rows["ledger-depth"].findall(page_reference)]
    assert pages == [("index", "claim-depth"), ("other", "claim-depth")]
    assert "Etna" not in rows["ledger-depth"][0].astext()
    assert "Since replaced by a newer entry: Magma rose from below 10 km." in rows["ledger-plume"].astext()
