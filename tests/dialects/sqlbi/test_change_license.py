"""PATCH /v1/license/{id}: another end date."""

from datetime import UTC, datetime

import pytest

from tests.dialects.sqlbi.world import DAY, ENDS, NOON, World, refused


def test_the_changed_license_is_answered_as_reading_it_would(world: World) -> None:
    """O5."""
    license_id = world.assign(world.pool(), "mira")["id"]
    answer = world.change(license_id, "2027-12-31")
    assert answer.status_code == 200
    assert answer.json() == world.get(f"/v1/license/{license_id}")
    assert answer.json()["end"] == "2027-12-31T00:00:00+00:00"


def test_an_end_may_move_both_ways_within_the_pool(world: World) -> None:
    """Rule 34."""
    license_id = world.assign(world.pool(), "mira", endDate="2027-06-30")["id"]
    for day in ("2028-01-01", "2026-03-02", "2029-02-03"):
        answer = world.change(license_id, day)
        assert (answer.status_code, answer.json()["end"]) == (200, f"{day}T00:00:00+00:00")


@pytest.mark.parametrize(
    ("pool_end", "day"),
    [
        pytest.param(datetime(2029, 2, 3, tzinfo=UTC), "2029-02-03", id="midnight"),
        pytest.param(datetime(2029, 2, 3, 16, 44, 5, tzinfo=UTC), "2029-02-03", id="later"),
        pytest.param(None, "9999-12-31", id="never"),
    ],
)
def test_the_day_on_which_the_pool_ends_is_allowed(
    world: World, pool_end: datetime | None, day: str
) -> None:
    """Rule 34."""
    license_id = world.assign(world.pool(end=pool_end), "mira", endDate="2027-01-01")["id"]
    answer = world.change(license_id, day)
    assert (answer.status_code, answer.json()["end"]) == (200, f"{day}T00:00:00+00:00")


def test_an_end_moved_to_the_pool_s_follows_the_pool_from_then_on(world: World) -> None:
    """O38."""
    pool_id = world.pool()
    license_id = world.assign(pool_id, "mira", endDate="2027-01-01")["id"]
    world.change(license_id, "2029-02-03")
    world.shape(pool_id, end=datetime(2030, 2, 3, tzinfo=UTC))
    assert world.get(f"/v1/license/{license_id}")["end"] == "2030-02-03T00:00:00+00:00"


@pytest.mark.parametrize("day", ["2029-02-04", "9999-12-31"])
def test_an_end_after_the_pool_s_is_refused_not_capped(world: World, day: str) -> None:
    """Rules 33, 46; O9."""
    license_id = world.assign(world.pool(), "mira", endDate="2027-01-01")["id"]
    answer = world.change(license_id, day)
    assert refused(answer) == (400, "end_after_pool")
    assert answer.json()["field"] == "endDate"
    assert ENDS["pool"] in answer.json()["message"]
    assert world.get(f"/v1/license/{license_id}")["end"] == "2027-01-01T00:00:00+00:00"


@pytest.mark.parametrize("day", ["2026-03-01", "2026-02-28", "2020-01-01", "0001-01-01"])
def test_a_date_that_has_come_expires_the_license_at_once_and_frees_it(
    world: World, day: str
) -> None:
    """Rules 3, 32, 35, 36; O28: today has come, since access stops at the start of a day."""
    pool_id = world.pool()
    license_id = world.assign(pool_id, "mira")["id"]
    assert world.counts(pool_id) == (2, 1, 1)
    answer = world.change(license_id, day)
    assert answer.status_code == 200
    changed = answer.json()
    assert changed["end"] == f"{day}T00:00:00+00:00"
    assert (changed["active"], changed["revokable"], changed["editable"]) == (False, False, False)
    assert world.counts(pool_id) == (2, 0, 2)
    assert world.get(f"/v1/license/{license_id}") == changed


def test_a_license_that_expired_is_never_revived(world: World) -> None:
    """Rules 31, 32."""
    pool_id = world.pool()
    by_date = world.assign(pool_id, "mira")["id"]
    by_time = world.assign(pool_id, "jon", endDate="2026-03-02")["id"]
    world.change(by_date, "2026-03-01")
    world.clock.forward(days=1)
    for license_id in (by_date, by_time):
        assert refused(world.change(license_id, "2028-01-01")) == (400, "license_inactive")
    assert world.license_ids() == []


def test_a_license_that_was_revoked_is_never_revived(world: World) -> None:
    """Rule 31; O6."""
    license_id = world.assign(world.pool(), "mira")["id"]
    world.revoke(license_id)
    assert refused(world.change(license_id, "2028-01-01")) == (400, "license_inactive")


def test_a_license_of_a_pool_that_is_over_has_expired(world: World) -> None:
    """Rules 31, 46."""
    license_id = world.assign(world.pool(end=NOON + DAY), "mira")["id"]
    world.clock.forward(days=1)
    assert refused(world.change(license_id, "2026-03-02")) == (400, "license_inactive")


@pytest.mark.parametrize("day", ["2027-01-01", "2020-01-01", "2030-01-01"])
def test_an_untransferable_license_never_changes(world: World, day: str) -> None:
    """Rules 4, 30, 56; O6, O29."""
    license_id = world.assign(world.pool(transferable=False), "mira")["id"]
    assert refused(world.change(license_id, day)) == (400, "not_transferable")
    assert world.get(f"/v1/license/{license_id}")["end"] == ENDS["pool"]
