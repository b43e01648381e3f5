"""Data sets: a CSV file with a ``source`` column, and its entry in ``datapackage.yaml``."""

from __future__ import annotations

import csv
import io
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from ..dates import PartialDate
from ..findings import CourseError, Finding, nearest
from ..sourcefiles import LocatedDict, load_yaml, read_text

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

CODE = "data.table"
PACKAGE_CODE = "data.package"
REQUIRED = ("name", "path", "title", "description", "as-of", "fields")
#: Field of a data set that the course counts in its own files: they are named here, and no row names a source.
COUNTED = "counted-from"


@dataclass(frozen=True)
class Row:
    """One line of a table."""

    line: int  #: the line of the file on which it ends, from 1
    cells: dict[str, str]  #: column → text, without surrounding space


@dataclass(frozen=True)
class DataSet:
    """A table and what is known about it."""

    path: Path  #: the CSV file
    columns: tuple[str, ...]  #: as in the header row
    rows: tuple[Row, ...]
    title: str  #: what the table shows
    description: str
    as_of: PartialDate  #: the day on which the data were last looked at
    fields: dict[str, str]  #: column → its meaning and unit


def source_keys(row: Row) -> list[str]:
    """Return the citation keys of a row (``;`` stands between several)."""
    return [key.strip() for key in row.cells.get("source", "").split(";") if key.strip()]


def cited_keys(path: Path) -> set[str]:
    """Return the citation keys of a CSV file; raises `CourseError` where it is not a table."""
    _, rows = _read_table(path)
    return {key for row in rows for key in source_keys(row)}


def load_dataset(path: Path, package: Path, known_keys: Iterable[str]) -> DataSet:
    """Return a CSV file with its metadata.

    `package` is the ``datapackage.yaml`` that describes it and `known_keys` are the
    citation keys its ``source`` column may name. Raises `CourseError` with everything
    that is wrong in either file.
    """
    findings: list[Finding] = []
    columns: tuple[str, ...] = ()
    rows: list[Row] = []
    counted = False
    try:
        columns, rows = _read_table(path)
    except CourseError as error:
        findings += error.findings
    try:
        entry = _entry(package, path.name)
        counted = bool(entry.get(COUNTED))
        findings += _check_entry(package, entry, columns)
    except CourseError as error:
        findings += error.findings
    if columns and not counted:
        findings += _check_sources(path, columns, rows, set(known_keys))
    if findings:
        raise CourseError(findings)
    return DataSet(
        path,
        columns,
        tuple(rows),
        str(entry["title"]),
        str(entry["description"]),
        PartialDate.parse(str(entry["as-of"])),
        {column: str(entry["fields"][column]) for column in columns},
    )


def _read_table(path: Path) -> tuple[tuple[str, ...], list[Row]]:
    reader = csv.reader(io.StringIO(read_text(path, CODE).removeprefix("\ufeff"), newline=""), strict=True)
    lines: list[tuple[int, list[str]]] = []
    try:
        lines.extend((reader.line_num, [cell.strip() for cell in cells]) for cells in reader if cells)
    except csv.Error as error:
        mend = "Put a value that holds a comma or a quotation mark in quotation marks."
        raise CourseError([Finding(path, reader.line_num, CODE, f"this is not valid CSV: {error}.", mend)]) from None
    if len(lines) < 2:
        mend = "It needs a header row and at least one row of data."
        raise CourseError([Finding(path, 0, CODE, "this table is empty.", mend)])
    header_line, header = lines[0]
    findings = [
        Finding(path, header_line, CODE, f"the column '{column}' stands twice or has no name.", "Name each column once.")
        for column in sorted({column for column in header if not column or header.count(column) > 1})
    ]
    findings += [
        Finding(path, line, CODE, f"{len(cells)} values where the header has {len(header)} columns.", "Count the commas.")
        for line, cells in lines[1:]
        if len(cells) != len(header)
    ]
    if findings:
        raise CourseError(findings)
    return tuple(header), [Row(line, dict(zip(header, cells, strict=True))) for line, cells in lines[1:]]


def _check_sources(path: Path, columns: tuple[str, ...], rows: list[Row], known: set[str]) -> list[Finding]:
    if "source" not in columns:
        mend = "Add it, with a citation key on every row."
        return [Finding(path, 1, CODE, "this table has no column 'source'.", mend)]
    findings = []
    for row in rows:
        keys = source_keys(row)
        if not keys:
            findings.append(Finding(path, row.line, CODE, "this row names no source.", "Put a citation key in 'source'."))
        findings += [
            Finding(path, row.line, CODE, f"the source '{key}' is not in the bibliography.", nearest(key, known))
            for key in keys
            if key not in known
        ]
    return findings


def _entry(package: Path, file_name: str) -> LocatedDict:
    resources: Any = load_yaml(package, PACKAGE_CODE)
    if not isinstance(resources, list) or not all(isinstance(entry, LocatedDict) for entry in resources):
        raise CourseError([Finding(package, 1, PACKAGE_CODE, "this must be a list of data sets.", "Start each with '- name:'.")])
    for entry in resources:
        if entry.get("path") == file_name:
            assert isinstance(entry, LocatedDict)
            return entry
    mend = f"Add '- {{name: …, path: {file_name}, title: …, description: …, as-of: …, fields: {{column: meaning, …}}}}'."
    raise CourseError([Finding(package, 0, PACKAGE_CODE, f"'{file_name}' is not described here.", mend)])


def _check_entry(package: Path, entry: LocatedDict, columns: tuple[str, ...]) -> list[Finding]:
    def finding(key: str, message: str, mend: str) -> Finding:
        return Finding(package, entry.line_of(key), PACKAGE_CODE, message, mend)

    name = entry["path"]
    findings = [
        finding(key, f"the entry of '{name}' has no '{key}'.", f"Add '{key}:'.") for key in REQUIRED if not entry.get(key)
    ]
    findings += [
        finding(key, f"'{entry[key]}' is no text for the '{key}' of '{name}'.", "Write words.")
        for key in ("title", "description")
        if entry.get(key) and not isinstance(entry[key], str)
    ]
    if as_of := entry.get("as-of"):
        try:
            PartialDate.parse(str(as_of))
        except ValueError as error:
            findings.append(finding("as-of", f"{error}.", "Write 2024, 2024-03 or 2024-03-28."))
    fields = entry.get("fields")
    if not isinstance(fields, LocatedDict):
        if fields:
            findings.append(finding("fields", f"the fields of '{name}' are not 'column: meaning' lines.", "Write them so."))
        return findings
    findings += [
        finding("fields", f"the column '{column}' of '{name}' is not explained.", "Add it with its meaning and unit.")
        for column in columns
        if not fields.get(column)
    ]
    findings += [
        Finding(package, fields.line_of(field), PACKAGE_CODE, f"'{name}' has no column '{field}'.", nearest(field, columns))
        for field in fields
        if columns and field not in columns
    ]
    return findings
