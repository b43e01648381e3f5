"""The commands that outgrew `farreaching.cli`: a module each, whose `register` adds its words to the command line."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    Commands = argparse._SubParsersAction[argparse.ArgumentParser]


def add_command(
    commands: Commands, name: str, run: Callable[[argparse.Namespace], int], text: str, example: str
) -> argparse.ArgumentParser:
    """Add a command with its example and ``--root``; return its parser, to which the command adds its own words."""
    added = commands.add_parser(
        name, help=text, description=text, epilog=f"example: {example}", formatter_class=argparse.RawDescriptionHelpFormatter
    )
    added.add_argument("--root", type=Path, default=Path(), help="the course's top folder (default: this one)")
    added.set_defaults(run=run)
    return added


def one_of(names: Sequence[str]) -> Callable[[str], str]:
    """Return a type for words of a closed list (argparse's own ``choices`` refuses an empty ``*`` argument)."""

    def word(text: str) -> str:
        if text not in names:
            raise argparse.ArgumentTypeError(f"invalid choice: '{text}' (choose from {', '.join(names)})")
        return text

    return word
