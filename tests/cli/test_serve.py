"""`seatledger serve`: what it refuses to start with. How it serves is in test_serving.py."""

import socket

import pytest

from tests.support.ledgers import PostgresLedgers, SqliteLedgers
from tests.support.program import Program


def test_two_workers_on_sqlite_are_one_clear_sentence(sqlite_ledgers: SqliteLedgers) -> None:
    url = sqlite_ledgers.empty()
    said = Program(url)("serve", "--workers", "2")
    assert (said.exit_code, said.out) == (2, "")
    assert said.err == "SQLite is served by one process; for more --workers, use PostgreSQL.\n"
    sqlite_ledgers.drop(url)


def test_two_workers_on_postgresql_are_no_reason(postgresql_ledgers: PostgresLedgers) -> None:
    url = postgresql_ledgers.bare()
    said = Program(url)("serve", "--workers", "2")
    assert (said.exit_code, said.out) == (1, "")
    assert said.err == "The schema is not current: run `seatledger init`.\n"
    postgresql_ledgers.drop(url)


def test_a_schema_that_is_not_current_is_not_served(bare_database_url: str) -> None:
    said = Program(bare_database_url).sentence("serve")
    assert said.endswith(": run `seatledger init`.")
    assert Program(bare_database_url).refusal("serve") == "unavailable"


def test_a_port_that_is_taken_is_told(seatledger: Program) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        said = seatledger.sentence("serve", "--port", port)
    assert said == f"Can't listen on 127.0.0.1, port {port}: Address already in use."


@pytest.mark.parametrize("host", ["192.0.2.1", "2001:db8::1", "no host", "host..example"])
def test_an_address_that_is_not_this_machines_is_told(seatledger: Program, host: str) -> None:
    said = seatledger.sentence("serve", "--port", 0, "--host", host)
    assert said.startswith(f"Can't listen on {host}, port 0: ")


@pytest.mark.parametrize(
    "arguments",
    [
        ["--port", "-1"],
        ["--port", "65536"],
        ["--port", "http"],
        ["--workers", "0"],
        ["--workers", "two"],
    ],
)
def test_wrong_usage_is_told(seatledger: Program, arguments: list[str]) -> None:
    assert arguments[0] in seatledger.wrong_usage("serve", *arguments)
