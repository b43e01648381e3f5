"""Inline Markdown of data files as nodes."""

from __future__ import annotations

import pytest
from docutils import nodes

from farreaching.markdown import inline_nodes, plain_text


@pytest.mark.parametrize(
    ("written", "printed"),
    [
        ('The volcano\'s "plume"', "The volcano’s “plume”"),
        ("It said \"*at least* nine\", not 'ten'.", "It said “at least nine”, not ‘ten’."),
        ('the states\' reply ("no")', "the states’ reply (“no”)"),
        ("`a'b\"c`", "a'b\"c"),  # code is as it was written
    ],
)
def test_quotation_marks_are_those_of_the_pages(written: str, printed: str) -> None:
    assert plain_text(written) == printed


def test_emphasis_stays() -> None:
    first, emphasis, last = inline_nodes('It\'s *so* "far".')
    assert isinstance(emphasis, nodes.emphasis)
    assert (first.astext(), last.astext()) == ("It’s ", " “far”.")
