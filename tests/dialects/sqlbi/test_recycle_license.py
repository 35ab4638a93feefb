"""POST /v1/pool/{id}/license with `recycle`: the oldest license of a full pool makes way."""

import pytest

from tests.dialects.sqlbi.world import World, refused


def inactive(world: World) -> list[int]:
    every = world.get("/v1/licenses", params={"includeInactive": True, "pageSize": 100})
    return [int(license_["id"]) for license_ in every if not license_["active"]]


def test_the_oldest_license_of_a_full_pool_is_revoked_for_the_newcomer(world: World) -> None:
    """Rules 6, 23, 26."""
    pool_id = world.pool(size=2)
    oldest = world.assign(pool_id, "mira")
    world.clock.forward(hours=1)
    world.assign(pool_id, "jon")
    world.clock.forward(hours=1)
    newcomer = world.assign(pool_id, "zoe", recycle=True)
    assert inactive(world) == [oldest["id"]]
    assert newcomer["id"] > oldest["id"]
    assert world.counts(pool_id) == (2, 2, 0)
    revoked = world.get(f"/v1/license/{oldest['id']}")
    assert revoked["end"] == newcomer["start"] == "2026-03-01T14:00:00+00:00"
    assert (revoked["revokable"], revoked["editable"]) == (False, False)


def test_of_licenses_equally_old_the_one_with_the_smallest_id_goes(world: World) -> None:
    """Rule 27."""
    pool_id = world.pool(size=3)
    first, *_ = [world.assign(pool_id, name) for name in ("mira", "jon", "zoe")]
    world.assign(pool_id, "eve", recycle=True)
    assert inactive(world) == [first["id"]]


def test_each_recycling_takes_the_next_oldest(world: World) -> None:
    """Rule 27."""
    pool_id = world.pool(size=2)
    first, second = world.assign(pool_id, "mira"), world.assign(pool_id, "jon")
    world.clock.forward(hours=1)
    world.assign(pool_id, "zoe", recycle=True)
    world.assign(pool_id, "eve", recycle=True)
    assert inactive(world) == [first["id"], second["id"]]


def test_while_licenses_are_available_nobody_loses_one(world: World) -> None:
    """Rule 25."""
    pool_id = world.pool(size=2)
    world.assign(pool_id, "mira")
    world.assign(pool_id, "jon", recycle=True)
    assert inactive(world) == []


def test_a_license_that_ran_out_makes_room_before_any_is_revoked(world: World) -> None:
    """Rules 25, 27, 47: what has expired is available again, and is no candidate."""
    pool_id = world.pool(size=2)
    world.assign(pool_id, "mira")
    short = world.assign(pool_id, "jon", endDate="2026-03-02")
    world.clock.forward(days=1)
    world.assign(pool_id, "zoe", recycle=True)
    assert inactive(world) == [short["id"]]


def test_only_the_pool_s_own_licenses_make_way(world: World) -> None:
    """Rule 23."""
    elsewhere, pool_id = world.pool("dax", size=1), world.pool(size=1)
    world.assign(elsewhere, "mira")
    world.clock.forward(hours=1)
    own = world.assign(pool_id, "jon")
    world.assign(pool_id, "zoe", recycle=True)
    assert inactive(world) == [own["id"]]


def test_an_untransferable_license_never_makes_way(world: World) -> None:
    """Rules 4, 7, 24; O8."""
    pool_id = world.pool(size=1, transferable=False)
    world.assign(pool_id, "mira")
    answer = world.try_assign(pool_id, "jon@acme.example", recycle=True)
    assert refused(answer) == (400, "no_available_licenses")
    assert inactive(world) == []


def test_a_pool_of_no_licenses_has_none_to_recycle(world: World) -> None:
    """O8."""
    answer = world.try_assign(world.pool(size=0), "mira@acme.example", recycle=True)
    assert refused(answer) == (400, "no_available_licenses")


@pytest.mark.parametrize(
    ("body", "code"),
    [
        pytest.param({"email": "mira@acme.example"}, "already_enrolled", id="enrolled"),
        pytest.param({"email": "zoe@zeta.example"}, "domain_not_allowed", id="domain"),
        pytest.param({"endDate": "2026-03-01"}, "end_in_past", id="past date"),
        pytest.param({"endDate": "2029-02-04"}, "end_after_pool", id="late date"),
        pytest.param({"endDate": "soon"}, "invalid_end_date", id="no date"),
        pytest.param({"email": "zoe"}, "invalid_email", id="no address"),
    ],
)
def test_a_call_that_fails_revokes_nothing(world: World, body: dict[str, str], code: str) -> None:
    """Rule 28; O7."""
    pool_id = world.pool(size=1)
    world.assign(pool_id, "mira")
    asked = {"email": "zoe@acme.example", "recycle": True, **body}
    answer = world.ask("POST", f"/v1/pool/{pool_id}/license", json=asked)
    assert refused(answer) == (400, code)
    assert inactive(world) == []
    assert world.counts(pool_id) == (1, 1, 0)


def test_a_license_changes_hands_without_limit_one_holder_at_a_time(world: World) -> None:
    """Rules 6, 7."""
    pool_id = world.pool(size=1)
    for number in range(5):
        world.clock.forward(hours=1)
        world.assign(pool_id, f"learner{number}", recycle=True)
        (license_,) = world.get("/v1/licenses")
        assert license_["student"]["email"] == f"learner{number}@acme.example"
    assert len(inactive(world)) == 4
