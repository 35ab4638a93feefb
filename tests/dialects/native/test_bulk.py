"""/pools/{id}/seats:import, :end and :extend: a file or rows become a job."""

from typing import Any

import pytest
from litestar.testing import TestClient

from seatledger.app import create_app
from seatledger.domain.learner import email_key
from seatledger.ops.settings import Settings
from tests.dialects.native.conftest import Native
from tests.support.cast import DAY, NOON
from tests.support.jobs import outcomes, work

PATH = "/pools/1/seats:import"
CSV = {"Content-Type": "text/csv"}


def file(native: Native, content: str | bytes, path: str = PATH, **query: str) -> dict[str, Any]:
    """The job that a file makes."""
    job: dict[str, Any] = native.told(202, "POST", path, content=content, headers=CSV, params=query)
    return job


def came_of(native: Native, job: dict[str, Any]) -> list[str | None]:
    """What came of the rows of a job, which is worked off here."""
    work(native.world.database, native.world.now, int(job["id"]))
    return outcomes(native.world.database, int(job["id"]))


def test_a_file_is_answered_with_a_job_that_seats_its_learners(native: Native) -> None:
    native.world.pool()
    answer = native.ask(
        "POST",
        PATH,
        content="E-Mail;Name\n ada@acme.example ;Ada\nBEN@acme.example;\n\nada@acme.example;\n",
        headers=CSV,
    )
    assert answer.status_code == 202
    job = answer.json()
    assert answer.headers["location"] == f"/api/v1/jobs/{job['id']}"
    assert (job["state"], job["kind"], job["pool"], job["total"], job["counts"]) == (
        "queued",
        "import",
        "1",
        3,
        {},
    )
    assert (job["mode"], job["silent"], job["dry_run"]) == ("best_effort", False, False)
    assert (job["columns"], job["author"]) == (["E-Mail", "Name"], "m")
    assert came_of(native, job) == ["assigned", "assigned", "already"]
    assert native.world.holders(1) == ["ada", "BEN"]
    events = native.told(200, "GET", "/events", params={"limit": 500})["data"]
    seated = [each for each in events if each["type"] == "seat_assigned"]
    assert {each["labels"]["transaction_id"] for each in seated} == {f"job-{job['id']}"}
    assert {(each["actor"], each["surface"]) for each in seated} == {("m", "native")}


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "latin-1"])
def test_a_file_may_be_of_any_usual_encoding(native: Native, encoding: str) -> None:
    native.world.pool()
    job = file(native, "mail\tname\nzoe@acme.example\tZoë\n".encode(encoding))
    assert came_of(native, job) == ["assigned"]
    (seat,) = native.told(200, "GET", "/seats")["data"]
    assert seat["learner"]["name"] == "Zoë"


def test_rows_may_be_json(native: Native) -> None:
    native.world.pool(end=NOON + 9 * DAY)
    end = (NOON + DAY).isoformat()
    body = {
        "rows": [
            {"email": "ada@acme.example", "name": "Ada", "team": 7},
            {"email": "ben@acme.example", "end": "2026-03-03"},
            {"email": None, "name": "Nobody"},
            {},
            {"email": "x\u0000@acme.example"},
        ],
        "mode": "best_effort",
        "silent": True,
        "end": end,
    }
    job = native.told(202, "POST", PATH, json=body)
    assert job["columns"] == ["email", "name", "team", "end"]
    assert job["silent"] is True
    assert came_of(native, job) == ["assigned", "assigned", "invalid", "invalid", "invalid"]
    rows = native.told(200, "GET", f"/jobs/{job['id']}/rows")["data"]
    assert rows[0]["original"] == ["ada@acme.example", "Ada", "7", ""]
    ends = [row["end"] for row in native.told(200, "GET", "/seats")["data"]]
    assert ends == ["2026-03-02T12:00:00Z", "2026-03-03T00:00:00Z"]


def test_seats_are_ended_and_extended_in_bulk(native: Native) -> None:
    native.world.pool()
    native.world.assign(1, "ada", "ben", end=NOON + DAY)
    seats = {
        email_key(row["learner"]["email"]): row["id"]
        for row in native.told(200, "GET", "/seats")["data"]
    }
    extend = file(
        native,
        "email,until\nada@acme.example,2026-05-01\nben@acme.example,\n",
        "/pools/1/seats:extend",
        end="2026-06-01T00:00:00Z",
    )
    assert came_of(native, extend) == ["extended", "extended"]
    ends = [row["end"] for row in native.told(200, "GET", "/seats")["data"]]
    assert ends == ["2026-05-01T00:00:00Z", "2026-06-01T00:00:00Z"]
    by_id = file(native, f"seat\n{seats['ben@acme.example']}\n77\n", "/pools/1/seats:end")
    assert came_of(native, by_id) == ["ended", "no_seat"]
    assert native.world.holders(1) == ["ada"]


def test_a_dry_run_is_a_job_that_changes_nothing(native: Native) -> None:
    native.world.pool(size=1)
    answer = native.ask(
        "POST",
        PATH,
        content="email\nada@acme.example\nben@acme.example\n",
        headers=CSV,
        params={"dry_run": "true"},
    )
    assert (answer.status_code, answer.headers["dry-run"]) == (202, "true")
    assert answer.json()["dry_run"] is True
    assert came_of(native, answer.json()) == ["assigned", "no_seat"]
    assert native.world.look(1).held == 0


def test_the_same_file_with_the_same_key_is_one_job(native: Native) -> None:
    native.world.pool()
    request: dict[str, Any] = {
        "content": "email\nada@acme.example\n",
        "headers": {**CSV, "Idempotency-Key": "monday"},
    }
    first = native.ask("POST", PATH, **request)
    again = native.ask("POST", PATH, **request)
    assert (again.status_code, again.json()["id"]) == (202, first.json()["id"])
    assert again.headers["idempotent-replayed"] == "true"
    assert len(native.told(200, "GET", "/jobs")["data"]) == 1


def test_a_file_may_be_larger_than_other_bodies_up_to_a_limit_of_its_own(
    database_url: str, native: Native
) -> None:
    native.world.pool()
    settings = Settings(database_url=database_url, body_bytes_max=1_000, import_bytes_max=5_000)
    headers = {"Authorization": f"Bearer {native.manager}", **CSV}
    row = "x@acme.example\n"
    with TestClient(create_app(settings)) as client:
        fits = client.post(f"/api/v1{PATH}", content="email\n" + row * 300, headers=headers)
        assert (fits.status_code, fits.json()["total"]) == (202, 300)
        for more in ({}, {"Idempotency-Key": "k"}):
            large = client.post(
                f"/api/v1{PATH}", content="email\n" + row * 400, headers={**headers, **more}
            )
            assert (large.status_code, large.json()["code"]) == (413, "too_large")


@pytest.mark.parametrize(
    ("request_", "code", "field"),
    [
        ({"content": "email\nx\n", "headers": {"Content-Type": "text/plain"}}, "unreadable", None),
        ({"content": "", "headers": CSV}, "invalid", "body"),
        ({"content": "email\n", "headers": CSV}, "invalid", "body"),
        ({"content": "name\nAda\n", "headers": CSV}, "invalid", "body"),
        ({"content": "mail,email\nx,y\n", "headers": CSV}, "invalid", "body"),
        ({"content": 'email\n"x\n', "headers": CSV}, "invalid", "body"),
        ({"content": "," * 300 + "\nx", "headers": CSV}, "invalid", "body"),
        ({"content": "email\nx", "headers": CSV, "params": {"mode": "fast"}}, "invalid", "mode"),
        ({"content": "email\nx", "headers": CSV, "params": {"end": "soon"}}, "invalid", "end"),
        ({"json": {}}, "invalid", "rows"),
        ({"json": {"rows": []}}, "invalid", "rows"),
        ({"json": {"rows": ["x"]}}, "invalid", "rows"),
        ({"json": {"rows": {}}}, "invalid", "rows"),
        ({"json": {"rows": [{"name": "Ada"}]}}, "invalid", "body"),
        ({"json": {"rows": [{"email": "x"}], "mode": "fast"}}, "invalid", "mode"),
        ({"json": {"rows": [{"email": "x"}], "end": "2027-01-01T00:00:00"}}, "invalid", "end"),
        ({"json": {"rows": [{"email": "x"}], "loud": True}}, "invalid", "loud"),
        ({"content": "{", "headers": {"Content-Type": "application/json"}}, "invalid", "body"),
    ],
)
def test_what_is_no_file_is_refused_as_a_whole(
    native: Native, request_: dict[str, Any], code: str, field: str | None
) -> None:
    native.world.pool()
    problem = native.problem(code, "POST", PATH, **request_)
    assert problem.get("field") == field
    assert native.told(200, "GET", "/jobs")["data"] == []


@pytest.mark.parametrize("pool", ["2", "x", "9" * 30])
def test_a_file_for_an_unknown_pool_is_refused(native: Native, pool: str) -> None:
    path = f"/pools/{pool}/seats:import"
    native.problem("unknown_pool", "POST", path, content="email\nx\n", headers=CSV)
