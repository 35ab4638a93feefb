"""POST licenses/{kind}/assignment/ (part G, I1–I4, W1, W5, W12–W20, W32)."""

from typing import Any

import pytest

from tests.dialects.ibl.world import (
    COURSE_KIND,
    PROGRAM_KIND,
    SEATED,
    USER_KIND,
    Kind,
    World,
    problem,
)

kinds = pytest.mark.parametrize("kind", SEATED, ids=str)


def refused(world: World, kind: Kind, status: int, field: str | None = None, **body: Any) -> str:
    return problem(world.manager.post(f"{kind}/assignment/", body), status, field)


@kinds
def test_a_member_gets_a_seat_that_says_whose_and_of_what_it_is(world: World, kind: Kind) -> None:
    """G1, G5, G10, I2–I4."""
    made = world.licence(kind)
    member = world.member("ada")
    given = world.assign(kind, made["id"], user_id=member)
    said: dict[str, Any] = {
        "id": given["id"],
        "user_id": member,
        "username": "ada@acme.example",
        "email": "ada@acme.example",
        "active": True,
        "fulfilled": False,
        "metadata": {},
        "license_id": made["id"],
        "license_name": made["name"],
        **kind.item,
    }
    if kind is PROGRAM_KIND:
        noon = "2026-03-01T12:00:00Z"
        said |= {"name": "ada", "direct": True, "created": noon, "modified": noon}
    else:
        said |= {"redirect_to": None}
    assert given == said


@kinds
def test_the_caller_may_set_what_is_noted_of_a_seat(world: World, kind: Kind) -> None:
    """I1."""
    made = world.licence(kind)
    given = world.assign(
        kind, made["id"], email="ada@acme.example", fulfilled=True, metadata={"desk": 4}
    )
    assert (given["fulfilled"], given["metadata"]) == (True, {"desk": 4})


def test_a_link_and_a_name_can_be_given_to_program_seats_only(world: World) -> None:
    """G2, I2."""
    link = "https://acme.example/start"
    made = world.licence(PROGRAM_KIND)
    given = world.assign(PROGRAM_KIND, made["id"], email="ada@acme.example", redirect_to=link)
    assert given["redirect_to"] == link
    cleared = world.assign(PROGRAM_KIND, made["id"], email="ada@acme.example", redirect_to=None)
    assert "redirect_to" not in cleared
    for kind in (COURSE_KIND, USER_KIND):
        other = world.licence(kind)
        given = world.assign(kind, other["id"], email="ada@acme.example", redirect_to=link)
        assert given["redirect_to"] is None
        refused(world, kind, 400, "email", license_id=other["id"], username="ada")


@kinds
def test_an_unknown_address_takes_a_seat_at_once(world: World, kind: Kind) -> None:
    """G4, V6, W14: a placeholder account, or for programs the address alone."""
    made = world.licence(kind, 1)
    given = world.assign(kind, made["id"], email="new@acme.example")
    assert (given["email"], given["active"], given["fulfilled"]) == (
        "new@acme.example",
        True,
        False,
    )
    if kind is PROGRAM_KIND:
        assert given["user_id"] is given["username"] is given["name"] is None
    else:
        assert isinstance(given["user_id"], int)
        assert given["username"] == "new@acme.example"
    summary = world.look(kind, made["id"])["assignments"]
    assert summary == {"total": 1, "active": 0, "pending": 1}
    refused(world, kind, 400, license_id=made["id"], email="other@acme.example")


@kinds
def test_a_pending_seat_becomes_a_normal_one_on_registration(world: World, kind: Kind) -> None:
    """W14, W14a: same row, now with its person."""
    made = world.licence(kind)
    pending = world.assign(COURSE_KIND, world.licence(COURSE_KIND)["id"], email="new@acme.example")
    first = world.assign(kind, made["id"], email="new@acme.example")
    world.link(pending["user_id"])
    (row,) = world.seats(kind, made["id"])
    assert (row["id"], row["user_id"]) == (first["id"], pending["user_id"])
    assert world.look(kind, made["id"])["assignments"] == {"total": 1, "active": 1, "pending": 0}


@kinds
def test_the_same_person_again_is_the_same_row(world: World, kind: Kind) -> None:
    """W12: 200, no second seat; what is left out stays."""
    made = world.licence(kind, 1)
    member = world.member("ada")
    first = world.assign(kind, made["id"], user_id=member, fulfilled=True, metadata={"a": 1})
    again = world.assign(kind, made["id"], email="ada@acme.example")
    assert again == first
    changed = world.assign(kind, made["id"], user_id=member, metadata={"b": 2})
    assert changed == {**first, "metadata": {"b": 2}}
    assert world.used(kind, made["id"]) == 1


@kinds
def test_spellings_of_one_address_are_one_person(world: World, kind: Kind) -> None:
    """W17: kept as first given."""
    made = world.licence(kind, 1)
    ids = {
        world.assign(kind, made["id"], email=email)["id"]
        for email in ("Ada@Acme.example", "ada@acme.example", "  ADA@ACME.EXAMPLE ")
    }
    assert len(ids) == 1
    assert world.seats(kind, made["id"])[0]["email"] == "Ada@Acme.example"


def test_what_is_no_address_is_400(world: World, subtests: pytest.Subtests) -> None:
    """W17."""
    made = world.licence(COURSE_KIND)
    for email in ("", " ", "ada", "ada@", "@acme.example", "a b@c.example", "a@b@c.example", 7):
        with subtests.test(repr(email)):
            refused(world, COURSE_KIND, 400, "email", license_id=made["id"], email=email)
    assert world.used(COURSE_KIND, made["id"]) == 0


@kinds
def test_somebody_must_be_named(world: World, kind: Kind) -> None:
    """G2, G6."""
    made = world.licence(kind)
    refused(world, kind, 400, "email", license_id=made["id"])


@kinds
def test_the_id_decides_where_an_address_comes_along(world: World, kind: Kind) -> None:
    """G3, W15, W16."""
    made = world.licence(kind)
    ada = world.member("ada")
    world.member("bob")
    given = world.assign(kind, made["id"], user_id=ada, email="bob@acme.example")
    assert given["email"] == "ada@acme.example"
    refused(world, kind, 404, license_id=made["id"], user_id=9999, email="bob@acme.example")
    refused(world, kind, 404, license_id=made["id"], user_id=2**63 - 1)
    refused(world, kind, 400, "user_id", license_id=made["id"], user_id=2**63)
    assert world.used(kind, made["id"]) == 1


def test_an_unknown_username_is_404_though_the_address_is_known(world: World) -> None:
    """W15."""
    made = world.licence(PROGRAM_KIND)
    world.member("ada")
    body = {"license_id": made["id"], "username": "nobody", "email": "ada@acme.example"}
    refused(world, PROGRAM_KIND, 404, **body)


@kinds
def test_an_unknown_licence_or_one_of_another_kind_is_404(world: World, kind: Kind) -> None:
    """G6."""
    other = SEATED[(SEATED.index(kind) + 1) % 3]
    made = world.licence(other)
    refused(world, kind, 404, license_id=99, email="ada@acme.example")
    refused(world, kind, 404, license_id=made["id"], email="ada@acme.example")
    assert world.used(other, made["id"]) == 0


@kinds
def test_the_licence_stands_in_the_body_and_may_stand_in_the_query_too(
    world: World, kind: Kind
) -> None:
    """G7, W20; list parameters beside it are not looked at."""
    made = world.licence(kind)
    path, body = f"{kind}/assignment/", {"license_id": made["id"], "email": "ada@acme.example"}
    query: dict[str, Any] = {"license_id": made["id"], "page": 0, "page_size": 0, "sort": "colour"}
    assert world.manager.post(path, body, params=query).status_code == 200
    query["license_id"] = made["id"] + 1
    problem(world.manager.post(path, body, params=query), 400, "license_id")
    missing = {"email": "ada@acme.example"}
    answer = world.manager.post(path, missing, params={"license_id": made["id"]})
    problem(answer, 400, "license_id")


@kinds
def test_never_more_seats_than_were_bought(world: World, kind: Kind) -> None:
    """F5, W1: the sentence says bought, used and asked."""
    made = world.licence(kind, 1)
    first = world.assign(kind, made["id"], email="ada@acme.example")
    sentence = refused(world, kind, 400, license_id=made["id"], email="bob@acme.example")
    assert "1 bought, 1 in use, 1 asked" in sentence
    assert world.seats(kind, made["id"]) == [first]


@kinds
def test_a_seat_switched_off_is_free_and_needs_a_free_one_to_come_back(
    world: World, kind: Kind
) -> None:
    """W5, W13."""
    made = world.licence(kind, 1)
    ada = world.assign(kind, made["id"], email="ada@acme.example")
    off = world.assign(kind, made["id"], email="ada@acme.example", active=False)
    assert (off["id"], off["active"]) == (ada["id"], False)
    assert world.used(kind, made["id"]) == 0
    bob = world.assign(kind, made["id"], email="bob@acme.example")
    refused(world, kind, 400, license_id=made["id"], email="ada@acme.example", active=True)
    again = world.manager.delete(f"{kind}/assignment/", assignment_id=bob["id"])
    assert again.status_code == 200
    back = world.assign(kind, made["id"], email="ada@acme.example", active=True)
    assert (back["id"], back["active"]) == (ada["id"], True)
    assert world.used(kind, made["id"]) == 1


@kinds
def test_whether_it_is_fulfilled_never_changes_counts(world: World, kind: Kind) -> None:
    """W5, W23."""
    made = world.licence(kind, 1)
    for fulfilled in (True, False, True):
        given = world.assign(kind, made["id"], email="ada@acme.example", fulfilled=fulfilled)
        assert given["fulfilled"] is fulfilled
        assert world.used(kind, made["id"]) == 1


@kinds
def test_a_user_of_another_platform_is_unknown_to_a_manager_by_id(world: World, kind: Kind) -> None:
    """W18: an operator may."""
    made = world.licence(kind)
    zoe = world.member("zoe", "zeta")
    refused(world, kind, 404, license_id=made["id"], user_id=zoe)
    body = {"license_id": made["id"], "user_id": zoe}
    answer = world.operator.post(f"{kind}/assignment/", body)
    assert answer.status_code == 200
    assert answer.json()["email"] == "zoe@zeta.example"


def test_a_seat_of_a_user_licence_ties_a_registered_person_to_the_platform(world: World) -> None:
    """W18."""
    made = world.licence(USER_KIND)
    zoe = world.member("zoe", "zeta")
    body = {"license_id": made["id"], "user_id": zoe}
    assert world.operator.post("user/assignment/", body).status_code == 200
    summary = world.look(USER_KIND, made["id"])["assignments"]
    assert summary == {"total": 1, "active": 1, "pending": 0}
    course = world.licence(COURSE_KIND)
    assert world.assign(COURSE_KIND, course["id"], user_id=zoe)["user_id"] == zoe


@kinds
def test_a_person_seated_by_a_group_is_then_seated_directly_too(world: World, kind: Kind) -> None:
    """W32: same row, no second seat, and it stays when the grant goes."""
    made = world.licence(kind, 2)
    ada = world.member("ada")
    grant = world.grant(kind, made["id"], world.group(ada))
    (by_group,) = world.seats(kind, made["id"])
    directly = world.assign(kind, made["id"], user_id=ada)
    assert directly["id"] == by_group["id"]
    if kind is PROGRAM_KIND:
        assert (by_group["direct"], directly["direct"]) == (False, True)
    answer = world.manager.delete(f"{kind}/assignment/group/", assignment_id=grant["id"])
    assert answer.status_code == 200
    assert [row["id"] for row in world.seats(kind, made["id"])] == [by_group["id"]]


def test_a_program_seat_may_be_noted_as_not_direct(world: World) -> None:
    """G5."""
    made = world.licence(PROGRAM_KIND)
    given = world.assign(PROGRAM_KIND, made["id"], email="ada@acme.example", direct=False)
    assert given["direct"] is False


STATES: dict[str, tuple[dict[str, Any], int]] = {
    "inactive": ({"active": False}, 400),
    "expired": ({"started": "2026-01-01", "expired": "2026-03-01T12:00:00Z"}, 400),
    "not yet started": ({"started": "2026-03-02"}, 200),
    "in its last second": ({"expired": "2026-03-01T12:00:01Z"}, 200),
}


@kinds
def test_new_seats_only_in_a_licence_that_is_on_and_not_over(
    world: World, kind: Kind, subtests: pytest.Subtests
) -> None:
    """W7."""
    for name, (fields, status) in STATES.items():
        with subtests.test(name):
            made = world.licence(kind, **fields)
            body = {"license_id": made["id"], "email": "ada@acme.example"}
            assert world.manager.post(f"{kind}/assignment/", body).status_code == status
            assert world.used(kind, made["id"]) == (status == 200)


@kinds
def test_seats_of_a_licence_that_ran_out_stay_and_stay_counted(world: World, kind: Kind) -> None:
    """W7: they can still be noted on, and switched off."""
    made = world.licence(kind, 1, expired="2026-03-01T13:00:00Z")
    given = world.assign(kind, made["id"], email="ada@acme.example")
    world.clock.now = world.clock.now.replace(hour=14)
    assert world.used(kind, made["id"]) == 1
    changed = world.assign(kind, made["id"], email="ada@acme.example", metadata={"a": 1})
    assert (changed["id"], changed["metadata"]) == (given["id"], {"a": 1})
    off = world.assign(kind, made["id"], email="ada@acme.example", active=False)
    assert off["active"] is False
    refused(world, kind, 400, license_id=made["id"], email="ada@acme.example", active=True)
