"""Counts whose sources each chapter rests on, into docs/data/voices.csv: run it after sources or chapters changed."""

from __future__ import annotations

import csv
import io
from collections import Counter
from pathlib import Path

from farreaching.checks.balance import chapter_sources
from farreaching.project import Project

ROOT = Path(__file__).parents[1]
TARGET = ROOT / "docs/data/voices.csv"
#: A party with a smaller share of all sources counts among the others.
LEAST_SHARE = 0.05
#: Voices of no party to the events; they stand last.
OBSERVERS = ("independent", "scholarly", "other")


def voices(root: Path) -> str:
    """Return the table as CSV: a row for each chapter and party."""
    project = Project.at(root)
    chapters = {
        docname: [source.party for source in sources]
        for docname, path in project.documents()
        if ":::{opening}" in path.read_text(encoding="utf-8") and (sources := chapter_sources(project, path))
    }
    total = Counter(party for parties in chapters.values() for party in parties)
    kept = [party for party, count in total.most_common() if count >= LEAST_SHARE * total.total() and party not in OBSERVERS]
    parties = [*kept, *OBSERVERS]
    text = io.StringIO()
    table = csv.writer(text, lineterminator="\n")
    table.writerow(["part", "chapter", "party", "sources", "total"])
    for docname, of_chapter in chapters.items():
        counts = Counter(party if party in parties else "other" for party in of_chapter)
        part, _, chapter = docname.partition("/")
        table.writerows([part, chapter, party, counts[party], len(of_chapter)] for party in parties if counts[party])
    return text.getvalue()


if __name__ == "__main__":
    TARGET.write_text(voices(ROOT), encoding="utf-8")
