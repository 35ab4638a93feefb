"""Progress in: one report, what stands, and many reports at once."""

from typing import Any

import pytest

from seatledger.domain.people_command import CreatePlatform
from tests.dialects.native.conftest import Native
from tests.support.cast import DAY, NOON, OPERATOR

ITEM = "course:course-1"
BEFORE = "2026-02-28T12:00:00Z"


def ada(native: Native) -> str:
    """The id of somebody who holds a seat in ITEM."""
    return str(native.world.assign(native.world.pool().id, "ada")[0].learner.id)


def test_what_was_told_is_what_stands(native: Native) -> None:
    path = f"/learners/{ada(native)}/progress/{ITEM}"
    nothing = {"percent": 0, "completed_at": None, "last_opened_at": None, "at": None}
    assert native.told(200, "GET", path) == nothing
    told = {"percent": 62.5, "completed_at": None, "last_opened_at": BEFORE, "at": BEFORE}
    assert native.told(200, "PUT", path, json=told) == {**told, "outcome": "recorded"}
    assert native.told(200, "GET", path) == told


def test_a_report_replaces_the_one_before_as_a_whole(native: Native) -> None:
    path = f"/learners/{ada(native)}/progress/{ITEM}"
    native.told(200, "PUT", path, json={"percent": 100, "completed_at": BEFORE})
    again = native.told(200, "PUT", path, json={"percent": 10})
    assert (again["percent"], again["completed_at"], again["at"]) == (
        10,
        None,
        "2026-03-01T12:00:00Z",
    )


def test_a_late_report_is_answered_with_what_stands(native: Native) -> None:
    path = f"/learners/{ada(native)}/progress/{ITEM}"
    native.told(200, "PUT", path, json={"percent": 60, "at": BEFORE})
    late = native.told(200, "PUT", path, json={"percent": 5, "at": "2026-02-28T11:59:59Z"})
    assert (late["outcome"], late["percent"], late["at"]) == ("outdated", 60, BEFORE)
    same = native.told(200, "PUT", path, json={"percent": 60})
    assert same["outcome"] == "unchanged"


def test_an_item_key_may_have_slashes_and_anything_else(native: Native) -> None:
    key = "org/course 1/2026+é"
    learner = native.world.assign(native.world.pool(item_key=key).id, "ada")[0].learner.id
    for spelled in (f"course:{key}", "course:org%2Fcourse%201%2F2026%2B%C3%A9"):
        path = f"/learners/{learner}/progress/{spelled}"
        assert native.told(200, "PUT", path, json={"percent": 7})["percent"] == 7


@pytest.mark.parametrize(
    ("learner", "item", "body", "code", "field"),
    [
        ("x", ITEM, {"percent": 1}, "unknown_learner", None),
        ("999", ITEM, {"percent": 1}, "unknown_learner", None),
        ("9" * 30, ITEM, {"percent": 1}, "unknown_learner", None),
        ("ada", "course-1", {"percent": 1}, "invalid", "item"),
        ("ada", "course:course-9", {"percent": 1}, "unknown_item", None),
        ("ada", "program:course-1", {"percent": 1}, "unknown_item", None),
        ("ada", ITEM, {}, "invalid", "percent"),
        ("ada", ITEM, {"percent": "most"}, "invalid", "percent"),
        ("ada", ITEM, {"percent": -0.01}, "invalid", "percent"),
        ("ada", ITEM, {"percent": 100.01}, "invalid", "percent"),
        ("ada", ITEM, {"percent": 1, "at": "2026-02-28T12:00:00"}, "invalid", "at"),
        ("ada", ITEM, {"percent": 1, "completed_at": "soon"}, "invalid", "completed_at"),
        ("ada", ITEM, {"percent": 1, "last_opened_at": [3]}, "invalid", "last_opened_at"),
        ("ada", ITEM, {"percent": 1, "grade": "A"}, "invalid", "grade"),
    ],
)
def test_what_cannot_be_told_is_refused_by_name_and_changes_nothing(
    native: Native, learner: str, item: str, body: dict[str, Any], code: str, field: str | None
) -> None:
    known = ada(native)
    path = f"/learners/{known if learner == 'ada' else learner}/progress/{item}"
    assert native.problem(code, "PUT", path, json=body).get("field") == field
    stands = native.told(200, "GET", f"/learners/{known}/progress/{ITEM}")
    assert (stands["percent"], stands["at"]) == (0, None)


def test_a_platform_hears_nothing_of_its_neighbours_learners(native: Native) -> None:
    native.world.do(CreatePlatform(OPERATOR, key="zeta", org="ZETA", name="Zeta"))
    theirs = native.world.pool(platform_key="zeta")
    path = f"/learners/{native.world.assign(theirs.id, 'zed')[0].learner.id}/progress/{ITEM}"
    native.problem("unknown_learner", "GET", path)
    native.problem("unknown_learner", "PUT", path, json={"percent": 1})
    zeta = {"params": {"platform": "zeta"}}
    native.problem("unknown_platform", "GET", path, **zeta)
    assert native.problem("invalid", "GET", path, token=native.operator)["field"] == "platform"
    told = native.told(200, "PUT", path, json={"percent": 1}, token=native.operator, **zeta)
    assert told["percent"] == 1


def test_many_are_told_at_once_and_each_row_has_its_result(native: Native) -> None:
    learner = ada(native)
    rows = [
        {"learner": learner, "item": ITEM, "percent": 10, "at": BEFORE},
        {"email": "ADA@acme.example", "item": ITEM, "percent": 5, "at": "2026-01-01T00:00:00Z"},
        {"email": "ada@acme.example", "item": ITEM, "percent": 10},
        {"email": "nobody@acme.example", "item": ITEM, "percent": 10},
        {"learner": learner, "item": "course-1", "percent": 10},
        {"learner": learner, "item": "course:nothing", "percent": 10},
        {"learner": learner, "item": ITEM, "percent": 101},
        {"item": ITEM, "percent": 10},
        {"learner": learner, "email": "ada@acme.example", "item": ITEM, "percent": 10},
        {"learner": learner, "item": ITEM, "percent": 20, "at": "2026-01-01T00:00:00"},
        {"learner": learner, "item": ITEM, "percent": 30},
    ]
    told = native.told(200, "POST", "/progress", json={"reports": rows})
    assert told["counts"] == {"recorded": 2, "outdated": 1, "unchanged": 1, "refused": 7}
    said = [
        (each["row"], each["problem"]["code"] if "problem" in each else each["outcome"])
        for each in told["results"]
    ]
    outcomes = ["recorded", "outdated", "unchanged", "unknown_learner", "invalid", "unknown_item"]
    assert said == list(enumerate([*outcomes, *["invalid"] * 4, "recorded"]))
    fields = [each["problem"].get("field") for each in told["results"] if "problem" in each]
    assert fields == [None, "item", None, "percent", "learner", "learner", "at"]
    assert told["results"][1]["progress"]["percent"] == 10
    stands = native.told(200, "GET", f"/learners/{learner}/progress/{ITEM}")
    assert stands["percent"] == 30


def test_a_thousand_reports_are_taken_and_one_more_is_not(native: Native) -> None:
    pool = native.world.pool(size=1000)
    people = [f"p{number}" for number in range(1000)]
    native.world.assign(pool.id, *people)
    rows = [{"email": f"{name}@acme.example", "item": ITEM, "percent": 50} for name in people]
    told = native.told(200, "POST", "/progress", json={"reports": rows})
    assert told["counts"] == {"recorded": 1000}
    problem = native.problem("invalid", "POST", "/progress", json={"reports": [*rows, rows[0]]})
    assert problem["field"] == "reports"
    assert native.told(200, "POST", "/progress", json={"reports": []})["counts"] == {}


@pytest.mark.parametrize(
    ("body", "code", "field"),
    [
        ({}, "invalid", "reports"),
        ({"reports": {}}, "invalid", "reports"),
        ({"reports": [{"item": ITEM}]}, "invalid", "percent"),
        ({"reports": [], "platform": "zeta"}, "unknown_platform", None),
        ({"reports": [], "mode": "fast"}, "invalid", "mode"),
    ],
)
def test_a_batch_that_cannot_be_read_is_refused_as_a_whole(
    native: Native, body: Any, code: str, field: str | None
) -> None:
    assert native.problem(code, "POST", "/progress", json=body).get("field") == field


def test_progress_outlives_the_seat(native: Native) -> None:
    learner = ada(native)
    path = f"/learners/{learner}/progress/{ITEM}"
    native.told(200, "PUT", path, json={"percent": 40})
    (seat,) = native.told(200, "GET", "/seats", params={"learner": learner})["data"]
    native.told(200, "DELETE", f"/seats/{seat['id']}")
    native.world.now = NOON + DAY
    assert native.told(200, "GET", path)["percent"] == 40
