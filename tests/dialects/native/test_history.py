"""The history of a pool and of a seat, and a pool as it once was."""

import pytest

from seatledger.domain.people_command import CreatePlatform, CreateToken
from tests.dialects.native.conftest import Native
from tests.support.cast import DAY, NOON, OPERATOR


def lived(native: Native) -> None:
    """Day 0: a pool of 5 and another. Day 1: two seats. Day 2: one ends. Day 3: a pool of 9."""
    world = native.world
    world.pool(5)
    world.pool(5, item_key="course-2")
    world.now = NOON + DAY
    world.assign(1, "a", "b")
    world.assign(2, "a")
    world.now = NOON + 2 * DAY
    native.told(200, "DELETE", "/seats/1")
    world.now = NOON + 3 * DAY
    change = {"size": 9, "name": "Larger", "end": "2027-01-01T00:00:00Z"}
    native.told(200, "PATCH", "/pools/1", json=change, token=native.operator)


def test_a_pool_tells_all_that_happened_in_it(native: Native) -> None:
    lived(native)
    told = native.told(200, "GET", "/pools/1/history")
    assert [(event["seq"], event["type"], event["subject"]["id"]) for event in told["data"]] == [
        (3, "pool_opened", "1"),
        (5, "seat_assigned", "1"),
        (6, "seat_assigned", "2"),
        (8, "seat_ended", "1"),
        (9, "pool_shaped", "1"),
    ]
    assert told["next"] is None
    last = told["data"][-1]
    assert (last["before"]["size"], last["after"]["size"]) == (5, 9)
    page = native.told(200, "GET", "/pools/1/history?limit=2&after=3&fields=seq")
    assert page == {"data": [{"seq": 5}, {"seq": 6}], "next": "6"}


def test_a_seat_tells_its_own_life_and_nothing_of_what_shares_its_number(native: Native) -> None:
    lived(native)
    told = native.told(200, "GET", "/seats/1/history")["data"]
    assert [(event["seq"], event["type"]) for event in told] == [
        (5, "seat_assigned"),
        (8, "seat_ended"),
    ]
    assert told[1]["before"] == {"state": "live", "reason": None, "end": None}
    assert told[1]["after"]["state"] == "ended"


@pytest.mark.parametrize(
    ("as_of", "size", "held", "name"),
    [
        ("2026-03-01T12:00:00Z", 5, 0, "Course 1"),
        ("2026-03-02T11:59:59.999999Z", 5, 0, "Course 1"),
        ("2026-03-02T12:00:00Z", 5, 2, "Course 1"),
        ("2026-03-02T13:00:00+01:00", 5, 2, "Course 1"),
        ("2026-03-03T12:00:00Z", 5, 1, "Course 1"),
        ("2026-03-04T12:00:00Z", 9, 1, "Larger"),
    ],
)
def test_a_pool_is_told_as_it_was(
    native: Native, as_of: str, size: int, held: int, name: str
) -> None:
    lived(native)
    answer = native.ask("GET", "/pools/1", params={"as_of": as_of})
    assert answer.status_code == 200, answer.text
    assert "etag" not in answer.headers
    past = answer.json()
    assert (past["size"], past["held"], past["free"], past["name"]) == (
        size,
        held,
        size - held,
        name,
    )
    assert past["id"] == "1"


def test_the_present_is_the_last_of_the_past(native: Native) -> None:
    lived(native)
    now = native.told(200, "GET", "/pools/1")
    assert native.told(200, "GET", "/pools/1?as_of=2026-03-04T12:00:00Z") == now
    assert native.told(200, "GET", "/pools/1?as_of=2026-03-04T12:00:00Z&fields=held") == {"held": 1}


@pytest.mark.parametrize(
    ("path", "code", "field"),
    [
        ("/pools/1?as_of=2026-03-01T11:59:59Z", "unknown_pool", None),
        ("/pools/1?as_of=2026-03-04T12:00:01Z", "invalid", "as_of"),
        ("/pools/1?as_of=2026-03-04T12:00:00", "invalid", "as_of"),
        ("/pools/1?as_of=yesterday", "invalid", "as_of"),
        ("/pools/1?as_of=0001-01-01T00:00:00%2B14:00", "invalid", "as_of"),
        ("/pools/99?as_of=2026-03-04T12:00:00Z", "unknown_pool", None),
        ("/pools/99/history", "unknown_pool", None),
        ("/pools/x/history", "unknown_pool", None),
        ("/seats/99/history", "unknown_seat", None),
        ("/seats/99999999999999999999/history", "unknown_seat", None),
        ("/seats/1/history?after=x", "invalid", "after"),
        ("/pools/1/history?limit=0", "invalid", "limit"),
    ],
)
def test_what_has_no_history_is_refused(
    native: Native, path: str, code: str, field: str | None
) -> None:
    lived(native)
    assert native.problem(code, "GET", path).get("field") == field


def test_a_stranger_learns_nothing(native: Native) -> None:
    lived(native)
    native.world.do(CreatePlatform(OPERATOR, key="zeta", org="ZETA", name="Zeta"))
    token = native.world.do(CreateToken(OPERATOR, name="z", platform_key="zeta")).text
    for path in ("/pools/1/history", "/pools/1?as_of=2026-03-04T12:00:00Z", "/pools/1/usage"):
        native.problem("unknown_pool", "GET", path, token=token)
    native.problem("unknown_seat", "GET", "/seats/1/history", token=token)
    for narrowed in ("pool=1", "seat=1", "learner=1"):
        assert native.told(200, "GET", f"/events?{narrowed}", token=token)["data"] == []
