"""The words of the command line, apart from the code behind them: `--help` must not wait for Sphinx to load."""

from __future__ import annotations

EDITION_NAMES = ("student", "instructor")
FORMAT_NAMES = ("html", "pdf", "epub")
PAPER_NAMES = ("a4", "us-letter")
CHECK_NAMES = ("citations", "claims", "exercises", "chronology", "reviews", "links")
PLATFORM_NAMES = ("canvas", "moodle", "blackboard", "cc")
