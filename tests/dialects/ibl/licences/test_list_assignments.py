"""GET licenses/{kind}/assignment/ (G9, G10, S3, W49, W51)."""

from typing import Any

import pytest
from sqlalchemy import Executable

from seatledger.storage.unit import Rows, Unit
from tests.dialects.ibl.world import PROGRAM_KIND, SEATED, Kind, World, problem

kinds = pytest.mark.parametrize("kind", SEATED, ids=str)


@kinds
def test_the_oldest_come_first_and_only_those_of_the_licence(world: World, kind: Kind) -> None:
    """G9, S3."""
    made, other = world.licence(kind), world.licence(kind)
    given = [
        world.assign(kind, made["id"], email=f"{name}@acme.example") for name in ("b", "a", "c")
    ]
    world.assign(kind, other["id"], email="d@acme.example")
    assert world.seats(kind, made["id"]) == given
    assert world.seats(kind, made["id"], sort="-id") == given[::-1]
    assert world.seats(kind, made["id"], page=2, page_size=2) == given[2:]


@kinds
def test_those_switched_off_are_listed_and_those_taken_back_are_not(
    world: World, kind: Kind
) -> None:
    """W13, W19."""
    made = world.licence(kind)
    off = world.assign(kind, made["id"], email="a@acme.example", active=False)
    gone = world.assign(kind, made["id"], email="b@acme.example")
    world.manager.delete(f"{kind}/assignment/", assignment_id=gone["id"])
    assert world.seats(kind, made["id"]) == [off]
    assert off["active"] is False


@kinds
def test_the_licence_must_be_named(world: World, kind: Kind) -> None:
    """G9."""
    for path in ("assignment", "assignment/group"):
        problem(world.manager.get(f"{kind}/{path}/"), 400, "license_id")
        problem(world.manager.get(f"{kind}/{path}/", license_id="x"), 400, "license_id")
        problem(world.manager.get(f"{kind}/{path}/", license_id=2**63), 400, "license_id")


@kinds
def test_an_unknown_licence_has_no_assignments(world: World, kind: Kind) -> None:
    """T1: lists have no 404; nor has a licence of another kind any here."""
    other = SEATED[(SEATED.index(kind) + 1) % 3]
    made = world.licence(other)
    world.assign(other, made["id"], email="a@acme.example")
    assert world.seats(kind, 99) == world.seats(kind, made["id"]) == []


@kinds
def test_a_list_is_sorted_by_its_fields_only(world: World, kind: Kind) -> None:
    """W49."""
    made = world.licence(kind)
    ids = {
        name: world.assign(kind, made["id"], email=f"{name}@acme.example")["id"] for name in "bac"
    }
    ordered = [row["id"] for row in world.seats(kind, made["id"], sort="email")]
    assert ordered == [ids[name] for name in "abc"]
    problem(
        world.manager.get(f"{kind}/assignment/", license_id=made["id"], sort="colour"), 400, "sort"
    )


FOUND: list[tuple[dict[str, Any], str]] = [
    ({"email": " A@ACME.example"}, "a"),
    ({"email": "nobody@acme.example"}, ""),
    ({"active": "false"}, "b"),
    ({"active": "1"}, "ac"),
    ({"fulfilled": "TRUE"}, "c"),
    ({"fulfilled": "0", "active": "true"}, "a"),
    ({"user_id": 999}, ""),
]


def test_program_lists_are_narrowed_by_person_and_state(
    world: World, subtests: pytest.Subtests
) -> None:
    """G9, S4."""
    made = world.licence(PROGRAM_KIND)
    ada = world.member("a")
    world.assign(PROGRAM_KIND, made["id"], user_id=ada)
    world.assign(PROGRAM_KIND, made["id"], email="b@acme.example", active=False)
    world.assign(PROGRAM_KIND, made["id"], email="c@acme.example", fulfilled=True)
    for query, found in [*FOUND, ({"user_id": ada}, "a")]:
        with subtests.test(str(query)):
            rows = world.seats(PROGRAM_KIND, made["id"], **query)
            assert "".join(row["email"][0] for row in rows) == found
    path = "program/assignment/"
    problem(world.manager.get(path, license_id=made["id"], active="maybe"), 400, "active")
    problem(world.manager.get(path, license_id=made["id"], user_id="me"), 400, "user_id")


def test_of_programs_only_members_are_shown_with_their_names(world: World) -> None:
    """G4, I4."""
    made = world.licence(PROGRAM_KIND)
    ada = world.member("ada")
    world.assign(PROGRAM_KIND, made["id"], user_id=ada)
    world.assign(PROGRAM_KIND, made["id"], email="new@acme.example")
    known, unknown = world.seats(PROGRAM_KIND, made["id"])
    assert (known["user_id"], known["name"]) == (ada, "ada")
    assert (unknown["user_id"], unknown["name"], unknown["email"]) == (
        None,
        None,
        "new@acme.example",
    )


def test_the_number_of_questions_does_not_grow_with_the_page(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[object] = []
    select = Unit.select

    def count(unit: Unit, query: Executable) -> Rows:
        asked.append(query)
        return select(unit, query)

    monkeypatch.setattr(Unit, "select", count)
    counts = []
    for seats in (2, 9):
        made = world.licence(PROGRAM_KIND, 30)
        for number in range(seats):
            member = world.member(f"p{number}")
            world.assign(PROGRAM_KIND, made["id"], user_id=member)
        asked.clear()
        assert len(world.seats(PROGRAM_KIND, made["id"])) == seats
        counts.append(len(asked))
    assert counts[0] == counts[1]
