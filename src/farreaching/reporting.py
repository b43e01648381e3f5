"""Showing findings: as text grouped by file, as JSON, as annotations that GitHub shows at the line, or as warnings."""

from __future__ import annotations

import json
from dataclasses import replace
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING

from .findings import errors

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from .findings import Finding


def shown(path: Path) -> Path:
    """Return a path as a person at this terminal would write it."""
    return path.relative_to(Path.cwd()) if path.is_relative_to(Path.cwd()) else path


def log_findings(findings: Iterable[Finding], subtype: str) -> None:
    """Log findings as Sphinx's warnings, each at its own file and line; `subtype` is what follows ``farreaching.``."""
    from sphinx.util import logging  # late: the command line shows findings without Sphinx

    logger = logging.getLogger(__name__)
    for finding in findings:
        place = f"{finding.path}:{max(finding.line, 1)}"
        text = f"{finding.message} {finding.mend}".strip()
        logger.warning("%s", text, location=place, type="farreaching", subtype=subtype)


def print_findings(findings: Sequence[Finding], form: str, write: Callable[[str], object]) -> None:
    """Write findings, each once, by place; `form` is ``text``, ``json`` or ``github``."""
    placed = [replace(finding, path=shown(finding.path)) for finding in sorted(set(findings), key=lambda one: one.sort_key)]
    if form == "json":
        records = [
            {
                "path": str(finding.path), "line": finding.line, "severity": finding.severity,
                "code": finding.code, "message": finding.message, "mend": finding.mend,
            }
            for finding in placed
        ]  # fmt: skip
        write(json.dumps(records, ensure_ascii=False, indent=1) + "\n")
    elif form == "github":
        for finding in placed:
            # https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-commands: what must be escaped
            text = f"{finding.message} {finding.mend}".strip().replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")
            write(f"::{finding.severity} file={finding.path},line={max(finding.line, 1)},title={finding.code}::{text}\n")
    elif placed:
        for number, (_, of_file) in enumerate(groupby(placed, key=lambda finding: finding.path)):
            write("\n" if number else "")
            for finding in of_file:
                write(f"{finding}\n")
        failing = len(errors(placed))
        write(f"\n{failing} to mend, {len(placed) - failing} to look at.\n")
