"""docs/command-line.md tells of every command, every option and every exit code."""

import re
from typing import Any

import pytest

from tests.architecture.project import ROOT
from tests.cli.test_main import LEAVES

PAGE = (ROOT / "docs" / "command-line.md").read_text(encoding="utf-8")
SHARED = {"--database-url", "--json", "--help"}


def section(path: str) -> str:
    """What the page says under the heading of one command."""
    found = re.search(rf"^#+ `seatledger {path}`$(.*?)(?=^#|\Z)", PAGE, re.DOTALL | re.MULTILINE)
    assert found is not None, f"no heading for {path}"
    return found[1]


def spellings(command: Any) -> set[str]:
    """The options of a command and the names of its arguments."""
    found: set[str] = set()
    for parameter in command.params:
        options = {*parameter.opts, *parameter.secondary_opts}
        found |= options if any(each.startswith("-") for each in options) else {parameter.metavar}
    return found - SHARED


@pytest.mark.parametrize("path", LEAVES)
def test_every_command_has_a_section_that_tells_of_each_option(path: str) -> None:
    told = set(re.findall(r"--[a-z-]+|\b[A-Z]+\b", section(path)))
    assert spellings(LEAVES[path]) <= told


@pytest.mark.parametrize("path", LEAVES)
def test_a_section_tells_of_no_option_that_is_not_there(path: str) -> None:
    table = re.findall(r"^\| `(--[a-z-]+)", section(path), re.MULTILINE)
    assert set(table) <= spellings(LEAVES[path])


def test_what_all_commands_share_is_told_once() -> None:
    beginning = PAGE[: PAGE.index("## `seatledger init`")]
    for shared in (*SHARED, "--version", "SEATLEDGER_DATABASE_URL"):
        assert shared in beginning
