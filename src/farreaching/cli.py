"""The command line. It holds no logic of its own: it reads the words, calls the function, prints, and exits.

Exit status: 0 where all is well, 1 where something must be mended, 2 where the command's words are off.
"""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from . import __version__
from .findings import CourseError, Finding, errors

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from .project import Project


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; return its exit status."""
    options = _parser().parse_args(arguments)
    try:
        status: int = options.run(options)
    except CourseError as error:
        _print_findings(error.findings, "text", sys.stderr.write)
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
    order = Order(options.formats or tuple(FORMATS), options.edition, options.only, options.paper)
    for path in build(project, order, reporter):
        reporter.say(f"wrote {_shown(path)}")
    return 0


def _serve(options: argparse.Namespace) -> int:
    from .project import Project
    from .serve import serve

    serve(Project.at(options.root), options.edition, options.host, options.port)
    return 0


def _check(options: argparse.Namespace) -> int:
    from .checks import CHECKS, run_checks
    from .project import Project

    project = Project.at(options.root)
    named_links = _check_links(project, options.offline) if "links" in options.checks else []
    findings = [*run_checks(project, options.checks or CHECKS), *named_links]
    _print_findings(findings, options.format, sys.stdout.write)
    return 1 if errors(findings) else 0


def _check_links(project: Project, offline: bool) -> list[Finding]:
    """Bring the ledger of links up to date, unless offline, and return what depends on the day."""
    from datetime import date

    from .checks.links import check_overdue
    from .links.session import Session
    from .progress import Reporter

    today = date.today()
    if not offline:
        reporter = Reporter()
        session = Session(project, reporter, today)
        for entry in session.check():
            if remark := session.remark(entry):
                reporter.say(remark)
    return list(check_overdue(project, today))


def _links(options: argparse.Namespace) -> int:
    from datetime import date

    from .links.session import Session
    from .progress import Reporter
    from .project import Project

    session = Session(Project.at(options.root), Reporter(), date.today())
    if options.action == "refresh":
        session.save()
        print(f"{session.changes.added} addresses added, {session.changes.dropped} dropped, {len(session.entries)} in all.")
        return 0
    for entry in session.find_snapshots(options.limit, ask_to_save=options.save):
        print(f"{entry.address}\n  {entry.snapshot}")
    return 0


def _shown(path: Path) -> Path:
    """Return a path as a person at this terminal would write it."""
    return path.relative_to(Path.cwd()) if path.is_relative_to(Path.cwd()) else path


def _print_findings(findings: Sequence[Finding], form: str, write: Callable[[str], object]) -> None:
    """Write findings as text, as JSON, or as annotations that GitHub shows at the line."""
    if form == "json":
        records = [
            {
                "path": str(_shown(finding.path)), "line": finding.line, "severity": finding.severity,
                "code": finding.code, "message": finding.message, "mend": finding.mend,
            }
            for finding in findings
        ]  # fmt: skip
        write(json.dumps(records, ensure_ascii=False, indent=1) + "\n")
        return
    for finding in findings:
        place = Finding(_shown(finding.path), *(getattr(finding, name) for name in _FIELDS_AFTER_PATH))
        if form == "github":
            text = f"{place.message} {place.mend}".strip().replace("%", "%25").replace("\n", "%0A")
            write(f"::{place.severity} file={place.path},line={max(place.line, 1)},title={place.code}::{text}\n")
        else:
            write(f"{place}\n")
    if form == "text" and findings:
        failing = len(errors(findings))
        write(f"{failing} to mend, {len(findings) - failing} to look at.\n")


def _one_of(names: Sequence[str]) -> Callable[[str], str]:
    """Return a type for words of a closed list (argparse's own ``choices`` refuses an empty ``*`` argument)."""

    def word(text: str) -> str:
        if text not in names:
            raise argparse.ArgumentTypeError(f"invalid choice: '{text}' (choose from {', '.join(names)})")
        return text

    return word


_FIELDS_AFTER_PATH = ("line", "code", "message", "mend", "severity")


def _parser() -> argparse.ArgumentParser:
    from .commands import export, plan
    from .vocabulary import CHECK_NAMES, EDITION_NAMES, FORMAT_NAMES, PAPER_NAMES

    parser = argparse.ArgumentParser("farreaching", description="Build, preview and check an open course.")
    parser.add_argument("--version", action="version", version=f"farreaching {__version__}")
    commands = parser.add_subparsers(required=True, metavar="COMMAND")

    def command(name: str, run: Callable[[argparse.Namespace], int], text: str, example: str) -> argparse.ArgumentParser:
        added = commands.add_parser(
            name, help=text, description=text, epilog=f"example: {example}",
            formatter_class=argparse.RawDescriptionHelpFormatter,
        )  # fmt: skip
        added.add_argument("--root", type=Path, default=Path(), help="the course's top folder (default: this one)")
        added.set_defaults(run=run)
        return added

    build = command("build", _build, "Build an edition into build/EDITION.", "farreaching build html pdf")
    build.add_argument("formats", nargs="*", type=_one_of(FORMAT_NAMES), metavar="FORMAT", help="html, pdf, epub (default: all)")
    build.add_argument("--edition", choices=EDITION_NAMES, default="student", help="default: student")
    build.add_argument("--only", default="", metavar="CHAPTER", help="one chapter's PDF, named as in the contents")
    build.add_argument("--paper", choices=PAPER_NAMES, default="a4", help="paper of the PDF (default: a4)")
    build.add_argument("--quiet", action="store_true", help="print only what must be mended")

    serve = command("serve", _serve, "Preview the course and rebuild it on every save.", "farreaching serve --port 8000")
    serve.add_argument("--edition", choices=EDITION_NAMES, default="student", help="default: student")
    serve.add_argument("--host", default="127.0.0.1", help="default: 127.0.0.1")
    serve.add_argument("--port", type=int, default=8000, help="default: 8000")

    check = command("check", _check, "Say what is wrong with the course's files, and where.", "farreaching check claims")
    check.add_argument(
        "checks", nargs="*", type=_one_of(CHECK_NAMES), metavar="CHECK", help=f"{', '.join(CHECK_NAMES)} (default: all)"
    )
    check.add_argument(
        "--offline", action="store_true", help="ask no server; only naming 'links' does (what needs none is always checked)"
    )
    check.add_argument("--format", choices=("text", "json", "github"), default="text", help="default: text")

    links = command(
        "links", _links, "Keep the ledger of web addresses, docs/data/links.toml.", "farreaching links archive --limit 50"
    )
    links.add_argument(
        "action", choices=("refresh", "archive"), help="take in new addresses; look for snapshots of those without"
    )
    links.add_argument("--limit", type=int, default=50, metavar="N", help="ask the archive for at most N addresses (default: 50)")
    links.add_argument("--save", action="store_true", help="have the archive take living pages that it does not have")

    for module in (export, plan):
        module.register(command)
    return parser
