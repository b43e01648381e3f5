"""ClaimReview data (https://schema.org/ClaimReview) of the reviews that a page holds, as JSON-LD in its head."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from docutils import nodes
from sphinx.transforms.post_transforms import SphinxPostTransform

from ..builders import HTML_BUILDERS, current_builder
from ..citations import sources
from ..markdown import plain_text

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.util.typing import ExtensionMetadata
    from sphinx.writers.html5 import HTML5Translator

    from ..citations import Source
    from .loader import Review


class claim_reviews(nodes.Invisible, nodes.Element):
    """Carries a review to its page's head. Attribute: ``review`` (`Review`)."""


class ClaimReviewsTransform(SphinxPostTransform):
    """Takes the node away where no head can hold the data."""

    default_priority = 20

    def run(self, **kwargs: Any) -> None:
        if current_builder(self.env).name not in HTML_BUILDERS:
            for node in list(self.document.findall(claim_reviews)):
                node.parent.remove(node)


def claim_review_data(review: Review, text: Source, publisher: str, page: str) -> list[dict[str, Any]]:
    """Return a ClaimReview for each assertion.

    `publisher` is who reviews, `page` the review's address, or empty where the site has none. The verdicts are words and
    not degrees, so a rating has an ``alternateName`` and no value.
    """
    appearance: dict[str, Any] = {"@type": "CreativeWork", "headline": text.get("title"), "publisher": text.outlet}
    if text.get("url"):
        appearance["url"] = text.get("url")
    reviewed: dict[str, Any] = {"@type": "Claim", "appearance": appearance}
    if text.authors:
        reviewed["author"] = [{"@type": "Person", "name": author.in_order} for author in text.authors]
    if text.date:
        reviewed["datePublished"] = text.date.start.iso
    found = []
    for item in review.assertions:
        data = {
            "@type": "ClaimReview",
            "claimReviewed": plain_text(item.says),
            "datePublished": review.reviewed.iso,
            "author": {"@type": "Organization", "name": publisher},
            "itemReviewed": reviewed,
            "reviewRating": {"@type": "Rating", "alternateName": review.verdicts[item.verdict]},
        }
        if page:
            data["url"] = f"{page}#{item.id}"
        found.append(data)
    return found


def add_data(app: Sphinx, pagename: str, templatename: str, context: dict[str, Any], doctree: nodes.document | None) -> None:
    """Put the data of the page's reviews into its head."""
    page = context.get("pageurl") or ""
    for node in doctree.findall(claim_reviews) if doctree else ():
        text = sources(app.env)[node["review"].text]
        graph = claim_review_data(node["review"], text, app.config.project, page)
        data = json.dumps({"@context": "https://schema.org", "@graph": graph}, ensure_ascii=False)
        # a "</script>" inside a text would end the element
        data = data.replace("<", "\\u003c")
        context["metatags"] += f'<script type="application/ld+json">{data}</script>\n'


def _skip(self: HTML5Translator, node: claim_reviews) -> None:
    raise nodes.SkipNode


def setup(app: Sphinx) -> ExtensionMetadata:
    """Register the node, its transform and the page's data."""
    app.add_node(claim_reviews, html=(_skip, None))
    app.add_post_transform(ClaimReviewsTransform)
    app.connect("html-page-context", add_data)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
