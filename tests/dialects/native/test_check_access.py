"""GET /api/v1/access: may this person open this item?"""

from datetime import timedelta
from typing import Any

import pytest

from seatledger.domain.actor import Actor, Role
from seatledger.domain.command import (
    AssignSeat,
    EndSeat,
    GrantGroup,
    IfHeld,
    SaveGroup,
    SaveItem,
    ShapePool,
)
from seatledger.domain.item import ItemKind
from seatledger.domain.learner import PersonName
from seatledger.domain.people_command import CreatePlatform, CreateToken
from seatledger.domain.seating import Seated
from seatledger.storage import access as access_rows
from seatledger.storage.tables import learners
from seatledger.usecases.check_access import AccessAsked, check_access
from tests.dialects.native.conftest import Native
from tests.support.cast import DAY, MANAGER, NOON, OPERATOR
from tests.support.world import World

ITEM = "course:course-1"


def ask(native: Native, name: str = "a", item: str = ITEM, **more: Any) -> Any:
    """The answer about NAME@acme.example, with status 200."""
    token = more.pop("token", None)
    asked = {"learner": f"{name}@acme.example", "item": item, **more}
    return native.told(200, "GET", "/access", params=asked, token=token)


def may(native: Native, name: str = "a", item: str = ITEM) -> bool:
    return bool(ask(native, name, item)["allow"])


def seated(native: Native, name: str = "a", **pool: Any) -> Seated:
    return native.world.assign(native.world.pool(**pool).id, name)[0]


def test_a_live_seat_gives_access_until_it_is_taken_back(native: Native) -> None:
    held = seated(native, end=NOON + DAY)
    assert ask(native) == {
        "allow": True,
        "learner": str(held.learner.id),
        "seat": str(held.seat.id),
        "pool": str(held.pool.id),
        "valid_until": "2026-03-02T12:00:00Z",
        "sources": [{"kind": "direct"}],
    }
    assert not may(native, "b")
    native.world.do(EndSeat(OPERATOR, seat_id=held.seat.id))
    assert not may(native)


def test_access_begins_and_stops_at_the_very_instant(native: Native) -> None:
    seated(native, start=NOON + DAY, end=NOON + 2 * DAY)
    tick = timedelta(microseconds=1)
    seen = []
    for now in (NOON, NOON + DAY - tick, NOON + DAY, NOON + 2 * DAY - tick, NOON + 2 * DAY):
        native.world.now = now
        seen.append(may(native))
    assert seen == [False, False, True, True, False]


def test_a_pool_switched_off_gives_none_and_on_again_gives_it_back(native: Native) -> None:
    pool_id = seated(native).pool.id
    for active in (False, True):
        native.world.do(
            ShapePool(OPERATOR, pool_id=pool_id, item_kind=ItemKind.COURSE, active=active)
        )
        assert may(native) is active


def test_a_suspended_seat_gives_none(native: Native) -> None:
    held = seated(native)
    native.world.do(
        AssignSeat(
            OPERATOR,
            pool_id=held.pool.id,
            email="a@acme.example",
            active=False,
            if_held=IfHeld.UPDATE,
        )
    )
    assert not may(native)


def test_of_several_seats_the_one_that_lasts_longest_answers(native: Native) -> None:
    seated(native, end=NOON + DAY)
    pool = native.world.pool(end=NOON + 9 * DAY)
    (longer,) = native.world.assign(pool.id, "a", end=NOON + 2 * DAY)
    told = ask(native)
    assert (told["seat"], told["valid_until"]) == (str(longer.seat.id), "2026-03-03T12:00:00Z")


def program(world: World) -> None:
    """The program ACME+P1, of the one course `inside`."""
    world.do(SaveItem(OPERATOR, kind=ItemKind.COURSE, key="inside", platform_org="ACME"))
    world.do(
        SaveItem(
            OPERATOR,
            kind=ItemKind.PROGRAM,
            key="ACME+P1",
            platform_org="ACME",
            course_keys=("inside",),
        )
    )


def test_a_programs_seat_opens_its_courses_and_says_so(native: Native) -> None:
    program(native.world)
    seated(native, item_kind=ItemKind.PROGRAM, item_key="ACME+P1")
    assert ask(native, item="course:inside")["sources"] == [
        {"kind": "direct"},
        {"kind": "program", "item": "program:ACME+P1"},
    ]
    assert ask(native, item="program:ACME+P1")["sources"] == [{"kind": "direct"}]
    assert not may(native, "b", "course:inside")


def test_a_courses_seat_does_not_open_the_program(native: Native) -> None:
    program(native.world)
    seated(native, item_key="inside")
    assert may(native, item="course:inside")
    assert not may(native, item="program:ACME+P1")


@pytest.mark.parametrize("kind", [ItemKind.USER, ItemKind.PLATFORM])
def test_a_seat_on_a_platform_opens_the_platform_and_none_of_its_courses(
    native: Native, kind: ItemKind
) -> None:
    native.world.pool()
    seated(native, item_kind=kind, item_key="acme", item_title="Acme")
    assert may(native, item=f"{kind}:acme")
    assert not may(native, item=ITEM)


def test_a_platform_pool_opens_nothing_to_who_has_no_seat(native: Native) -> None:
    native.world.pool(item_kind=ItemKind.PLATFORM, item_key="acme", item_title="Acme")
    seated(native)
    assert ask(native, item="platform:acme")["reason"] == "no_seat"


def test_a_groups_seat_names_the_grant_that_it_is_from(native: Native) -> None:
    held = seated(native, size=1)
    pool = native.world.pool()
    group = native.world.do(
        SaveGroup(OPERATOR, platform_key="acme", name="g", member_ids=(held.learner.id,))
    ).group
    grant = native.world.do(GrantGroup(OPERATOR, pool_id=pool.id, group_id=group.id)).grant
    native.world.do(EndSeat(OPERATOR, seat_id=held.seat.id))
    assert ask(native)["sources"] == [{"kind": "grant", "grant": str(grant.id)}]


def test_a_learner_is_named_by_id_address_or_username(native: Native) -> None:
    held = seated(native)
    with native.world.database.write() as unit:
        unit.execute(learners.update().values(username="ada:@x"))
    names = [
        {"learner": str(held.learner.id)},
        {"learner": " A@Acme.example "},
        {"learner": "username:ada:@x"},
        {"email": "A@ACME.example"},
    ]
    for name in names:
        told = native.told(200, "GET", "/access", params={**name, "item": ITEM})
        assert told["seat"] == str(held.seat.id), name


@pytest.mark.parametrize("name", ["0", "007", "9" * 18, str(2**63), "9" * 500, "username:nobody"])
def test_a_name_of_nobody_is_unknown(native: Native, name: str) -> None:
    seated(native)
    told = native.told(200, "GET", "/access", params={"learner": name, "item": ITEM})
    assert told["reason"] == "unknown_learner"


def test_an_operator_names_the_platform(native: Native) -> None:
    seated(native)
    token = native.operator
    asked = {"learner": "a@acme.example", "item": ITEM}
    refused = native.problem("invalid", "GET", "/access", params=asked, token=token)
    assert refused["field"] == "platform"
    assert ask(native, platform="acme", token=token)["allow"]
    unknown = {**asked, "platform": "nowhere"}
    native.problem("unknown_platform", "GET", "/access", params=unknown, token=token)


@pytest.mark.parametrize(
    ("parameters", "field"),
    [
        ({"item": ITEM}, "learner"),
        ({"email": "a@acme.example", "learner": "1", "item": ITEM}, "learner"),
        ({"email": "a@acme.example"}, "item"),
        ({"email": "", "item": ITEM}, "email"),
        ({"email": "12", "item": ITEM}, "email"),
        ({"learner": "", "item": ITEM}, "learner"),
        ({"learner": "ada", "item": ITEM}, "learner"),
        ({"learner": "username:", "item": ITEM}, "learner"),
        ({"learner": "-1", "item": ITEM}, "learner"),
        ({"learner": "1.5", "item": ITEM}, "learner"),
        ({"email": "a@acme.example", "item": "course"}, "item"),
        ({"email": "a@acme.example", "item": "course:"}, "item"),
        ({"email": "a@acme.example", "item": "cursus:x"}, "item"),
        ({"email": "a\0@acme.example", "item": ITEM}, "email"),
        ({"email": "a@acme.example", "item": ITEM, "signed": "perhaps"}, "signed"),
    ],
)
def test_what_cant_be_read_is_refused_by_name(
    native: Native, parameters: dict[str, str], field: str
) -> None:
    assert native.problem("invalid", "GET", "/access", params=parameters)["field"] == field


def test_another_platforms_people_items_and_seats_answer_as_unknown(native: Native) -> None:
    world = native.world
    world.do(CreatePlatform(OPERATOR, key="zeta", org="ZETA", name="Zeta"))
    theirs = world.assign(
        world.pool(platform_key="zeta", item_key="zeta-1", item_title="Zeta").id, "z"
    )[0]
    mine = seated(native)
    with world.database.write() as unit:
        unit.execute(
            learners.update().where(learners.c.id == theirs.learner.id).values(username="zed")
        )
    pairs = [
        ({"learner": "z@acme.example"}, {"learner": "nobody@acme.example"}),
        ({"learner": str(theirs.learner.id)}, {"learner": "987654"}),
        ({"learner": "username:zed"}, {"learner": "username:nobody"}),
    ]
    for item in (ITEM, "course:zeta-1", "course:nowhere"):
        for foreign, unknown in pairs:
            found, nothing = (
                native.told(200, "GET", "/access", params={**who, "item": item, "signed": "true"})
                for who in (foreign, unknown)
            )
            assert found == nothing
            assert (found["allow"], found["learner"], found["token"]) == (False, None, None)
    known = {"learner": str(mine.learner.id), "item": "course:zeta-1"}
    foreign_item = native.told(200, "GET", "/access", params=known)
    unknown_item = native.told(200, "GET", "/access", params={**known, "item": "course:nowhere"})
    assert foreign_item == unknown_item
    assert foreign_item["reason"] == "unknown_item"
    asked = {"learner": "z@acme.example", "item": "course:zeta-1"}
    for platform in ("zeta", "nowhere"):
        elsewhere = {**asked, "platform": platform}
        native.problem("unknown_platform", "GET", "/access", params=elsewhere)
    stranger = world.do(CreateToken(OPERATOR, name="z", platform_key="zeta")).text
    assert native.told(200, "GET", "/access", params=asked, token=stranger)["allow"]


def test_who_is_let_in_costs_one_query_and_who_is_not_one_more(
    native: Native, monkeypatch: pytest.MonkeyPatch
) -> None:
    held = seated(native)
    asked: list[list[int]] = []
    for name in ("opening", "explaining"):
        honest = getattr(access_rows, name)

        def noting(unit: Any, rows: Any, *rest: Any, honest: Any = honest) -> Any:
            asked.append([row["n"] for row in rows])
            return honest(unit, rows, *rest)

        monkeypatch.setattr(access_rows, name, noting)

    def question(learner_id: int, by: Actor = MANAGER) -> AccessAsked:
        return AccessAsked(
            by, "acme", PersonName(learner_id=learner_id), ItemKind.COURSE, "course-1"
        )

    stranger = Actor(
        name="z", role=Role.MANAGER, platform_id=2, surface="test", platform_key="zeta"
    )
    mine = held.learner.id
    with native.world.database.read() as unit:
        check_access(unit, [question(mine), question(mine)], NOON)
        check_access(unit, [question(mine), question(404), question(mine, stranger)], NOON)
    assert asked == [[0, 1], [], [0, 1], [1]]
