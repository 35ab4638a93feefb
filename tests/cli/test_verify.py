"""`seatledger verify`."""

import json

import pytest
from sqlalchemy import text

from seatledger.storage.engine import Database
from tests.support.program import Program


def break_promises(program: Program, pool_id: int) -> None:
    """Write past the ledger: two places are taken that nobody holds."""
    database = Database(program.url)
    with database.write() as unit:
        unit.connection.execute(
            text("UPDATE pools SET held = 2 WHERE id = :pool_id"), {"pool_id": pool_id}
        )
    database.close()


def test_a_sound_ledger_is_counted_and_the_exit_code_is_0(acme: Program, pool_id: int) -> None:
    acme.answer("seat", "assign", "--pool", pool_id, "--email", "ada@acme.example")
    report = acme.answer("verify")
    assert report == {
        "ok": True,
        "pools": 1,
        "seats": 1,
        "events": 2,
        "offender_count": 0,
        "offenders": [],
    }
    said = acme("verify")
    assert (said.exit_code, said.err) == (0, "")
    assert said.out == "All is well. Pools: 1, seats: 1, events: 2.\n"


def test_an_empty_ledger_is_sound(seatledger: Program) -> None:
    assert seatledger.answer("verify")["ok"] is True


def test_a_broken_promise_is_named_with_its_pool_and_the_exit_code_is_1(
    acme: Program, pool_id: int
) -> None:
    break_promises(acme, pool_id)
    said = acme("verify")
    assert said.exit_code == 1
    first, *offenders = said.out.splitlines()
    assert first.startswith("Promises that do not hold: ")
    assert any(line.startswith(f"I2, pool {pool_id}") for line in offenders)


def test_programs_get_each_offender(acme: Program, pool_id: int) -> None:
    break_promises(acme, pool_id)
    said = acme("verify", "--json")
    assert (said.exit_code, said.err) == (1, "")
    report = json.loads(said.out)
    assert report["ok"] is False
    assert report["offender_count"] == len(report["offenders"]) >= 1
    offender = report["offenders"][0]
    assert set(offender) == {"invariant", "pool_id", "seat_id", "sentence"}
    assert offender["pool_id"] == pool_id


def test_people_see_a_sample_and_how_many_more_there_are(
    acme: Program, pool_id: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("seatledger.usecases.verify.SAMPLE_MAX", 1)
    opened = acme.answer(
        "pool", "create", "--platform", "acme", "--item", "course:c-2", "--size", 2
    )
    break_promises(acme, pool_id)
    break_promises(acme, opened["pool_id"])
    lines = acme("verify").out.splitlines()
    assert len(lines) == 3
    assert lines[2].endswith(" more are not shown.")
