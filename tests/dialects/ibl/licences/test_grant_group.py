"""POST licenses/{kind}/assignment/group/ (H1–H6, W7, W20, W24–W26, W30, W31)."""

from typing import Any

import pytest

from tests.dialects.ibl.world import PROGRAM_KIND, SEATED, Kind, World, problem

kinds = pytest.mark.parametrize("kind", SEATED, ids=str)


def refused(world: World, kind: Kind, status: int, field: str | None = None, **body: Any) -> str:
    return problem(world.manager.post(f"{kind}/assignment/group/", body), status, field)


@kinds
def test_a_group_is_given_a_licence_and_every_member_a_seat(world: World, kind: Kind) -> None:
    """H1, H2, H5, H6."""
    made = world.licence(kind)
    members = [world.member("ada"), world.member("bob")]
    group = world.group(*members)
    granted = world.grant(kind, made["id"], group)
    said: dict[str, Any] = {
        "id": granted["id"],
        "group_id": group,
        "group_name": "Night shift",
        "active": True,
        "fulfilled": False,
        "redirect_to": None,
        "metadata": {},
        "license_id": made["id"],
        "license_name": made["name"],
        **kind.item,
    }
    if kind is PROGRAM_KIND:
        noon = "2026-03-01T12:00:00Z"
        said |= {"created": noon, "modified": noon, "program_name": "Nursing"}
        said |= {"user_count": 2, "assigned_count": 2}
    assert granted == said
    rows = world.seats(kind, made["id"])
    assert [row["user_id"] for row in rows] == members
    if kind is PROGRAM_KIND:
        assert [row["direct"] for row in rows] == [False, False]


@kinds
def test_the_same_group_again_is_the_same_grant(world: World, kind: Kind) -> None:
    """H1, W30: what is left out stays."""
    made = world.licence(kind)
    group = world.group(world.member("ada"))
    first = world.grant(kind, made["id"], group, fulfilled=True, metadata={"a": 1})
    assert world.grant(kind, made["id"], group) == first
    changed = world.grant(kind, made["id"], group, metadata={"b": 2})
    assert changed == {**first, "metadata": {"b": 2}}
    assert (world.used(kind, made["id"]), len(world.grants(kind, made["id"]))) == (1, 1)


def test_a_program_grant_has_a_link_that_its_seats_get(world: World) -> None:
    """I2."""
    made = world.licence(PROGRAM_KIND)
    link = "https://acme.example/start"
    group = world.group(world.member("ada"))
    assert world.grant(PROGRAM_KIND, made["id"], group, redirect_to=link)["redirect_to"] == link
    assert world.seats(PROGRAM_KIND, made["id"])[0]["redirect_to"] == link


@kinds
def test_a_group_fits_whole_or_not_at_all(world: World, kind: Kind) -> None:
    """F6, H4, W24."""
    made = world.licence(kind, 2)
    group = world.group(*(world.member(name) for name in ("ada", "bob", "cy")))
    sentence = refused(world, kind, 400, "group_id", license_id=made["id"], group_id=group)
    assert "2 bought, 0 in use, 3 asked" in sentence
    assert (world.used(kind, made["id"]), world.grants(kind, made["id"])) == (0, [])


@kinds
def test_members_who_hold_a_seat_do_not_count_and_are_left_alone(world: World, kind: Kind) -> None:
    """H3, W5, W24."""
    made = world.licence(kind, 2)
    ada, bob = world.member("ada"), world.member("bob")
    own = world.assign(kind, made["id"], user_id=ada, metadata={"mine": True})
    world.grant(kind, made["id"], world.group(ada, bob))
    assert world.used(kind, made["id"]) == 2
    assert world.seats(kind, made["id"])[0] == own


@kinds
def test_two_groups_with_one_person_take_one_seat_of_theirs(world: World, kind: Kind) -> None:
    """W5."""
    made = world.licence(kind, 1)
    ada = world.member("ada")
    for name in ("Night", "Day"):
        world.grant(kind, made["id"], world.group(ada, name=name))
    assert world.used(kind, made["id"]) == 1


@kinds
def test_an_empty_group_fills_as_people_join(world: World, kind: Kind) -> None:
    """H8, W25."""
    made = world.licence(kind)
    group = world.group()
    world.grant(kind, made["id"], group)
    assert world.used(kind, made["id"]) == 0
    ada = world.member("ada")
    world.regroup(group, ada)
    assert [row["user_id"] for row in world.seats(kind, made["id"])] == [ada]


@kinds
def test_who_joins_too_late_waits_for_a_free_seat(world: World, kind: Kind) -> None:
    """W26: the grant is not fulfilled while somebody waits; who waited longest is next."""
    made = world.licence(kind, 1)
    ada, bob, cy = (world.member(name) for name in ("ada", "bob", "cy"))
    group = world.group(ada)
    world.grant(kind, made["id"], group, fulfilled=True)
    world.regroup(group, ada, bob)
    world.regroup(group, ada, bob, cy)
    (grant,) = world.grants(kind, made["id"])
    assert grant["fulfilled"] is False
    if kind is PROGRAM_KIND:
        assert (grant["user_count"], grant["assigned_count"]) == (3, 1)
    (seat,) = world.seats(kind, made["id"])
    world.manager.delete(f"{kind}/assignment/", assignment_id=seat["id"])
    assert [row["user_id"] for row in world.seats(kind, made["id"])] == [bob]
    body = {"license_id": made["id"], "count": 5}
    assert world.operator.post(f"{kind}/update/", body).status_code == 200
    assert [row["user_id"] for row in world.seats(kind, made["id"])] == [bob, cy]


@kinds
def test_who_leaves_the_group_loses_what_it_gave_them(world: World, kind: Kind) -> None:
    """H9, W27: unless they have it directly or through another group."""
    made = world.licence(kind)
    ada, bob, cy = (world.member(name) for name in ("ada", "bob", "cy"))
    group, other = world.group(ada, bob, cy), world.group(cy)
    world.grant(kind, made["id"], group)
    world.grant(kind, made["id"], other)
    world.assign(kind, made["id"], user_id=bob)
    world.regroup(group)
    assert [row["user_id"] for row in world.seats(kind, made["id"])] == [bob, cy]


@kinds
def test_a_grant_switched_off_frees_its_seats_and_brings_them_back(
    world: World, kind: Kind
) -> None:
    """W31."""
    made = world.licence(kind, 2)
    group = world.group(world.member("ada"), world.member("bob"))
    world.grant(kind, made["id"], group)
    before = world.seats(kind, made["id"])
    assert world.grant(kind, made["id"], group, active=False)["active"] is False
    assert world.used(kind, made["id"]) == 0
    assert [row["active"] for row in world.seats(kind, made["id"])] == [False, False]
    world.grant(kind, made["id"], group, active=True)
    assert world.seats(kind, made["id"]) == before
    assert world.used(kind, made["id"]) == 2


@kinds
def test_unknown_groups_and_licences_are_404(world: World, kind: Kind) -> None:
    """G6, H11, W56."""
    made = world.licence(kind)
    refused(world, kind, 404, license_id=made["id"], group_id=99)
    refused(world, kind, 404, license_id=made["id"], group_id=2**63 - 1)
    refused(world, kind, 404, license_id=99, group_id=world.group())
    refused(world, kind, 404, license_id=made["id"], group_id=world.group(platform="zeta"))
    other = world.licence(SEATED[(SEATED.index(kind) + 1) % 3])
    refused(world, kind, 404, license_id=other["id"], group_id=world.group())


@kinds
def test_both_must_be_named_and_the_query_must_agree(world: World, kind: Kind) -> None:
    """H1, W20."""
    made = world.licence(kind)
    group = world.group()
    refused(world, kind, 400, "group_id", license_id=made["id"])
    refused(world, kind, 400, "license_id", group_id=group)
    body = {"license_id": made["id"], "group_id": group}
    path = f"{kind}/assignment/group/"
    answer = world.manager.post(path, body, params={"license_id": made["id"] + 1})
    problem(answer, 400, "license_id")
    answer = world.manager.post(path, body, params={"license_id": made["id"], "page": 0})
    assert answer.status_code == 200


@kinds
def test_no_grant_in_a_licence_that_is_off_or_over(world: World, kind: Kind) -> None:
    """W7."""
    group = world.group(world.member("ada"))
    for fields in ({"active": False}, {"started": "2026-01-01", "expired": "2026-02-01"}):
        made = world.licence(kind, **fields)
        refused(world, kind, 400, license_id=made["id"], group_id=group)
        assert world.grants(kind, made["id"]) == []
