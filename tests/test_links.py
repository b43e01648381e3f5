"""The ledger of links and its commands, on a course whose sources lie on a server of our own."""

from __future__ import annotations

import errno
import os
import signal
import socket
import subprocess
import sys
import tempfile
import threading
from collections.abc import Iterator
from datetime import date, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from tests.misbehaving import Misbehaving, misbehaving
from tests.tiny import copy_course, edit, run

from farreaching.checks.links import check_links, check_overdue
from farreaching.findings import CourseError, Severity
from farreaching.links import ledger
from farreaching.links.addresses import course_addresses, malformed
from farreaching.links.ledger import Entry, State
from farreaching.links.session import Session
from farreaching.progress import Reporter
from farreaching.project import Project

TODAY = date(2026, 11, 27)
DAY = timedelta(days=1)


@pytest.fixture(autouse=True)
def no_proxy(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NO_PROXY", "127.0.0.1,localhost")


@pytest.fixture
def server() -> Iterator[Misbehaving]:
    with misbehaving() as running:
        yield running


@pytest.fixture
def course(tmp_path: Path) -> Path:
    folder = copy_course(tmp_path / "course")
    with (folder / "docs/conf.py").open("a", encoding="utf-8") as conf:
        conf.write("\nfarreaching_links = {'pause': 0, 'timeout': 60, 'deadline': 60}\n")
    return folder


def cite(course: Path, *addresses: str, extra: str = "") -> None:
    """Put addresses into a chapter, a line each, below what is there."""
    with (course / "docs/rivers/flow.md").open("a", encoding="utf-8") as chapter:
        chapter.write("\n" + "\n".join(f"See <{address}>." for address in addresses) + "\n")
    if extra:
        with (course / "references.bib").open("a", encoding="utf-8") as bib:
            bib.write(extra)


def session(course: Path, today: date = TODAY) -> Session:
    return Session(Project.at(course), Reporter(quiet=True), today)


def codes(course: Path) -> list[tuple[str, Severity]]:
    return sorted({(finding.code, finding.severity) for finding in check_links(Project.at(course))})


def write(course: Path, *entries: Entry) -> None:
    ledger.save(course / "docs/data/links.toml", {entry.address: entry for entry in entries})


# --- addresses


def test_every_use_has_file_and_line(course: Path) -> None:
    bib = (
        "@online{web,\n author = {A, B},\n title = {C},\n date = {2001}, party = {other}, consulted = {full},\n"
        " url = {https://a.example/x\\_y},\n archiveurl = {https://web.archive.org/web/1/https://a.example/x_y},\n"
        " archivedate = {2002-01-01},\n doi = {10.1000/a<b},\n}\n"
    )
    before = len((course / "references.bib").read_text(encoding="utf-8").splitlines())
    cite(course, "https://a.example/x_y", "https://b.example/wiki/A_(b)", extra=bib)
    chapter = course / "docs/rivers/flow.md"
    lines = chapter.read_text(encoding="utf-8").splitlines()
    with chapter.open("a", encoding="utf-8") as text:
        text.write("`https://code.example/` and\n\n```text\nhttps://fence.example/\n```\n\n(https://c.example/d).\n")
    edit(course, "docs/claims/rivers.yaml", "note: ", "note: https://e.example/f, and ")
    snapshot = "https://web.archive.org/web/1/https://a.example/x_y"
    found = [(use.path.name, use.line, use.address, use.snapshot) for use in course_addresses(Project.at(course))]
    note = next(
        number
        for number, line in enumerate((course / "docs/claims/rivers.yaml").read_text(encoding="utf-8").splitlines(), start=1)
        if "e.example" in line
    )
    assert found == [
        ("references.bib", before + 5, "https://a.example/x_y", snapshot),
        ("references.bib", before + 6, snapshot, ""),
        ("references.bib", before + 8, "https://doi.org/10.1000/a%3Cb", snapshot),
        ("flow.md", len(lines) - 1, "https://a.example/x_y", ""),
        ("flow.md", len(lines), "https://b.example/wiki/A_(b)", ""),
        ("flow.md", len(lines) + 7, "https://c.example/d", ""),
        ("rivers.yaml", note, "https://e.example/f", ""),
    ]


@pytest.mark.parametrize(
    ("address", "wrong"),
    [
        ("https://a.example/b?c=d#e", ""),
        ("https://пример.example/страница", ""),
        ("http://127.0.0.1:8000/", ""),
        ("http://[::1]/", ""),
        ("www.a.example", "does not begin with http"),
        ("ftp://a.example/", "does not begin with http"),
        ("https:///path", "names no host"),
        ("https://nowhere/path", "'nowhere' is not the name of a host"),
        ("https://a..example/", "names no host"),
        ("https://a.example:port/", "Port could not be cast"),
        ("https://[::1/", "Invalid IPv6"),
        ("https://me@a.example/", "user's name"),
        ("https://a.example/b c", "%20"),
        ("https://a.example/100%", "hexadecimal"),
    ],
)
def test_malformed(address: str, wrong: str) -> None:
    assert wrong in malformed(address)
    assert bool(wrong) == bool(malformed(address))


# --- the ledger


def test_round_trip_and_order(tmp_path: Path) -> None:
    entries = [
        Entry('https://b.example/"quoted\\\x7f', TODAY, note="é\n", final="https://c.example/", snapshot="s"),
        Entry("https://a.example/", TODAY, State.ALIVE, TODAY, TODAY, TODAY),
    ]
    path = tmp_path / "links.toml"
    ledger.save(path, {entry.address: entry for entry in entries})
    text = path.read_text(encoding="utf-8")
    assert list(ledger.load(path).values()) == entries[::-1]
    assert sorted(ledger.lines(text).values()) == [4, 11]
    ledger.save(path, ledger.load(path))
    assert path.read_text(encoding="utf-8") == text


@pytest.mark.parametrize(
    ("text", "line", "message"),
    [
        ('["https://a.example/"]\n<<<<<<< ours\nstate = "alive"\n=======\n', 2, "a merge conflict was left here"),
        ('["https://a.example/"]\nstate = alive\n', 2, "not valid TOML"),
        ('\n["https://a.example/"]\nstate = "lively"\n', 2, "not 'lively'"),
        ('["https://a.example/"]\nstate = "alive"\n', 1, "'first-seen' is missing"),
        ('["https://a.example/"]\nstate = "alive"\nfirst-seen = "2026-11-27"\n', 1, "without quotation marks"),
        ('["https://a.example/"]\nstate = "alive"\nfirst-seen = 2026-11-27\nfinal = 3\n', 1, "'final' must be text"),
        ('["https://a.example/"]\nstat = "alive"\n', 1, "there is no field 'stat'"),
        ('"https://a.example/" = 3\n', 0, "must be a table"),
    ],
)
def test_bad_ledger_is_named_and_kept(course: Path, text: str, line: int, message: str) -> None:
    path = course / "docs/data/links.toml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(CourseError) as caught:
        session(course)
    (finding,) = caught.value.findings
    assert list(check_links(Project.at(course))) == [finding]
    assert (finding.path.name, finding.line) == ("links.toml", line)
    assert message in finding.message
    assert path.read_text(encoding="utf-8") == text


def test_clock_in_the_past(course: Path) -> None:
    write(course, Entry("https://a.example/", TODAY))
    with pytest.raises(CourseError, match="the ledger speaks of 2026-11-27, but this computer's clock says 2026-11-26"):
        session(course, TODAY - DAY)


def test_read_only_tree() -> None:
    with tempfile.TemporaryDirectory() as folder:  # not tmp_path, which only its owner may enter
        Path(folder).chmod(0o755)
        course = copy_course(Path(folder) / "course")
        data = course / "docs/data"
        data.chmod(0o555)
        is_root = os.geteuid() == 0
        if is_root:  # to whom nothing is read-only
            os.seteuid(65534)
        try:
            with pytest.raises(CourseError, match="this folder cannot be written to"):
                session(course)
            with pytest.raises(CourseError, match="cannot be written: Permission denied"):
                write(course)
        finally:
            if is_root:
                os.seteuid(0)
            data.chmod(0o755)
        assert not (data / "links.toml").exists()


def test_ledger_survives_a_full_disk(course: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write(course, Entry("https://a.example/", TODAY))
    before = sorted((path.name, path.read_bytes()) for path in (course / "docs/data").iterdir())

    def full(descriptor: int) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(CourseError, match="No space left on device"):
        write(course, Entry("https://b.example/", TODAY))
    assert sorted((path.name, path.read_bytes()) for path in (course / "docs/data").iterdir()) == before


def test_dead_needs_two_days(course: Path) -> None:
    entry = ledger.settled(Entry("https://a.example/", TODAY), State.DEAD, "404", "", TODAY)
    assert (entry.state, entry.failing_since, entry.due(TODAY), entry.due(TODAY + DAY)) == (State.UNCHECKED, TODAY, False, True)
    assert ledger.settled(entry, State.DEAD, "404", "", TODAY).state is State.UNCHECKED
    dead = ledger.settled(entry, State.DEAD, "404", "", TODAY + DAY)
    assert (dead.state, dead.failing_since, dead.verified) == (State.DEAD, TODAY, TODAY + DAY)
    back = ledger.settled(dead, State.ALIVE, "", "", TODAY + 2 * DAY)
    assert (back.state, back.failing_since) == (State.ALIVE, None)


def test_a_run_that_learned_nothing_forgets_nothing() -> None:
    alive = Entry("https://a.example/", TODAY, State.ALIVE, TODAY, TODAY)
    after = ledger.settled(alive, State.UNCHECKED, "no whole answer in time", "", TODAY + 30 * DAY)
    assert (after.state, after.verified, after.tried) == (State.ALIVE, TODAY, TODAY + 30 * DAY)
    assert after.due(TODAY + 31 * DAY)
    assert not alive.due(TODAY + 29 * DAY)
    assert alive.due(TODAY + 30 * DAY)


def test_refresh_keeps_only_what_is_used_or_archived(course: Path) -> None:
    cite(course, "https://new.example/")
    gone = Entry("https://gone.example/", TODAY)
    archived = Entry("https://archived.example/", TODAY, State.DEAD, TODAY, TODAY, snapshot="https://web.archive.org/web/1/x")
    write(course, gone, archived)
    result = run(course, "links", "refresh")
    assert (result.returncode, result.stdout) == (0, "1 addresses added, 1 dropped, 2 in all.\n"), result.stderr
    entries = ledger.load(course / "docs/data/links.toml")
    assert sorted(entries) == ["https://archived.example/", "https://new.example/"]
    assert entries["https://new.example/"].state is State.UNCHECKED
    assert codes(course) == []


# --- what is found offline


@pytest.mark.parametrize(
    ("entry", "code", "severity"),
    [
        (Entry("https://a.example/", TODAY), "", ""),
        (Entry("https://a.example/", TODAY, State.BLOCKED, TODAY, TODAY, note="403"), "", ""),
        (Entry("https://a.example/", TODAY, State.DEAD, TODAY, TODAY, TODAY), "links.dead", "error"),
        (Entry("https://a.example/", TODAY, State.MOVED, TODAY, TODAY, final="https://b.example/"), "links.moved", "warning"),
        (
            Entry("https://a.example/", TODAY, State.ALIVE, TODAY, TODAY, note="the page has no anchor 'x'"),
            "links.anchor",
            "warning",
        ),
    ],
)
def test_every_use_of_a_bad_address(course: Path, entry: Entry, code: str, severity: str) -> None:
    cite(course, "https://a.example/", "https://a.example/")
    write(course, entry)
    last = len((course / "docs/rivers/flow.md").read_text(encoding="utf-8").splitlines())
    found = [(finding.path.name, finding.line, finding.code, finding.severity) for finding in check_links(Project.at(course))]
    assert found == ([("flow.md", last - 1, code, severity), ("flow.md", last, code, severity)] if code else [])


def test_dead_with_a_snapshot_is_well_cited(course: Path) -> None:
    extra = "@online{w,\n url = {https://a.example/},\n archiveurl = {https://web.archive.org/web/1/https://a.example/},\n}\n"
    cite(course, extra=extra)
    session(course).save()
    entries = ledger.load(course / "docs/data/links.toml")
    dead = Entry("https://a.example/", TODAY, State.DEAD, TODAY, TODAY, TODAY)
    ledger.save(course / "docs/data/links.toml", entries | {dead.address: dead})
    assert codes(course) == []


def test_out_of_step_and_malformed(course: Path) -> None:
    cite(course, "https://new.example/", "https://nowhere/x")
    write(course, Entry("https://gone.example/", TODAY))
    assert codes(course) == [("links.malformed", "error"), ("links.unknown", "warning"), ("links.unused", "warning")]


def test_overdue_depends_on_the_day_and_is_asked_for_by_name(course: Path) -> None:
    cite(course, "https://a.example/")
    write(course, Entry("https://a.example/", date(2001, 1, 1)))
    project = Project.at(course)
    assert not list(check_overdue(project, date(2001, 4, 1)))
    assert [finding.code for finding in check_overdue(project, date(2001, 4, 2))] == ["links.overdue"]
    assert run(course, "check").stdout == ""
    result = run(course, "check", "links", "--offline")
    assert result.returncode == 0
    assert "Addresses overdue: 1; nothing was learned of them since 2001-01-01" in result.stdout


# --- online


def test_two_days_of_checking(course: Path, server: Misbehaving) -> None:
    paths = ["/fine", "/403", "/moved", "/404", "/500"]
    cite(course, *map(server.at, paths))
    first = session(course)
    first.check()
    states = {entry.address: entry.state for entry in ledger.load(first.path).values()}
    assert [states[server.at(path)] for path in paths] == ["alive", "blocked", "moved", "unchecked", "unchecked"]
    server.asked.clear()
    assert session(course).check() == []  # nothing is due twice on a day
    assert not server.asked
    session(course, TODAY + DAY).check()
    assert sorted(server.asked) == ["/404", "/500", "/robots.txt"]  # only what was not settled
    assert codes(course) == [("links.dead", "error"), ("links.moved", "warning")]


def test_command_tells_and_exits(course: Path, server: Misbehaving) -> None:
    cite(course, *map(server.at, ["/403", "/404", "/500", "/fine"]))
    result = run(course, "check", "links")
    assert (result.returncode, result.stdout) == (0, ""), result.stderr
    last = len((course / "docs/rivers/flow.md").read_text(encoding="utf-8").splitlines())
    assert result.stderr.splitlines() == [
        "4 of 4 addresses are due.",
        f"{server.at('/403')}: blocked (403 Forbidden). Used in docs/rivers/flow.md:{last - 3}.",
        f"{server.at('/404')}: gone (404 Not Found); dead if a later day finds it so. Used in docs/rivers/flow.md:{last - 2}.",
        f"{server.at('/500')}: nothing learned (500 Internal Server Error); still unchecked."
        f" Used in docs/rivers/flow.md:{last - 1}.",
    ]


def test_no_network_changes_nothing(course: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        address = f"http://127.0.0.1:{taken.getsockname()[1]}/"
        cite(course, address)
        write(course, Entry(address, TODAY - DAY))
        before = (course / "docs/data/links.toml").read_bytes()
        with pytest.raises(CourseError, match="seems to have no network"):
            session(course).check()
    assert (course / "docs/data/links.toml").read_bytes() == before


def test_interrupted_run_is_kept_and_taken_up(course: Path, server: Misbehaving) -> None:
    fine, silence = server.at("/fine"), server.at("/silence")  # one host: asked in this order
    cite(course, fine, silence)
    path = course / "docs/data/links.toml"
    command = [sys.executable, "-m", "farreaching", "check", "links"]
    # a test run started in the background of a shell has SIGINT ignored, and its children inherit that (POSIX, sh, 2.11)
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    with subprocess.Popen(command, cwd=course, stderr=subprocess.PIPE, text=True) as running:
        signal.signal(signal.SIGINT, before)
        while not (path.exists() and ledger.load(path)[fine].tried):
            assert running.poll() is None
            threading.Event().wait(0.02)
        running.send_signal(signal.SIGINT)
        _, words = running.communicate(timeout=30)
    assert (running.returncode, "Stopped" in words, "Traceback" in words) == (130, True, False)
    entries = ledger.load(path)
    assert (entries[fine].state, entries[silence].tried) == (State.ALIVE, None)
    server.stopping.set()  # now it hangs up at once
    server.asked.clear()
    session(course, date.today()).check()
    assert sorted(server.asked) == ["/robots.txt", "/silence"]


# --- snapshots


class Wayback(BaseHTTPRequestHandler):
    """The availability and save interfaces, for pages called /kept and others; /down is an archive out of order."""

    def log_message(self, *args: object) -> None:
        """Say nothing."""

    def do_GET(self) -> None:
        if self.path.startswith("/save/"):
            self.send_response(200)
            self.send_header("Content-Location", "/web/2026/" + self.path.removeprefix("/save/"))
            body = b""
        elif self.path.startswith("/down"):
            self.send_response(503)
            body = b""
        else:
            self.send_response(200)
            closest = b'{"closest": {"available": true, "status": "200", "url": "http://web.archive.org/web/1/kept"}}'
            body = b'{"archived_snapshots": ' + (closest if "kept" in self.path else b"{}") + b"}"
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)


@pytest.fixture
def wayback(course: Path) -> Iterator[str]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), Wayback)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
    thread.start()
    base = f"http://127.0.0.1:{server.server_port}"
    edit(course, "docs/conf.py", "'pause': 0", f"'pause': 0, 'availability': '{base}/available', 'save': '{base}/save/'")
    yield base
    server.shutdown()
    thread.join()
    server.server_close()


def test_archive_proposes_snapshots(course: Path, wayback: str) -> None:
    kept, living, lost = (f"https://a.example/{name}" for name in ("kept", "living", "lost"))
    cite(course, kept, living, lost)
    dead = Entry(kept, TODAY, State.DEAD, TODAY, TODAY, TODAY)
    write(course, dead, Entry(living, TODAY, State.ALIVE, TODAY, TODAY), Entry(lost, TODAY))
    result = run(course, "links", "archive", "--save")
    saved = f"{wayback}/web/2026/{living}"
    assert result.stdout == f"{kept}\n  https://web.archive.org/web/1/kept\n{living}\n  {saved}\n", result.stderr
    entries = ledger.load(course / "docs/data/links.toml")
    assert [entries[address].snapshot for address in (kept, living, lost)] == ["https://web.archive.org/web/1/kept", saved, ""]
    (finding,) = check_links(Project.at(course))
    assert "give it as archiveurl" in finding.mend


def test_archive_out_of_order(course: Path, wayback: str) -> None:
    cite(course, "https://a.example/kept")
    edit(course, "docs/conf.py", "/available", "/down")
    result = run(course, "links", "archive")
    assert result.returncode == 1
    assert "the archive does not answer: status 503. Try again later" in result.stderr


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("'pause'", "'pauze'", "farreaching_links holds 'pauze', which means nothing"),
        ("'pause': 0", "'pause': -1", "farreaching_links has -1 as 'pause'"),
        ("'pause': 0", "'pause': 'long'", "farreaching_links has 'long' as 'pause'"),
        ("farreaching_links = ", "farreaching_links = 3, ", "farreaching_links is no dictionary"),
    ],
)
def test_wrong_setting(course: Path, old: str, new: str, message: str) -> None:
    edit(course, "docs/conf.py", old, new)
    with pytest.raises(CourseError, match=message):
        session(course)
