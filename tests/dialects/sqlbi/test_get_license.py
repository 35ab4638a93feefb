"""GET /v1/license/{id}: one license."""

import pytest

from seatledger.domain.command import AssignSeat
from seatledger.domain.item import ItemKind
from seatledger.usecases.keep_tokens import SHELL
from tests.dialects.sqlbi.world import DAY, ENDS, NOON, World, refused


def test_a_license_is_shown_with_the_documented_fields(world: World) -> None:
    """Rules 21, 42, 43, 44; table 3.6: all ids are strings."""
    pool_id = world.pool()
    new = world.assign(pool_id, "mira", name="Mira Okafor")
    assert world.get(f"/v1/license/{new['id']}") == {
        "id": str(new["id"]),
        "poolId": str(pool_id),
        "courseId": new["courseId"],
        "start": "2026-03-01T12:00:00+00:00",
        "end": ENDS["pool"],
        "active": True,
        "revokable": True,
        "editable": True,
        "student": {
            "id": str(new["student"]["id"]),
            "name": "Mira Okafor",
            "email": "mira@acme.example",
        },
    }


def flags(world: World, license_id: int) -> tuple[bool, bool, bool]:
    license_ = world.get(f"/v1/license/{license_id}")
    return license_["active"], license_["revokable"], license_["editable"]


@pytest.mark.parametrize("transferable", [True, False])
def test_a_license_is_active_until_it_ends_and_changeable_where_transferable(
    world: World, transferable: bool
) -> None:
    """Rules 42, 43, 44."""
    license_id = world.assign(world.pool(transferable=transferable), "mira", endDate="2026-03-02")[
        "id"
    ]
    assert flags(world, license_id) == (True, transferable, transferable)
    world.clock.forward(hours=12)
    assert flags(world, license_id) == (False, False, False)


def test_a_revoked_license_can_still_be_read(world: World) -> None:
    """Rules 40, 54."""
    license_id = world.assign(world.pool(), "mira")["id"]
    world.clock.forward(days=1)
    world.revoke(license_id)
    assert world.get(f"/v1/license/{license_id}")["end"] == "2026-03-02T12:00:00+00:00"
    assert flags(world, license_id) == (False, False, False)


def test_a_license_never_outlasts_its_pool(world: World) -> None:
    """Rule 46."""
    pool_id = world.pool()
    license_id = world.assign(pool_id, "mira", endDate="2028-01-01")["id"]
    world.shape(pool_id, end=NOON + DAY)
    assert world.get(f"/v1/license/{license_id}")["end"] == "2026-03-02T12:00:00+00:00"
    world.clock.forward(days=1)
    assert flags(world, license_id) == (False, False, False)


def test_a_renewed_pool_takes_along_the_licenses_that_ended_with_it(world: World) -> None:
    """O38."""
    pool_id = world.pool(size=3)
    follows = world.assign(pool_id, "mira")["id"]
    same_day = world.assign(pool_id, "jon", endDate="2029-02-03")["id"]
    stays = world.assign(pool_id, "zoe", endDate="2028-01-01")["id"]
    world.shape(pool_id, end=NOON + 10_000 * DAY)
    ends = [world.get(f"/v1/license/{each}")["end"] for each in (follows, same_day, stays)]
    assert ends == ["2053-07-17T12:00:00+00:00"] * 2 + ["2028-01-01T00:00:00+00:00"]


def test_the_last_day_there_is_follows_a_pool_that_gets_an_end(world: World) -> None:
    """O38."""
    pool_id = world.pool(end=None)
    license_id = world.assign(pool_id, "mira", endDate="9999-12-31")["id"]
    for days in (10, 20):
        world.shape(pool_id, end=NOON + days * DAY)
        shown = world.get(f"/v1/license/{license_id}")["end"]
        assert shown == f"2026-03-{1 + days}T12:00:00+00:00"


def test_licenses_of_others_and_of_no_course_are_unknown_to_every_operation(world: World) -> None:
    """O3."""
    world.platform("zeta")
    for pool_id in (world.pool(platform_key="zeta"), world.pool("s", item_kind=ItemKind.PROGRAM)):
        seated = world.carry_out(AssignSeat(SHELL, pool_id=pool_id, email="mira@acme.example"))
        path = f"/v1/license/{seated.seat.id}"
        for method, body in (("GET", None), ("PATCH", {"endDate": "2027-01-01"}), ("DELETE", None)):
            answer = world.ask(method, path, json=body)
            assert refused(answer) == (404, "not_found")
            assert answer.json() == world.ask(method, "/v1/license/999", json=body).json()
