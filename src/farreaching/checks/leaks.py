"""The leaks check: no sentence of a key stands in a built folder, however the file is packed."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from ..exercises.loader import KEY_SUFFIX
from ..findings import CourseError, Finding
from ..sourcefiles import read_text
from .builtfiles import plain_words, texts_of

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from ..progress import Reporter
    from ..project import Project

#: Words of the shortest piece of a key that is looked for; shorter ones are said by chance.
SHORTEST = 6
#: Where a piece ends: at a sentence's end, in a list or a table, and at what each format writes in its own way.
_ENDS = re.compile(
    r"(?<=[.!?:;])[\"”’)*_]*\s|\n[ \t]*\n|\n[ \t]*(?:[-*+#>|]|\d+\.)|\|"
    r"|\{cite[^}]*\}`+[^`]*`+|\{[a-z:]+\}`+|<[^<>]*>`+|\[\^[^\]]*\]"
)


def check_leaks(project: Project, folder: Path, reporter: Reporter) -> Iterator[Finding]:
    """Yield each piece of a key found in a file below `folder`, once a file.

    What the course says in public (chapters, exercises, ledger, bibliography) is no secret where a key repeats it.
    Raises `CourseError` where the folder does not exist or a file in it cannot be read.
    """
    if not folder.is_dir():
        mend = "Build first, with farreaching build, or name the folder."
        raise CourseError([Finding(folder, 0, "leaks.folder", "there is no such folder.", mend)])
    pieces = _secret_pieces(project)
    seen: set[tuple[str, ...]] = set()
    for path, inner, text in texts_of(folder, reporter):
        for piece, key in _found(plain_words(text), pieces):
            if (str(path), inner, str(key[0])) in seen:
                continue
            seen.add((str(path), inner, str(key[0])))
            message = f"{f'{inner} in it' if inner else 'it'} says a sentence of a key ('{' '.join(piece[:8])} …')."
            mend = f"It stands in {key[0].relative_to(project.keys_dir)}, line {key[1]}. Publish no file made from keys."
            yield Finding(path, 0, "leaks.key", message, mend)


def _secret_pieces(project: Project) -> dict[tuple[str, ...], list[tuple[tuple[str, ...], tuple[Path, int]]]]:
    """Return the first words of each piece of a key → the pieces that begin with them, each with its file and line."""
    public = _public_words(project)
    pieces: dict[tuple[str, ...], list[tuple[tuple[str, ...], tuple[Path, int]]]] = {}
    for path in sorted(project.keys_dir.rglob(f"*{KEY_SUFFIX}")):
        text = read_text(path, "leaks.key")
        position = 0
        for end in [*_ENDS.finditer(text), None]:
            words = tuple(plain_words(text[position : end.start() if end else len(text)]))
            if len(words) >= SHORTEST and f" {' '.join(words)} " not in public:
                line = text.count("\n", 0, position) + 1
                pieces.setdefault(words[:SHORTEST], []).append((words, (path, line)))
            position = end.end() if end else len(text)
    return pieces


def _public_words(project: Project) -> str:
    """Return every word of the course's public sources, in order, a space around each."""
    files = [
        *(path for _, path in project.documents()),
        *(path for path in sorted(project.exercises_dir.rglob("*.md")) if not path.name.endswith(KEY_SUFFIX)),
        *sorted(project.claims_dir.glob("*.yaml")),
        *sorted(project.reviews_dir.glob("*.yaml")),
        *(path for path in (project.chronology_file, project.outcomes_file) if path.exists()),
        *project.bib_files,
    ]
    return f" {' '.join(word for path in files for word in plain_words(read_text(path, 'leaks.source')))} "


def _found(
    words: list[str], pieces: dict[tuple[str, ...], list[tuple[tuple[str, ...], tuple[Path, int]]]]
) -> Iterator[tuple[tuple[str, ...], tuple[Path, int]]]:
    """Yield the pieces that stand in a text's words."""
    for start in range(len(words) - SHORTEST + 1):
        for piece, key in pieces.get(tuple(words[start : start + SHORTEST]), ()):
            if tuple(words[start : start + len(piece)]) == piece:
                yield piece, key
