"""Live preview: sphinx-autobuild's server, with this process's own Sphinx behind it.

The server calls back in a forked child, which finds every module loaded: a rebuild costs no imports and leaves no
state behind.
"""

from __future__ import annotations

import socket
import time
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import uvicorn
from sphinx_autobuild.filter import IgnoreFilter
from sphinx_autobuild.middleware import JavascriptInjectorMiddleware
from sphinx_autobuild.server import RebuildServer
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.routing import Mount, WebSocketRoute
from starlette.staticfiles import StaticFiles

from .build import Order, run_sphinx, sync_tree
from .findings import CourseError, Finding
from .outfiles import refusals
from .progress import Reporter

if TYPE_CHECKING:
    from collections.abc import Sequence

    from .project import Project


def rebuild(project: Project, edition: str, changed_paths: Sequence[Path] = ()) -> bool:
    """Build the preview after a change; print what is wrong and return False, and keep the last good pages."""
    reporter = Reporter()
    started = time.perf_counter()
    stage = project.build / ".preview" / edition
    try:
        # the reload script is inline and talks to a socket, which the published pages' policy forbids
        run_sphinx(
            project, Order(edition=edition), "html", stage, reporter,
            farreaching_security_policy=False,
        )  # fmt: skip
    except CourseError as error:
        reporter.say(str(error))
        return False
    sync_tree(stage / "html", _served(project, edition))
    reporter.say(f"ready in {time.perf_counter() - started:.1f} s")
    return True


def _served(project: Project, edition: str) -> Path:
    """Return the folder shown: not the one that Sphinx writes to, where a page is for a moment half a page."""
    return project.build / ".preview" / edition / "served"


def application(project: Project, edition: str, address: str) -> Starlette:
    """Return the preview's web application, which watches the course's files while it runs."""
    watched = [project.docs, project.exercises_dir, project.keys_dir, *project.bib_files]
    ignore = IgnoreFilter([str(project.build), "__pycache__"], [r"/\.", r"~$", r"\.swp$"])
    watcher = RebuildServer(
        [path for path in dict.fromkeys(watched) if path.exists()], ignore, partial(rebuild, project, edition)
    )
    return Starlette(
        routes=[
            WebSocketRoute("/websocket-reload", watcher, name="reload"),
            Mount("/", app=StaticFiles(directory=_served(project, edition), html=True), name="static"),
        ],
        middleware=[Middleware(JavascriptInjectorMiddleware, ws_url=address)],
        lifespan=watcher.lifespan,
    )


def _check_address(host: str, port: int) -> None:
    """Raise `CourseError` where nothing can listen at an address; a first build takes long, so before it."""
    try:
        socket.create_server((host, port), family=socket.AF_INET6 if ":" in host else socket.AF_INET).close()
    except (OSError, OverflowError, UnicodeError) as error:
        message = f"cannot serve at {host}:{port}: {error.strerror if isinstance(error, OSError) else error}."
        raise CourseError([Finding(Path(), 0, "serve.address", message, "Name another with --host or --port.")]) from None


def serve(project: Project, edition: str, host: str, port: int) -> None:
    """Build, then serve and rebuild until interrupted.

    Raises `CourseError` where the address cannot be had, or the folder of the preview not be written.
    """
    _check_address(host, port)
    with refusals(project.build):
        _served(project, edition).mkdir(parents=True, exist_ok=True)
    rebuild(project, edition)
    address = f"{host}:{port}"
    Reporter().say(f"http://{address} (Ctrl-C stops it)")
    uvicorn.run(application(project, edition, address), host=host, port=port, log_level="warning")
