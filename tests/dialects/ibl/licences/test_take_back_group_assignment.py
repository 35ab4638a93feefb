"""DELETE licenses/{kind}/assignment/group/ (H7, V7, W19, W19a, W28, W29)."""

from typing import Any

import pytest

from seatledger.domain.command import DeleteGroup
from tests.dialects.ibl.world import PROGRAM_KIND, ROOT, SEATED, Kind, World, problem

kinds = pytest.mark.parametrize("kind", SEATED, ids=str)


@kinds
def test_the_seats_a_grant_made_go_with_it_and_direct_ones_stay(world: World, kind: Kind) -> None:
    """H7, W28: 200 with an empty object; the second time 404."""
    made = world.licence(kind, 2)
    ada, bob = world.member("ada"), world.member("bob")
    own = world.assign(kind, made["id"], user_id=ada)
    grant = world.grant(kind, made["id"], world.group(ada, bob))
    path = f"{kind}/assignment/group/"
    answer = world.manager.delete(path, assignment_id=grant["id"], license_id=made["id"])
    assert (answer.status_code, answer.json()) == (200, {})
    assert world.seats(kind, made["id"]) == [own]
    assert (world.used(kind, made["id"]), world.grants(kind, made["id"])) == (1, [])
    problem(world.manager.delete(path, assignment_id=grant["id"]), 404)


def test_the_published_sample_is_accepted(world: World) -> None:
    """W19a."""
    kind = SEATED[0]
    made = world.licence(kind)
    grant = world.grant(kind, made["id"], world.group())
    sample: dict[str, Any] = {
        "assignment_id": grant["id"],
        "license_id": made["id"],
        "page": 0,
        "page_size": 0,
        "platform_key": "acme",
        "platform_org": "ACME",
        "sort": "id",
    }
    answer = world.manager.delete(f"{kind}/assignment/group/", **sample)
    assert answer.status_code == 200


@pytest.mark.parametrize(("said", "left"), [({}, 0), ({"remove_user_assignments": "true"}, 0)])
def test_program_seats_go_by_default(world: World, said: dict[str, Any], left: int) -> None:
    """H7."""
    assert seats_left(world, said) == left


@pytest.mark.parametrize("no", ["false", "0", "False"])
def test_program_seats_stay_where_the_caller_says_so(world: World, no: str) -> None:
    """H7: they are direct from then on."""
    assert seats_left(world, {"remove_user_assignments": no}) == 2


def seats_left(world: World, query: dict[str, Any]) -> int:
    made = world.licence(PROGRAM_KIND)
    grant = world.grant(
        PROGRAM_KIND, made["id"], world.group(world.member("ada"), world.member("bob"))
    )
    path = "program/assignment/group/"
    assert world.manager.delete(path, assignment_id=grant["id"], **query).status_code == 200
    rows = world.seats(PROGRAM_KIND, made["id"])
    assert all(row["direct"] for row in rows)
    assert world.used(PROGRAM_KIND, made["id"]) == len(rows)
    return len(rows)


def test_the_switch_is_true_or_false(world: World) -> None:
    """W51."""
    query = {"assignment_id": 1, "remove_user_assignments": "maybe"}
    path = "program/assignment/group/"
    problem(world.manager.delete(path, **query), 400, "remove_user_assignments")


@kinds
def test_the_licence_may_be_left_out_and_must_fit_otherwise(world: World, kind: Kind) -> None:
    """V7, W19."""
    made, other = world.licence(kind), world.licence(kind)
    grant = world.grant(kind, made["id"], world.group())
    path = f"{kind}/assignment/group/"
    problem(world.manager.delete(path, assignment_id=grant["id"], license_id=other["id"]), 404)
    assert len(world.grants(kind, made["id"])) == 1
    assert world.manager.delete(path, assignment_id=grant["id"]).status_code == 200


@kinds
def test_unknown_ones_and_those_of_another_kind_are_404(world: World, kind: Kind) -> None:
    """W19."""
    other = SEATED[(SEATED.index(kind) + 1) % 3]
    made = world.licence(other)
    grant = world.grant(other, made["id"], world.group())
    path = f"{kind}/assignment/group/"
    problem(world.manager.delete(path), 400, "assignment_id")
    problem(world.manager.delete(path, assignment_id=99), 404)
    problem(world.manager.delete(path, assignment_id=2**63 - 1), 404)
    problem(world.manager.delete(path, assignment_id=grant["id"]), 404)
    assert len(world.grants(other, made["id"])) == 1


@kinds
def test_deleting_a_group_removes_its_grants(world: World, kind: Kind) -> None:
    """W29."""
    made = world.licence(kind)
    group = world.group(world.member("ada"))
    world.grant(kind, made["id"], group)
    world.do(DeleteGroup(ROOT, group_id=group))
    assert (world.used(kind, made["id"]), world.grants(kind, made["id"])) == (0, [])
