"""GET /v1/pool/{id}: one pool with its course and its counts."""

from datetime import UTC, datetime
from typing import Any

import pytest

from seatledger.domain.item import ItemKind
from tests.dialects.sqlbi.world import DAY, ENDS, NOON, World, refused


def test_a_pool_is_shown_with_the_documented_fields(world: World) -> None:
    """Rules 1, 2, 5; table 3.6: both ids are strings."""
    pool_id = world.pool(size=5)
    license_ = world.assign(pool_id, "mira")
    assert world.get(f"/v1/pool/{pool_id}") == {
        "id": str(pool_id),
        "course": {"id": license_["courseId"], "title": "The modeling course"},
        "start": "2026-02-03T08:15:42+00:00",
        "end": ENDS["pool"],
        "transferable": True,
        "licenses": 5,
        "assignedLicenses": 1,
        "availableLicenses": 4,
    }


def test_the_end_is_the_stored_one_not_derived_and_not_rounded(world: World) -> None:
    """Rules 8, 9; O37."""
    pool_id = world.pool(end=datetime(2027, 1, 12, 16, 44, 5, 999_999, tzinfo=UTC))
    assert world.get(f"/v1/pool/{pool_id}")["end"] == "2027-01-12T16:44:05+00:00"


def test_a_pool_that_never_ends_is_shown_with_the_last_day_there_is(world: World) -> None:
    pool_id = world.pool(end=None)
    assert world.get(f"/v1/pool/{pool_id}")["end"] == ENDS["never"]


@pytest.mark.parametrize(
    ("window", "available"),
    [
        pytest.param({"start": NOON, "end": NOON + DAY}, 2, id="from its start on"),
        pytest.param({"start": NOON + DAY}, 2, id="before its start: to be assigned later"),
        pytest.param({"end": NOON}, 0, id="from its end on"),
        pytest.param({"end": NOON - DAY}, 0, id="after its end"),
        pytest.param({"active": False}, 0, id="switched off"),
    ],
)
def test_what_is_available_depends_on_the_time(
    world: World, window: dict[str, Any], available: int
) -> None:
    """Rule 5; O26."""
    assert world.counts(world.pool(**window)) == (2, 0, available)


def test_licenses_that_ran_out_are_available_again_at_that_moment(world: World) -> None:
    """Rule 47."""
    pool_id = world.pool()
    world.assign(pool_id, "mira", endDate="2026-03-02")
    assert world.counts(pool_id) == (2, 1, 1)
    world.clock.now = datetime(2026, 3, 2, tzinfo=UTC)
    assert world.counts(pool_id) == (2, 0, 2)


def test_licenses_of_an_untransferable_pool_that_ran_out_stay_assigned(world: World) -> None:
    """Rules 4, 48."""
    pool_id = world.pool(transferable=False)
    world.assign(pool_id, "mira", endDate="2026-03-02")
    world.clock.forward(days=30)
    assert world.counts(pool_id) == (2, 1, 1)


def test_another_manager_s_pool_and_a_pool_of_no_course_are_as_unknown_as_any(
    world: World,
) -> None:
    """O3."""
    world.platform("zeta")
    others = [world.pool(platform_key="zeta"), world.pool("suite", item_kind=ItemKind.PROGRAM)]
    nobodys = world.ask("GET", "/v1/pool/999")
    for pool_id in others:
        answer = world.ask("GET", f"/v1/pool/{pool_id}")
        assert refused(answer) == (404, "not_found")
        assert answer.json() == nobodys.json()
