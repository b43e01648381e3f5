"""From what was seen of an address to its state: pure, without a network."""

from __future__ import annotations

import html
import re
from dataclasses import dataclass, field
from enum import StrEnum
from http import HTTPStatus
from typing import NamedTuple
from urllib.parse import unquote, urljoin, urlsplit

from .ledger import State


class Trouble(StrEnum):
    """Why an exchange did not come to its end."""

    NO_HOST = "no host of that name"
    UNREACHABLE = "the host cannot be reached"
    TLS = "the host's certificate is not valid"
    TIMEOUT = "no whole answer in time"
    BROKEN = "the answer broke off"
    LOOP = "it redirects in a circle"
    CHAIN = "it redirects too often"
    ROBOTS = "the site's robots.txt asks programs to stay away"


class Hop(NamedTuple):
    """One redirection."""

    status: int
    to: str  #: the whole address it leads to


@dataclass(frozen=True)
class Exchange:
    """What was asked and what came back."""

    address: str  #: as asked, fragment and all
    hops: tuple[Hop, ...] = ()
    status: int = 0  #: of the last answer; 0 where there was none
    headers: dict[str, str] = field(default_factory=dict)  #: of the last answer, names in lower case
    body: bytes = b""  #: its beginning, decompressed
    trouble: Trouble | None = None
    whole: bool = True  #: whether `body` is all of it

    @property
    def reached(self) -> bool:
        """Whether a server answered at all."""
        return self.trouble not in {Trouble.NO_HOST, Trouble.UNREACHABLE}


class Verdict(NamedTuple):
    """What an exchange tells. `dead` means gone this time; `unchecked`, that nothing was learned."""

    state: State
    note: str = ""  #: why, in words
    final: str = ""  #: where a moved address leads


_BLOCKED = {401, 402, 403, 407, 429, 451, 999}  # 999: a large social network's own refusal
_GONE = {404, 410}
_PERMANENT = {301, 308}  # RFC 9110, 15.4
# titles and headings of pages that say "not found" with status 200; whole phrases, for an article may begin with such words
_SOFT_404 = re.compile(
    r"^\W*(?:error\W*)?(?:404|410)\s*(?:$|[|:–—-])|\b404\W+(?:error|not found|page not)|\berror 404\b"
    r"|\b(?:page|file|article|document) (?:was |is |could )?(?:not|cannot) (?:be )?found\b|^\W*not found\W*(?:$|[|–—-])"
    r"|\bpage (?:does(?:n['’]t| not) exist|no longer (?:exists|available)|unavailable)"
    r"|страница не найдена|페이지를 찾을 수 없|页面不存在|找不到(?:页面|頁面)|ページが見つかりません"
    r"|page (?:introuvable|non trouvée)|seite nicht gefunden|página no encontrada",
    re.IGNORECASE,
)
_PARKED = re.compile(
    r"\b(?:this )?domain(?: name)? (?:\S+ )?(?:is|may be) (?:for sale|parked)\b|\bbuy this domain\b"
    r"|\bparked (?:free|domain)\b|\bdomain parking\b",
    re.IGNORECASE,
)
_BOT_WALL = re.compile(
    r"^\W*just a moment\b|\bchecking (?:if the site connection is secure|your browser)\b|\battention required! \| cloudflare\b"
    r"|\b(?:verify|confirm) (?:that )?you are (?:a )?(?:human|not a robot)\b"
    r"|^\W*(?:access denied|are you a robot|security check)\W*$|\bddos-guard\b",
    re.IGNORECASE,
)
_HEADING = re.compile(r"<(title|h1)\b[^>]{0,500}>(.{0,1000}?)</\1\s*>", re.IGNORECASE | re.DOTALL)
_NOT_TEXT = re.compile(r"<(script|style)\b.*?</\1\s*>|<!--.*?-->|<[^>]*>", re.IGNORECASE | re.DOTALL)
_CHARSET = re.compile(rb"<meta[^>]+charset=[\"']?([\w-]+)", re.IGNORECASE)


def judge(seen: Exchange) -> Verdict:
    """Return the verdict on an exchange."""
    if seen.trouble:
        return Verdict(State.DEAD if seen.trouble is Trouble.NO_HOST else State.UNCHECKED, str(seen.trouble))
    if seen.status in _BLOCKED or "cf-mitigated" in seen.headers:
        return Verdict(State.BLOCKED, _status(seen.status))
    if seen.status in _GONE:
        return Verdict(State.DEAD, _status(seen.status))
    good = HTTPStatus.OK <= seen.status < HTTPStatus.MULTIPLE_CHOICES
    if (good or seen.status == HTTPStatus.SERVICE_UNAVAILABLE) and _wall(seen):
        return Verdict(State.BLOCKED, "a wall against programs")
    if not good:
        return Verdict(State.UNCHECKED, _status(seen.status))
    return _page(seen)


def _page(seen: Exchange) -> Verdict:
    """Judge an answer that calls itself good."""
    last = seen.hops[-1].to if seen.hops else seen.address
    if seen.status != HTTPStatus.NO_CONTENT and not seen.body:
        return Verdict(State.UNCHECKED, "an empty answer")
    if is_html(seen):
        heads = headings(seen)
        if found := next((head for head in heads if _SOFT_404.search(head)), ""):
            return Verdict(State.DEAD, f"a page that says '{found[:60]}' (soft 404)")
        if _PARKED.search(" ".join([*heads, _short_text(seen)])):
            return Verdict(State.DEAD, "the domain is parked or for sale")
    if len(urlsplit(seen.address).path) > 1 and _is_front(last) and seen.hops:
        return Verdict(State.DEAD, "it leads to the site's front page (soft 404)")
    note = _oddity(seen, last)
    if final := _moved_to(seen):
        return Verdict(State.MOVED, note or "moved permanently", final)
    return Verdict(State.ALIVE, note)


def _status(status: int) -> str:
    try:
        return f"{status} {HTTPStatus(status).phrase}"
    except ValueError:
        return str(status)


def _is_front(address: str) -> bool:
    parts = urlsplit(address)
    return parts.path in {"", "/"} and not parts.query and not parts.fragment


def _moved_to(seen: Exchange) -> str:
    """Return where the redirections before the first temporary one lead; empty where that is where we were."""
    to = ""
    for hop in seen.hops:
        if hop.status not in _PERMANENT:
            break
        to = hop.to
    start, _, fragment = seen.address.partition("#")
    if not to or to.partition("#")[0].rstrip("/") == start.rstrip("/"):
        return ""
    return f"{to}#{fragment}" if fragment and "#" not in to else to


def _oddity(seen: Exchange, last: str) -> str:
    """Return what is odd about an answer that is good enough, in words."""
    fragment = unquote(urlsplit(seen.address).fragment)
    if urlsplit(seen.address).path.lower().endswith(".pdf") and is_html(seen):
        return "a web page stands where a PDF was"
    # a route of a script, a text fragment or a PDF's parameter is no anchor of the page
    if not fragment or fragment.startswith(("!", "/", ":~:")) or not is_html(seen) or not seen.whole:
        return ""
    # the anchor may stand in any form that HTML allows
    anchor = fragment.partition(":~:")[0]
    name = f"(?:{re.escape(anchor)}|{re.escape(html.escape(anchor))})"
    wanted = rf"""\s(?:id|name)\s*=\s*(?:"{name}"|'{name}'|{name}(?=[\s>]))"""
    return "" if re.search(wanted, text(seen), re.IGNORECASE) else f"the page has no anchor '{anchor}'"


def is_html(seen: Exchange) -> bool:
    """Return whether a body is a web page, by its first bytes where the header says something else or nothing."""
    kind = seen.headers.get("content-type", "").partition(";")[0].strip().lower()
    start = seen.body[:512].lstrip().lower()
    if start.startswith(b"%pdf"):
        return False
    return kind in {"text/html", "application/xhtml+xml"} or start.startswith((b"<!doctype html", b"<html"))


def text(seen: Exchange) -> str:
    """Return a body as text: by its header, its own declaration, or as UTF-8, with what does not decode replaced."""
    found = re.search(r"charset=[\"']?([\w-]+)", seen.headers.get("content-type", ""), re.IGNORECASE)
    own = _CHARSET.search(seen.body[:1024])
    for name in (found[1] if found else "", own[1].decode("ascii") if own else "", "utf-8"):
        try:
            return seen.body.decode(name)
        except (LookupError, ValueError):  # a wrong name, or not its encoding: the next
            continue
    return seen.body.decode("utf-8", "replace")


def headings(seen: Exchange) -> list[str]:
    """Return a page's title and first-level headings as plain text."""
    return [_plain(found[2]) for found in _HEADING.finditer(text(seen))]


def _plain(markup: str) -> str:
    return " ".join(html.unescape(_NOT_TEXT.sub(" ", markup)).split())


def _short_text(seen: Exchange) -> str:
    """Return the words of a page that has few: walls and parked domains do, an article on them does not."""
    words = _plain(text(seen)[:65536])  # enough to tell, and no more for the pattern to stumble over
    return words if len(words) < 1500 else ""


def _wall(seen: Exchange) -> bool:
    if not is_html(seen):
        return False
    return any(_BOT_WALL.search(part) for part in (*headings(seen), _short_text(seen)))


def joined(base: str, location: str) -> str:
    """Return where a ``Location`` leads, relative or not."""
    return urljoin(base, location)
