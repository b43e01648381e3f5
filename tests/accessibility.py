"""What axe-core finds on a page."""

from __future__ import annotations

from typing import TYPE_CHECKING

from axe_playwright_python.sync_playwright import Axe

if TYPE_CHECKING:
    from collections.abc import Sequence

    from playwright.sync_api import Page

TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


def axe_violations(page: Page, rules: Sequence[str] = ()) -> list[str]:
    """Return a line for each rule that a page breaks, with the first place: `rules`, or all of WCAG 2.2 AA and good practice."""
    only = {"type": "rule", "values": list(rules)} if rules else {"type": "tag", "values": TAGS}
    results = Axe().run(page, options={"runOnly": only})
    return [f"{found['id']}: {found['help']} {found['nodes'][0]['html'][:200]}" for found in results.response["violations"]]
