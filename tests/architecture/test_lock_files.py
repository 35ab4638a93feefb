"""The lock files pin everything that is installed, by name, version and hash, and nothing else."""

import re
import tomllib
from pathlib import Path

import pytest

from tests.architecture.project import ROOT, shown

RUNTIME = ROOT / "requirements.lock"
DEVELOPMENT = ROOT / "requirements-dev.lock"
PINNED = re.compile(
    r"^(?P<name>[a-z0-9-]+)(\[[a-z0-9,-]+\])?==(?P<version>[^ ;]+)(?P<marker> ;.*)? \\$"
)
HASH = re.compile(r"^    --hash=sha256:[0-9a-f]{64}( \\)?$")
REASON = re.compile(r"^    #( via)?( .*)?$")


def pins(path: Path) -> dict[str, set[str]]:
    """The versions of each package; several where they depend on the Python or the platform."""
    found: dict[str, set[str]] = {}
    for line in path.read_text(encoding="utf-8").splitlines():
        if match := PINNED.match(line):
            found.setdefault(match["name"], set()).add(match["version"])
    return found


def wanted(*groups: str) -> set[str]:
    """The packages that pyproject.toml names: the runtime's, and those of some groups."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    named: list[str] = list(project["project"]["dependencies"])
    for group in groups:
        named += project["dependency-groups"][group]
    return {re.split(r"[\[<>=~! ]", name)[0] for name in named}


@pytest.mark.parametrize("path", [RUNTIME, DEVELOPMENT], ids=shown)
def test_each_line_is_a_pin_a_hash_or_a_reason(path: Path) -> None:
    odd = [
        line
        for line in path.read_text(encoding="utf-8").splitlines()
        if not any(form.match(line) for form in (PINNED, HASH, REASON))
    ]
    assert not odd


@pytest.mark.parametrize("path", [RUNTIME, DEVELOPMENT], ids=shown)
def test_no_line_has_an_address_or_a_path(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert "://" not in text
    assert "/" not in text
    assert "@" not in text


def test_the_runtime_lock_pins_every_dependency() -> None:
    assert wanted("build") <= set(pins(RUNTIME))


def test_the_development_lock_pins_every_tool_and_agrees_with_the_runtime_lock() -> None:
    runtime, development = pins(RUNTIME), pins(DEVELOPMENT)
    assert wanted("build", "dev") <= set(development)
    assert {name: development.get(name) for name in runtime} == runtime
