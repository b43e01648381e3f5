"""The command line. It holds no logic of its own: it reads the words, calls the function, prints, and exits.

Exit status: 0 where all is well, 1 where something must be mended, 2 where the command's words are off.
"""

from __future__ import annotations

import argparse
import sys
from typing import TYPE_CHECKING

from . import __version__
from .findings import CourseError
from .reporting import print_findings

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; return its exit status."""
    parser = _parser()
    options, not_understood = parser.parse_known_args(arguments)
    if not_understood:
        names = not any(word.startswith("-") for word in not_understood)
        hint = " (names stand side by side, before or after the options)" if names else ""
        parser.error(f"unrecognized arguments: {' '.join(not_understood)}{hint}")
    try:
        status: int = options.run(options)
    except CourseError as error:
        print_findings(error.findings, "text", sys.stderr.write)
        return 1
    except KeyboardInterrupt:
        sys.stderr.write("Stopped. What was built before is untouched.\n")
        return 130
    return status


def _build(options: argparse.Namespace) -> int:
    from .build import FORMATS, Order, build
    from .progress import Reporter
    from .project import Project

    project = Project.at(options.root)
    reporter = Reporter(quiet=options.quiet)
    formats = tuple(options.formats) or (("pdf",) if options.only else tuple(FORMATS))
    order = Order(formats, options.edition, options.only, options.paper)
    for path in build(project, order, reporter):
        reporter.wrote(path)
    return 0


def _serve(options: argparse.Namespace) -> int:
    from .project import Project
    from .serve import serve

    serve(Project.at(options.root), options.edition, options.host, options.port)
    return 0


def _links(options: argparse.Namespace) -> int:
    from datetime import date

    from .links.session import Session
    from .progress import Reporter
    from .project import Project

    project = Project.at(options.root)
    if options.action == "report":
        from .links.report import report

        sys.stdout.write(report(project))
        return 0
    session = Session(project, Reporter(), date.today())
    if options.action == "refresh":
        session.save()
        print(f"{session.changes.added} addresses added, {session.changes.dropped} dropped, {len(session.entries)} in all.")
        return 0
    for entry in session.find_snapshots(options.limit, ask_to_save=options.save):
        print(f"{entry.address}\n  {entry.snapshot}")
    return 0


def _parser() -> argparse.ArgumentParser:
    from .commands import add_command, check, exercises, export, new, one_of, plan
    from .vocabulary import EDITION_NAMES, FORMAT_NAMES, PAPER_NAMES

    parser = argparse.ArgumentParser("farreaching", description="Build, preview and check an open course.")
    parser.add_argument("--version", action="version", version=f"farreaching {__version__}")
    commands = parser.add_subparsers(required=True, metavar="COMMAND")

    def command(name: str, run: Callable[[argparse.Namespace], int], text: str, example: str) -> argparse.ArgumentParser:
        return add_command(commands, name, run, text, example)

    build = command("build", _build, "Build an edition into build/EDITION.", "farreaching build html pdf")
    build.add_argument(
        "formats",
        nargs="*",
        type=one_of(FORMAT_NAMES),
        metavar="FORMAT",
        help="html, pdf, epub (default: all)",
    )
    build.add_argument("--edition", choices=EDITION_NAMES, default="student", help="default: student")
    build.add_argument("--only", default="", metavar="CHAPTER", help="only this chapter's PDF; named as in the contents")
    build.add_argument("--paper", choices=PAPER_NAMES, default="a4", help="paper of the PDF (default: a4)")
    build.add_argument("--quiet", action="store_true", help="print only what must be mended")

    serve = command("serve", _serve, "Preview the course and rebuild it on every save.", "farreaching serve --port 8000")
    serve.add_argument("--edition", choices=EDITION_NAMES, default="student", help="default: student")
    serve.add_argument("--host", default="127.0.0.1", help="default: 127.0.0.1")
    serve.add_argument("--port", type=int, default=8000, help="default: 8000")

    for module in (check, new, exercises, export, plan):
        module.register(commands)

    links = command(
        "links", _links, "Keep the ledger of web addresses, docs/data/links.toml.", "farreaching links archive --limit 50"
    )
    links.add_argument(
        "action", choices=("refresh", "archive", "report"),
        help="take in new addresses; look for snapshots of those without; say in Markdown what changed since the last commit",
    )  # fmt: skip
    links.add_argument("--limit", type=int, default=50, metavar="N", help="ask the archive for at most N addresses (default: 50)")
    links.add_argument("--save", action="store_true", help="have the archive take living pages that it does not have")

    return parser
