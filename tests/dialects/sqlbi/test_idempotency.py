"""Idempotency-Key on SQLBI operations: a license is assigned once and told as it was."""

from tests.dialects.sqlbi.world import World, refused

KEY = {"Idempotency-Key": "order-4711"}


def test_a_license_is_assigned_once(world: World) -> None:
    pool_id = world.pool(size=2)
    path, body = f"/v1/pool/{pool_id}/license", {"email": "mira@acme.example"}
    first = world.ask("POST", path, json=body, headers=KEY)
    second = world.ask("POST", path, json=body, headers=KEY)
    assert (first.status_code, second.status_code) == (200, 200)
    assert second.text == first.text
    assert "idempotent-replayed" not in first.headers
    assert second.headers["idempotent-replayed"] == "true"
    assert world.counts(pool_id) == (2, 1, 1)
    assert refused(world.try_assign(pool_id, "mira@acme.example")) == (400, "already_enrolled")


def test_what_depends_on_the_time_is_told_as_of_the_first_time(world: World) -> None:
    license_id = world.assign(world.pool(), "mira")["id"]
    body = {"endDate": "2026-03-05"}
    first = world.ask("PATCH", f"/v1/license/{license_id}", json=body, headers=KEY)
    world.clock.forward(days=20)
    second = world.ask("PATCH", f"/v1/license/{license_id}", json=body, headers=KEY)
    assert second.headers["idempotent-replayed"] == "true"
    assert second.json() == first.json()
    assert world.get(f"/v1/license/{license_id}") != first.json()


def test_another_request_with_the_key_is_refused_in_the_shape_of_this_contract(
    world: World,
) -> None:
    pool_id = world.pool()
    path = f"/v1/pool/{pool_id}/license"
    world.ask("POST", path, json={"email": "mira@acme.example"}, headers=KEY)
    answer = world.ask("POST", path, json={"email": "theo@acme.example"}, headers=KEY)
    assert refused(answer) == (422, "idempotency_key_reused")
    assert world.counts(pool_id) == (2, 1, 1)
