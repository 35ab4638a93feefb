"""GET /api/catalog/invitations/{kind}/ (ibl L4, L11, L14, S1–S6, W48–W50, B7)."""

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
from tests.dialects.ibl.persons import ids
from tests.dialects.ibl.world import Kind, World, problem


def emails(rows: list[Any]) -> list[str | None]:
    return ids(rows, "email")


@pytest.mark.parametrize("kind", ALL, ids=str)
def test_the_newest_is_first_and_each_kind_is_by_itself(world: World, kind: Kind) -> None:
    for each in ALL:
        invite(world, each, "ada@acme.example")
        invite(world, each, "bob@acme.example")
    assert emails(listed(world, kind)) == ["bob@acme.example", "ada@acme.example"]
    assert emails(listed(world, kind, sort="email")) == ["ada@acme.example", "bob@acme.example"]


@pytest.mark.parametrize("kind", ALL, ids=str)
def test_pending_and_accepted_are_told_by_active_l4(world: World, kind: Kind) -> None:
    invite(world, kind, source="fair")
    invite(world, kind, "bob@acme.example")
    redeemed = redeem(world, kind)
    assert redeemed["started"] == "2026-03-01T12:00:00Z"
    assert emails(listed(world, kind, active="false")) == ["ada@acme.example"]
    assert emails(listed(world, kind, active="1")) == ["bob@acme.example"]
    assert listed(world, kind, active="false") == [redeemed]


@pytest.mark.parametrize("kind", ALL, ids=str)
def test_filters_combine_and_unknown_parameters_are_metadata_l11_s6(
    world: World, kind: Kind
) -> None:
    invite(world, kind, "ada@acme.example", source="Mira", metadata={"team": 3, "new": True})
    invite(world, kind, "bob@acme.example", source="Mira", metadata={"team": 4})
    offer(world, kind, 1, "fair", team=3)
    ((field, item),) = kind.item.items()
    cases: list[tuple[dict[str, Any], list[str | None]]] = [
        ({"email": "ADA@acme.example"}, ["ada@acme.example"]),
        ({"username": "ada@acme.example"}, ["ada@acme.example"]),
        ({"source": "Mira"}, ["bob@acme.example", "ada@acme.example"]),
        ({"source": "Mira", "team": "4"}, ["bob@acme.example"]),
        ({"team": "3"}, [None, "ada@acme.example"]),
        ({"new": "true"}, ["ada@acme.example"]),
        ({"nothing": "3"}, []),
        ({"email": "ada@acme.example", "source": "fair"}, []),
        ({field: item, "email": "bob@acme.example"}, ["bob@acme.example"]),
        ({"platform_key": "acme", "org": "ACME", "source": "fair"}, [None]),
        ({"verbose": "true", "source": "fair"}, [None]),
    ]
    for query, expected in cases:
        assert emails(listed(world, kind, **query)) == expected, query


@pytest.mark.parametrize("kind", OF_ITEMS, ids=str)
def test_another_items_are_left_out(world: World, kind: Kind) -> None:
    invite(world, kind)
    other: dict[str, Any] = {next(iter(kind.item)): "other"}
    assert listed(world, kind, **other) == []
    assert len(listed(world, kind, platform_org="ACME")) == 1


@pytest.mark.parametrize("kind", ALL, ids=str)
def test_a_blank_one_says_nobody_l15(world: World, kind: Kind) -> None:
    offer(world, kind, source="fair")
    (blank,) = listed(world, kind)
    said = {blank["user_id"], blank["username"], blank["email"], blank["started"], blank["expired"]}
    assert said == {None}


def test_who_registered_has_a_username_l14(world: World) -> None:
    made = invite(world, COURSES)
    assert made["username"] is None
    world.link(made["user_id"])
    (row,) = listed(world, COURSES)
    assert (row["username"], row["active"]) == ("ada@acme.example", True)


@pytest.mark.parametrize("kind", ALL, ids=str)
def test_each_sees_their_own_platform_b7(world: World, kind: Kind) -> None:
    invite(world, kind)
    assert listed(world, kind, world.stranger) == []
    assert len(listed(world, kind, world.operator)) == 1
    assert listed(world, kind, world.operator, platform_key="zeta") == []
    assert listed(world, kind, world.operator, platform_key="nowhere") == []
    for query in ({"platform_key": "zeta"}, {"platform_key": "nowhere"}, {"org": "ZETA"}):
        problem(world.manager.get(f"{PATH}/{kind}/", **query), 403)


def test_pages_have_links_and_an_end_s1_w48(world: World) -> None:
    offer(world, COURSES, 3)
    answer = world.manager.get(f"{PATH}/course/", page_size=2, source="fair")
    page = checked(answer, "catalog_invitations_course_retrieve")
    assert (page["count"], len(page["results"]), page["previous_page"]) == (3, 2, None)
    assert page["next_page"] == page["next"]
    rest = checked(world.manager.get(page["next_page"]), "catalog_invitations_course_retrieve")
    assert (len(rest["results"]), rest["next_page"]) == (1, None)


@pytest.mark.parametrize("kind", ALL, ids=str)
@pytest.mark.parametrize(
    ("query", "field"),
    [
        ({"sort": "colour"}, "sort"),
        ({"sort": ""}, "sort"),
        ({"page": "0"}, "page"),
        ({"active": "maybe"}, "active"),
        ({"email": ""}, "email"),
    ],
)
def test_bad_parameters_are_400(
    world: World, kind: Kind, query: dict[str, str], field: str
) -> None:
    problem(world.manager.get(f"{PATH}/{kind}/", **query), 400, field)


@pytest.mark.parametrize("sort", ["id", "created", "started", "expired", "source", "user_id"])
def test_what_a_list_can_be_sorted_by_w49(world: World, sort: str) -> None:
    for number in range(3):
        invite(world, PLATFORMS, f"n{number}@acme.example")
    assert ids(listed(world, PLATFORMS, sort=sort)) == [1, 2, 3]
    assert ids(listed(world, PLATFORMS, sort=f"-{sort}")) == [3, 2, 1]
