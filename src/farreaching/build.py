"""Building the editions: an edition's builders share one reading, and only a build without a warning is published."""

from __future__ import annotations

import filecmp
import gc
import os
import shutil
import sys
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sphinx.application import Sphinx
from sphinx.errors import SphinxError
from sphinx.util.docutils import docutils_namespace, patch_docutils

from .archives import normalise_epub, zip_folder
from .downloads import PDF_FOLDER
from .findings import CourseError, Finding
from .outfiles import refusals
from .sourcefiles import read_text
from .stylesheets import purge_folder

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from pathlib import Path

    from .progress import Reporter
    from .project import Project

EDITIONS = ("student", "instructor")
#: What a reader asks for → the Sphinx builder that makes it.
FORMATS = {"html": "html", "pdf": "typst", "epub": "epub"}


@dataclass(frozen=True)
class Order:
    """What to build."""

    formats: Sequence[str] = tuple(FORMATS)  #: some of `FORMATS`
    edition: str = "student"  #: one of `EDITIONS`
    only: str = ""  #: docname of the one chapter wanted, as a PDF; empty for all
    paper: str = "a4"  #: ``a4`` or ``us-letter``


def build(project: Project, order: Order, reporter: Reporter) -> list[Path]:
    """Build what is ordered into build/EDITION and return the files and folders that were made.

    Raises `CourseError` where anything is wrong, or a folder refuses what is made; what stood in build/EDITION before
    stays as it was.
    """
    if order.only and tuple(order.formats) != ("pdf",):
        message = f"one chapter alone is made as a PDF, not as {', '.join(name for name in order.formats if name != 'pdf')}."
        raise CourseError([Finding(project.docs, 0, "build.only", message, "Leave out --only, or name no format but pdf.")])
    if order.only and order.only not in dict(project.documents()):
        from .findings import nearest

        known = dict(project.documents())
        message = f"there is no chapter '{order.only}'."
        raise CourseError([Finding(project.docs, 0, "build.only", message, nearest(order.only, known))])
    if date := project.source_date():
        os.environ.setdefault("SOURCE_DATE_EPOCH", date)
    stage = project.build / ".stage" / order.edition
    target = project.build / order.edition
    made: list[Path] = []
    with refusals(project.build):
        for name in order.formats:
            if name != "html" and not order.only:  # written whole each time; what lies there from before would be published
                shutil.rmtree(stage / FORMATS[name], ignore_errors=True)
            run_sphinx(project, order, FORMATS[name], stage, reporter)
            made += _PUBLISHERS[name](project, order, stage, target)
        if not order.only:
            made += _complete_site(project, order, target)
    return made


def run_sphinx(
    project: Project,
    order: Order,
    builder: str,
    stage: Path,
    reporter: Reporter,
    *,
    sources: Path | None = None,
    what: str = "",
    jobs: int = 1,
    **overrides: Any,
) -> Sphinx:
    """Run one Sphinx builder into STAGE/BUILDER and return its application; raise `CourseError` after any warning.

    `sources` is another folder to read, with the course's configuration; `what` tells the person what is being done;
    `jobs` is the number of processes that read.
    """
    settings: dict[str, Any] = {
        "farreaching_edition": order.edition,
        "farreaching_paper": order.paper,
        "farreaching_downloads": _downloads(project, order),
        **overrides,
    }
    if order.only:
        settings["farreaching_only"] = order.only
    # the many small objects of a reading are never garbage: collecting them costs a fifth of the build
    gc.set_threshold(200_000, 50, 50)
    reporter.colour_warnings()
    with _undone_on_failure(stage / builder, stage / "doctrees"):
        failure = ""
        with patch_docutils(project.docs), docutils_namespace():
            try:
                app = Sphinx(
                    sources or project.docs, project.docs, stage / builder, stage / "doctrees", builder,
                    confoverrides=settings, status=None, warning=sys.stderr, warningiserror=True, parallel=jobs,
                )  # fmt: skip
                with reporter.follow(app, what or f"{order.edition} edition, {builder}"):
                    app.build()
                if app.statuscode:
                    failure = f"the {builder} build stopped at the warnings above."
            except SphinxError as error:
                failure = f"{error.category}: {error}"
            except UnicodeDecodeError:  # Sphinx does not say of which file
                for _, path in project.documents():
                    read_text(path, f"build.{builder}")
                raise
        if failure:
            mend = f"What was built before in {project.build / order.edition} is untouched." if not what else ""
            raise CourseError([Finding(project.docs, 0, f"build.{builder}", failure, mend)])
    return app


@contextmanager
def _undone_on_failure(*folders: Path) -> Iterator[None]:
    """Put folders back as they were where the block fails.

    Sphinx keeps what it read with a mistake, and sees no reason to read it again when the mistake was in another file:
    a page whose claims could not be found would stay without their marks.
    """
    saved = {folder: folder.with_name(f".{folder.name}.before") for folder in folders}
    for folder, before in saved.items():
        shutil.rmtree(before, ignore_errors=True)
        if folder.is_dir():
            shutil.copytree(folder, before)
    try:
        yield
    except BaseException:
        for folder, before in saved.items():
            shutil.rmtree(folder, ignore_errors=True)
            if before.is_dir():
                before.rename(folder)
        raise
    finally:
        for before in saved.values():
            shutil.rmtree(before, ignore_errors=True)


def sync_tree(source: Path, target: Path, skip: Callable[[str], bool] = lambda name: False) -> None:
    """Make `target` hold just what `source` holds, replacing only the files that differ."""
    target.mkdir(parents=True, exist_ok=True)
    wanted = {path.relative_to(source) for path in source.rglob("*") if path.is_file() and not skip(path.name)}
    for old in sorted(target.rglob("*"), reverse=True):
        if old.is_file() and old.relative_to(target) not in wanted:
            old.unlink()
        elif old.is_dir() and not any(old.iterdir()):
            old.rmdir()
    for name in wanted:
        place_file(source / name, target / name)


def place_file(source: Path, target: Path) -> Path:
    """Put a copy in place in one step, so that nobody ever sees half of it; return its path."""
    if not (target.is_file() and filecmp.cmp(source, target)):
        target.parent.mkdir(parents=True, exist_ok=True)
        aside = target.with_name(f".{target.name}.new")
        try:
            shutil.copy2(source, aside)
            aside.replace(target)
        finally:
            aside.unlink(missing_ok=True)
    return target


def _publish_html(project: Project, order: Order, stage: Path, target: Path) -> list[Path]:
    sync_tree(stage / "html", target / "html", lambda name: name.startswith(".buildinfo"))
    purge_folder(target / "html")
    return [target / "html"]


def _publish_pdf(project: Project, order: Order, stage: Path, target: Path) -> list[Path]:
    folder = stage / "typst"
    chapters = folder / "chapters"
    if order.only:
        name = f"{order.only.replace('/', '-')}.pdf"
        return [place_file(chapters / name, target / "pdf" / name)]
    sync_tree(chapters, target / "pdf")
    return [place_file(path, target / path.name) for path in sorted(folder.glob("*.pdf"))] + [target / "pdf"]


def _publish_epub(project: Project, order: Order, stage: Path, target: Path) -> list[Path]:
    (path,) = (stage / "epub").glob("*.epub")
    normalise_epub(path)
    return [place_file(path, target / f"{slug(project)}.epub")]


def _downloads(project: Project, order: Order) -> list[str]:
    """Return the formats that will lie in the site: those ordered now, and those built before."""
    book = project.build / order.edition / slug(project)
    return [kind for kind in ("pdf", "epub") if kind in order.formats or book.with_suffix(f".{kind}").is_file()]


def _complete_site(project: Project, order: Order, target: Path) -> list[Path]:
    """Put the PDFs and the EPUB that the pages link to into the site, and the whole site into its offline zip."""
    site = target / "html"
    if not site.is_dir():
        return []
    for kind in _downloads(project, order):
        name = f"{slug(project)}.{kind}"
        place_file(target / name, site / name)
    if (target / PDF_FOLDER).is_dir():
        sync_tree(target / PDF_FOLDER, site / PDF_FOLDER)
    return [zip_folder(site, target / f"{slug(project)}-offline.zip")]


def slug(project: Project) -> str:
    """Return the course's name as file names use it."""
    from docutils.nodes import make_id

    return make_id(str(project.settings.get("project", "course")))


_PUBLISHERS = {"html": _publish_html, "pdf": _publish_pdf, "epub": _publish_epub}
