"""`farreaching export`: exercises as files that learning platforms import."""

from __future__ import annotations

import argparse
import sys
from typing import TYPE_CHECKING

from ..vocabulary import PLATFORM_NAMES
from . import add_command

if TYPE_CHECKING:
    from . import Commands


def register(commands: Commands) -> None:
    """Add the command's words."""
    export = add_command(
        commands,
        "export",
        _export,
        "Write exercises as files that learning platforms import, into build/lms.",
        "farreaching export moodle,cc --all",
    )
    export.add_argument("formats", type=_formats, metavar="FORMAT[,FORMAT]", help=", ".join(PLATFORM_NAMES))
    export.add_argument("ids", nargs="*", metavar="ID", help="exercises, named PART/SLUG")
    export.add_argument("--all", action="store_true", dest="everything", help="the whole bank")
    export.add_argument("--part", default="", metavar="PART", help="the exercises of a part")
    export.add_argument("--chapter", default="", metavar="CHAPTER", help="the exercises of a chapter, named as in the contents")
    export.add_argument("--keys", action="store_true", help="with the keys, for instructors; without it no key is opened")


def _formats(text: str) -> list[str]:
    names = [name.strip() for name in text.split(",") if name.strip()]
    for name in names:
        if name not in PLATFORM_NAMES:
            raise argparse.ArgumentTypeError(f"invalid choice: '{name}' (choose from {', '.join(PLATFORM_NAMES)})")
    if not names:
        raise argparse.ArgumentTypeError(f"no format is named (choose from {', '.join(PLATFORM_NAMES)})")
    return names


def _export(options: argparse.Namespace) -> int:
    from ..lms.export import Selection, export
    from ..progress import Reporter
    from ..project import Project

    selection = Selection(options.ids, options.part, options.chapter, options.everything)
    if selection == Selection([]):
        sys.stderr.write("Name exercises, or --part, --chapter or --all. 'farreaching export --help' has an example.\n")
        return 2
    reporter = Reporter()
    for path in export(Project.at(options.root), options.formats, selection, reporter, with_keys=options.keys):
        reporter.wrote(path)
    return 0
