"""/seats: given, shown, moved and taken back one at a time."""

from typing import Any

import pytest

from tests.dialects.native.conftest import Native
from tests.support.cast import DAY, NOON

ADA = {"pool": "1", "email": "ada@acme.example"}


def test_giving_a_seat_answers_201_once_and_then_200_with_the_same_seat(native: Native) -> None:
    native.world.pool(size=1)
    answer = native.ask("POST", "/seats", json={**ADA, "name": "Ada"})
    given = answer.json()
    assert answer.status_code == 201, given
    assert answer.headers["location"] == f"/api/v1/seats/{given['id']}"
    assert (given["pool"], given["state"], given["learner"]["name"]) == ("1", "live", "Ada")
    assert native.told(200, "POST", "/seats", json=ADA) == given
    assert native.told(200, "GET", f"/seats/{given['id']}") == given
    assert native.told(200, "GET", "/pools/1", params={"fields": "held,free"}) == {
        "held": 1,
        "free": 0,
    }


def test_a_full_pool_refuses_and_recycles_only_where_it_is_asked_to(native: Native) -> None:
    native.world.pool(size=1)
    first = native.told(201, "POST", "/seats", json=ADA)
    bob = {"pool": "1", "email": "bob@acme.example"}
    assert native.problem("pool_full", "POST", "/seats", json=bob)["status"] == 409
    native.told(201, "POST", "/seats", json={**bob, "recycle": True})
    assert native.told(200, "GET", f"/seats/{first['id']}")["reason"] == "recycled"


@pytest.mark.parametrize(
    ("body", "code", "field"),
    [
        ({"email": "ada@acme.example"}, "invalid", "pool"),
        ({**ADA, "pool": 1}, "invalid", "pool"),
        ({**ADA, "nickname": "a"}, "invalid", "nickname"),
        ({**ADA, "end": "tomorrow"}, "invalid", "end"),
        ({**ADA, "end": "2027-01-01T00:00:00"}, "invalid", "end"),
        ({"pool": "1"}, "invalid", "email"),
        ({"pool": "1", "email": "nobody"}, "invalid", "email"),
        ({"pool": "2", "email": "ada@acme.example"}, "unknown_pool", None),
        ({"pool": "x", "email": "ada@acme.example"}, "unknown_pool", None),
        ({"pool": "9" * 30, "email": "ada@acme.example"}, "unknown_pool", None),
        ({"pool": "1", "learner": "77"}, "unknown_learner", None),
        ({"pool": "1", "email": "ada@other.example"}, "domain_not_allowed", "email"),
        ({**ADA, "end": "2026-02-28T00:00:00Z"}, "end_in_past", "end"),
    ],
)
def test_what_cannot_be_given_is_refused_by_name_and_changes_nothing(
    native: Native, body: dict[str, Any], code: str, field: str | None
) -> None:
    native.world.pool()
    problem = native.problem(code, "POST", "/seats", json=body)
    assert problem.get("field") == field
    assert native.world.look(1).held == 0


def test_who_looked_at_an_older_version_changes_nothing(native: Native) -> None:
    native.world.pool()
    seat = native.ask("POST", "/seats", json=ADA)
    path, looked_at = f"/seats/{seat.json()['id']}", {"If-Match": seat.headers["etag"]}
    end = {"end": (NOON + DAY).isoformat()}
    moved = native.ask("PATCH", path, json=end, headers=looked_at)
    assert moved.status_code == 200
    assert moved.headers["etag"] != seat.headers["etag"]
    for method, body in (("PATCH", {"json": end}), ("DELETE", {})):
        problem = native.problem("changed_meanwhile", method, path, headers=looked_at, **body)
        assert problem["status"] == 412
    assert native.problem("invalid", "DELETE", path, headers={"If-Match": "W/x"})["field"] == (
        "If-Match"
    )
    ended = native.told(200, "DELETE", path, headers={"If-Match": moved.headers["etag"]})
    assert (ended["state"], ended["reason"]) == ("ended", "revoked")
    assert native.problem("seat_ended", "DELETE", path)["status"] == 409


def test_a_list_is_read_on_by_its_cursor_whatever_happens_meanwhile(native: Native) -> None:
    world = native.world
    pool = world.pool()
    seats = [str(each.seat.id) for each in world.assign(pool.id, "a", "b", "c", "d", "e")]
    first = native.told(200, "GET", "/seats", params={"limit": 2})
    assert [row["id"] for row in first["data"]] == seats[:2]
    native.told(200, "DELETE", f"/seats/{seats[0]}")
    world.assign(pool.id, "f")
    second = native.told(200, "GET", "/seats", params={"limit": 2, "after": first["next"]})
    assert [row["id"] for row in second["data"]] == seats[2:4]
    last = native.told(200, "GET", "/seats", params={"after": second["next"], "fields": "learner"})
    assert [row["learner"]["email"][0] for row in last["data"]] == ["e", "f"]
    assert last["next"] is None
    everything = native.told(200, "GET", "/seats", params={"show": "all"})["data"]
    assert [row["state"] for row in everything] == ["ended", *["live"] * 5]


@pytest.mark.parametrize(
    ("parameters", "expected"),
    [
        ({"pool": "1"}, ["a", "b"]),
        ({"pool": "2"}, ["a"]),
        ({"email": "B@acme.example"}, ["b"]),
        ({"learner": "first"}, ["a", "a"]),
        ({"show": "suspended"}, []),
        ({"platform": "acme", "limit": "1"}, ["a"]),
    ],
)
def test_lists_are_narrowed(
    native: Native, parameters: dict[str, str], expected: list[str]
) -> None:
    first, _ = native.world.assign(native.world.pool().id, "a", "b")
    native.world.assign(native.world.pool(item_key="course-2").id, "a")
    if parameters.get("learner") == "first":
        parameters = {"learner": str(first.learner.id)}
    rows = native.told(200, "GET", "/seats", params=parameters)["data"]
    assert [row["learner"]["email"][0] for row in rows] == expected


@pytest.mark.parametrize(
    ("parameters", "code", "field"),
    [
        ({"limit": "0"}, "invalid", "limit"),
        ({"limit": "501"}, "invalid", "limit"),
        ({"limit": "many"}, "invalid", "limit"),
        ({"after": "?"}, "invalid", "after"),
        ({"after": "LTE"}, "invalid", "after"),
        ({"fields": "id,secret"}, "invalid", "fields"),
        ({"show": "lively"}, "invalid", "show"),
        ({"pool": "zero"}, "unknown_pool", None),
        ({"platform": "zeta"}, "unknown_platform", None),
    ],
)
def test_a_list_that_cannot_be_asked_for_is_refused_by_name(
    native: Native, parameters: dict[str, str], code: str, field: str | None
) -> None:
    native.world.assign(native.world.pool().id, "a")
    problem = native.problem(code, "GET", "/seats", params=parameters)
    assert problem.get("field") == field
