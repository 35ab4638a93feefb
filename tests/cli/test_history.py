"""`seatledger pool history` and `seatledger seat history`."""

import pytest

from seatledger.cli import history
from tests.support.program import Program


@pytest.fixture
def seat_id(acme: Program, pool_id: int) -> int:
    """A seat that was given and taken back."""
    given = acme.answer("seat", "assign", "--pool", pool_id, "--email", "ada@acme.example")
    acme.answer("seat", "end", given["seat_id"])
    return int(given["seat_id"])


def test_a_pool_tells_what_happened_in_it(acme: Program, pool_id: int, seat_id: int) -> None:
    told = acme.answer("pool", "history", pool_id)
    assert [event["type"] for event in told] == ["pool_opened", "seat_assigned", "seat_ended"]
    assert [event["seq"] for event in told] == [2, 3, 4]
    assert (told[0]["pool_id"], told[1]["subject_id"]) == (pool_id, seat_id)
    assert told[2]["before"]["state"] == "live"
    assert told[2]["after"]["state"] == "ended"
    assert {(event["actor"], event["surface"]) for event in told} == {("shell", "cli")}
    assert all(event["request_id"].startswith("run-") for event in told)


def test_a_seat_tells_its_own_life_page_by_page(
    acme: Program, seat_id: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(history, "PAGE_SIZE", 1)
    told = acme.answer("seat", "history", seat_id)
    assert [event["type"] for event in told] == ["seat_assigned", "seat_ended"]


def test_people_see_a_table(acme: Program, seat_id: int) -> None:
    said = acme("seat", "history", seat_id)
    assert said.exit_code == 0
    assert "seat_ended" in said.out
    assert '"state":"ended"' in said.out


@pytest.mark.parametrize("noun", ["pool", "seat"])
def test_what_is_not_there_has_no_history(acme: Program, noun: str) -> None:
    said = acme(noun, "history", 99)
    assert (said.exit_code, said.err) == (1, f"There is no such {noun}.\n")
