"""The domain is a function of its arguments: no clock, no chance, no rows, no network."""

import ast
import sys
from pathlib import Path

import pytest

from tests.architecture.project import SOURCE, imports, shown, sources

DOMAIN = sources(SOURCE / "domain")
FILES = {"io", "os", "pathlib", "sqlite3", "tempfile"}
MACHINE = {"locale", "logging", "multiprocessing", "platform", "signal", "subprocess", "sys"}
NETWORK = {"asyncio", "http", "select", "socket", "ssl", "threading", "urllib"}
CHANCE_AND_TIME = {"random", "secrets", "time", "uuid", "zoneinfo"}
WORLDLY = FILES | MACHINE | NETWORK | CHANCE_AND_TIME
CLOCKS = {"now", "utcnow", "today", "fromtimestamp", "utcfromtimestamp"}


def test_the_domain_is_there() -> None:
    assert len(DOMAIN) > 10


@pytest.mark.parametrize("path", DOMAIN, ids=shown)
def test_the_domain_imports_only_itself_and_the_standard_library(path: Path) -> None:
    for name in imports(path):
        module = name.split(".")[0]
        assert module in sys.stdlib_module_names or name.startswith("seatledger.domain"), name


@pytest.mark.parametrize("path", DOMAIN, ids=shown)
def test_the_domain_imports_nothing_that_differs_from_run_to_run(path: Path) -> None:
    assert not WORLDLY & {name.split(".")[0] for name in imports(path)}


@pytest.mark.parametrize("path", DOMAIN, ids=shown)
def test_the_domain_reads_no_clock(path: Path) -> None:
    calls = (
        node.func
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Call)
    )
    assert not [
        call.attr for call in calls if isinstance(call, ast.Attribute) and call.attr in CLOCKS
    ]
