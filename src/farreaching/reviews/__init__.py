"""Reviews: a text held against its sources, assertion by assertion, with a verdict on each.

A review stands in a YAML file with its own vocabulary: the ``text`` under review (a citation key), the day it was
``reviewed``, the ``verdicts`` (id → name), the ``paragraphs`` (number → heading) and the ``assertions`` in the order of the
text. ``{review} NAME`` prints it, a table a paragraph, and puts it into the page as schema.org ClaimReview data.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.util.typing import ExtensionMetadata


def setup(app: Sphinx) -> ExtensionMetadata:
    """Register the directive and the data it leaves in the page."""
    # here and not above: the check reads the files without loading Sphinx
    from . import claimreview
    from .directive import ReviewDirective

    app.setup_extension("farreaching.filters")
    app.add_config_value("farreaching_reviews_dir", "reviews", "env", str, "folder of the reviews, from the source folder")
    app.add_directive("review", ReviewDirective)
    claimreview.setup(app)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
