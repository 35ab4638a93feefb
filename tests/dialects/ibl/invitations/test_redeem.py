"""POST /api/catalog/invitations/{kind}/redeem/ (ibl L4, L8, L14, W44)."""

from typing import Any

import pytest

from tests.dialects.ibl.invitations.inviting import (
    ALL,
    COURSES,
    OF_ITEMS,
    PATH,
    PLATFORMS,
    invite,
    listed,
    offer,
    redeem,
)
from tests.dialects.ibl.people_contract import checked
from tests.dialects.ibl.world import (
    COURSE_KIND,
    DAY,
    PROGRAM_KIND,
    USER_KIND,
    Clock,
    Kind,
    World,
    problem,
)

LICENCE = {"course": COURSE_KIND, "program": PROGRAM_KIND, "platform": USER_KIND}


def refused(world: World, kind: Kind, status: int, field: str | None = None, **said: Any) -> str:
    body = {**kind.item, "email": "ada@acme.example", "source": "fair", **said}
    return problem(world.manager.post(f"{PATH}/{kind}/redeem/", body), status, field)


@pytest.mark.parametrize("kind", ALL, ids=str)
def test_a_blank_one_becomes_the_persons_and_is_accepted_l8(world: World, kind: Kind) -> None:
    offer(world, kind, metadata={"stand": 4})
    redeemed = redeem(world, kind, badge=7)
    assert redeemed["active"] is False
    assert redeemed["email"] == "ada@acme.example"
    assert redeemed["started"] == "2026-03-01T12:00:00Z"
    assert redeemed["metadata"] == {"stand": 4, "badge": 7}
    assert listed(world, kind) == [redeemed]
    assert redeem(world, kind, badge=8) == redeemed
    refused(world, kind, 404, email="bob@acme.example")


@pytest.mark.parametrize("kind", ALL, ids=str)
def test_ones_own_is_redeemed_before_a_blank_one(world: World, kind: Kind) -> None:
    offer(world, kind)
    own = invite(world, kind, source="fair")
    assert redeem(world, kind)["id"] == own["id"]
    assert redeem(world, kind, email="bob@acme.example")["id"] != own["id"]


@pytest.mark.parametrize("kind", ALL, ids=str)
def test_none_left_another_source_and_an_expired_one_are_404_l8(
    world: World, kind: Kind, clock: Clock
) -> None:
    refused(world, kind, 404)
    offer(world, kind, source="other")
    refused(world, kind, 404)
    invite(world, kind, source="fair", expired=(clock.now + DAY).isoformat())
    clock.now += DAY
    refused(world, kind, 404)


@pytest.mark.parametrize("kind", ALL, ids=str)
def test_it_takes_a_seat_and_is_refused_where_all_are_taken(world: World, kind: Kind) -> None:
    licence = world.licence(LICENCE[kind.name], 1)
    offer(world, kind, 2)
    redeem(world, kind)
    sentence = refused(world, kind, 400, email="bob@acme.example")
    assert "1 bought, 1 in use" in sentence
    path = f"{kind if kind is not PLATFORMS else 'user'}/assignment/"
    (seat,) = world.manager.get(path, license_id=licence["id"]).json()["results"]
    assert (seat["email"], seat["active"]) == ("ada@acme.example", True)
    assert [row["active"] for row in listed(world, kind, active="true")] == [True]


def test_a_platform_invitation_ties_the_person_l14(world: World) -> None:
    invite(world, PLATFORMS, source="fair", first_name="Ada")
    redeemed = redeem(world, PLATFORMS)
    assert redeemed["username"] == "ada@acme.example"
    (row,) = world.manager.get("/api/core/platform/users/", platform_key="acme").json()["results"]
    assert (row["name"], row["active"]) == ("Ada", True)


def test_tying_the_invited_person_by_their_id_accepts_the_invitation_l14_w14a(
    world: World,
) -> None:
    made = invite(world, PLATFORMS)
    body = {"user_id": made["user_id"], "platform_key": "acme"}
    assert world.manager.post("/api/core/users/platforms/", body).status_code == 201
    assert not listed(world, PLATFORMS)[0]["active"]


@pytest.mark.parametrize("kind", ALL, ids=str)
@pytest.mark.parametrize(
    ("said", "field"),
    [
        ({"email": "bad"}, "email"),
        ({"email": None}, "email"),
        ({"source": ""}, "source"),
        ({"source": 5}, "source"),
        ({"metadata": []}, "metadata"),
    ],
)
def test_bad_fields_are_400_by_name(
    world: World, kind: Kind, said: dict[str, Any], field: str
) -> None:
    offer(world, kind)
    refused(world, kind, 400, field, **said)
    assert listed(world, kind)[0]["active"]


@pytest.mark.parametrize("kind", ALL, ids=str)
def test_item_source_and_person_are_required(world: World, kind: Kind) -> None:
    whole = {**kind.item, "email": "ada@acme.example", "source": "fair"}
    for field in whole:
        body = {name: value for name, value in whole.items() if name != field}
        problem(world.manager.post(f"{PATH}/{kind}/redeem/", body), 400, field)


def test_an_unknown_username_item_or_platform(world: World) -> None:
    offer(world, COURSES)
    refused(world, COURSES, 404, username="nobody")
    for kind in OF_ITEMS:
        refused(world, kind, 404, **{next(iter(kind.item)): "nothing"})
    refused(world, PLATFORMS, 403, platform_key="zeta")
    body = {**COURSES.item, "email": "zed@zeta.example", "source": "fair"}
    problem(world.stranger.post(f"{PATH}/course/redeem/", body), 404)
    answer = world.operator.post(f"{PATH}/course/redeem/", body)
    checked(answer, "catalog_invitations_course_redeem_create")
