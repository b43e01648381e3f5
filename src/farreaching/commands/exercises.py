"""`farreaching exercises` and `farreaching assign`: the list of the bank, and handouts made from it."""

from __future__ import annotations

import argparse
import json
import sys
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING
from unicodedata import category

from ..dates import PartialDate
from ..vocabulary import HANDOUT_FORMATS, PAPER_NAMES
from . import add_command

if TYPE_CHECKING:
    from . import Commands

LONGEST_TITLE = 150


def list_exercises(options: argparse.Namespace) -> int:
    """Print the exercises that fit, or where the bank is thin."""
    from ..citations.bibfile import load_sources
    from ..exercises.loader import load_bank
    from ..exercises.selection import Wanted, as_table, part_of, record
    from ..outcomes import load_outcomes
    from ..project import Project

    project = Project.at(options.root)
    outcomes = load_outcomes(project.outcomes_file)
    if options.matrix:
        from ..exercises.matrix import as_record, as_text, matrix_of

        matrix = matrix_of(project, outcomes)
        _print(_json(as_record(matrix)) if options.format == "json" else as_text(matrix))
        return 0
    bank = load_bank(project.exercises_dir, with_keys=False, outcomes=outcomes).exercises
    wanted = Wanted(
        options.part, options.type, options.level, options.max_minutes, options.outcome, options.grouping, options.source
    )
    sources = load_sources(project.bib_files, project.parties) if options.source else {}
    wanted.check(project.exercises_dir, {part_of(exercise_id): None for exercise_id in bank}, outcomes, sources)
    found = [exercise for exercise in bank.values() if wanted.fits(exercise)]
    _print(_json([record(exercise) for exercise in found]) if options.format == "json" else as_table(found))
    return 0


def assign(options: argparse.Namespace) -> int:
    """Make a handout and its key, and say where they are."""
    from ..handouts.assign import assign as make
    from ..handouts.order import HandoutOrder, load_list
    from ..progress import Reporter
    from ..project import Project

    project = Project.at(options.root)
    listed = load_list(options.list) if options.list else ()
    order = HandoutOrder(
        exercises=tuple(dict.fromkeys([*listed, *options.exercises])),
        title=options.title,
        due=options.due,
        instructions=options.instructions,
        space=options.space,
        formats=tuple(dict.fromkeys(options.format)),
        with_key=options.key,
        paper=options.paper,
    )
    reporter = Reporter(quiet=options.quiet)
    for path in make(project, order, options.output or project.build / "handouts", reporter):
        reporter.wrote(path)
    return 0


def _json(data: object) -> str:
    return json.dumps(data, ensure_ascii=False, indent=1) + "\n"


def _print(text: str) -> None:
    sys.stdout.write(text)


def _day(text: str) -> PartialDate:
    try:
        day = PartialDate.parse(text)
    except ValueError:
        day = None
    if day is None or not day.day:
        raise argparse.ArgumentTypeError(f"'{text}' is not a day; write it as 2026-12-15")
    return day


def _formats(text: str) -> list[str]:
    names = [name.strip() for name in text.split(",")]
    for name in names:
        if name not in HANDOUT_FORMATS:
            raise argparse.ArgumentTypeError(f"invalid choice: '{name}' (choose from {', '.join(HANDOUT_FORMATS)})")
    return names


def _minutes(text: str) -> int:
    if not text.isdecimal() or not int(text):
        raise argparse.ArgumentTypeError(f"'{text}' is not a number of minutes")
    return int(text)


def _words(text: str) -> str:
    """Refuse what no document can hold: control characters, and bytes that are not UTF-8 (surrogates)."""
    if wrong := [sign for sign in text if sign not in "\n\r\t" and category(sign) in ("Cc", "Cs")]:
        raise argparse.ArgumentTypeError(f"the character {wrong[0]!r} cannot be printed")
    return text


def _title(text: str) -> str:
    title = " ".join(_words(text).split())
    if not title:
        raise argparse.ArgumentTypeError("the title is empty")
    if len(title) > LONGEST_TITLE:
        raise argparse.ArgumentTypeError(f"the title is longer than {LONGEST_TITLE} characters; it names the files too")
    return title


def register(commands: Commands) -> None:
    """Add the parsers of both commands."""
    command = partial(add_command, commands)
    listing = command(
        "exercises", list_exercises, "List the exercises of the bank.", "farreaching exercises --type debate --max-minutes 60"
    )
    for name, text in {
        "part": "folder of the bank", "type": "for instance debate or memo", "level": "introductory, intermediate or advanced",
        "outcome": "id of a course outcome", "grouping": "words in the grouping, for instance pairs",
        "source": "citation key of a source to use",
    }.items():  # fmt: skip
        listing.add_argument(f"--{name}", default="", metavar=name.upper() if name != "source" else "KEY", help=text)
    listing.add_argument("--max-minutes", type=_minutes, default=0, metavar="N", help="at most so many minutes")
    listing.add_argument(
        "--matrix", action="store_true", help="count the exercises by outcome, chapter and level of thinking, and name the gaps"
    )
    listing.add_argument("--format", choices=("text", "json"), default="text", help="default: text")

    handout = command(
        "assign", assign, "Make a handout of exercises, and its key in a file of its own.",
        "farreaching assign --list my-exercises.json --title 'Week 3' --due 2026-12-15 --format pdf,docx",
    )  # fmt: skip
    handout.add_argument("exercises", nargs="*", metavar="ID", help="exercises as 'farreaching exercises' names them, in order")
    handout.add_argument(
        "--list", type=Path, metavar="FILE", help="a list saved from the exercise finder; its exercises come first"
    )
    handout.add_argument("--title", type=_title, default="Exercises", help="heading, and name of the files (default: Exercises)")
    handout.add_argument("--due", type=_day, metavar="DATE", help="day by which it is due, as 2026-12-15")
    handout.add_argument("--instructions", type=_words, default="", metavar="TEXT", help="words below the heading; plain text")
    handout.add_argument(
        "--space",
        action=argparse.BooleanOptionalAction,
        default=False,
        help="lines to write on below each exercise (default: none)",
    )
    handout.add_argument(
        "--key", action=argparse.BooleanOptionalAction, default=True, help="write the key, as NAME-key (default: yes)"
    )
    handout.add_argument(
        "--format", type=_formats, default=["pdf"], metavar="FORMATS", help="pdf, docx, html, md, with commas (default: pdf)"
    )
    handout.add_argument("--paper", choices=PAPER_NAMES, default="a4", help="paper of PDF and DOCX (default: a4)")
    handout.add_argument("--output", type=Path, metavar="DIR", help="folder for the files (default: build/handouts)")
    handout.add_argument("--quiet", action="store_true", help="print only what must be mended")
