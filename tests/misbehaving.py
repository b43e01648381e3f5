"""A web server on 127.0.0.1 that misbehaves on request, the same way every time."""

from __future__ import annotations

import gzip
import ssl
import subprocess
import threading
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

PDF = b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n"


def page(title: str, body: str = "<p>A long text on rivers.</p>", charset: str = "utf-8") -> bytes:
    return f"<!doctype html><title>{title}</title><h1>{title}</h1>{body}".encode(charset)


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server: Misbehaving

    def log_message(self, *args: object) -> None:
        """Say nothing."""

    def do_HEAD(self) -> None:
        self.server.asked[f"HEAD {self.path}"] += 1
        self.answer(405)

    def do_GET(self) -> None:
        self.server.asked[self.path] += 1
        self.server.agents.add(self.headers["User-Agent"])
        name = self.path.partition("?")[0]
        if name == "/robots.txt":
            self.answer(200, b"User-agent: *\nDisallow: /private/\n", kind="text/plain")
        elif behave := BEHAVIOURS.get(name):
            behave(self)
        else:
            self.answer(404, page("Nothing here"))

    def answer(self, status: int, body: bytes = b"", kind: str = "text/html; charset=utf-8", **headers: str) -> None:
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        for name, value in headers.items():
            self.send_header(name.replace("_", "-"), value)
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(body)

    def hang_up(self) -> None:
        self.close_connection = True

    def visits(self) -> int:
        return self.server.asked[self.path]


def _status(status: int, body: bytes = b"", **headers: str) -> Callable[[Handler], None]:
    return lambda handler: handler.answer(status, body, **headers)


def _page(title: str, body: str = "<p>A long text on rivers.</p>", **headers: str) -> Callable[[Handler], None]:
    return lambda handler: handler.answer(200, page(title, body), **headers)


def _later_well(status: int, **headers: str) -> Callable[[Handler], None]:
    """Refuse once, then answer."""

    def behave(handler: Handler) -> None:
        if handler.visits() == 1:
            handler.answer(status, **headers)
        else:
            handler.answer(200, page("Rivers"))

    return behave


def _retry_date(handler: Handler) -> None:
    at = datetime.now(UTC) + timedelta(days=1)
    handler.answer(429, Retry_After=format_datetime(at, usegmt=True))


def _chain(handler: Handler) -> None:
    step = int(handler.path.partition("=")[2] or 0)
    handler.answer(302, Location=f"/chain?step={step + 1}")


def _drip(handler: Handler) -> None:
    """Send a byte at a time until the other side has had enough."""
    handler.send_response(200)
    handler.send_header("Content-Type", "text/html")
    handler.end_headers()
    try:
        while not handler.server.stopping.wait(0.02):
            handler.wfile.write(b"x")
    except OSError:
        pass
    handler.hang_up()


def _silence(handler: Handler) -> None:
    handler.server.stopping.wait(20)
    handler.hang_up()


def _truncated(handler: Handler) -> None:
    handler.send_response(200)
    handler.send_header("Content-Type", "text/html")
    handler.send_header("Content-Length", "5000")
    handler.end_headers()
    handler.wfile.write(page("Rivers"))
    handler.hang_up()


def _broken_chunks(handler: Handler) -> None:
    handler.send_response(200)
    handler.send_header("Content-Type", "text/html")
    handler.send_header("Transfer-Encoding", "chunked")
    handler.end_headers()
    handler.wfile.write(b"10\r\n<!doctype")
    handler.hang_up()


def _elsewhere(handler: Handler) -> None:
    handler.answer(302, Location=handler.server.elsewhere)


def _unhurried(handler: Handler) -> None:
    """Answer after a while, and count how many wait at once."""
    server = handler.server
    with server.lock:
        server.at_once += 1
        server.most_at_once = max(server.most_at_once, server.at_once)
    server.stopping.wait(0.2)
    with server.lock:
        server.at_once -= 1
    handler.answer(200, page("Rivers"))


def _nonsense(handler: Handler) -> None:
    handler.wfile.write(b"220 this is a mail server\r\n\r\n")
    handler.hang_up()


def _huge(handler: Handler) -> None:
    handler.send_response(200)
    handler.send_header("Content-Type", "text/html")
    handler.send_header("Content-Length", str(10**10))
    handler.end_headers()
    try:
        handler.wfile.write(page("Rivers"))
        while not handler.server.stopping.is_set():
            handler.wfile.write(b" " * 65536)
    except OSError:
        pass
    handler.hang_up()


def _gzipped(handler: Handler) -> None:
    handler.answer(200, gzip.compress(page("Page not found")), Content_Encoding="gzip")


_WALL = "<p>Verify you are human by completing the action below.</p>"

#: What the server does, by path.
BEHAVIOURS: dict[str, Callable[[Handler], None]] = {
    "/": _page("Front page"),
    "/fine": _page("Rivers"),
    "/anchored": _page("Rivers", "<h2 id='source'>Source</h2><a name=mouth></a><p id='dé'>x</p>"),
    "/pdf": lambda handler: handler.answer(200, PDF, kind="application/pdf"),
    "/pdf-as-html": lambda handler: handler.answer(200, PDF, kind="text/html"),
    "/lost.pdf": _page("Our publications"),
    "/401": _status(401), "/403": _status(403), "/404": _status(404), "/410": _status(410), "/451": _status(451),
    "/500": _status(500), "/503": _status(503), "/999": _status(999), "/418": _status(418),
    "/429": _status(429),
    "/429-hour": _status(429, Retry_After="3600"),
    "/429-date": _retry_date,
    "/429-once": _later_well(429, Retry_After="3"),
    "/503-once": _later_well(503, Retry_After="2"),
    "/503-wall": _status(503, page("Just a moment...", _WALL)),
    "/challenge": _status(200, page("Rivers"), cf_mitigated="challenge"),
    "/wall": _page("One more step", _WALL),
    "/moved": _status(301, Location="/fine"),
    "/moved-308": _status(308, Location="/fine"),
    "/moved-anchor": _status(301, Location="/anchored"),
    "/moved-then-found": _status(301, Location="/found"),
    "/moved-slash": _status(301, Location="/moved-slash/"),
    "/moved-slash/": _page("Rivers"),
    "/found": _status(302, Location="/fine"),
    "/found-307": _status(307, Location="/fine"),
    "/moved-gone": _status(301, Location="/404"),
    "/moved-403": _status(301, Location="/403"),
    "/home": _status(302, Location="/"),
    "/loop": _status(302, Location="/loop-back"),
    "/loop-back": _status(302, Location="/loop"),
    "/self": _status(302, Location="/self"),
    "/chain": _chain,
    "/no-location": _status(302),
    "/mail": _status(302, Location="mailto:someone@rivers.example"),
    "/drip": _drip,
    "/silence": _silence,
    "/truncated": _truncated,
    "/broken-chunks": _broken_chunks,
    "/hang-up": Handler.hang_up,
    "/nonsense": _nonsense,
    "/huge": _huge,
    "/elsewhere": _elsewhere,
    "/unhurried": _unhurried,
    "/empty": _status(200),
    "/soft-404": _page("Page not found"),
    "/soft-404-number": _page("404 | Rivers"),
    "/soft-404-ru": _page("Страница не найдена"),
    "/soft-404-gzip": _gzipped,
    "/lying-gzip": _page("Rivers", Content_Encoding="gzip"),
    "/parked": _page("rivers.example", "<p>This domain is for sale. Enquire now.</p>"),
    "/about-404": _page("Why the missing-page code 404 became famous", "<p>" + "Its history. " * 200 + "page not found</p>"),
    "/about-sales": _page("How names are sold", "<p>" + "buy this domain, they said. " * 100 + "</p>"),
    "/wrong-encoding": lambda handler: handler.answer(
        200, page("Страница не найдена", charset="windows-1251"), kind="text/html; charset=windows-1251"
    ),
    "/lying-encoding": lambda handler: handler.answer(200, page("Река", charset="windows-1251"), kind="text/html; charset=utf-8"),
    "/unknown-encoding": lambda handler: handler.answer(200, page("Rivers"), kind="text/html; charset=no-such"),
    "/private/page": _page("Rivers"),
}  # fmt: skip


class Misbehaving(ThreadingHTTPServer):
    """The server; `asked` counts the requests by path."""

    daemon_threads = True
    request_queue_size = 64

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.asked: Counter[str] = Counter()
        self.agents: set[str] = set()
        self.stopping = threading.Event()
        self.scheme = "http"
        self.elsewhere = ""  # where /elsewhere redirects to
        self.lock = threading.Lock()
        self.at_once = self.most_at_once = 0

    def at(self, path: str) -> str:
        return f"{self.scheme}://127.0.0.1:{self.server_port}{path}"

    def handle_error(self, *args: object) -> None:
        """Say nothing: a client that hangs up is no error here."""


@contextmanager
def misbehaving(certificate: Path | None = None) -> Iterator[Misbehaving]:
    """Run the server; with a folder for one, behind a certificate that nobody vouches for."""
    server = Misbehaving()
    if certificate:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(*_certificate(certificate))
        server.socket = context.wrap_socket(server.socket, server_side=True, do_handshake_on_connect=False)
        server.scheme = "https"
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
    thread.start()
    try:
        yield server
    finally:
        server.stopping.set()
        server.shutdown()
        thread.join()
        server.server_close()


def _certificate(folder: Path) -> tuple[Path, Path]:
    """Make a self-signed certificate with openssl."""
    certificate, key = folder / "certificate.pem", folder / "key.pem"
    subject = ["-subj", "/CN=127.0.0.1", "-days", "2", "-nodes"]
    command = ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-keyout", key, "-out", certificate, *subject]
    subprocess.run(command, check=True, capture_output=True)
    return certificate, key
