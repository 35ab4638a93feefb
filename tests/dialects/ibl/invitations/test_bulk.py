"""POST /api/catalog/invitations/{kind}/bulk/ (ibl L5, L6, V12, W42, B9)."""

from typing import Any

import pytest
from httpx import Response

from seatledger.domain.command import SaveItem
from seatledger.domain.item import ItemKind
from tests.dialects.ibl.invitations.inviting import (
    ALL,
    COURSES,
    OF_ITEMS,
    PATH,
    PLATFORMS,
    listed,
)
from tests.dialects.ibl.people_contract import checked
from tests.dialects.ibl.persons import ids
from tests.dialects.ibl.world import ROOT, Caller, Kind, World, problem


def bulk(caller: Caller, kind: Kind, *items: Any, **said: Any) -> Response:
    return caller.post(f"{PATH}/{kind}/bulk/", {"invitation_data": list(items), **said})


def done(answer: Response, kind: Kind) -> dict[str, Any]:
    counted: dict[str, Any] = checked(answer, f"catalog_invitations_{kind}_bulk_create")
    return counted


@pytest.mark.parametrize("kind", ALL, ids=str)
def test_good_ones_are_made_and_bad_ones_named_in_order_w42(world: World, kind: Kind) -> None:
    items = [
        {**kind.item, "email": "ada@acme.example", "team": 3},
        {**kind.item, "email": "bad"},
        "nobody",
        {**kind.item, "username": "nobody"},
        {**kind.item},
        {**kind.item, "email": "bob@acme.example", "expired": "soon"},
        {**kind.item, "email": "ADA@acme.example", "source": "Mira"},
    ]
    counted = done(bulk(world.manager, kind, *items, platform_key="acme"), kind)
    assert counted == {
        "successes": 2,
        "error_codes": [
            "bad: email: This is not an e-mail address.",
            "Nobody: invitation_data: This is no JSON object.",
            "nobody: There is no such learner.",
            "Nobody: email: Name the person: by email or by username.",
            "bob@acme.example: expired: This is not an ISO 8601 date and time.",
        ],
    }
    (made,) = listed(world, kind)
    assert (made["metadata"], made["source"]) == ({"team": 3}, "Mira")


@pytest.mark.parametrize("kind", OF_ITEMS, ids=str)
def test_an_unknown_item_is_one_bad_one(world: World, kind: Kind) -> None:
    (field,) = kind.item
    unknown = {field: "nothing", "email": "bob@acme.example"}
    good = {**kind.item, "email": "ada@acme.example"}
    counted = done(bulk(world.manager, kind, unknown, good, platform_key="acme"), kind)
    assert counted["successes"] == 1
    assert counted["error_codes"] == ["bob@acme.example: There is no such item."]
    assert done(bulk(world.operator, kind, unknown), kind)["successes"] == 0


@pytest.mark.parametrize("kind", OF_ITEMS, ids=str)
def test_an_item_of_another_platform_refuses_all_l5(world: World, kind: Kind) -> None:
    (field,) = kind.item
    world.do(SaveItem(ROOT, kind=ItemKind(kind.name), key="theirs", platform_org="ZETA"))
    good = {**kind.item, "email": "ada@acme.example"}
    foreign = {field: "theirs", "email": "bob@acme.example"}
    for caller, said in (
        (world.manager, {"platform_key": "acme"}),
        (world.operator, {"platform_key": "acme"}),
        (world.operator, {}),
    ):
        problem(bulk(caller, kind, good, foreign, **said), 400, "invitation_data")
    assert listed(world, kind) == []
    done(bulk(world.operator, kind, foreign), kind)
    assert ids(listed(world, kind, world.stranger), "email") == ["bob@acme.example"]


def test_an_item_that_names_another_platform_refuses_all_l5(world: World) -> None:
    good, foreign = (
        {"platform_key": key, "email": f"ada@{key}.example"} for key in ("acme", "zeta")
    )
    for caller in (world.manager, world.operator):
        answer = bulk(caller, PLATFORMS, good, foreign, platform_key="acme")
        problem(answer, 400, "invitation_data")
    assert listed(world, PLATFORMS) == []


def test_items_need_not_repeat_the_platform(world: World) -> None:
    items = [{"email": f"n{number}@acme.example"} for number in range(3)]
    assert done(bulk(world.manager, PLATFORMS, *items, platform_key="acme"), PLATFORMS) == {
        "successes": 3,
        "error_codes": [],
    }


@pytest.mark.parametrize("kind", ALL, ids=str)
def test_the_platform_is_required_of_managers_v12(world: World, kind: Kind) -> None:
    good = {**kind.item, "email": "ada@acme.example"}
    problem(bulk(world.manager, kind, good), 400, "platform_key")
    problem(bulk(world.manager, kind, good, platform_key="zeta"), 403)
    problem(bulk(world.operator, kind, good, platform_key="nowhere"), 404)
    if kind is not PLATFORMS:
        assert done(bulk(world.operator, kind, good), kind)["successes"] == 1


@pytest.mark.parametrize("kind", ALL, ids=str)
@pytest.mark.parametrize("data", [[], [{}] * 1001, None, {}, "x"], ids=lambda each: str(each)[:9])
def test_a_list_has_from_1_to_1000_items(world: World, kind: Kind, data: Any) -> None:
    body = {"platform_key": "acme", "invitation_data": data}
    problem(world.manager.post(f"{PATH}/{kind}/bulk/", body), 400, "invitation_data")


def test_five_hundred_are_one_request(world: World) -> None:
    items = [{**COURSES.item, "email": f"n{number}@acme.example"} for number in range(500)]
    counted = done(bulk(world.manager, COURSES, *items, platform_key="acme"), COURSES)
    assert counted == {"successes": 500, "error_codes": []}
    assert len(listed(world, COURSES, page_size=500)) == 500
