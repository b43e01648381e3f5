"""Claims as first-class objects: who says a thing, who denies it, on what sources, how well it is known, since when.

`model` and `loader` hold and read the ledger and know nothing of Sphinx; `domain` keeps what the documents use;
`directives` holds the role and the two directives; `render` turns entries into nodes; `transforms` puts them into each
builder's output.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.util.typing import ExtensionMetadata


def setup(app: Sphinx) -> ExtensionMetadata:
    """Register the claims extension."""
    # here and not above: the checks read the ledger without loading Sphinx
    from . import directives, domain, transforms

    app.add_config_value("farreaching_claims_dir", "claims", "env", str, "folder of the ledger, from the source folder")
    app.setup_extension("farreaching.filters")  # the ledger’s form
    domain.setup(app)
    directives.setup(app)
    transforms.setup(app)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
