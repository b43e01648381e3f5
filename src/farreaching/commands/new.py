"""The command `farreaching new`: the beginning of a source, a claim, an exercise or a chapter."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..vocabulary import EXERCISE_TYPES
from . import add_command

if TYPE_CHECKING:
    import argparse

    from . import Commands


def register(commands: Commands) -> None:
    """Add the command and its four words."""
    new = add_command(
        commands, "new", _run, "Begin a source, a claim, an exercise or a chapter; TODO stands where you write.",
        "farreaching new claim harvest-of-1958 --part history",
    )  # fmt: skip
    what = new.add_subparsers(dest="what", required=True, metavar="WHAT")
    source = what.add_parser("source", help="an entry of the bibliography")
    source.add_argument("name", metavar="KEY")
    source.add_argument("--kind", default="online", help="type or entrysubtype, such as report or resolution (default: online)")
    claim = what.add_parser("claim", help="an entry of the ledger")
    claim.add_argument("name", metavar="ID")
    claim.add_argument("--part", required=True, help="the part of the course in whose file it goes")
    exercise = what.add_parser("exercise", help="an exercise and its key")
    exercise.add_argument("name", metavar="PART/SLUG")
    exercise.add_argument("--type", default="discussion", choices=EXERCISE_TYPES, help="default: discussion")
    exercise.add_argument("--chapter", required=True, metavar="CHAPTER", help="the chapter that shows it, as in the contents")
    chapter = what.add_parser("chapter", help="a chapter and its self-check")
    chapter.add_argument("name", metavar="PART/SLUG")


def _run(options: argparse.Namespace) -> int:
    from .. import scaffold
    from ..project import Project
    from ..reporting import shown

    project, name = Project.at(options.root), options.name
    if options.what == "source":
        files, then = scaffold.new_source(project, name, options.kind), f"Cite it with {{cite:p}}`{name}`."
    elif options.what == "claim":
        files, then = scaffold.new_claim(project, name, options.part), f"Mark its words with {{claim}}`words <{name}>`."
    elif options.what == "exercise":
        files = scaffold.new_exercise(project, name, options.type, options.chapter)
        then = f"Show it in the chapter: {{{'self-check' if options.type == 'self-check' else 'exercise'}}} {name}."
    else:
        files, then = (
            scaffold.new_chapter(project, name),
            f"Add '{name.partition('/')[2]}' to the contents of its part's index.md.",
        )
    for path in files:
        print(f"wrote {shown(path)}")
    print(f"{then} farreaching check unfinished names what is to be filled in.")
    return 0
