"""/jobs: read while they run, stopped, tried again, and taken home as a file."""

import csv
import io
from typing import Any

import pytest

from seatledger.domain.command import ShapePool
from seatledger.domain.job import JobKind, RowAsked
from seatledger.usecases import job_files
from tests.dialects.native.conftest import Native
from tests.support.cast import DAY, NOON, OPERATOR
from tests.support.jobs import asked, job, work


@pytest.fixture(autouse=True)
def chunks_of_two(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(job_files, "CHUNK_ROWS", 2)


def done(native: Native, *names: str, size: int = 3, **fields: Any) -> str:
    """The id of an import that is over, into a new pool of so many seats."""
    pool = native.world.pool(size=size)
    made = job(native.world, pool.id, JobKind.IMPORT, asked(*names), **fields)
    return str(work(native.world.database, native.world.now, made.id).id)


def test_a_job_that_is_over_shows_what_came_of_it(native: Native) -> None:
    shown = native.told(200, "GET", f"/jobs/{done(native, 'a', 'b', 'b', size=1)}")
    assert shown["counts"] == {"assigned": 1, "no_seat": 2}
    assert (shown["state"], shown["total"], shown["tried"]) == ("done", 3, 3)
    assert shown["created"] == shown["started"] == shown["finished"] == "2026-03-01T12:00:00Z"
    assert (shown["reason"], shown["parent"]) == (None, None)


def test_jobs_are_listed_by_their_id(native: Native) -> None:
    first, second = done(native, "a"), done(native, "b")
    page = native.told(200, "GET", "/jobs", params={"limit": 1, "fields": "id,pool"})
    assert page["data"] == [{"id": first, "pool": "1"}]
    rest = native.told(200, "GET", "/jobs", params={"after": page["next"], "state": "done"})
    assert [each["id"] for each in rest["data"]] == [second]
    of_pool = native.told(200, "GET", "/jobs", params={"pool": "2"})["data"]
    assert [each["id"] for each in of_pool] == [second]
    assert native.told(200, "GET", "/jobs", params={"state": "running"})["data"] == []


def test_rows_are_followed_in_order_whole_or_by_outcome(native: Native) -> None:
    job_id = done(native, "a", "b", "a", "c", "d", "e", size=3)
    rows, after = [], None
    while True:
        params = {"limit": 4, **({} if after is None else {"after": after})}
        page = native.told(200, "GET", f"/jobs/{job_id}/rows", params=params)
        rows += page["data"]
        after = page["next"]
        if after is None:
            break
    assert [(row["row"], row["line"], row["outcome"]) for row in rows] == [
        (1, 2, "assigned"),
        (2, 3, "assigned"),
        (3, 4, "already"),
        (4, 5, "assigned"),
        (5, 6, "no_seat"),
        (6, 7, "no_seat"),
    ]
    assert rows[0] | {"seat": None} == {
        "row": 1,
        "line": 2,
        "original": ["a"],
        "outcome": "assigned",
        "code": None,
        "reason": None,
        "seat": None,
    }
    assert rows[0]["seat"] == rows[2]["seat"]
    full = native.told(
        200, "GET", f"/jobs/{job_id}/rows", params={"outcome": "no_seat", "limit": 1}
    )
    assert [row["row"] for row in full["data"]] == [5]
    last = native.told(
        200, "GET", f"/jobs/{job_id}/rows", params={"outcome": "no_seat", "after": full["next"]}
    )
    assert [(row["row"], row["code"]) for row in last["data"]] == [(6, "pool_full")]
    assert last["next"] is None


def test_the_result_is_the_file_with_what_came_of_each_row(native: Native) -> None:
    pool = native.world.pool()
    rows = [
        RowAsked(2, ("=1+1", "a@acme.example"), email="a@acme.example"),
        RowAsked(3, ("@x",), unreadable="-1 is not the id of a seat."),
        RowAsked(4, ("Zoë, \n", "é", "too much"), unreadable="The row has 3 fields."),
    ]
    made = job(native.world, pool.id, JobKind.IMPORT, rows)
    work(native.world.database, native.world.now, made.id)
    answer = native.ask("GET", f"/jobs/{made.id}/result")
    assert answer.headers["content-type"] == "text/csv; charset=utf-8"
    assert f'filename="job-{made.id}.csv"' in answer.headers["content-disposition"]
    (seat,) = native.told(200, "GET", "/seats")["data"]
    header, *told = csv.reader(io.StringIO(answer.content.decode(), newline=""))
    assert header == ["email", "outcome", "code", "reason", "seat"]
    assert told == [
        ["'=1+1", "assigned", "", "", seat["id"]],
        ["'@x", "invalid", "invalid", "'-1 is not the id of a seat.", ""],
        ["Zoë, \n", "invalid", "invalid", "The row has 3 fields.", ""],
    ]


def test_a_long_result_has_each_row_once(native: Native, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("seatledger.dialects.native.jobs.RESULT_ROWS", 3)
    names = [f"x{number}" for number in range(20)]
    job_id = done(native, *names, size=20)
    lines = native.ask("GET", f"/jobs/{job_id}/result").text.splitlines()
    assert [line.partition(",")[0] for line in lines] == ["email", *names]


def test_a_job_that_is_over_can_be_retried_and_not_cancelled(native: Native) -> None:
    job_id = done(native, "a", "b", size=1)
    assert native.problem("job_over", "POST", f"/jobs/{job_id}/cancel")["status"] == 409
    native.world.do(ShapePool(OPERATOR, pool_id=1, size=2))
    answer = native.ask("POST", f"/jobs/{job_id}/retry")
    assert answer.status_code == 202
    again = answer.json()
    assert answer.headers["location"] == f"/api/v1/jobs/{again['id']}"
    assert (again["parent"], again["total"]) == (job_id, 1)
    work(native.world.database, native.world.now, int(again["id"]))
    assert native.world.holders(1) == ["a", "b"]
    problem = native.problem("job_over", "POST", f"/jobs/{again['id']}/retry")
    assert problem["status"] == 409


@pytest.mark.parametrize("what", ["", "/rows", "/result", "/cancel", "/retry"])
@pytest.mark.parametrize("job_id", ["77", "x", "9" * 30])
def test_an_unknown_job_is_unknown_to_every_question(
    native: Native, what: str, job_id: str
) -> None:
    method = "POST" if what in {"/cancel", "/retry"} else "GET"
    assert native.problem("unknown_job", method, f"/jobs/{job_id}{what}")["status"] == 404


@pytest.mark.parametrize(
    ("path", "params", "code", "field"),
    [
        ("/jobs", {"state": "late"}, "invalid", "state"),
        ("/jobs", {"pool": "x"}, "unknown_pool", None),
        ("/jobs", {"platform": "zeta"}, "unknown_platform", None),
        ("/jobs/1/rows", {"outcome": "good"}, "invalid", "outcome"),
        ("/jobs/1/rows", {"limit": "0"}, "invalid", "limit"),
    ],
)
def test_what_cannot_be_asked_is_refused_by_name(
    native: Native, path: str, params: dict[str, str], code: str, field: str | None
) -> None:
    done(native, "a")
    assert native.problem(code, "GET", path, params=params).get("field") == field


def test_the_server_itself_works_jobs_off(native_at_work: Native) -> None:
    """Nobody here does its rows: the worker that runs beside the requests does."""
    native = native_at_work
    pool = native.world.pool(end=NOON + 9 * DAY)
    body = {"rows": [{"email": f"{name}@acme.example"} for name in "abcde"]}
    made = native.told(202, "POST", f"/pools/{pool.id}/seats:import", json=body)
    while (shown := native.told(200, "GET", f"/jobs/{made['id']}"))["state"] in {
        "queued",
        "running",
    }:
        pass
    assert (shown["state"], shown["counts"]) == ("done", {"assigned": 5})
