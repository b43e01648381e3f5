"""The citations check: the .bib file is sound, every key cited is in it, every entry is cited, no document stands twice."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from ..citations.twins import namesakes, same_documents
from ..findings import CourseError, Finding, Severity, nearest
from .datauses import data_uses
from .quotations import check_quotations
from .settings import wrong_setting

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ..citations.source import Source
    from ..project import Project

#: The setting of conf.py that lists hosts whose word is weak, those below them included.
WEAK_HOSTS = "farreaching_weak_hosts"
#: The keyword (biblatex's ``keywords``) of a source whose weakness is known and accepted.
ACCEPTED = "weak"


def check_citations(project: Project) -> Iterator[Finding]:
    """Yield what is wrong with the bibliography and with the citations of chapters, exercises and ledger."""
    yield from check_quotations(project)
    try:
        sources = project.sources
    except CourseError as error:
        yield from error.findings
        return
    cited = set()
    for use in project.uses:
        if use.kind == "cite":
            cited.add(use.name)
            if use.name not in sources:
                hint = nearest(use.name, sources) or "Add the source to the .bib file."
                yield Finding(use.path, use.line, "citations.unknown", f"there is no source '{use.name}'.", hint)
    cited |= {use.name for use in data_uses(project) if use.kind == "cite"}
    cited |= {source.via for source in sources.values() if source.via}
    weak = _weak_hosts(project)
    for source in sources.values():
        if source.key not in cited:
            message = f"the source '{source.key}' is cited nowhere."
            yield Finding(source.path, source.line, "citations.unused", message, "Cite it, or take it out.", Severity.WARNING)
        if (host := _host(source)) and any(f".{host}".endswith(f".{name}") for name in weak):
            message = f"the source '{source.key}' lies on {host}, whose word is weak."
            mend = f"Cite what it cites; or, where nothing better can be had, write keywords = {{{ACCEPTED}}}."
            if ACCEPTED not in source.get("keywords").replace(",", " ").split():
                yield Finding(source.path, source.line, "citations.weak-host", message, mend, Severity.WARNING)
    for pair in [*same_documents(sources.values()), *namesakes(sources.values())]:
        severity = Severity.ERROR if pair.certain else Severity.WARNING
        yield Finding(pair.source.path, pair.source.line, f"citations.{pair.code}", pair.message, pair.mend, severity)


def _host(source: Source) -> str:
    return (urlsplit(source.get("url")).hostname or "").removeprefix("www.") if source.get("url") else ""


def _weak_hosts(project: Project) -> list[str]:
    given = project.settings.get(WEAK_HOSTS, [])
    if not isinstance(given, list | tuple | set) or not all(isinstance(host, str) and "/" not in host for host in given):
        raise wrong_setting(project, f"{WEAK_HOSTS} is no list of hosts.", "Write it as ['wikipedia.org'].")
    return [host.removeprefix("www.").casefold() for host in given]
