"""One polite exchange with a web server."""

from __future__ import annotations

import socket
import threading
import time
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING
from urllib.parse import urlsplit
from urllib.robotparser import RobotFileParser

import requests
import urllib3

from .. import __version__
from .verdict import Exchange, Hop, Trouble, joined

if TYPE_CHECKING:
    from collections.abc import Callable

USER_AGENT = f"farreaching-links/{__version__} (checks the links of an open course)"
_REDIRECTS = {301, 302, 303, 307, 308}
_MAX_HOPS = 10


@dataclass(frozen=True)
class Manners:
    """How to behave towards servers; times in seconds, sizes in bytes."""

    timeout: float = 15  #: for a connection, and for each silence
    deadline: float = 45  #: for one answer, from when it is asked for
    max_body: int = 512 * 1024  #: as much of a page as is read
    pause: float = 2  #: between two requests to one host
    longest_wait: float = 60  #: the longest ``Retry-After`` that is waited for
    retries: int = 2  #: after 429 and 503
    sleep: Callable[[float], None] = time.sleep


class Fetcher:
    """Asks one host, and those it redirects to; not shared between threads.

    `turns` holds a lock a host and is shared by all fetchers of a run: two hosts may redirect to the same third.
    """

    def __init__(self, manners: Manners, turns: dict[str, threading.Lock] | None = None) -> None:
        self.manners = manners
        self.turns = {} if turns is None else turns
        self.session = requests.Session()
        self.session.headers.update({"User-Agent": USER_AGENT, "Accept": "text/html,application/pdf;q=0.9,*/*;q=0.8"})
        self.session.auth = lambda request: request  # else a .netrc would hand out passwords
        self._robots: dict[str, RobotFileParser | None] = {}  # by scheme and host; None where all is allowed

    def close(self) -> None:
        """Close the connections."""
        self.session.close()

    def exchange(self, address: str) -> Exchange:
        """Return what comes of asking for an address, with its redirections followed; never raises for what a server does.

        ``GET`` only, and only the beginning of the body: many servers refuse or mishandle ``HEAD``, and a page
        that says "not found" with status 200 shows itself only in its words.
        """
        seen = Exchange(address)
        url = address.partition("#")[0]
        visited = {url}
        while True:
            if not self._allowed(url):
                return replace(seen, trouble=Trouble.ROBOTS)
            seen = self._get(seen, url, self.manners.deadline)
            location = seen.headers.get("location", "")
            if seen.trouble or seen.status not in _REDIRECTS or not location:
                return seen
            try:
                whole = joined(url, location)
                scheme = urlsplit(whole).scheme
            except ValueError:  # the server's address is malformed
                scheme = ""
            if scheme not in {"http", "https"}:
                return replace(seen, trouble=Trouble.BROKEN)
            seen = replace(seen, hops=(*seen.hops, Hop(seen.status, whole)))
            url = whole.partition("#")[0]
            if url in visited:
                return replace(seen, trouble=Trouble.LOOP)
            if len(seen.hops) >= _MAX_HOPS:
                return replace(seen, trouble=Trouble.CHAIN)
            visited.add(url)

    def _get(self, seen: Exchange, url: str, deadline: float) -> Exchange:
        trouble: Trouble | None = None
        status, headers, body, whole = 0, {}, b"", True
        turn = self.turns.setdefault(urlsplit(url).netloc.lower(), threading.Lock())
        try:
            with turn:
                # from here on: another fetcher's slow exchange with this host is not this answer's fault
                ends = time.monotonic() + deadline
                with self.session.get(url, stream=True, allow_redirects=False, timeout=self.manners.timeout) as response:
                    status = response.status_code
                    headers = {name.lower(): _header(value) for name, value in response.headers.items()}
                    if status not in _REDIRECTS:
                        body, whole = self._read(response.raw, ends)
        except (requests.Timeout, urllib3.exceptions.TimeoutError, TimeoutError):
            trouble = Trouble.TIMEOUT
        except requests.exceptions.SSLError:
            trouble = Trouble.TLS
        except (requests.exceptions.InvalidURL, UnicodeError):
            trouble = Trouble.BROKEN
        except requests.ConnectionError as error:
            trouble = _connection_trouble(error, reached=bool(status))
        except (requests.RequestException, urllib3.exceptions.HTTPError, OSError):
            trouble = Trouble.BROKEN
        return replace(seen, status=status, headers=headers, body=body, whole=whole, trouble=trouble)

    def _read(self, raw: urllib3.HTTPResponse, ends: float) -> tuple[bytes, bool]:
        """Return the beginning of a body, and whether it is all; raise `TimeoutError` past the deadline."""
        body = bytearray()
        # read1 returns what one look at the socket gives: a server that drips cannot hold us beyond the deadline
        while chunk := raw.read1(65536, decode_content=True):
            body += chunk
            if len(body) >= self.manners.max_body:
                return bytes(body[: self.manners.max_body]), False
            if time.monotonic() > ends:
                raise TimeoutError
        return bytes(body), True

    def _allowed(self, url: str) -> bool:
        """Return whether the host's robots.txt lets this program in (RFC 9309: 4xx allows all; no answer is not a no)."""
        parts = urlsplit(url)
        host = f"{parts.scheme}://{parts.netloc}"
        if host not in self._robots:
            self._robots[host] = None
            answer = self._get(Exchange(host), f"{host}/robots.txt", self.manners.timeout)
            if answer.status == 200 and not answer.trouble:
                rules = RobotFileParser()
                rules.parse(answer.body.decode("utf-8", "replace").splitlines())
                self._robots[host] = rules
        known = self._robots[host]
        return known is None or known.can_fetch(USER_AGENT, url)


def _header(value: str) -> str:
    """Return a header as UTF-8 where it is that: servers put raw UTF-8 into ``Location``."""
    try:
        return value.encode("latin-1").decode("utf-8")
    except UnicodeError:
        return value


def _connection_trouble(error: requests.ConnectionError, *, reached: bool) -> Trouble:
    """Tell a name that does not exist from a network that is not there, and both from a server that hangs up."""
    cause: BaseException | None = error
    seen: list[BaseException] = []
    while cause is not None and cause not in seen:
        seen.append(cause)
        if isinstance(cause, socket.gaierror):
            return Trouble.NO_HOST if cause.errno == socket.EAI_NONAME else Trouble.UNREACHABLE
        if isinstance(cause, ConnectionResetError) or reached:
            return Trouble.BROKEN
        reason = getattr(cause, "reason", None)
        inner = next((part for part in getattr(cause, "args", ()) if isinstance(part, BaseException)), None)
        cause = reason if isinstance(reason, BaseException) else inner or cause.__cause__ or cause.__context__
    if any(isinstance(part, urllib3.exceptions.ProtocolError) for part in seen):
        return Trouble.BROKEN
    return Trouble.UNREACHABLE
