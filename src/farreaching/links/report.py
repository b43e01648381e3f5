"""What a run changed in the ledger, in Markdown: for the issue that tells maintainers what to mend."""

from __future__ import annotations

import os
import subprocess
import tempfile
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING

from ..findings import CourseError, Finding
from .addresses import course_addresses
from .ledger import State, load
from .session import ledger_file

if TYPE_CHECKING:
    from ..project import Project
    from .ledger import Entry

_SHOWN = 100  #: changes that are told one by one; an issue holds 65,536 characters


def report(project: Project, revision: str = "HEAD") -> str:
    """Return what differs between the ledger and that of a commit; an empty text where no state or target does.

    Raises `CourseError` where either cannot be read.
    """
    before, after = _committed(project, revision), load(ledger_file(project))
    changed = [entry for entry in after.values() if _differs(before.get(entry.address), entry)]
    if not changed:
        return ""
    changed.sort(key=lambda entry: (list(_ORDER).index(entry.state), entry.address))
    places: dict[str, list[str]] = {}
    for use in course_addresses(project):
        places.setdefault(use.address, []).append(f"{os.path.relpath(use.path, project.root)}:{use.line}")
    states = Counter(entry.state for entry in after.values())
    lines = [
        f"{len(changed)} of {len(after)} addresses changed their state since the ledger was last committed.",
        "", "| state | addresses |", "| --- | ---: |", *(f"| {state} | {states[state]} |" for state in State), "",
    ]  # fmt: skip
    for entry in changed[:_SHOWN]:
        was = before[entry.address].state if entry.address in before else "new"
        about = "".join(f" ({text})" for text in [entry.note.replace("\n", " ")] if text)
        leads = f", leads to <{entry.final}>" if entry.state is State.MOVED else ""
        copy = f", archived at <{entry.snapshot}>" if entry.state is State.DEAD and entry.snapshot else ""
        used = ", ".join(f"`{place}`" for place in places.get(entry.address, []))
        lines.append(f"- <{entry.address}>: {was} → **{entry.state}**{about}{leads}{copy}. Used in {used or 'nothing'}.")
    if len(changed) > _SHOWN:
        lines.append(f"- … and {len(changed) - _SHOWN} more.")
    return "\n".join([*lines, ""])


_ORDER = (State.DEAD, State.MOVED, State.BLOCKED, State.UNCHECKED, State.ALIVE)


def _differs(before: Entry | None, after: Entry) -> bool:
    return before is None or (before.state, before.final) != (after.state, after.final)


def _committed(project: Project, revision: str) -> dict[str, Entry]:
    """Return the entries of the ledger as a commit has it, empty where that commit has none."""
    path = ledger_file(project)
    known = _git(path.parent, "rev-parse", "--verify", "--quiet", f"{revision}^{{commit}}")
    if known is None:
        mend = "Name a commit that is here, in a git working tree."
        raise CourseError([Finding(project.root, 0, "links.report", f"git knows no commit '{revision}'.", mend)])
    content = _git(path.parent, "show", f"{known.decode().strip()}:./{path.name}")
    with tempfile.TemporaryDirectory() as folder:
        aside = Path(folder, path.name)
        aside.write_bytes(content or b"")
        return load(aside)


def _git(folder: Path, *words: str) -> bytes | None:
    try:
        done = subprocess.run(["git", "-C", str(folder), *words], capture_output=True, check=False)
    except OSError:
        return None
    return None if done.returncode else done.stdout
