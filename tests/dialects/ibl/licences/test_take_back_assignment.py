"""DELETE licenses/{kind}/assignment/ (G8, V7, W19, W19a, W21)."""

import pytest

from tests.dialects.ibl.world import SEATED, Kind, World, problem

kinds = pytest.mark.parametrize("kind", SEATED, ids=str)


@kinds
def test_taking_a_seat_back_frees_it_for_the_next_person(world: World, kind: Kind) -> None:
    """G8, W19: 200 with an empty object; the second time 404."""
    made = world.licence(kind, 1)
    given = world.assign(kind, made["id"], email="ada@acme.example")
    path = f"{kind}/assignment/"
    answer = world.manager.delete(path, assignment_id=given["id"], license_id=made["id"])
    assert (answer.status_code, answer.json()) == (200, {})
    assert world.used(kind, made["id"]) == 0
    newcomer = world.assign(kind, made["id"], email="bob@acme.example")
    problem(world.manager.delete(path, assignment_id=given["id"]), 404)
    assert world.seats(kind, made["id"]) == [newcomer]


@kinds
def test_who_is_seated_again_gets_a_new_row(world: World, kind: Kind) -> None:
    made = world.licence(kind, 1)
    first = world.assign(kind, made["id"], email="ada@acme.example")
    world.manager.delete(f"{kind}/assignment/", assignment_id=first["id"])
    assert world.assign(kind, made["id"], email="ada@acme.example")["id"] != first["id"]


@kinds
def test_the_licence_may_be_left_out_and_must_fit_otherwise(world: World, kind: Kind) -> None:
    """V7, W19."""
    made, other = world.licence(kind), world.licence(kind)
    given = world.assign(kind, made["id"], email="ada@acme.example")
    path = f"{kind}/assignment/"
    problem(world.manager.delete(path, assignment_id=given["id"], license_id=other["id"]), 404)
    assert world.used(kind, made["id"]) == 1
    assert world.manager.delete(path, assignment_id=given["id"]).status_code == 200


@kinds
def test_the_assignment_must_be_named(world: World, kind: Kind) -> None:
    """W19."""
    made = world.licence(kind)
    path = f"{kind}/assignment/"
    problem(world.manager.delete(path, license_id=made["id"]), 400, "assignment_id")
    problem(world.manager.delete(path, assignment_id="x"), 400, "assignment_id")
    problem(world.manager.delete(path, assignment_id=2**63), 400, "assignment_id")


@kinds
def test_an_unknown_assignment_or_one_of_another_kind_is_404(world: World, kind: Kind) -> None:
    """G8."""
    other = SEATED[(SEATED.index(kind) + 1) % 3]
    made = world.licence(other)
    given = world.assign(other, made["id"], email="ada@acme.example")
    problem(world.manager.delete(f"{kind}/assignment/", assignment_id=99), 404)
    problem(world.manager.delete(f"{kind}/assignment/", assignment_id=2**63 - 1), 404)
    problem(world.manager.delete(f"{kind}/assignment/", assignment_id=given["id"]), 404)
    assert world.used(other, made["id"]) == 1


@kinds
def test_the_id_of_a_grant_is_no_assignment_of_a_person_and_the_other_way_round(
    world: World, kind: Kind
) -> None:
    """W19."""
    made = world.licence(kind)
    seats = [world.assign(kind, made["id"], email=f"p{n}@acme.example") for n in range(3)]
    grant = world.grant(kind, made["id"], world.group())
    assert grant["id"] == seats[0]["id"] == 1  # two countings, so only numbers past the grants tell
    path = f"{kind}/assignment/group/"
    problem(world.manager.delete(path, assignment_id=seats[2]["id"]), 404)
    assert world.used(kind, made["id"]) == 3
    world.manager.delete(f"{kind}/assignment/", assignment_id=seats[0]["id"])
    problem(world.manager.delete(f"{kind}/assignment/", assignment_id=grant["id"]), 404)
    assert len(world.grants(kind, made["id"])) == 1


@kinds
def test_list_parameters_are_accepted_and_not_looked_at(world: World, kind: Kind) -> None:
    """W19a: as the published sample sends them."""
    made = world.licence(kind)
    given = world.assign(kind, made["id"], email="ada@acme.example")
    query = {"page": 0, "page_size": 0, "sort": "colour", "email": "x", "active": "maybe"}
    answer = world.manager.delete(f"{kind}/assignment/", assignment_id=given["id"], **query)
    assert answer.status_code == 200
