"""The kinds of source by which the book's bibliography is grouped."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING

from .source import UN_SUBTYPES

if TYPE_CHECKING:
    from .source import Source


class Kind(StrEnum):
    """A group of the bibliography; the value is its slug, the order is the order of printing."""

    UN = "united-nations"
    LAW = "law"
    STATEMENT = "statements"
    ARCHIVE = "archives"
    NEWS = "news"
    SCHOLARSHIP = "scholarship"
    REPORT = "reports"
    DATA = "data"
    WEB = "web"

    @property
    def heading(self) -> str:
        """The group's heading in the bibliography."""
        return _HEADINGS[self]


_HEADINGS = {
    Kind.UN: "United Nations documents",
    Kind.LAW: "Treaties and laws",
    Kind.STATEMENT: "Statements by governments and organisations",
    Kind.ARCHIVE: "Archive documents",
    Kind.NEWS: "News",
    Kind.SCHOLARSHIP: "Books and articles",
    Kind.REPORT: "Reports",
    Kind.DATA: "Data",
    Kind.WEB: "Web pages",
}
_BY_TYPE = {
    "legal": Kind.LAW,
    "legislation": Kind.LAW,
    "unpublished": Kind.ARCHIVE,
    "dataset": Kind.DATA,
    "report": Kind.REPORT,
    "book": Kind.SCHOLARSHIP,
    "collection": Kind.SCHOLARSHIP,
    "incollection": Kind.SCHOLARSHIP,
    "article": Kind.SCHOLARSHIP,
}
#: values of ``party`` that stand for no actor of the events
_OBSERVERS = frozenset({"independent", "scholarly", "other", ""})


def kind_of(source: Source) -> Kind:
    """Return the kind of a source, by its type, subtype and party."""
    if source.subtype in UN_SUBTYPES:
        return Kind.UN
    if source.subtype == "newspaper":
        return Kind.NEWS
    if source.type in _BY_TYPE:
        return _BY_TYPE[source.type]
    return Kind.WEB if source.party in _OBSERVERS else Kind.STATEMENT
