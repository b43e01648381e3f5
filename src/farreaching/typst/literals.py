"""Text as Typst string literals, the only form in which a course's words enter the generated code."""

from __future__ import annotations

import re

_ESCAPES = str.maketrans({"\\": "\\\\", '"': '\\"', "\n": "\\n", "\r": "\\r", "\t": "\\t"})
#: East Asian characters with the punctuation and full-width forms between them.
_EAST_ASIAN = re.compile(
    "[\u1100-\u11ff\u3000-\u9fff\ua960-\ua97f\uac00-\ud7ff\uf900-\ufaff\ufe30-\ufe4f\uff00-\uffef]"
    "(?:[ \u1100-\u11ff\u3000-\u9fff\ua960-\ua97f\uac00-\ud7ff\uf900-\ufaff\ufe30-\ufe4f\uff00-\uffef]*"
    "[\u1100-\u11ff\u3000-\u9fff\ua960-\ua97f\uac00-\ud7ff\uf900-\ufaff\ufe30-\ufe4f\uff00-\uffef])?"
)
_HANGUL = re.compile("[\u1100-\u11ff\u3130-\u318f\uac00-\ud7ff]")
_KANA = re.compile("[\u3041-\u30ff]")


def string(text: str) -> str:
    r"""Return a Typst string literal; only ``\`` and ``"`` are syntax inside one."""
    return f'"{text.translate(_ESCAPES)}"'


def dictionary(values: dict[str, str]) -> str:
    """Return a Typst dictionary of values that are Typst code already."""
    return f"({', '.join(f'{name}: {value}' for name, value in values.items())})" if values else "(:)"


def array(values: list[str]) -> str:
    """Return a Typst array of values that are Typst code already."""
    return f"({''.join(f'{value}, ' for value in values)})"


def language_runs(text: str) -> list[tuple[str, str]]:
    """Cut a text into runs and the language each can only be in: ko, ja, zh, or "" for the text's own.

    Hangul makes a run Korean and kana Japanese; Chinese characters alone are read as
    Chinese. A reader's voice and the shapes of shared characters depend on it.
    """
    runs: list[tuple[str, str]] = []
    end = 0
    for found in _EAST_ASIAN.finditer(text):
        if found.start() > end:
            runs.append((text[end : found.start()], ""))
        run = found[0]
        language = "ko" if _HANGUL.search(run) else "ja" if _KANA.search(run) else "zh"
        runs.append((run, language))
        end = found.end()
    if end < len(text) or not runs:
        runs.append((text[end:], ""))
    return runs
