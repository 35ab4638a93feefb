"""Whatever is done in whatever order, the ledger answers as the reference does, and keeps I1–I6."""

from typing import Any

from hypothesis import settings
from hypothesis.stateful import run_state_machine_as_test

from seatledger.storage.engine import Database
from tests.properties.machine import LedgerMachine


def test_the_use_cases_do_what_the_reference_does(database: Database, effort: settings) -> None:
    machine: Any = lambda: LedgerMachine(database)  # noqa: E731 - a new machine for each run
    run_state_machine_as_test(machine, settings=effort)
