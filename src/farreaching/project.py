"""Where a course keeps its files, read from its conf.py without starting Sphinx's application."""

from __future__ import annotations

import os
import subprocess
import traceback
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from .findings import CourseError, Finding
from .lexicon import FILES as LEXICON_FILES

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from .checks.uses import Use
    from .citations.source import Source
    from .claims.model import Ledger


@dataclass(frozen=True)
class Project:
    """A course on disk: a folder with docs/conf.py."""

    root: Path  #: the course's top folder, absolute

    @classmethod
    def at(cls, root: Path) -> Project:
        """Return the course in a folder; raise `CourseError` where there is none."""
        project = cls(root.resolve())
        if not (project.docs / "conf.py").is_file():
            mend = "Run the command in the course's top folder, or name it with --root."
            raise CourseError([Finding(root, 0, "project.root", "there is no course here (docs/conf.py is missing).", mend)])
        return project

    @property
    def docs(self) -> Path:
        """The Sphinx source folder."""
        return self.root / "docs"

    @property
    def build(self) -> Path:
        """Where everything generated goes."""
        return self.root / "build"

    @cached_property
    def settings(self) -> dict[str, Any]:
        """The names that conf.py defines; raises `CourseError` where it cannot be run."""
        from sphinx.config import eval_config_file  # late: only some commands need it
        from sphinx.errors import ConfigError
        from sphinx.util.tags import Tags

        try:
            return eval_config_file(self.docs / "conf.py", Tags())
        except ConfigError as error:
            cause, path = error.__cause__, self.docs / "conf.py"
            if cause is None or isinstance(cause, SyntaxError):
                raise CourseError([Finding(path, getattr(cause, "lineno", 0), "project.conf", str(error).strip())]) from None
            frames = traceback.extract_tb(cause.__traceback__)
            line = next((frame.lineno or 0 for frame in reversed(frames) if Path(frame.filename) == path), 0)
            message = f"this cannot be run: {type(cause).__name__}: {cause}."
            raise CourseError([Finding(path, line, "project.conf", message)]) from None

    def _folder(self, name: str, default: str) -> Path:
        return Path(os.path.normpath(self.docs / str(self.settings.get(name, default))))

    @property
    def claims_dir(self) -> Path:
        """The folder of the claims ledger."""
        return self._folder("farreaching_claims_dir", "claims")

    @property
    def data_dir(self) -> Path:
        """The folder of the data sets."""
        return self._folder("farreaching_data_dir", "data")

    @property
    def exercises_dir(self) -> Path:
        """The folder of the exercise bank."""
        return self._folder("farreaching_exercises_dir", "../exercises")

    @property
    def keys_dir(self) -> Path:
        """The folder of the keys: beside the exercises unless conf.py names another."""
        return self._folder("farreaching_keys_dir", os.path.relpath(self.exercises_dir, self.docs))

    @property
    def outcomes_file(self) -> Path:
        """The list of course outcomes."""
        return self._folder("farreaching_outcomes", "outcomes.yaml")

    @property
    def chronology_file(self) -> Path:
        """The events of the chronology."""
        return self._folder("farreaching_chronology", "data/timeline.yaml")

    @property
    def lexicon_files(self) -> list[Path]:
        """The files of the glossary, the list of people and other lexicons."""
        return [Path(os.path.normpath(self.docs / name)) for name in self.settings.get("farreaching_lexicons", LEXICON_FILES)]

    @property
    def reviews_dir(self) -> Path:
        """The folder of the reviews."""
        return self._folder("farreaching_reviews_dir", "reviews")

    @property
    def bib_files(self) -> list[Path]:
        """The bibliography's files."""
        return [Path(os.path.normpath(self.docs / name)) for name in self.settings.get("bibtex_bibfiles", [])]

    @property
    def parties(self) -> list[str]:
        """The words that an entry's ``party`` may hold; empty where any will do."""
        return list(self.settings.get("farreaching_parties", []))

    @cached_property
    def sources(self) -> Mapping[str, Source]:
        """The sources of the bibliography, read once; raises `CourseError` with everything wrong in its files."""
        from .citations.bibfile import load_sources

        return load_sources(self.bib_files, self.parties)

    @cached_property
    def ledger(self) -> Ledger:
        """The claims, read once; raises `CourseError` with everything wrong in their files."""
        from .claims.loader import load_ledger

        return load_ledger(self.claims_dir)

    @cached_property
    def uses(self) -> list[Use]:
        """Every use of a claim, source or exercise in the course's Markdown, read once."""
        from .checks.uses import course_uses

        return course_uses(self)

    def documents(self) -> Iterator[tuple[str, Path]]:
        """Yield (docname, path) of every Markdown source, in order."""
        for path in sorted(self.docs.rglob("*.md")):
            yield path.relative_to(self.docs).with_suffix("").as_posix(), path

    def source_date(self) -> str:
        """Return the time of the last commit, in seconds since 1970, for reproducible output; empty outside git."""
        command = ["git", "-C", str(self.root), "log", "-1", "--format=%ct"]
        try:
            return subprocess.run(command, capture_output=True, text=True, check=False).stdout.strip()
        except OSError:
            return ""
