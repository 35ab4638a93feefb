"""PATCH /v1/license/{id}: bodies that can't be read."""

import json
from itertools import count

import pytest

from tests.dialects.sqlbi.world import ENDS, World, refused

NUMBERS = count(1)


@pytest.fixture(scope="module")
def world(shared_world: World) -> World:
    """Nothing here changes anything."""
    return shared_world


@pytest.mark.parametrize(
    ("body", "field", "code"),
    [
        pytest.param({}, "endDate", "invalid_end_date", id="left out"),
        pytest.param({"end": "2027-01-01"}, "endDate", "invalid_end_date", id="misnamed"),
        pytest.param({"endDate": None}, "endDate", "invalid_end_date", id="null"),
        pytest.param({"endDate": 2027}, "endDate", "invalid_end_date", id="a number"),
        pytest.param({"endDate": ""}, "endDate", "invalid_end_date", id="empty"),
        pytest.param({"endDate": "2027-02-29"}, "endDate", "invalid_end_date", id="no such day"),
        pytest.param(
            {"endDate": "2027-01-01T00:00:00Z"}, "endDate", "invalid_end_date", id="a timestamp"
        ),
        pytest.param([], "body", "invalid_body", id="an array"),
    ],
)
def test_a_body_that_can_not_be_read_is_refused_by_field(
    world: World, body: object, field: str, code: str
) -> None:
    """O11, O13."""
    license_id = world.assign(world.pool(), f"learner{next(NUMBERS)}")["id"]
    answer = world.ask("PATCH", f"/v1/license/{license_id}", content=json.dumps(body))
    assert refused(answer) == (400, code)
    assert answer.json()["field"] == field
    assert world.get(f"/v1/license/{license_id}")["end"] == ENDS["pool"]


@pytest.mark.parametrize("body", [b"", b"{", b'{"endDate": "\xff"}'])
def test_what_is_no_json_is_refused(world: World, body: bytes) -> None:
    """O13."""
    license_id = world.assign(world.pool(), f"learner{next(NUMBERS)}")["id"]
    answer = world.ask("PATCH", f"/v1/license/{license_id}", content=body)
    assert refused(answer) == (400, "invalid_body")


def test_a_malformed_body_is_named_before_any_rule_of_business(world: World) -> None:
    """O35."""
    license_id = world.assign(world.pool(transferable=False), f"learner{next(NUMBERS)}")["id"]
    assert refused(world.change(license_id, "soon")) == (400, "invalid_end_date")
