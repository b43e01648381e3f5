"""The words of the command line, apart from the code behind them: `--help` must not wait for Sphinx to load."""

from __future__ import annotations

EDITION_NAMES = ("student", "instructor")
FORMAT_NAMES = ("html", "pdf", "epub")
PAPER_NAMES = ("a4", "us-letter")
HANDOUT_FORMATS = ("pdf", "docx", "html", "md")
CHECK_NAMES = ("citations", "claims", "exercises", "chronology", "lexicon", "reviews", "links", "unfinished")
#: Those that run only when named: their findings depend on the day, on a built folder, or on a judgement.
CHECKS_ON_REQUEST = ("freshness", "balance", "leaks", "parity")
#: Those of them that look at a built folder.
CHECKS_OF_A_FOLDER = ("leaks", "parity")
EXERCISE_TYPES = ("discussion", "source-criticism", "debate", "simulation", "data", "memo", "map", "self-check")
PLATFORM_NAMES = ("canvas", "moodle", "blackboard", "cc")
