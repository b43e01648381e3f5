"""Many hosts at once, one request at a time to each."""

from __future__ import annotations

import email.utils
import queue
import threading
import time
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from .fetch import Fetcher
from .verdict import Exchange, Trouble

if TYPE_CHECKING:
    from collections.abc import Generator, Iterable, Iterator

    from .fetch import Manners

_WORKERS = 8
_ASKS_TO_WAIT = {429, 503}


def exchanges(addresses: Iterable[str], manners: Manners) -> Generator[Exchange]:
    """Yield an exchange for each address, as they come.

    Closing the generator stops the workers after what they are doing. A host that asks for a longer wait than
    `Manners.longest_wait`, or that cannot be reached, is left alone for the rest of the run: its other addresses yield nothing.
    """
    hosts: dict[str, list[str]] = {}
    for address in addresses:
        hosts.setdefault(urlsplit(address).netloc.lower(), []).append(address)
    waiting: queue.SimpleQueue[list[str]] = queue.SimpleQueue()
    for of_host in sorted(hosts.values(), key=len, reverse=True):  # the longest first, that none is left at the end
        waiting.put(of_host)
    done: queue.SimpleQueue[Exchange | BaseException | None] = queue.SimpleQueue()
    stop = threading.Event()
    turns: dict[str, threading.Lock] = {}

    def work() -> None:
        try:
            while not stop.is_set():
                try:
                    of_host = waiting.get_nowait()
                except queue.Empty:
                    break
                for seen in _of_host(of_host, Fetcher(manners, turns), stop):
                    done.put(seen)
        except BaseException as error:  # handed to the caller, in whose thread it belongs
            done.put(error)
        finally:
            done.put(None)

    workers = [threading.Thread(target=work, daemon=True) for _ in range(min(_WORKERS, len(hosts)))]
    try:
        for worker in workers:
            worker.start()
        left = len(workers)
        while left:
            result = done.get()
            if isinstance(result, BaseException):
                raise result
            if result is None:
                left -= 1
            else:
                yield result
    finally:
        stop.set()


def _of_host(addresses: list[str], fetcher: Fetcher, stop: threading.Event) -> Iterator[Exchange]:
    try:
        for number, address in enumerate(addresses):
            if number:
                fetcher.manners.sleep(fetcher.manners.pause)
            if stop.is_set():
                return
            seen, go_on = _patiently(fetcher, address)
            yield seen
            if not go_on:
                return
    finally:
        fetcher.close()


def _patiently(fetcher: Fetcher, address: str) -> tuple[Exchange, bool]:
    """Return an exchange, asked again where the server says "later", and whether the host may be asked for more."""
    manners = fetcher.manners
    for attempt in range(manners.retries + 1):
        seen = fetcher.exchange(address)
        if seen.trouble or seen.status not in _ASKS_TO_WAIT:
            return seen, seen.trouble is not Trouble.UNREACHABLE
        wait = retry_after(seen.headers.get("retry-after", ""), time.time())
        if wait is None:
            wait = manners.pause * 2 ** (attempt + 1)
        if wait > manners.longest_wait:
            return seen, False
        if attempt < manners.retries:
            manners.sleep(wait)
    return seen, seen.status != 429


def retry_after(value: str, now: float) -> float | None:
    """Return the seconds that a ``Retry-After`` asks for (RFC 9110, 10.2.3: seconds or a date), None where it does not say."""
    if value.strip().isdecimal():
        return float(value)
    try:
        return max(0.0, email.utils.parsedate_to_datetime(value).timestamp() - now)
    except ValueError:
        return None
