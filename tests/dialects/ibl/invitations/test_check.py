"""GET /api/catalog/invitations/platform/check/: public, and says yes or no (ibl L9, W45)."""

from datetime import timedelta

import pytest

from tests.dialects.ibl.invitations.inviting import COURSES, PATH, PLATFORMS, invite, redeem
from tests.dialects.ibl.world import Clock, World, problem

CHECK = f"{PATH}/platform/check/"


def status(world: World, email: str = "ada@acme.example") -> int:
    return world.nobody.get(CHECK, email=email).status_code


def test_an_open_platform_invitation_is_200_without_a_key(world: World) -> None:
    assert status(world) == 404
    invite(world, PLATFORMS)
    answer = world.nobody.get(CHECK, email=" ADA@acme.example")
    assert (answer.status_code, answer.json()) == (200, {})


def test_any_platform_will_do(world: World) -> None:
    body = {"platform_key": "zeta", "email": "ada@acme.example"}
    world.stranger.post(f"{PATH}/platform/", body)
    assert status(world) == 200


@pytest.mark.parametrize("why", ["expired", "withdrawn", "redeemed", "of a course"])
def test_what_is_not_open_is_404_without_a_hint_why_w45(
    world: World, clock: Clock, why: str
) -> None:
    nobody = problem(world.nobody.get(CHECK, email="bob@acme.example"), 404)
    kind = COURSES if why == "of a course" else PLATFORMS
    end = clock.now + timedelta(hours=1)
    made = invite(world, kind, source="fair", expired=end.isoformat())
    if why == "expired":
        assert status(world) == 200
        clock.now = end
    if why == "withdrawn":
        world.manager.delete(f"{PATH}/platform/", id=made["id"])
    if why == "redeemed":
        redeem(world, PLATFORMS)
    assert problem(world.nobody.get(CHECK, email="ada@acme.example"), 404) == nobody


def test_an_address_is_needed(world: World) -> None:
    for path in (CHECK, f"{CHECK}?email=", f"{CHECK}?email=bad"):
        problem(world.nobody.get(path), 400, "email")
