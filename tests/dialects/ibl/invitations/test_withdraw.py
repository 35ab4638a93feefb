"""DELETE /api/catalog/invitations/{kind}/ (ibl L10, V13, W41)."""

import pytest

from tests.dialects.ibl.invitations.inviting import ALL, PATH, PLATFORMS, invite, listed
from tests.dialects.ibl.world import Kind, World, problem


@pytest.mark.parametrize("kind", ALL, ids=str)
def test_without_an_id_nothing_happens_l10(world: World, kind: Kind) -> None:
    made = invite(world, kind)
    for query in ({}, {"page": 0, "page_size": 0, "sort": "x"}, {"email": made["email"]}):
        answer = world.manager.delete(f"{PATH}/{kind}/", **query)
        assert (answer.status_code, answer.json()) == (200, {})
    assert listed(world, kind) == [made]


@pytest.mark.parametrize("kind", ALL, ids=str)
def test_with_an_id_it_is_switched_off_and_stays_in_the_list_w41(world: World, kind: Kind) -> None:
    made = invite(world, kind)
    for query in ({"platform_key": "acme"}, {}):
        answer = world.manager.delete(f"{PATH}/{kind}/", id=made["id"], **query)
        assert (answer.status_code, answer.json()) == (200, {})
    assert listed(world, kind) == [{**made, "active": False}]
    body = {**kind.item, "email": made["email"], "source": "x"}
    problem(world.manager.post(f"{PATH}/{kind}/redeem/", body), 404)


@pytest.mark.parametrize("kind", ALL, ids=str)
def test_what_is_not_there_to_be_switched_off_is_404(world: World, kind: Kind) -> None:
    made = invite(world, kind)
    other = next(each for each in ALL if each is not kind)
    foreign = world.stranger.delete(f"{PATH}/{kind}/", id=made["id"])
    unknown = world.stranger.delete(f"{PATH}/{kind}/", id=99)
    assert problem(foreign, 404) == problem(unknown, 404)
    problem(world.manager.delete(f"{PATH}/{other}/", id=made["id"]), 404)
    problem(world.operator.delete(f"{PATH}/{kind}/", id=made["id"], platform_key="zeta"), 404)
    problem(world.operator.delete(f"{PATH}/{kind}/", id=made["id"], platform_key="?"), 404)
    problem(world.manager.delete(f"{PATH}/{kind}/", id=made["id"], platform_key="zeta"), 403)
    problem(world.manager.delete(f"{PATH}/{kind}/", id="x"), 400, "id")
    assert listed(world, kind) == [made]


def test_an_operator_names_no_platform(world: World) -> None:
    made = invite(world, PLATFORMS)
    assert world.operator.delete(f"{PATH}/platform/", id=made["id"]).status_code == 200
    assert not listed(world, PLATFORMS)[0]["active"]
