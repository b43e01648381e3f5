"""Takes out of the published style sheets of others the rules that no page of the site can use.

The themes and extensions that a course stands on bring rules for all that they can do; a course uses a tenth of it,
and every reader on a phone would pay for the rest.
"""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING, Any

import tinycss2

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Set
    from pathlib import Path

#: The engine's own sheets are written for what there is, and kept as they stand.
OWN = "farreaching"

_CLASSES = re.compile(r'\sclass="([^"]*)"')
_WORDS = re.compile(r"[A-Za-z][\w-]*")
#: Conditional group rules, which hold rules themselves (CSS Conditional Rules Module Level 3).
_GROUPS = frozenset({"media", "supports"})


def purge_folder(site: Path) -> None:
    """Purge every sheet of a built site that is not the engine's own, each replaced in one step."""
    used = used_classes(site)
    for path in sorted(site.rglob("*.css")):
        if OWN not in path.relative_to(site).parts:
            aside = path.with_name(f".{path.name}.new")
            aside.write_text(purge(path.read_text(encoding="utf-8"), used), encoding="utf-8")
            aside.replace(path)


def used_classes(site: Path) -> set[str]:
    """Return the classes that stand in a site's pages, and every word of its scripts: any may become a class."""
    found: set[str] = set()
    for page in site.rglob("*.html"):
        for names in set(_CLASSES.findall(page.read_text(encoding="utf-8"))):
            found.update(names.split())
    for script in site.rglob("*.js"):
        if script.name != "searchindex.js":
            found.update(_WORDS.findall(script.read_text(encoding="utf-8")))
    return found


def purge(sheet: str, used: Set[str]) -> str:
    """Return a style sheet without the selectors that ask for a class which is not used, and without comments."""
    return "".join(_kept(tinycss2.parse_stylesheet(sheet, skip_comments=True, skip_whitespace=True), used))


def _kept(rules: Iterable[Any], used: Set[str]) -> Iterator[str]:
    for rule in rules:
        if rule.type == "qualified-rule":
            selectors = [selector for selector in _selectors(rule.prelude) if _classes(selector) <= used]
            if selectors:
                prelude = ",".join(tinycss2.serialize(selector).strip() for selector in selectors)
                yield f"{prelude}{{{tinycss2.serialize(rule.content).strip()}}}\n"
        elif rule.type == "at-rule" and rule.lower_at_keyword in _GROUPS and rule.content is not None:
            inner = tinycss2.parse_rule_list(rule.content, skip_comments=True, skip_whitespace=True)
            if body := "".join(_kept(inner, used)):
                yield f"@{rule.at_keyword}{tinycss2.serialize(rule.prelude)}{{{body}}}\n"
        else:
            yield f"{rule.serialize()}\n"


def _selectors(prelude: Iterable[Any]) -> Iterator[list[Any]]:
    """Yield the selectors of a list; commas inside ``:is()`` are inside a function, and part of one."""
    selector: list[Any] = []
    for token in prelude:
        if token.type == "literal" and token.value == ",":
            yield selector
            selector = []
        else:
            selector.append(token)
    yield selector


def _classes(selector: list[Any]) -> set[str]:
    """Return the classes that an element must have or be within; what stands inside ``:not()`` or ``:is()`` is none."""
    return {name.value for dot, name in pairwise(selector) if dot.type == "literal" and dot.value == "." and name.type == "ident"}
