"""What is said of an address, through a real server that misbehaves, and from an exchange alone."""

from __future__ import annotations

import socket
import threading
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from tests.misbehaving import Misbehaving, misbehaving, page

from farreaching.links.fetch import Fetcher, Manners
from farreaching.links.ledger import State
from farreaching.links.schedule import exchanges, retry_after
from farreaching.links.verdict import Exchange, Hop, Trouble, judge

ALIVE, BLOCKED, MOVED, DEAD, UNCHECKED = State

CASES = [
    ("/fine", ALIVE, "", ""),
    ("/", ALIVE, "", ""),
    ("/pdf", ALIVE, "", ""),
    ("/pdf#page=3", ALIVE, "", ""),
    ("/pdf-as-html", ALIVE, "", ""),
    ("/lost.pdf", ALIVE, "a web page stands where a PDF was", ""),
    ("/anchored#source", ALIVE, "", ""),
    ("/anchored#mouth", ALIVE, "", ""),
    ("/anchored#d%C3%A9", ALIVE, "", ""),
    ("/anchored#delta", ALIVE, "the page has no anchor 'delta'", ""),
    ("/anchored#:~:text=Source", ALIVE, "", ""),
    ("/401", BLOCKED, "401 Unauthorized", ""),
    ("/403", BLOCKED, "403 Forbidden", ""),
    ("/451", BLOCKED, "451 Unavailable For Legal Reasons", ""),
    ("/999", BLOCKED, "999", ""),
    ("/429", BLOCKED, "429 Too Many Requests", ""),
    ("/429-hour", BLOCKED, "429 Too Many Requests", ""),
    ("/429-date", BLOCKED, "429 Too Many Requests", ""),
    ("/429-once", ALIVE, "", ""),
    ("/503-once", ALIVE, "", ""),
    ("/503", UNCHECKED, "503 Service Unavailable", ""),
    ("/503-wall", BLOCKED, "a wall against programs", ""),
    ("/challenge", BLOCKED, "200 OK", ""),
    ("/wall", BLOCKED, "a wall against programs", ""),
    ("/500", UNCHECKED, "500 Internal Server Error", ""),
    ("/418", UNCHECKED, "418 I'm a Teapot", ""),
    ("/404", DEAD, "404 Not Found", ""),
    ("/410", DEAD, "410 Gone", ""),
    ("/never-was", DEAD, "404 Not Found", ""),
    ("/moved", MOVED, "moved permanently", "/fine"),
    ("/moved-308", MOVED, "moved permanently", "/fine"),
    ("/moved-anchor#source", MOVED, "moved permanently", "/anchored#source"),
    ("/moved-then-found", MOVED, "moved permanently", "/found"),
    ("/moved-slash", ALIVE, "", ""),
    ("/found", ALIVE, "", ""),
    ("/found-307", ALIVE, "", ""),
    ("/moved-gone", DEAD, "404 Not Found", ""),
    ("/moved-403", BLOCKED, "403 Forbidden", ""),
    ("/home", DEAD, "it leads to the site's front page (soft 404)", ""),
    ("/loop", UNCHECKED, "it redirects in a circle", ""),
    ("/self", UNCHECKED, "it redirects in a circle", ""),
    ("/chain", UNCHECKED, "it redirects too often", ""),
    ("/no-location", UNCHECKED, "302 Found", ""),
    ("/mail", UNCHECKED, "the answer broke off", ""),
    ("/drip", UNCHECKED, "no whole answer in time", ""),
    ("/silence", UNCHECKED, "no whole answer in time", ""),
    ("/truncated", UNCHECKED, "the answer broke off", ""),
    ("/broken-chunks", UNCHECKED, "the answer broke off", ""),
    ("/hang-up", UNCHECKED, "the answer broke off", ""),
    ("/nonsense", UNCHECKED, "the answer broke off", ""),
    ("/huge", ALIVE, "", ""),
    ("/lying-gzip", UNCHECKED, "the answer broke off", ""),
    ("/empty", UNCHECKED, "an empty answer", ""),
    ("/soft-404", DEAD, "a page that says 'Page not found' (soft 404)", ""),
    ("/soft-404-number", DEAD, "a page that says '404 | Rivers' (soft 404)", ""),
    ("/soft-404-ru", DEAD, "a page that says 'Страница не найдена' (soft 404)", ""),
    ("/soft-404-gzip", DEAD, "a page that says 'Page not found' (soft 404)", ""),
    ("/parked", DEAD, "the domain is parked or for sale", ""),
    ("/about-404", ALIVE, "", ""),
    ("/about-sales", ALIVE, "", ""),
    ("/wrong-encoding", DEAD, "a page that says 'Страница не найдена' (soft 404)", ""),
    ("/lying-encoding", ALIVE, "", ""),
    ("/unknown-encoding", ALIVE, "", ""),
    ("/private/page", UNCHECKED, "the site's robots.txt asks programs to stay away", ""),
]


@pytest.fixture(autouse=True)
def no_proxy(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NO_PROXY", "127.0.0.1,localhost")


@pytest.fixture(scope="module")
def server() -> Iterator[Misbehaving]:
    with misbehaving() as running:
        yield running


def quick(waits: list[float]) -> Manners:
    """Note down the pauses instead of making them."""
    return Manners(pause=0.5, sleep=waits.append)


@pytest.mark.parametrize(("path", "state", "note", "final"), CASES, ids=[case[0] for case in CASES])
def test_verdict(server: Misbehaving, path: str, state: State, note: str, final: str) -> None:
    never_ends = path in {"/drip", "/silence"}  # all else has time enough on the slowest machine
    manners = replace(quick([]), timeout=0.5, deadline=0.3) if never_ends else quick([])
    (seen,) = exchanges([server.at(path)], manners)
    assert judge(seen) == (state, note, server.at(final) if final else "")


def test_waiting_for_a_turn_does_not_use_up_the_time_for_the_answer(server: Misbehaving) -> None:
    address = server.at("/fine")
    turn = threading.Lock()
    fetcher = Fetcher(replace(quick([]), deadline=0.2), {urlsplit(address).netloc: turn})
    turn.acquire()
    threading.Timer(0.5, turn.release).start()
    try:
        assert judge(fetcher.exchange(address)).state is ALIVE
    finally:
        fetcher.close()


def test_bad_certificate(tmp_path: Path) -> None:
    with misbehaving(tmp_path) as server:
        (seen,) = exchanges([server.at("/fine")], quick([]))
    assert judge(seen) == (UNCHECKED, "the host's certificate is not valid", "")


def test_nobody_listens() -> None:
    with socket.socket() as taken:  # bound but not listening: connections are refused
        taken.bind(("127.0.0.1", 0))
        (seen,) = exchanges([f"http://127.0.0.1:{taken.getsockname()[1]}/"], quick([]))
    assert judge(seen) == (UNCHECKED, "the host cannot be reached", "")


@pytest.mark.parametrize(
    ("code", "state"), [(socket.EAI_NONAME, DEAD), (socket.EAI_AGAIN, UNCHECKED)], ids=["no such host", "no name server"]
)
def test_names(monkeypatch: pytest.MonkeyPatch, code: int, state: State) -> None:
    def fail(*args: object, **kwargs: object) -> None:
        raise socket.gaierror(code, "the resolver's words")

    monkeypatch.setattr(socket, "getaddrinfo", fail)
    (seen,) = exchanges(["http://rivers.invalid/"], quick([]))
    assert judge(seen).state is state
    assert not seen.reached


def test_retry_after_is_waited_for_and_no_longer_than_allowed(server: Misbehaving) -> None:
    waits: list[float] = []
    server.asked.clear()
    paths = ["/429-once", "/503-once"]
    assert [judge(seen).state for seen in exchanges([server.at(path) for path in paths], quick(waits))] == [ALIVE, ALIVE]
    assert waits == [3, 0.5, 2]
    waits.clear()
    assert len(list(exchanges([server.at("/429-hour"), server.at("/fine")], quick(waits)))) == 1  # the host is left alone
    assert waits == []


def test_one_request_at_a_time_to_a_host_and_get_only(server: Misbehaving) -> None:
    server.asked.clear()
    waits: list[float] = []
    list(exchanges([server.at("/fine?a"), server.at("/fine?b"), server.at("/fine?c")], quick(waits)))
    assert waits == [0.5, 0.5]
    assert server.asked == {"/robots.txt": 1, "/fine?a": 1, "/fine?b": 1, "/fine?c": 1}
    assert all(agent.startswith("farreaching-links/") for agent in server.agents)


def test_one_request_at_a_time_to_a_host_that_others_redirect_to(server: Misbehaving) -> None:
    server.most_at_once = 0
    with misbehaving() as one, misbehaving() as two:
        one.elsewhere = two.elsewhere = server.at("/unhurried")
        found = list(exchanges([one.at("/elsewhere"), two.at("/elsewhere")], quick([])))
    assert [judge(seen).state for seen in found] == [ALIVE, ALIVE]
    assert server.most_at_once == 1


def test_huge_body_is_read_in_part(server: Misbehaving) -> None:
    fetcher = Fetcher(quick([]))
    seen = fetcher.exchange(server.at("/huge"))
    fetcher.close()
    assert (len(seen.body), seen.whole) == (Manners().max_body, False)


@pytest.mark.parametrize(
    ("value", "seconds"),
    [
        ("120", 120),
        ("Thu, 01 Jan 1970 00:01:40 GMT", 100),
        ("Wed, 31 Dec 1969 00:00:00 GMT", 0),
        ("soon", None),
        ("²", None),
        ("", None),
    ],
)
def test_retry_after(value: str, seconds: float | None) -> None:
    assert retry_after(value, now=0) == seconds


def seen(address: str = "http://rivers.example/a", **values: object) -> Exchange:
    defaults = {"status": 200, "headers": {"content-type": "text/html"}, "body": page("Rivers")}
    return Exchange(address, **(defaults | values))


@pytest.mark.parametrize(
    ("exchange", "state"),
    [
        (seen(), ALIVE),
        (seen(status=0, trouble=Trouble.NO_HOST), DEAD),
        (seen(status=0, trouble=Trouble.TIMEOUT), UNCHECKED),
        (seen(hops=(Hop(302, "http://rivers.example/x"), Hop(301, "http://rivers.example/b"))), ALIVE),
        (seen(hops=(Hop(301, "https://rivers.example/a"),)), MOVED),
        (seen("http://rivers.example", hops=(Hop(302, "http://rivers.example/"),)), ALIVE),
        (seen(body=page("Access denied")), BLOCKED),
        (seen(body=page("Access denied: the memoirs of a censor")), ALIVE),
        (seen(body=page("404 soldiers return home")), ALIVE),
        (seen(body=page("404: the page is lost")), DEAD),
        (seen(body=page("Not found in the archives: three letters")), ALIVE),
        (seen(status=206), ALIVE),
        (seen(headers={}, body=page("Not found")), DEAD),
    ],
)
def test_pure_verdict(exchange: Exchange, state: State) -> None:
    assert judge(exchange).state is state
