"""The exercise bank: exercises with keys for instructors, and self-checks.

`model`, `loader` and `markdown_parts` read the bank and know nothing of Sphinx; `directives` and `selfcheck` show it,
`foreign` renders its files, `domain` keeps who shows what; `finder` prints all of it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from .loader import load_bank
from .model import Bank, Exercise, Key, Option, Question, Section

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.util.typing import ExtensionMetadata

__all__ = ["Bank", "Exercise", "Key", "Option", "Question", "Section", "load_bank"]


def setup(app: Sphinx) -> ExtensionMetadata:
    """Register the exercises extension."""
    from . import directives, domain, finder, selfcheck

    help_text = "folder of the exercise bank, from the source folder"
    app.add_config_value("farreaching_exercises_dir", "../exercises", "env", str, help_text)
    help_text = "folder of the keys, from the source folder; empty: the exercises' own"
    app.add_config_value("farreaching_keys_dir", "", "env", str, help_text)
    domain.setup(app)
    directives.setup(app)
    selfcheck.setup(app)
    finder.setup(app)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
