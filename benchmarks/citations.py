"""Measure the citations of a made-up course: our domain against sphinxcontrib-bibtex's own, and growth with size.

Run ``python benchmarks/citations.py [--repeat N]``. It writes 25 chapters, 400 references and 800 citations, a list in
every chapter and one of the whole book, into a temporary folder, builds them clean with each stack in a process of its
own, and prints the best times, their ratio, and what five times the chapters cost. ``--repeat`` (default 2) sets how
often each is built.
"""

from __future__ import annotations

import argparse
import os
import random
import subprocess
import sys
import time
from pathlib import Path
from tempfile import TemporaryDirectory

REFERENCES, CITATIONS, CHAPTERS = 400, 800, 25
SOURCE = Path(__file__).resolve().parent.parent / "src"
OURS = 'extensions = ["myst_parser", "sphinxcontrib.bibtex", "farreaching.citations"]\nbibtex_bibfiles = ["refs.bib"]\n'
STOCK = """extensions = ["myst_parser", "sphinxcontrib.bibtex"]
bibtex_bibfiles = ["refs.bib"]
bibtex_reference_style = "author_year"
bibtex_default_style = "unsrt"
suppress_warnings = ["bibtex.duplicate_citation", "bibtex.duplicate_label"]
"""
LISTS = {
    "ours": ("```{references}\n```\n", "```{bibliography}\n```\n"),
    "stock": ("```{bibliography}\n:filter: docname in docnames\n```\n", "```{bibliography}\n```\n"),
}


def write_course(folder: Path, stack: str, scale: int) -> None:
    """Write a course `scale` times the usual number of chapters and citations, the same for both stacks."""
    chance = random.Random(scale)
    folder.mkdir()
    chapter_list, book_list = LISTS[stack]
    style = 'html_theme = "basic"\nproject = copyright = "Course"\n'
    (folder / "conf.py").write_text((OURS if stack == "ours" else STOCK) + style, encoding="utf-8")
    year = "date" if stack == "ours" else "year"
    own = "  party = {scholarly},\n  consulted = {full},\n" if stack == "ours" else ""
    (folder / "refs.bib").write_text(
        "".join(
            f"@article{{key{n},\n  author = {{Author{n % 150}, Ann and Writer{n % 7}, Will}},\n"
            f"  title = {{The {n}th study of rivers}},\n  journaltitle = {{Rivers}},\n  journal = {{Rivers}},\n"
            f"  {year} = {{{1970 + n % 50}}},\n  volume = {{{n}}},\n{own}}}\n"
            for n in range(REFERENCES)
        ).replace("  journal = {Rivers},\n" if stack == "ours" else "  journaltitle = {Rivers},\n", ""),
        encoding="utf-8",
    )
    chapters = CHAPTERS * scale
    names = [f"chapter{n:03}" for n in range(chapters)]
    (folder / "index.md").write_text("# Course\n\n```{toctree}\n" + "\n".join([*names, "book"]) + "\n```\n", "utf-8")
    (folder / "book.md").write_text(f"# Sources\n\n{book_list}", encoding="utf-8")
    words = ["water", "stone", "valley", "flood", "bank", "delta", "source", "mouth", "stream", "current"]
    for name in names:
        paragraphs = [
            " ".join(chance.choices(words, k=110)) + f" {{cite:p}}`key{chance.randrange(REFERENCES)}{{para. {n}}}`."
            for n in range(CITATIONS // CHAPTERS)
        ]
        text = f"# {name}\n\n" + "\n\n".join(paragraphs) + f"\n\n## References\n\n{chapter_list}"
        (folder / f"{name}.md").write_text(text, encoding="utf-8")


def build(course: Path, out: Path) -> float:
    """Build clean in a process of its own; return the seconds it took."""
    environment = os.environ | {"PYTHONPATH": str(SOURCE)}
    command = [sys.executable, "-m", "sphinx", "-qE", "-W", "-d", str(out / "doctrees"), str(course), str(out / "html")]
    start = time.perf_counter()
    subprocess.run(command, check=True, env=environment)
    return time.perf_counter() - start


def main() -> None:
    """Print the table."""
    options = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    options.add_argument("--repeat", type=int, default=2)
    repeat = options.parse_args().repeat
    with TemporaryDirectory() as temporary:
        best: dict[tuple[str, int], float] = {}
        for stack, scale in (("ours", 1), ("stock", 1), ("ours", 5)):
            course = Path(temporary, f"{stack}{scale}")
            write_course(course, stack, scale)
            times = [build(course, Path(temporary, f"out-{stack}{scale}-{n}")) for n in range(repeat)]
            best[stack, scale] = min(times)
            print(f"{stack:5} {CHAPTERS * scale:4} chapters {min(times):6.2f} s", flush=True)
    print(f"ours / stock, {CHAPTERS} chapters: {best['ours', 1] / best['stock', 1]:.2f}")
    print(f"growth, {CHAPTERS} to {CHAPTERS * 5} chapters: {best['ours', 5] / best['ours', 1]:.2f} x")


if __name__ == "__main__":
    main()
