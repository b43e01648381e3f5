"""Beginnings of sources, claims, exercises and chapters, in which ``TODO`` stands for what only a person can write.

`farreaching check unfinished` names every place that is still to be filled in.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from .citations.rules import FORMS, SUBTYPE_REQUIRED
from .citations.scanner import Scanner
from .exercises.loader import KEY_SUFFIX
from .exercises.model import KEY_SECTIONS, SELF_CHECK, sections_of
from .findings import CourseError, Finding, nearest
from .outfiles import place_text
from .sourcefiles import read_text

if TYPE_CHECKING:
    from pathlib import Path

    from .project import Project

_PATH = re.compile(r"[a-z0-9-]+/[a-z0-9-]+")
_CLAIM = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_KEY = re.compile(r"[A-Za-z0-9][A-Za-z0-9_.-]*")
_RUBRIC = """\
| Criterion | Excellent | Good | Developing | Not yet |
| --- | --- | --- | --- | --- |
| TODO | TODO | TODO | TODO | TODO |"""
_QUESTION = """\
## TODO: the question? {#TODO}

- [ ] TODO

  TODO: why this tempts, and is wrong.
- [x] TODO

  TODO: why this is right.
- [ ] TODO

  TODO: why this tempts, and is wrong.
"""


def new_source(project: Project, key: str, kind: str) -> list[Path]:
    """Put an entry into the first .bib file, by key where its entries are in that order, else at the end.

    `kind` is a type or a subtype. Returns the file. Raises `CourseError` for a key that is none or is taken,
    an unknown kind, or a file that cannot be written.
    """
    subtypes = {subtype: name for name, form in FORMS.items() for subtype in form.subtypes if subtype}
    if kind not in FORMS and kind not in subtypes:
        raise _wrong(
            project.root,
            f"there is no kind of source '{kind}'.",
            nearest(kind, [*FORMS, *subtypes]) or _known([*FORMS, *subtypes]),
        )
    if not _KEY.fullmatch(key):
        raise _wrong(project.root, f"'{key}' cannot be a key.", "Use letters a–z, digits, '-', '_' and '.'.")
    if not project.bib_files:
        raise _wrong(project.docs / "conf.py", "the course names no bibliography.", "Set bibtex_bibfiles.")
    for file in project.bib_files:
        for entry in Scanner(read_text(file, "new.source")).entries:
            if entry.key.lower() == key.lower():
                raise CourseError([Finding(file, entry.line, "new.taken", f"the key '{key}' is taken.", "Choose another.")])
    path = project.bib_files[0]
    text = read_text(path, "new.source")
    typed, subtype = (subtypes[kind], kind) if kind in subtypes else (kind, "")
    required = SUBTYPE_REQUIRED.get(subtype, FORMS[typed].required)
    fields = [("entrysubtype", subtype)] if subtype else []
    fields += [(name.split("|")[0], "TODO") for name in required]
    fields += [("date", "TODO"), ("url", "TODO"), ("party", "TODO"), ("consulted", "TODO")]
    lines = "".join(f"  {name} = {{{value}}},\n" for name, value in dict(fields).items())
    entries = Scanner(text).entries
    in_order = [entry.key.lower() for entry in entries] == sorted(entry.key.lower() for entry in entries)
    later = next((entry for entry in entries if in_order and entry.key.lower() > key.lower()), None)
    at = len("".join(text.splitlines(keepends=True)[: later.line - 1])) if later else len(text)
    before = text[:at] if not text[:at] or text[:at].endswith("\n\n") else text[:at].rstrip("\n") + "\n\n"
    after = f"\n{text[at:]}" if text[at:] else ""
    _write(path, f"{before}@{typed}{{{key},\n{lines}}}\n{after}")
    return [path]


def new_claim(project: Project, claim_id: str, part: str) -> list[Path]:
    """Put a claim at the end of a part's file, which is made where the part has none; return the file.

    Raises `CourseError` for an id that is none or is taken, an unknown part, or a file that cannot be read or written.
    """
    if not _CLAIM.fullmatch(claim_id):
        raise _wrong(project.root, f"'{claim_id}' is no id of a claim.", "Write lower-case words with hyphens.")
    if claim_id in project.ledger:
        taken = project.ledger[claim_id]
        raise CourseError([Finding(taken.path, taken.line, "new.taken", f"the id '{claim_id}' is taken.", "Choose another.")])
    path = project.claims_dir / f"{part}.yaml"
    if not path.exists():
        _check_part(project, part)
    text = read_text(path, "new.claim") if path.exists() else ""
    entry = (
        f"{claim_id}:\n  claim: TODO\n  when: TODO\n  by: TODO\n  status: TODO\n"
        f"  for: [{{cite: TODO}}]\n  against: []\n  reviewed: TODO\n  note: TODO\n"
    )
    _write(path, f"{text.rstrip()}\n\n{entry}" if text.strip() else entry)
    return [path]


def new_exercise(project: Project, exercise_id: str, kind: str, chapter: str) -> list[Path]:
    """Write an exercise and, unless it is a self-check, its key; return the files.

    Raises `CourseError` for a path that is none or is taken, a part or a chapter that the course lacks, or a folder
    that refuses.
    """
    _check_path(project, exercise_id)
    documents = dict(project.documents())
    if chapter not in documents:
        raise _wrong(
            project.docs, f"there is no chapter '{chapter}'.", nearest(chapter, documents) or "Name it as in the contents."
        )
    part = exercise_id.partition("/")[0]
    if not (project.exercises_dir / part).is_dir():
        _check_part(project, part)
    self_check = kind == SELF_CHECK
    fields = {
        "title": "TODO", "type": kind, "level": "TODO", "outcomes": "[TODO]", "minutes": "TODO", "grouping": "TODO",
        "chapter": chapter, "cites": "[]", "claims": "[]", "materials": "none", "bloom": "TODO",
    }  # fmt: skip
    front = "".join(
        f"{name}: {value}\n" for name, value in fields.items() if not (self_check and name in {"cites", "claims", "materials"})
    )
    body = _QUESTION if self_check else "\n".join(f"## {title}\n\nTODO\n" for title in sections_of(kind))
    files = {project.exercises_dir / f"{exercise_id}.md": f"---\n{front}---\n\n{body}"}
    if not self_check:
        key = "\n".join(f"## {title}\n\n{_RUBRIC if title == 'Rubric' else 'TODO'}\n" for title in KEY_SECTIONS)
        files[project.keys_dir / f"{exercise_id}{KEY_SUFFIX}"] = key
    return _write_new(files)


def new_chapter(project: Project, docname: str) -> list[Path]:
    """Write a chapter and its self-check; return the files. Raises `CourseError` as `new_exercise` does."""
    _check_path(project, docname)
    _check_part(project, docname.partition("/")[0])
    opening = ":::{opening}\n:question: TODO: one sentence that a seminar could argue about?\n:as-of: TODO\n\n"
    opening += "".join("- TODO: a verb that a student can be seen doing. {outcome}`TODO`\n" for _ in range(3)) + ":::\n"
    sections = {
        "TODO: a heading that says something": "TODO", "What we do not know": "TODO", "The evidence": "```{evidence}\n```",
        "Check yourself": f"```{{self-check}} {docname}-check\n```", "Discuss": "```{exercises}\n```\n\nTODO: an exercise each.",
        "Read on": "- TODO", "References": "```{references}\n```",
    }  # fmt: skip
    body = "\n".join(f"## {title}\n\n{text}\n" for title, text in sections.items())
    chapter = f"---\nreviewed: TODO\n---\n# TODO: the title\n\n{opening}\n{body}"
    front = "title: TODO\ntype: self-check\nlevel: TODO\noutcomes: [TODO]\nminutes: TODO\ngrouping: alone\n"
    check = f"---\n{front}chapter: {docname}\nbloom: TODO\n---\n\n{_QUESTION}"
    return _write_new({project.docs / f"{docname}.md": chapter, project.exercises_dir / f"{docname}-check.md": check})


def _check_path(project: Project, name: str) -> None:
    if not _PATH.fullmatch(name):
        raise _wrong(project.root, f"'{name}' is not PART/SLUG.", "Write it in lower-case letters, digits and hyphens.")


def _check_part(project: Project, part: str) -> None:
    parts = sorted(path.parent.name for path in project.docs.glob("*/index.md"))
    if part not in parts:
        raise _wrong(project.docs, f"the course has no part '{part}'.", nearest(part, parts) or _known(parts))


def _write_new(files: dict[Path, str]) -> list[Path]:
    """Write files of which none may be there yet."""
    for path in files:
        if path.exists():
            raise CourseError([Finding(path, 0, "new.taken", "this file is there already.", "Choose another name.")])
    for path, text in files.items():
        _write(path, text)
    return list(files)


def _write(path: Path, text: str) -> None:
    """Write a file aside and swap it in; raise `CourseError` where its folder cannot be written to."""
    try:
        place_text(path, text)
    except OSError as error:
        mend = "Make the folder writable; nothing was changed."
        raise CourseError([Finding(path, 0, "new.write", f"cannot be written: {error.strerror}.", mend)]) from None


def _known(names: list[str]) -> str:
    return f"Use one of: {', '.join(names)}." if names else ""


def _wrong(path: Path, message: str, mend: str) -> CourseError:
    return CourseError([Finding(path, 0, "new.name", message, mend)])
