"""Pages that list what stands on other pages: kept right when those change, with links on screen and page numbers in print.

A directive tells `note_listing` that its page lists something; a kind's ``contents`` say what such a page prints. Where
that changed since a builder last wrote the page, the page is written again.
"""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, Any, NamedTuple, cast

from docutils import nodes
from sphinx.domains import Domain

from .nodes import page_reference

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Set

    from sphinx.application import Sphinx
    from sphinx.builders import Builder
    from sphinx.environment import BuildEnvironment
    from sphinx.util.typing import ExtensionMetadata


class Place(NamedTuple):
    """A target in a document."""

    docname: str
    node_id: str


class ListingsDomain(Domain):
    """Which documents list what, and what each builder has printed there."""

    name = "listing"
    label = "Listings"
    initial_data = {
        "pages": {},  # docname -> {kind}
        "shown": {},  # builder name -> docname -> digest
    }
    data_version = 1

    #: Kind → function from the environment to all that a page of this kind prints.
    contents: dict[str, Callable[[BuildEnvironment], object]] = {}

    def clear_doc(self, docname: str) -> None:
        self.data["pages"].pop(docname, None)

    def merge_domaindata(self, docnames: Set[str], otherdata: dict[str, Any]) -> None:
        self.data["pages"].update({name: kinds for name, kinds in otherdata["pages"].items() if name in docnames})


def note_listing(env: BuildEnvironment, kind: str) -> None:
    """Register, while a document is read, that it lists things of a kind."""
    env.get_domain("listing").data["pages"].setdefault(env.docname, set()).add(kind)


def add_listing(app: Sphinx, kind: str, contents: Callable[[BuildEnvironment], object]) -> None:
    """Register a kind of listing; the ``repr`` of what `contents` returns must be the same for the same content."""
    app.setup_extension(__name__)
    ListingsDomain.contents[kind] = contents


def book_order(env: BuildEnvironment) -> dict[str, int]:
    """Return docname → its place in the book."""
    return {docname: place for place, docname in enumerate(env.collect_relations())}


def short_title(env: BuildEnvironment, docname: str) -> str:
    """Return a document's title up to its colon: enough to know it by in a list of many."""
    return env.titles[docname].astext().partition(":")[0]


def linked_places(env: BuildEnvironment, builder: Builder, docname: str, places: Iterable[Place]) -> list[nodes.Node]:
    """Return, for a page, links to the documents in which some places stand; in print the numbers of all their pages."""
    order = book_order(env)
    sorted_places = sorted(places, key=lambda place: (order.get(place.docname, len(order)), _number(place.node_id)))
    if builder.name == "typst":
        return [page_reference(refid=place.node_id, refdocname=place.docname) for place in sorted_places]
    first: dict[str, str] = {}
    for place in sorted_places:
        first.setdefault(place.docname, place.node_id)
    shown: list[nodes.Node] = []
    for target, node_id in first.items():
        uri = f"{builder.get_relative_uri(docname, target)}#{node_id}"
        shown += [nodes.Text("; ")] if shown else []
        shown.append(nodes.reference("", short_title(env, target), internal=True, refuri=uri))
    return shown


def _number(node_id: str) -> int:
    """Return the number at the end of an id: in a document such ids are numbered in its order."""
    return int(node_id.rpartition("-")[2]) if node_id.rpartition("-")[2].isdecimal() else 0


def on_env_updated(app: Sphinx, env: BuildEnvironment) -> list[str]:
    """Return the listings that this builder must write anew; what it has not shown yet counts as changed.

    Told apart by builder, as several share one environment.
    """
    domain = cast("ListingsDomain", env.get_domain("listing"))
    listed = {kind for kinds in domain.data["pages"].values() for kind in kinds}
    printed = {kind: repr(domain.contents[kind](env)) for kind in listed}
    before = domain.data["shown"].get(app.builder.name, {})
    now = domain.data["shown"][app.builder.name] = {
        docname: hashlib.sha256("\n".join(printed[kind] for kind in sorted(kinds)).encode()).hexdigest()[:16]
        for docname, kinds in domain.data["pages"].items()
    }
    return [docname for docname, digest in now.items() if before.get(docname) != digest]


def setup(app: Sphinx) -> ExtensionMetadata:
    """Register the domain and its handler."""
    app.add_domain(ListingsDomain)
    app.connect("env-updated", on_env_updated)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
