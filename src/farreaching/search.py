"""The site's search: Sphinx's English one, with symbols of documents, numbers and hyphenated names as words of their own.

Sphinx splits at every mark and drops what is a number. A reader who looks for ``S/RES/2397 (2017)`` then gets every page
that has the word "res", and one who looks for ``2,000 containers`` every page with containers.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from sphinx.search.en import SearchEnglish

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.util.typing import ExtensionMetadata

_TERM = re.compile(
    r"(?P<symbol>\w+(?:/\w+)+)"  # S/RES/2397
    r"|(?P<number>\d+(?:[.,]\d+)*)(?!\w)"  # 2,000
    r"|(?P<compound>\w+(?:-\w+)+)"  # Jong-un
    r"|\w+"
)


class CourseSearch(SearchEnglish):
    """Splits texts, and the same way queries.

    A number carries the space before it: without letters Sphinx's script would drop it, and with another mark the word
    would not be found in the text that the results quote.
    """

    # what a query gives: fewer words than a text, every one of which must be found
    js_splitter_code = r"""
function splitQuery(query) {
  const terms = /[\p{L}\p{N}_]+(?:\/[\p{L}\p{N}_]+)+|\p{Nd}+(?:[.,]\p{Nd}+)*(?![\p{L}\p{N}_])|[\p{L}\p{N}_]+/gu;
  return [...query.matchAll(terms)].map(([term]) => (/^[\p{Nd}.,]+$/u.test(term) ? ` ${term}` : term));
}
"""

    def split(self, text: str) -> list[str]:
        """Return a text's words, some in two forms."""
        found = []
        for match in _TERM.finditer(text):
            term = match[0]
            if match["number"]:
                found += [f" {form}" for form in sorted({term, term.replace(",", "")})]
            elif match["symbol"]:
                found += [term, *self.split(term.replace("/", " "))]
            elif match["compound"]:
                found += [term.replace("-", ""), *self.split(term.replace("-", " "))]
            else:
                found.append(term)
        return found


def setup(app: Sphinx) -> ExtensionMetadata:
    """Register the search for courses in English; it takes the place of Sphinx's own."""
    app.add_search_language(CourseSearch)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
