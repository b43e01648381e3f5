"""How long the course takes to build: clean, after an edit as a new command, after an edit in a running preview, the PDFs.

    python benchmarks/builds.py [--repeat N]

Works on a copy of the course in a temporary folder and prints medians. Each is also given as a multiple of a yardstick
measured in the same run, an empty Sphinx project with the same theme: seconds depend on the machine, multiples hardly.
The preview's time is that of a forked child of a process that has built before, which is what the preview does.
"""

from __future__ import annotations

import argparse
import multiprocessing
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

ROOT = Path(__file__).resolve().parent.parent
EDITED = "docs/security-council/the-2024-veto.md"


def timed(action: Callable[[], object]) -> float:
    """Return the seconds an action takes."""
    start = time.perf_counter()
    action()
    return time.perf_counter() - start


def farreaching(course: Path, *arguments: str) -> None:
    """Run the command line in the course's folder."""
    subprocess.run([sys.executable, "-m", "farreaching", *arguments], cwd=course, check=True, capture_output=True)


def touch_up(course: Path) -> None:
    """Edit one chapter."""
    path = course / EDITED
    path.write_text(path.read_text("utf-8") + f"\nEdited at {time.time_ns()}.\n", encoding="utf-8")


def clean(course: Path, form: str) -> float:
    """Return the seconds of a first build."""
    shutil.rmtree(course / "build", ignore_errors=True)
    return timed(partial(farreaching, course, "build", form))


def cold_edit(course: Path) -> float:
    """Return the seconds of a command after an edit."""
    touch_up(course)
    return timed(partial(farreaching, course, "build", "html"))


def preview_edits(course: Path, repeat: int) -> list[float]:
    """Return the seconds of rebuilds in a running preview."""
    from farreaching.project import Project
    from farreaching.serve import rebuild

    project = Project.at(course)
    rebuild(project, "student")
    context = multiprocessing.get_context("fork")
    times = []
    for _ in range(repeat):
        touch_up(course)
        child = context.Process(target=rebuild, args=(project, "student"))
        child.start()
        times.append(timed(child.join))
    return times


def yardstick(folder: Path) -> float:
    """Return the seconds of a first build of an empty project with the same theme."""
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir()
    (folder / "conf.py").write_text('html_theme = "furo"\n', encoding="utf-8")
    (folder / "index.rst").write_text("Empty\n=====\n", encoding="utf-8")
    command = [sys.executable, "-m", "sphinx", "-q", "-b", "html", str(folder), str(folder / "out")]
    return timed(partial(subprocess.run, command, check=True, capture_output=True))


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--repeat", type=int, default=3, help="measurements of each (default: 3)")
    repeat = parser.parse_args().repeat
    os.environ["SOURCE_DATE_EPOCH"] = "1764000000"
    with tempfile.TemporaryDirectory() as temporary:
        course = Path(temporary, "course")
        for name in ("docs", "exercises"):
            shutil.copytree(ROOT / name, course / name)
        shutil.copy(ROOT / "references.bib", course)
        rows = {"empty Sphinx project (yardstick)": [yardstick(Path(temporary, "empty")) for _ in range(repeat)]}
        rows["HTML, clean"] = [clean(course, "html") for _ in range(repeat)]
        rows["HTML, a chapter edited, new command"] = [cold_edit(course) for _ in range(repeat)]
        rows["HTML, a chapter edited, in the preview"] = preview_edits(course, repeat)
        farreaching(course, "build", "html")
        rows["all PDFs, after HTML"] = [timed(partial(farreaching, course, "build", "pdf")) for _ in range(repeat)]
        one = partial(farreaching, course, "build", "pdf", "--only", EDITED.removeprefix("docs/").removesuffix(".md"))
        rows["one chapter's PDF"] = [timed(one) for _ in range(repeat)]
    unit = statistics.median(rows["empty Sphinx project (yardstick)"])
    for name, times in rows.items():
        middle = statistics.median(times)
        print(f"{name:42} {middle:6.2f} s {middle / unit:6.2f} ×   ({min(times):.2f} to {max(times):.2f})")


if __name__ == "__main__":
    main()
