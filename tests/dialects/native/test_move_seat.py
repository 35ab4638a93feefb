"""POST /seats/{id}/move: a seat passes to another learner."""

from typing import Any

import pytest

from tests.dialects.native.conftest import Native
from tests.support.cast import DAY, NOON

BOB = {"email": "bob@acme.example"}


def held(native: Native, **pool: Any) -> str:
    """A seat of Ada's, the first of pool 1."""
    native.world.pool(**pool)
    ada = {"pool": "1", "email": "ada@acme.example"}
    return str(native.told(201, "POST", "/seats", json=ada)["id"])


def rule(native: Native, moves: Any, status: int = 200) -> Any:
    """The operator gives pool 1 a rule."""
    return native.told(status, "PATCH", "/pools/1", json={"moves": moves}, token=native.operator)


def test_the_answer_is_the_other_learners_seat_and_both_tell_of_each_other(native: Native) -> None:
    old = held(native, size=1)
    new = native.told(201, "POST", f"/seats/{old}/move", json={**BOB, "name": "Bob"})
    assert (new["pool"], new["state"], new["moved_from"], new["moved_to"]) == (
        "1",
        "live",
        old,
        None,
    )
    assert (new["learner"]["email"], new["learner"]["name"]) == (BOB["email"], "Bob")
    left = native.told(200, "GET", f"/seats/{old}")
    assert (left["state"], left["reason"], left["moved_to"]) == ("ended", "passed_on", new["id"])
    assert native.told(200, "GET", f"/seats/{new['id']}") == new
    shown = native.told(200, "GET", "/pools/1", params={"fields": "held,free,moved"})
    assert shown == {"held": 1, "free": 0, "moved": 1}


def test_a_learner_can_be_named_by_id(native: Native) -> None:
    old = held(native)
    elsewhere = native.world.assign(native.world.pool(item_key="course-2").id, "eve")[0].learner
    new = native.told(201, "POST", f"/seats/{old}/move", json={"learner": str(elsewhere.id)})
    assert new["learner"]["id"] == str(elsewhere.id)


@pytest.mark.parametrize(("keep_end", "kept"), [({}, True), ({"keep_end": False}, False)])
def test_the_end_goes_along_unless_it_is_not_kept(
    native: Native, keep_end: dict[str, bool], kept: bool
) -> None:
    old = held(native)
    end = f"{NOON + DAY:%Y-%m-%dT%H:%M:%SZ}"
    native.told(200, "PATCH", f"/seats/{old}", json={"end": end})
    new = native.told(201, "POST", f"/seats/{old}/move", json={**BOB, **keep_end})
    assert new["end"] == (end if kept else None)


def test_who_looked_at_an_older_version_moves_nothing(native: Native) -> None:
    old = held(native)
    looked_at = {"If-Match": native.ask("GET", f"/seats/{old}").headers["etag"]}
    native.told(200, "PATCH", f"/seats/{old}", json={"end": (NOON + DAY).isoformat()})
    path = f"/seats/{old}/move"
    assert (
        native.problem("changed_meanwhile", "POST", path, json=BOB, headers=looked_at)["status"]
        == 412
    )
    now = {"If-Match": native.ask("GET", f"/seats/{old}").headers["etag"]}
    moved = native.ask("POST", path, json=BOB, headers=now)
    assert moved.status_code == 201
    assert (
        moved.headers["etag"] == (native.ask("GET", f"/seats/{moved.json()['id']}").headers["etag"])
    )


@pytest.mark.parametrize(
    ("seat", "body", "code", "field"),
    [
        ("x", BOB, "unknown_seat", None),
        ("999", BOB, "unknown_seat", None),
        ("9" * 30, BOB, "unknown_seat", None),
        ("held", {}, "invalid", "email"),
        ("held", {"email": "nobody"}, "invalid", "email"),
        ("held", {"email": 7}, "invalid", "email"),
        ("held", {**BOB, "end": None}, "invalid", "end"),
        ("held", {**BOB, "keep_end": "yes"}, "invalid", "keep_end"),
        ("held", {**BOB, "name": "a\0b"}, "invalid", "body"),
        ("held", {"learner": "x"}, "unknown_learner", None),
        ("held", {"learner": "999"}, "unknown_learner", None),
        ("held", {"email": "bob@other.example"}, "domain_not_allowed", "email"),
        ("held", {"email": "ada@acme.example"}, "already_seated", "email"),
    ],
)
def test_what_cannot_be_moved_is_refused_by_name_and_changes_nothing(
    native: Native, seat: str, body: dict[str, Any], code: str, field: str | None
) -> None:
    old = held(native)
    before = native.told(200, "GET", f"/seats/{old}")
    path = f"/seats/{old if seat == 'held' else seat}/move"
    assert native.problem(code, "POST", path, json=body).get("field") == field
    assert native.told(200, "GET", f"/seats/{old}") == before


def test_a_seat_that_is_over_is_not_moved(native: Native) -> None:
    old = held(native)
    native.told(201, "POST", f"/seats/{old}/move", json=BOB)
    eve = {"email": "eve@acme.example"}
    assert native.problem("seat_ended", "POST", f"/seats/{old}/move", json=eve)["status"] == 409


@pytest.mark.parametrize(
    ("moves", "details"),
    [
        ({"allowed": "never"}, {"rule": "never"}),
        (
            {"allowed": "limited", "days_after_start": 0},
            {"rule": "days_after_start", "allowed": 0, "passed": 0},
        ),
        (
            {"allowed": "limited", "days_after_start": 14, "progress_max": 20},
            {"rule": "progress_max", "allowed": 20, "reached": 35},
        ),
        (
            {"allowed": "limited", "progress_max": 50, "per_pool_max": 0},
            {"rule": "per_pool_max", "allowed": 0, "made": 0},
        ),
    ],
    ids=lambda value: value.get("rule", "") if isinstance(value, dict) else "",
)
def test_the_refusal_names_the_rule_and_its_numbers(
    native: Native, moves: dict[str, Any], details: dict[str, Any]
) -> None:
    old = held(native)
    learner = native.told(200, "GET", f"/seats/{old}")["learner"]["id"]
    native.told(200, "PUT", f"/learners/{learner}/progress/course:course-1", json={"percent": 35})
    assert rule(native, moves)["moves"] == moves
    problem = native.problem("move_not_allowed", "POST", f"/seats/{old}/move", json=BOB)
    assert (problem["status"], problem["details"]) == (409, details)
    assert native.told(200, "GET", "/pools/1", params={"fields": "moved"}) == {"moved": 0}


def test_places_kept_for_good_move_only_where_the_rule_says_so(native: Native) -> None:
    old = held(native, transferable=False)
    assert native.told(200, "GET", "/pools/1")["moves"] == {"allowed": "never"}
    native.problem("move_not_allowed", "POST", f"/seats/{old}/move", json=BOB)
    rule(native, {"allowed": "limited", "per_pool_max": 1})
    native.told(201, "POST", f"/seats/{old}/move", json=BOB)
    assert native.told(200, "GET", "/pools/1", params={"fields": "held,moved"}) == {
        "held": 1,
        "moved": 1,
    }
    assert rule(native, None)["moves"] == {"allowed": "never"}


def test_a_pool_is_bought_with_its_rule(native: Native) -> None:
    moves = {"allowed": "limited", "days_after_start": 14, "progress_max": 12.5}
    new = {"platform": "acme", "item": "course:c", "title": "C", "size": 1, "moves": moves}
    bought = native.told(201, "POST", "/pools", json=new, token=native.operator)
    assert bought["moves"] == moves
    assert native.told(200, "GET", f"/pools/{bought['id']}")["moves"] == moves


@pytest.mark.parametrize(
    "moves",
    [
        {"allowed": "sometimes"},
        {},
        "always",
        {"allowed": "limited"},
        {"allowed": "always", "per_pool_max": 1},
        {"allowed": "limited", "per_pool_max": -1},
        {"allowed": "limited", "per_pool_max": 2**80},
        {"allowed": "limited", "days_after_start": 1.5},
        {"allowed": "limited", "days_after_start": 10**9},
        {"allowed": "limited", "progress_max": 101},
        {"allowed": "limited", "progress_max": 5, "weeks": 1},
    ],
    ids=str,
)
def test_a_rule_that_makes_no_sense_is_refused_and_the_old_one_stays(
    native: Native, moves: Any
) -> None:
    held(native)
    change = {"json": {"moves": moves}, "token": native.operator}
    problem = native.problem("invalid", "PATCH", "/pools/1", **change)
    assert problem["field"].split(".")[0] in {"moves", "allowed", "weeks"}
    assert native.told(200, "GET", "/pools/1")["moves"] == {"allowed": "always"}
    new = {"platform": "acme", "item": "course:c", "title": "C", "size": 1, "moves": moves}
    native.problem("invalid", "POST", "/pools", json=new, token=native.operator)
