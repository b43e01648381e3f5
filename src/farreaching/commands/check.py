"""The command `farreaching check`: which checks run, on which folder, and how their findings are shown."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from ..findings import errors
from ..vocabulary import CHECK_NAMES, CHECKS_OF_A_FOLDER, CHECKS_ON_REQUEST
from . import add_command

if TYPE_CHECKING:
    from ..findings import Finding
    from ..project import Project
    from . import Commands

_HELP = f"{', '.join(CHECK_NAMES)} (default: all of these); {', '.join(CHECKS_ON_REQUEST)} (only when named)"


def register(commands: Commands) -> None:
    """Add the command."""
    check = add_command(
        commands, "check", _run, "Say what is wrong with the course's files, and where.", "farreaching check claims"
    )
    check.add_argument(
        "checks", nargs="*", type=_check_or_folder, metavar="CHECK",
        help=f"{_HELP}. After {' or '.join(CHECKS_OF_A_FOLDER)}, the built folder (default: build/student)",
    )  # fmt: skip
    check.add_argument(
        "--offline", action="store_true", help="ask no server; only naming 'links' does (what needs none is always checked)"
    )
    check.add_argument(
        "--changed", nargs="?", const="", metavar="BASE",
        help="only what this branch touched since BASE (default: main); what it broke elsewhere, only the whole check says",
    )  # fmt: skip
    check.add_argument("--format", choices=("text", "json", "github"), default="text", help="default: text")


def _check_or_folder(word: str) -> str | Path:
    """Return the name of a check, or a folder that exists; anything else is not understood."""
    if word in CHECK_NAMES or word in CHECKS_ON_REQUEST:
        return word
    if Path(word).is_dir():
        return Path(word)
    known = ", ".join([*CHECK_NAMES, *CHECKS_ON_REQUEST])
    raise argparse.ArgumentTypeError(f"invalid choice: '{word}' (choose from {known}, or name a folder that is there)")


def _run(options: argparse.Namespace) -> int:
    from ..checks import CHECKS, run_checks
    from ..project import Project
    from ..reporting import print_findings

    names = [word for word in options.checks if isinstance(word, str)]
    folders = [word for word in options.checks if isinstance(word, Path)]
    if len(folders) > 1 or (folders and not set(CHECKS_OF_A_FOLDER).intersection(names)):
        sys.stderr.write(f"A folder is named once, and only after {' or '.join(CHECKS_OF_A_FOLDER)}.\n")
        return 2
    project = Project.at(options.root)
    # first, for it brings the ledger up to date
    findings = _check_links(project, options.offline) if "links" in names else []
    findings += run_checks(project, [name for name in names if name in CHECKS] if names else CHECKS)
    for name in dict.fromkeys(names):
        if name in CHECKS_ON_REQUEST:
            folder = folders[0].resolve() if folders else project.build / "student"
            findings += _on_request(project, name, folder, tell=options.format == "text")
    if options.changed is not None:
        from ..changes import Changes

        findings = Changes.since(project.root, options.changed).of(findings)
    print_findings(findings, options.format, sys.stdout.write)
    if "freshness" in names and options.format == "text":
        _print_queue(project)
    return 1 if errors(findings) else 0


def _on_request(project: Project, name: str, folder: Path, *, tell: bool) -> list[Finding]:
    """Run one of the checks that need a day, a built folder, or a judgement; `tell` has parity print its counts."""
    from datetime import date

    from ..progress import Reporter

    if name == "freshness":
        from ..checks.freshness import check_freshness

        found = check_freshness(project, date.today())
    elif name == "balance":
        from ..checks.balance import check_balance

        found = check_balance(project)
    elif name == "leaks":
        from ..checks.leaks import check_leaks

        found = check_leaks(project, folder, Reporter())
    else:
        from ..checks.parity import check_parity, compare

        compared = compare(project, folder, Reporter())
        if tell:
            print("\n".join(f"{chapter.docname}: {chapter.summary()}." for chapter in compared))
        found = check_parity(compared)
    return sorted(set(found), key=lambda finding: finding.sort_key)


def _print_queue(project: Project) -> None:
    """Print what to review first."""
    from datetime import date

    from ..checks.freshness import review_queue

    today = date.today()
    due = [item for item in review_queue(project) if item.due < today]
    if due:
        print("Review first:")
    for item in due[:20]:
        print(f"  {item.due}  used {item.uses} times  {item.kind} {item.name}")


def _check_links(project: Project, offline: bool) -> list[Finding]:
    """Bring the ledger of links up to date, unless offline, and return what depends on the day."""
    from datetime import date

    from ..checks.links import check_overdue
    from ..links.session import Session
    from ..progress import Reporter

    today = date.today()
    if not offline:
        reporter = Reporter()
        session = Session(project, reporter, today)
        for entry in session.check():
            if remark := session.remark(entry):
                reporter.say(remark)
    return list(check_overdue(project, today))
