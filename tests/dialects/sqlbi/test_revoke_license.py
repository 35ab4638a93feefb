"""DELETE /v1/license/{id}: a license taken back."""

from tests.dialects.sqlbi.world import DAY, NOON, World, refused


def test_a_revoked_license_expires_at_once_and_its_seat_returns(world: World) -> None:
    """Rules 3, 37, 39, 40; O6."""
    pool_id = world.pool()
    new = world.assign(pool_id, "mira")
    before = world.get(f"/v1/license/{new['id']}")
    world.clock.forward(days=1)
    answer = world.revoke(new["id"])
    assert answer.status_code == 200
    ended = {"active": False, "revokable": False, "editable": False}
    assert answer.json() == {**before, **ended, "end": "2026-03-02T12:00:00+00:00"}
    assert answer.json() == world.get(f"/v1/license/{new['id']}")
    assert world.counts(pool_id) == (2, 0, 2)


def test_a_revoked_license_is_listed_only_among_the_inactive(world: World) -> None:
    """Rules 40, 52."""
    license_id = world.assign(world.pool(), "mira")["id"]
    world.revoke(license_id)
    assert world.license_ids() == []
    assert world.license_ids(includeInactive=True) == [license_id]


def test_an_untransferable_license_can_not_be_revoked(world: World) -> None:
    """Rules 4, 38, 56; O6."""
    pool_id = world.pool(transferable=False)
    license_id = world.assign(pool_id, "mira")["id"]
    assert refused(world.revoke(license_id)) == (400, "not_transferable")
    assert world.get(f"/v1/license/{license_id}")["active"] is True
    assert world.counts(pool_id) == (2, 1, 1)


def test_what_is_inactive_already_is_not_revoked_again(world: World) -> None:
    """O6."""
    pool_id, over = world.pool(size=3), world.pool("dax", end=NOON + DAY)
    revoked = world.assign(pool_id, "mira")["id"]
    expired = world.assign(pool_id, "jon", endDate="2026-03-02")["id"]
    outlived = world.assign(over, "zoe")["id"]
    world.revoke(revoked)
    world.clock.forward(days=1)
    counts = world.counts(pool_id)
    for license_id in (revoked, expired, outlived):
        before = world.get(f"/v1/license/{license_id}")
        assert refused(world.revoke(license_id)) == (400, "license_inactive")
        assert world.get(f"/v1/license/{license_id}") == before
    assert world.counts(pool_id) == counts == (3, 0, 3)


def test_the_student_and_the_progress_remain(world: World) -> None:
    """Rule 41; O25: progress is kept, also for a new license of the same student."""
    pool_id = world.pool()
    license_ = world.assign(pool_id, "mira", name="Mira Okafor")
    student_id = license_["student"]["id"]
    world.progress(student_id, 35)
    world.revoke(license_["id"])
    shown = world.get("/v1/student", params={"id": student_id, "includeInactive": True})
    assert (shown["name"], shown["courses"][0]["progress"]) == ("Mira Okafor", 35)
    world.assign(pool_id, "mira")
    assert world.get("/v1/student", params={"id": student_id})["courses"][0]["progress"] == 35


def test_a_body_is_not_read(world: World) -> None:
    license_id = world.assign(world.pool(), "mira")["id"]
    answer = world.ask("DELETE", f"/v1/license/{license_id}", content=b"not json")
    assert answer.status_code == 200
