"""POST /v1/pool/{id}/license: bodies that can't be read."""

import json
from typing import Any

import pytest

from tests.dialects.sqlbi.world import World, refused

ADDRESS = "mira@acme.example"
FAR = "[" * 100_000 + "]" * 100_000


@pytest.fixture(scope="module")
def world(shared_world: World) -> World:
    """Each test opens a pool of its own, so that they need no ledgers of their own."""
    return shared_world


def post(world: World, pool_id: int | str, body: bytes | str) -> Any:
    return world.ask("POST", f"/v1/pool/{pool_id}/license", content=body)


@pytest.mark.parametrize(
    ("body", "field", "code"),
    [
        pytest.param({}, "email", "invalid_email", id="no address"),
        pytest.param({"email": None}, "email", "invalid_email", id="null for an address"),
        pytest.param({"email": 7}, "email", "invalid_email", id="a number for an address"),
        pytest.param({"email": ""}, "email", "invalid_email", id="an empty address"),
        pytest.param({"email": "mira"}, "email", "invalid_email", id="no domain"),
        pytest.param({"email": "mira@"}, "email", "invalid_email", id="an empty domain"),
        pytest.param({"email": "a@b@acme.example"}, "email", "invalid_email", id="two signs"),
        pytest.param({"email": "mi ra@acme.example"}, "email", "invalid_email", id="a space"),
        pytest.param({"email": "m\0@acme.example"}, "email", "invalid_email", id="NUL inside"),
        pytest.param({"email": f"{'m' * 300}@acme.example"}, "email", "invalid_email", id="long"),
        pytest.param({"email": ADDRESS, "name": 7}, "name", "invalid_name", id="name: number"),
        pytest.param({"email": ADDRESS, "name": "a\0b"}, "name", "invalid_name", id="name: NUL"),
        pytest.param(
            {"email": ADDRESS, "name": "n" * 256}, "name", "invalid_name", id="name: long"
        ),
        pytest.param(
            {"email": ADDRESS, "recycle": "yes"}, "recycle", "invalid_recycle", id="recycle: text"
        ),
        pytest.param(
            {"email": ADDRESS, "recycle": 1}, "recycle", "invalid_recycle", id="recycle: number"
        ),
        pytest.param(
            {"email": ADDRESS, "endDate": 7}, "endDate", "invalid_end_date", id="endDate: number"
        ),
        pytest.param([], "body", "invalid_body", id="an array"),
        pytest.param("mira", "body", "invalid_body", id="a text"),
        pytest.param(None, "body", "invalid_body", id="null"),
    ],
)
def test_a_body_that_can_not_be_read_is_refused_by_field(
    world: World, body: object, field: str, code: str
) -> None:
    """O1, O13."""
    pool_id = world.pool()
    answer = post(world, pool_id, json.dumps(body))
    assert refused(answer) == (400, code)
    assert answer.json()["field"] == field
    assert world.counts(pool_id) == (2, 0, 2)


@pytest.mark.parametrize(
    "day",
    [
        "2027-02-29",
        "2027-13-01",
        "2027-00-10",
        "0000-01-01",
        "2027-6-30",
        "20270630",
        "2027-W26-3",
        "2027-06-30T00:00:00+00:00",
        "2027-06-30 ",
        "2027-06-30\n",
        "٢٠٢٧-٠٦-٣٠",
        "30.06.2027",
        "tomorrow",
        "",
    ],
)
def test_an_end_date_is_a_day_of_the_calendar_in_one_spelling(world: World, day: str) -> None:
    """O11."""
    answer = world.try_assign(world.pool(), ADDRESS, endDate=day)
    assert refused(answer) == (400, "invalid_end_date")
    assert answer.json()["field"] == "endDate"


@pytest.mark.parametrize(
    "body",
    [
        pytest.param(b"", id="nothing"),
        pytest.param(b"{", id="a beginning"),
        pytest.param(b"email=mira@acme.example", id="a form"),
        pytest.param(b'{"email": "\xff@acme.example"}', id="no UTF-8"),
        pytest.param(b'{"email": "\\ud800@acme.example"}', id="half a character"),
        pytest.param(b'{"email": NaN}', id="not a JSON number"),
        pytest.param(f'{{"email": "{ADDRESS}", "more": {FAR}}}'.encode(), id="nested without end"),
    ],
)
def test_what_is_no_json_is_refused(world: World, body: bytes) -> None:
    """O1, O13."""
    assert refused(post(world, world.pool(), body)) == (400, "invalid_body")


def test_a_body_beyond_the_limit_is_refused(world: World) -> None:
    body = json.dumps({"email": ADDRESS, "more": "m" * 1_000_001})
    assert refused(post(world, world.pool(), body)) == (400, "body_too_large")


def test_unknown_fields_are_ignored(world: World) -> None:
    """O13."""
    more = {"poolId": 99, "active": False, "nested": {"deep": [1, None, {}]}}
    assert world.try_assign(world.pool("more"), ADDRESS, **more).status_code == 200


def test_a_body_is_read_as_json_whatever_it_is_called(world: World) -> None:
    body = json.dumps({"email": ADDRESS})
    headers = {"Content-Type": "text/plain"}
    path = f"/v1/pool/{world.pool('text')}/license"
    assert world.ask("POST", path, content=body, headers=headers).status_code == 200
