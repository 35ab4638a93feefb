"""dry_run=true: the answer of every write, and nothing of it is kept."""

import re
from typing import Any

import pytest

from tests.dialects.native.conftest import Native
from tests.dialects.native.writes import REQUESTS, ask, everything, operations, staged

DRY = {"dry_run": "true"}
JOBS = ("jobs", "job_chunks", "events", "event_counters")  # a trial is a job, and history


def same(answer: Any) -> tuple[int, str]:
    """Status and body, whatever ids and secrets are in it."""
    text = re.sub(r"[0-9a-f]{64}|whsec_[^\"]+|\b\d+\b(?=\")", "#", answer.text)
    return answer.status_code, text.replace('"dry_run":true', '"dry_run":false')


def test_every_operation_that_writes_is_tried_here() -> None:
    assert set(operations()) - set(REQUESTS) == set()


@pytest.mark.parametrize("operation", operations(), ids=" ".join)
def test_a_dry_run_answers_as_the_write_and_leaves_every_table_as_it_was(
    native: Native, operation: tuple[str, str]
) -> None:
    on = staged(native)
    but = JOBS if REQUESTS[operation](on).job else ()
    before = everything(native, *but)
    rehearsed = ask(native, operation, on, params=DRY)
    assert rehearsed.headers["dry-run"] == "true"
    assert everything(native, *but) == before
    before = everything(native)
    done = ask(native, operation, on)
    assert done.status_code in {200, 201, 202, 204}, done.text
    assert "dry-run" not in done.headers
    assert same(rehearsed) == same(done)
    assert everything(native) != before


@pytest.mark.parametrize("value", ["false", "0"])
def test_no_dry_run_is_the_write_itself(native: Native, value: str) -> None:
    on = staged(native)
    answer = ask(native, ("POST", "/seats"), on, params={"dry_run": value})
    assert "dry-run" not in answer.headers
    native.told(200, "GET", f"/seats/{answer.json()['id']}")


@pytest.mark.parametrize("value", ["", "perhaps", "2"])
def test_what_is_neither_true_nor_false_is_refused(native: Native, value: str) -> None:
    on = staged(native)
    before = everything(native)
    body = {"pool": str(on.pool), "email": "bob@acme.example"}
    problem = native.problem("invalid", "POST", f"/seats?dry_run={value}", json=body)
    assert problem["field"] == "dry_run"
    assert everything(native) == before


def test_a_dry_run_is_refused_as_the_write_would_be(native: Native) -> None:
    pool = native.world.pool(size=1)
    native.world.assign(pool.id, "ada")
    body = {"pool": str(pool.id), "email": "bob@acme.example"}
    rehearsed = native.ask("POST", "/seats", params=DRY, json=body)
    assert rehearsed.headers["dry-run"] == "true"
    assert rehearsed.json() == native.problem("pool_full", "POST", "/seats", json=body)


def test_a_seat_that_was_only_rehearsed_is_unknown(native: Native) -> None:
    on = staged(native)
    rehearsed = ask(native, ("POST", "/seats"), on, params=DRY).json()
    assert rehearsed["learner"]["email"] == "bob@acme.example"
    native.problem("unknown_seat", "GET", f"/seats/{rehearsed['id']}")


def test_the_numbers_of_a_dry_run_count_what_it_would_take(native: Native) -> None:
    on = staged(native)
    change = {"params": DRY, "json": {"size": 9}, "token": native.operator}
    assert native.told(200, "PATCH", f"/pools/{on.pool}", **change)["free"] == 8
    assert native.told(200, "GET", f"/pools/{on.pool}")["size"] == 3


def test_a_dry_run_keeps_nothing_under_its_key(native: Native) -> None:
    on = staged(native)
    before = everything(native)
    key = {"Idempotency-Key": "once"}
    ask(native, ("POST", "/seats"), on, params=DRY, headers=key)
    assert everything(native) == before
    done = ask(native, ("POST", "/seats"), on, headers=key)
    assert (done.status_code, "idempotent-replayed" in done.headers) == (201, False)


def test_reads_take_no_dry_run_into_account(native: Native) -> None:
    assert "dry-run" not in native.ask("GET", "/seats", params=DRY).headers
