"""What holds for every command: help, version, and one sentence for whatever goes wrong."""

import sys
from collections.abc import Iterator
from typing import Any

import pytest
import typer.main

from seatledger import __version__
from seatledger.cli.main import app
from seatledger.usecases.ledger import Ledger
from tests.support.program import Program, start


def commands(found: Any = None, path: tuple[str, ...] = ()) -> Iterator[tuple[str, Any]]:
    """Every command with its words, groups too."""
    found = typer.main.get_command(app) if found is None else found
    yield " ".join(path), found
    for name, each in getattr(found, "commands", {}).items():
        yield from commands(each, (*path, name))


EVERY = dict(commands())
LEAVES = {path: found for path, found in EVERY.items() if not hasattr(found, "commands")}


def test_the_commands_are_these() -> None:
    assert set(LEAVES) == {
        "init",
        "serve",
        "worker",
        "platform create",
        "platform list",
        "token create",
        "token list",
        "token delete",
        "key list",
        "key rotate",
        "pool create",
        "pool history",
        "pool list",
        "seat assign",
        "seat end",
        "seat history",
        "seat import",
        "seat list",
        "seat move",
        "job list",
        "job run",
        "job show",
        "account create",
        "account disable",
        "account enable",
        "account list",
        "account password",
        "link create",
        "link delete",
        "link list",
        "mail list",
        "mail show",
        "webhook deliveries",
        "webhook list",
        "webhook redeliver",
        "webhook test",
        "verify",
    }


@pytest.mark.parametrize("path", EVERY, ids=lambda path: path or "seatledger")
def test_every_command_says_what_it_is_for(path: str) -> None:
    assert EVERY[path].help.strip().endswith(".")


@pytest.mark.parametrize("path", EVERY, ids=lambda path: path or "seatledger")
def test_every_option_says_what_it_means(path: str) -> None:
    for parameter in EVERY[path].params:
        assert parameter.help, f"{path} {parameter.name}"


@pytest.mark.parametrize("path", LEAVES)
def test_every_command_takes_an_address_and_speaks_json(path: str) -> None:
    spelled = {spelling for parameter in LEAVES[path].params for spelling in parameter.opts}
    assert {"--database-url", "--json"} <= spelled


@pytest.mark.parametrize("path", EVERY, ids=lambda path: path or "seatledger")
def test_help_needs_no_ledger(path: str) -> None:
    said = Program("nonsense")(*path.split(), "--help")
    assert (said.exit_code, said.err) == (0, "")
    assert "Usage: " in said.out


def test_the_version_is_told() -> None:
    said = Program("nonsense")("--version")
    assert (said.exit_code, said.out) == (0, f"seatledger {__version__}\n")


@pytest.mark.parametrize("arguments", [["pools"], ["pool", "make"], ["--verbose"], ["pool", "-x"]])
def test_what_is_no_command_is_wrong_usage(arguments: list[str]) -> None:
    Program("nonsense").wrong_usage(*arguments)


def test_a_fault_is_one_sentence_without_secrets(
    seatledger: Program, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object) -> None:
        raise RuntimeError(f"ada@acme.example\nshowed {'0' * 64}")

    monkeypatch.setattr(Ledger, "ask", fail)
    assert seatledger.sentence("pool", "list") == (
        "Seatledger failed (RuntimeError: [address]); SEATLEDGER_LOG_LEVEL=debug shows where."
    )
    assert seatledger.refusal("pool", "list") == "broken"


def test_on_wish_the_log_shows_where_it_happened(
    database_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object) -> None:
        raise RuntimeError("broken off")

    monkeypatch.setattr(Ledger, "ask", fail)
    said = Program(database_url)("pool", "list", SEATLEDGER_LOG_LEVEL="debug")
    assert said.exit_code == 1
    assert "Traceback" in said.err


def test_a_pipe_that_closes_is_no_fault(seatledger: Program) -> None:
    with start(seatledger.url, "platform", "list", "--json") as shown:
        assert shown.stdout is not None
        assert shown.stderr is not None
        shown.stdout.close()
        assert shown.stderr.read() == ""
        assert shown.wait(timeout=60) == 1


@pytest.mark.skipif(sys.platform == "win32", reason="arguments are text there")
def test_arguments_that_are_no_text_are_wrong_usage(seatledger: Program) -> None:
    with start(seatledger.url, "platform", "create", b"\xff") as ended:
        said = ended.communicate(timeout=60)
    assert ended.returncode == 2
    assert said == ("", "The arguments are not all UTF-8 text.\n")
