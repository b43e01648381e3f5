"""The live preview rebuilds on save, and survives a mistake."""

from __future__ import annotations

import http.client
import os
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from tests.tiny import copy_course, edit, run


def wait_for(condition: Callable[[], bool], what: str, seconds: float = 30) -> None:
    deadline = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < deadline, f"waited {seconds} s for {what}"
        time.sleep(0.1)


def read(address: str) -> str:
    try:
        with urllib.request.urlopen(address, timeout=5) as answer:
            return str(answer.read(), "utf-8")
    except (urllib.error.URLError, http.client.HTTPException, ConnectionError, TimeoutError):  # replaced while it was sent
        return ""


@pytest.fixture
def preview(tmp_path: Path) -> Iterator[tuple[Path, str, Path]]:
    """Start the preview of the tiny course; give its folder, its address and its log."""
    course = copy_course(tmp_path / "course")
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    log = tmp_path / "log"
    command = [sys.executable, "-m", "farreaching", "serve", "--port", str(port)]
    with log.open("wb") as output:
        process = subprocess.Popen(command, cwd=course, stdout=output, stderr=output, env=os.environ)
        try:
            yield course, f"http://127.0.0.1:{port}", log
        finally:
            process.terminate()
            process.wait(20)


@pytest.mark.parametrize(("port", "message"), [("", "Address already in use"), ("99999", "port must be 0-65535")])
def test_address_that_cannot_be_had(tmp_path: Path, port: str, message: str) -> None:
    course = copy_course(tmp_path / "course")
    with socket.create_server(("127.0.0.1", 0)) as taken:
        wanted = port or str(taken.getsockname()[1])
        result = run(course, "serve", "--port", wanted)
    assert result.returncode == 1
    assert f"cannot serve at 127.0.0.1:{wanted}: " in result.stderr
    assert message in result.stderr
    assert "Name another with --host or --port." in result.stderr
    assert "Traceback" not in result.stderr
    assert not (course / "build").exists()


def test_preview(preview: tuple[Path, str, Path]) -> None:
    course, address, log = preview
    page = f"{address}/rivers/flow.html"
    wait_for(lambda: "carries more water" in read(page), "the first build")
    assert "WebSocket" in read(page)  # the page reloads itself
    assert "Content-Security-Policy" not in read(page)  # which the published page's policy would forbid

    edit(course, "docs/rivers/flow.md", "than any other river", "than every other river")
    wait_for(lambda: "than every other river" in read(page), "the rebuild after an edit")

    edit(course, "docs/claims/rivers.yaml", "status: corroborated", "status: certain")
    wait_for(lambda: "unknown status 'certain'" in log.read_text("utf-8"), "the complaint about a mistake")
    assert "Traceback" not in log.read_text("utf-8")
    assert "claim-mark" in read(page)  # the last good page

    edit(course, "docs/claims/rivers.yaml", "status: certain", "status: corroborated")
    edit(course, "docs/rivers/flow.md", "than every other river", "than all other rivers")
    wait_for(lambda: "than all other rivers" in read(page), "the rebuild after the mend")
    assert "claim-mark" in read(page)
