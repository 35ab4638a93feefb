"""GET /v1/licenses: all licenses of the manager."""

from datetime import UTC, datetime
from typing import Any

from seatledger.domain.command import AssignSeat
from seatledger.domain.item import ItemKind
from seatledger.usecases.keep_tokens import SHELL
from tests.dialects.sqlbi.world import DAY, NOON, World


def test_each_element_is_what_the_license_by_itself_is(world: World) -> None:
    """O5."""
    license_ = world.assign(world.pool(), "mira")
    assert world.get("/v1/licenses") == [world.get(f"/v1/license/{license_['id']}")]


def test_licenses_of_all_pools_are_pages_of_ten_in_the_order_of_their_ids(world: World) -> None:
    """Rules 50, 51; O17, O18, O19."""
    lent, given = world.pool(size=20), world.pool(size=20, transferable=False)
    ids = [
        world.assign((lent, given)[number % 2], f"learner{number}")["id"] for number in range(12)
    ]
    assert world.license_ids() == ids[:10]
    assert world.license_ids(page=2) == ids[10:]
    assert world.license_ids(page=3) == []
    assert world.license_ids(page=10**30) == []
    assert world.license_ids(page=2, pageSize=5) == ids[5:10]
    for page in (1, 3):
        answer = world.ask("GET", "/v1/licenses", params={"page": page})
        assert answer.headers["X-Total-Count"] == "12"


def test_revoked_and_expired_licenses_are_left_out_unless_asked_for(world: World) -> None:
    """Rules 40, 52."""
    pool_id, over = world.pool(size=5), world.pool("dax", end=NOON + DAY)
    revoked = world.assign(pool_id, "mira")["id"]
    expired = world.assign(pool_id, "jon", endDate="2026-03-02")["id"]
    outlived = world.assign(over, "zoe")["id"]
    there = world.assign(pool_id, "eve")["id"]
    world.revoke(revoked)
    assert world.license_ids() == [expired, outlived, there]
    world.clock.now = datetime(2026, 3, 2, 12, tzinfo=UTC)
    assert world.license_ids() == [there]
    assert world.license_ids(includeInactive=True) == [revoked, expired, outlived, there]


def test_the_list_and_the_flags_agree_whatever_made_a_license_inactive(world: World) -> None:
    """Rules 42, 52."""
    ways: dict[str, dict[str, Any]] = {
        "switched-off": {"active": False},
        "to-come": {"start": NOON + DAY},
        "over": {"end": NOON + DAY},
        "in-force": {},
    }
    for course, changes in ways.items():
        pool_id = world.pool(course)
        world.assign(pool_id, "mira")
        world.shape(pool_id, **changes)
    world.clock.forward(hours=23)
    every = world.get("/v1/licenses", params={"includeInactive": True})
    assert [each["active"] for each in every] == [False, False, True, True]
    assert world.license_ids() == [int(each["id"]) for each in every if each["active"]]
    world.clock.forward(hours=1)
    every = world.get("/v1/licenses", params={"includeInactive": True})
    assert [each["active"] for each in every] == [False, True, False, True]
    assert world.license_ids() == [int(each["id"]) for each in every if each["active"]]


def test_licenses_of_others_and_of_no_course_are_not_listed(world: World) -> None:
    world.platform("zeta")
    for pool_id in (world.pool(platform_key="zeta"), world.pool("s", item_kind=ItemKind.PROGRAM)):
        world.carry_out(AssignSeat(SHELL, pool_id=pool_id, email="mira@acme.example"))
    assert world.license_ids(includeInactive=True) == []
