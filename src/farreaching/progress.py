"""Progress on a terminal as a bar, elsewhere as plain lines."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn

from .reporting import shown

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from sphinx.application import Sphinx


class Reporter:
    """Tells the person at the terminal what is being done; everything goes to standard error."""

    def __init__(self, *, quiet: bool = False) -> None:
        self.console = Console(stderr=True, quiet=quiet, highlight=False, soft_wrap=True)

    def say(self, text: str) -> None:
        """Print one plain line."""
        self.console.print(text, markup=False)

    def colour_warnings(self) -> None:
        """Have Sphinx colour its warnings only where this terminal wants it; a file or a program gets plain lines."""
        from sphinx.util.console import nocolor  # late: not every command starts Sphinx

        if self.console.no_color or not self.console.color_system:
            nocolor()

    def wrote(self, path: Path) -> None:
        """Tell of a result, named as a person at this terminal would write it."""
        self.say(f"wrote {shown(path)}")

    @contextmanager
    def count(self, what: str, total: int) -> Iterator[Callable[[], None]]:
        """Show how many of a known number of things are done; the function given tells of one more."""
        if not self.console.is_terminal:
            yield lambda: None
            return
        columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn())
        with Progress(*columns, console=self.console, transient=True) as progress:
            task = progress.add_task(what, total=total)
            yield lambda: progress.advance(task)

    @contextmanager
    def follow(self, app: Sphinx, what: str) -> Iterator[None]:
        """Show how far a Sphinx build has come."""
        if not self.console.is_terminal:
            self.say(f"{what} …")
            yield
            return
        columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn())
        with Progress(*columns, console=self.console, transient=True) as progress:
            task = progress.add_task(what, total=None)

            def start_reading(app: Sphinx, env: object, docnames: list[str]) -> None:
                progress.update(task, description=f"{what}: reading", total=len(docnames), completed=0)

            def start_writing(app: Sphinx, env: object) -> None:
                progress.update(task, description=f"{what}: writing", total=None, completed=0)

            def advance(*args: object) -> None:
                progress.advance(task)

            app.connect("env-before-read-docs", start_reading)
            app.connect("source-read", advance)
            app.connect("env-check-consistency", start_writing)
            app.connect("doctree-resolved", advance)
            yield
