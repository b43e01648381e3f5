"""The chapters of a course with their minutes, as the course itself prints them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sphinx.builders import Builder

from ..build import Order, run_sphinx
from .loads import loads

if TYPE_CHECKING:
    from collections.abc import Set

    from ..progress import Reporter
    from ..project import Project
    from .model import Load


class FactsBuilder(Builder):
    """Has the course read, and writes nothing."""

    name = "facts"
    format = "facts"

    def get_outdated_docs(self) -> list[str]:
        return []

    def get_target_uri(self, docname: str, typ: str | None = None) -> str:
        return docname

    def write_documents(self, docnames: Set[str]) -> None:
        pass


def read_course(project: Project, reporter: Reporter) -> list[Load]:
    """Return the chapters in the order of the course; raises `CourseError` where the course cannot be read.

    The reading has doctrees of its own: an edition's must see every change themselves.
    """
    stage = project.build / ".stage" / "plan"
    extensions: list[Any] = [*project.settings.get("extensions", []), "farreaching.plan"]
    app = run_sphinx(project, Order(), FactsBuilder.name, stage, reporter, what="chapters", extensions=extensions)
    return list(loads(app.env))
