"""The files that continuous integration and hosting read: valid, pinned, with the least privileges."""

from __future__ import annotations

import re
import subprocess
import sys
import sysconfig
from pathlib import Path

import pytest
import yaml
from tests.conftest import ROOT

WORKFLOWS = sorted((ROOT / ".github/workflows").glob("*.yml"))
SCRIPTS = Path(sysconfig.get_path("scripts"))
VERSIONED = re.compile(r"uses: [\w-]+/[\w-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$")


def load(path: Path) -> dict[str, object]:
    read = yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.BaseLoader)
    assert isinstance(read, dict)
    return read


@pytest.mark.parametrize(
    ("schema", "names"),
    [
        (
            "vendor.github-workflows",
            [".github/workflows/test.yml", ".github/workflows/publish.yml", ".github/workflows/links.yml"],
        ),
        ("vendor.dependabot", [".github/dependabot.yml"]),
        ("vendor.readthedocs", [".readthedocs.yaml"]),
    ],
)
def test_valid_by_their_schemas(schema: str, names: list[str]) -> None:
    """The schemas are those that check-jsonschema brings with it: nothing is fetched."""
    command = [sys.executable, "-m", "check_jsonschema", "--builtin-schema", schema, *(str(ROOT / name) for name in names)]
    result = subprocess.run(command, capture_output=True, text=True, check=False)
    assert result.returncode == 0, result.stdout + result.stderr


def test_zizmor_finds_nothing() -> None:
    """Zizmor audits workflows for what an attacker could use; offline, it asks no server."""
    command = [str(SCRIPTS / "zizmor"), "--offline", "--no-progress", "--persona", "pedantic", str(ROOT / ".github")]
    result = subprocess.run(command, capture_output=True, text=True, check=False)
    assert result.returncode == 0, result.stdout + result.stderr


@pytest.mark.parametrize("path", WORKFLOWS, ids=lambda path: path.name)
def test_actions_are_pinned_by_commit_with_their_version(path: Path) -> None:
    uses = [line.strip().removeprefix("- ") for line in path.read_text(encoding="utf-8").splitlines() if "uses:" in line]
    assert uses
    assert [line for line in uses if not VERSIONED.fullmatch(line)] == []


def test_python_versions_are_those_that_the_project_names() -> None:
    jobs = load(ROOT / ".github/workflows/test.yml")["jobs"]
    versions = jobs["test"]["strategy"]["matrix"]["python"]  # type: ignore[index, call-overload]
    assert f'requires-python = ">={versions[0]}"' in (ROOT / "pyproject.toml").read_text(encoding="utf-8")


def test_commands_exist() -> None:
    """What the workflows run is there: targets of make, commands of ours, files."""
    text = "\n".join(path.read_text(encoding="utf-8") for path in [*WORKFLOWS, ROOT / ".readthedocs.yaml"])
    targets = set(re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE))
    assert set(re.findall(r"(?:run: |- )make ([a-z]+)$", text, re.MULTILINE)) <= targets
    assert (ROOT / ".ci/run").is_file()
    for words in {tuple(found.split()) for found in re.findall(r"\.venv/bin/farreaching ([a-z ]+)", text)}:
        help_text = subprocess.run(
            [sys.executable, "-m", "farreaching", words[0], "--help"], capture_output=True, text=True, check=True
        ).stdout
        assert [word for word in words[1:] if word not in help_text] == []
