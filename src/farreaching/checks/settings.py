"""Numbers by which conf.py changes what a check looks for."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ..findings import CourseError, Finding, nearest

if TYPE_CHECKING:
    from collections.abc import Mapping

    from ..project import Project


def numbers(project: Project, setting: str, defaults: Mapping[str, float]) -> dict[str, float]:
    """Return the numbers of a setting of conf.py over the defaults; raise `CourseError` for a name or value that is none."""
    return numbers_of(project, setting, project.settings.get(setting, {}), defaults)


def numbers_of(project: Project, setting: str, given: Any, defaults: Mapping[str, float]) -> dict[str, float]:
    """Return `given` over the defaults, after the same rules; `setting` names it in messages."""
    if not isinstance(given, dict):
        raise wrong_setting(project, f"{setting} is no dictionary.", f"Write it as {dict(defaults)}.")
    for name, value in given.items():
        if name not in defaults:
            mend = nearest(str(name), defaults) or f"It may hold {', '.join(defaults)}."
            raise wrong_setting(project, f"{setting} holds '{name}', which means nothing.", mend)
        if isinstance(value, bool) or not isinstance(value, int | float) or value < 0:
            raise wrong_setting(project, f"{setting} has {value!r} as '{name}'.", "Give a number that is not negative.")
    return {**defaults, **given}


def wrong_setting(project: Project, message: str, mend: str) -> CourseError:
    """Return the error for a setting of conf.py that cannot be used."""
    return CourseError([Finding(project.docs / "conf.py", 0, "check.settings", message, mend)])
