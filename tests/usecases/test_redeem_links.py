"""Taking seats out of a link's library and giving them back: F18 to F21k, rule by rule."""

from typing import Any

import pytest
from sqlalchemy import select

from seatledger.domain.command import (
    AssignSeat,
    ChangeEnd,
    EndSeat,
    GrantGroup,
    IfHeld,
    LapseSeats,
    SaveGroup,
    ShapePool,
)
from seatledger.domain.link import Link
from seatledger.domain.link_command import DeleteLink
from seatledger.domain.moves import MoveRule, Moves
from seatledger.domain.moving_command import MoveSeat
from seatledger.domain.people_command import ShapePlatform
from seatledger.domain.refusal import Code, Refusal
from seatledger.domain.seat import EndReason, SeatState
from seatledger.domain.seating import Seated
from seatledger.storage.tables import events, link_seats
from seatledger.usecases.redeem_links import open_link
from tests.support.cast import DAY, MANAGER, NOON, OPERATOR
from tests.support.links import a_link, ask_code, code_for, enter, give_back, redeem, use_of
from tests.support.world import World


def give_back_of(world: World, link: Link, name: str) -> Any:
    email = f"{name}@acme.example"
    return world.all(give_back(link, email, code_for(world, link, email)))[0]


def seats_of(world: World, link: Link) -> list[int]:
    query = select(link_seats.c.seat_id).where(link_seats.c.link_id == link.id)
    with world.database.read() as unit:
        return [row.seat_id for row in unit.select(query.order_by(link_seats.c.seat_id))]


# What is given


@pytest.mark.parametrize("transferable", [True, False])
def test_who_proves_an_address_gets_a_seat_at_once(world: World, transferable: bool) -> None:
    """F18, F21b."""
    pool = world.pool(size=2, transferable=transferable)
    made = a_link(world, pool.id)
    seated = enter(world, made, "ada")
    assert isinstance(seated, Seated)
    assert (seated.created, seated.seat.direct, seated.seat.start) == (True, True, NOON)
    assert seated.learner.email == "ada@acme.example"
    assert world.holders(pool.id) == ["ada"]
    assert seats_of(world, made) == [seated.seat.id]
    assert (use_of(world, made).live, use_of(world, made).ever) == (1, 1)
    world.check()


def test_the_seats_own_event_tells_by_which_link_it_was_lent(world: World) -> None:
    """I6: one event for one change."""
    made = a_link(world, world.pool().id)
    seated = enter(world, made, "ada")
    query = select(events).where(events.c.subject_id == seated.seat.id)
    with world.database.read() as unit:
        told = [row for row in unit.select(query) if row.kind.startswith("seat_")]
    assert [(each.kind, each.actor, each.surface) for each in told] == [
        ("seat_assigned", f"link-{made.id}", "link")
    ]


@pytest.mark.parametrize(
    ("days", "pool_days", "own_end"),
    [(None, 30, None), (7, 30, 7), (7, None, 7), (30, 30, None), (60, 30, None)],
)
def test_a_seat_ends_after_its_time_or_with_its_pool(
    world: World, days: int | None, pool_days: int | None, own_end: int | None
) -> None:
    """F21g. What ends with its pool follows it (O38)."""
    pool = world.pool(end=None if pool_days is None else NOON + pool_days * DAY)
    seated = enter(world, a_link(world, pool.id, duration_days=days), "ada")
    assert seated.seat.end == (None if own_end is None else NOON + own_end * DAY)


@pytest.mark.parametrize("swept", [True, False])
def test_a_seat_comes_back_when_its_time_is_over_swept_or_not(world: World, swept: bool) -> None:
    """F20 (forced return), F21g, rule 47."""
    pool = world.pool(size=3)
    made = a_link(world, pool.id, quota=1, duration_days=1)
    enter(world, made, "ada")
    assert enter(world, made, "bob").code is Code.POOL_FULL
    world.now += DAY
    if swept:
        world.do(LapseSeats(OPERATOR))
    assert use_of(world, made).free(world.now) == 1
    assert isinstance(enter(world, made, "bob"), Seated)
    assert isinstance(enter(world, a_link(world, pool.id), "ada"), Seated)
    world.check()


def test_a_seat_that_is_not_transferable_keeps_its_place_in_the_library_too(world: World) -> None:
    """F18, rule 48: what was given is given for good."""
    pool = world.pool(size=3, transferable=False)
    made = a_link(world, pool.id, quota=1, duration_days=1)
    enter(world, made, "ada")
    world.now += DAY
    world.do(LapseSeats(OPERATOR))
    assert use_of(world, made).free(world.now) == 0
    assert enter(world, made, "bob").code is Code.POOL_FULL
    assert world.look(pool.id).held == 1
    world.check()


def test_a_place_that_was_passed_on_was_still_lent_by_the_link(world: World) -> None:
    pool = world.pool(size=3, transferable=False, moves=MoveRule(Moves.ALWAYS))
    made = a_link(world, pool.id, quota=1)
    seated = enter(world, made, "ada")
    world.do(MoveSeat(MANAGER, seat_id=seated.seat.id, email="bob@acme.example"))
    assert enter(world, made, "cem").code is Code.POOL_FULL
    assert world.holders(pool.id) == ["bob"]
    world.check()


# What is refused


@pytest.mark.parametrize(
    ("shape", "change", "code"),
    [  # in order of precedence
        ({"active": False, "start": NOON + DAY}, {}, Code.POOL_INACTIVE),
        ({"end": NOON + DAY}, {"after": DAY}, Code.POOL_ENDED),
        ({"start": NOON + DAY}, {}, Code.POOL_NOT_STARTED),
        ({}, {"domains": ("other.example",), "already": True}, Code.DOMAIN_NOT_ALLOWED),
        ({"size": 1}, {"already": True}, Code.ALREADY_SEATED),
        ({"size": 1}, {"full": True}, Code.POOL_FULL),
    ],
    ids=lambda each: str(each) if isinstance(each, Code) else "",
)
def test_rules_in_order_as_for_the_vendors_own_call(
    world: World, shape: dict[str, Any], change: dict[str, Any], code: Code
) -> None:
    """Rules 10, 17, 22, 49; O35; F21c, F21e, F21f."""
    pool = world.pool(**shape)
    made = a_link(world, pool.id)
    email = "ada@acme.example"
    if change.get("already"):
        world.assign(pool.id, "ada")
    if change.get("full"):
        world.assign(pool.id, "bob")
    mailed = "" if "after" in change else code_for(world, made, email)
    world.now += change.get("after", 0 * DAY)
    mailed = mailed or code_for(world, made, email)
    if "domains" in change:
        world.do(ShapePlatform(OPERATOR, key="acme", domains=change["domains"]))
    before = world.look(pool.id)
    refusal = world.refusal(redeem(made, email, mailed))
    assert refusal.code is code
    assert world.look(pool.id) == before
    assert seats_of(world, made) == []
    assert not any(number in refusal.sentence for number in "0123456789")
    assert refusal.details == {}
    world.check()


def test_without_auto_reassign_a_full_library_has_no_license_free(world: World) -> None:
    """F21f. There is no queue."""
    pool = world.pool(size=3)
    made = a_link(world, pool.id, quota=2)
    enter(world, made, "ada")
    enter(world, made, "bob")
    refusal = enter(world, made, "cem")
    assert (refusal.code, refusal.sentence) == (Code.POOL_FULL, "No license is free.")
    assert world.holders(pool.id) == ["ada", "bob"]
    world.check()


def test_a_code_that_met_a_full_library_can_be_used_again(world: World) -> None:
    pool = world.pool(size=1)
    made = a_link(world, pool.id)
    (ada,) = world.assign(pool.id, "ada")
    code = code_for(world, made, "bob@acme.example")
    assert world.code(redeem(made, "bob@acme.example", code)) is Code.POOL_FULL
    world.do(EndSeat(MANAGER, seat_id=ada.seat.id))
    world.do(redeem(made, "bob@acme.example", code))


@pytest.mark.parametrize("elsewhere", [False, True])
def test_who_is_enrolled_gets_nothing_new_and_is_told(world: World, elsewhere: bool) -> None:
    """F21e; rule 17: a license of another pool of the course counts too."""
    pool = world.pool()
    made = a_link(world, pool.id, auto_reassign=True)
    if elsewhere:
        world.assign(world.pool().id, "ada")
    else:
        enter(world, made, "ada")
    refusal = enter(world, made, "ada")
    assert refusal.code is Code.ALREADY_SEATED
    assert "already" in refusal.sentence
    assert world.look(pool.id).given == int(not elsewhere)
    world.check()


def test_looking_at_a_link_gives_nothing(world: World) -> None:
    """F21i: mail scanners open links."""
    pool = world.pool()
    made = a_link(world, pool.id)
    before = world.look(pool.id)
    with world.database.read() as unit:
        found = open_link(unit, made.token, world.now)
    assert not isinstance(found, Refusal)
    assert (found.pool.item.title, found.platform_name) == ("Course 1", "Acme")
    assert found.available(world.now)
    assert world.look(pool.id) == before


def test_a_link_that_is_gone_or_never_was_is_refused_alike_everywhere(world: World) -> None:
    """F21h."""
    made = a_link(world, world.pool().id)
    code = code_for(world, made, "ada@acme.example")
    world.do(DeleteLink(MANAGER, link_id=made.id))
    never = Link(99, 1, 1, "f" * 64, 1, None, False, NOON)
    told = {
        (refusal.code, refusal.sentence)
        for link in (made, never)
        for refusal in (
            world.refusal(ask_code(link, "ada@acme.example")),
            world.refusal(redeem(link, "ada@acme.example", code)),
            world.refusal(give_back(link, "ada@acme.example", code)),
        )
    }
    assert told == {(Code.UNKNOWN_LINK, "This link is not valid.")}


# Auto-Reassign


def test_with_auto_reassign_the_oldest_of_the_link_makes_way(world: World) -> None:
    """F20, F21f."""
    pool = world.pool(size=5)
    made = a_link(world, pool.id, quota=2, auto_reassign=True)
    world.assign(pool.id, "dora")  # older, and not the link's
    for name in ("ada", "bob", "cem", "eve"):
        world.now += DAY
        assert isinstance(enter(world, made, name), Seated)
    assert world.holders(pool.id) == ["dora", "cem", "eve"]
    assert (use_of(world, made).live, use_of(world, made).ever) == (2, 4)
    query = select(events.c.after).where(events.c.kind == "seat_ended")
    with world.database.read() as unit:
        reasons = [row.after["reason"] for row in unit.select(query)]
    assert reasons == [EndReason.RECYCLED] * 2
    world.check()


def test_in_a_full_pool_only_the_links_own_seats_make_way(world: World) -> None:
    pool = world.pool(size=2)
    made = a_link(world, pool.id, auto_reassign=True)
    other = a_link(world, pool.id, auto_reassign=True)
    world.assign(pool.id, "dora")
    enter(world, other, "ada")
    assert enter(world, made, "bob").code is Code.POOL_FULL
    assert world.holders(pool.id) == ["dora", "ada"]
    assert isinstance(enter(world, other, "bob"), Seated)
    assert world.holders(pool.id) == ["dora", "bob"]
    world.check()


def test_a_refusal_makes_nobody_give_way(world: World) -> None:
    """Rule 28."""
    pool = world.pool(size=1)
    made = a_link(world, pool.id, auto_reassign=True)
    enter(world, made, "ada")
    world.assign(world.pool().id, "bob")
    assert enter(world, made, "bob").code is Code.ALREADY_SEATED
    assert world.holders(pool.id) == ["ada"]


def test_who_waits_for_a_place_is_not_seated_by_a_swap(world: World) -> None:
    pool = world.pool(size=2)
    made = a_link(world, pool.id, quota=1, auto_reassign=True)
    enter(world, made, "ada")
    group = world.do(SaveGroup(OPERATOR, platform_key="acme", name="Night")).group
    world.do(GrantGroup(OPERATOR, pool_id=pool.id, group_id=group.id))
    world.assign(pool.id, "dora")
    later = world.assign(world.pool(item_key="course-2").id, "kim")[0].learner.id
    world.do(SaveGroup(OPERATOR, group_id=group.id, joining_ids=(later,)))
    assert isinstance(enter(world, made, "bob"), Seated)
    assert world.holders(pool.id) == ["dora", "bob"]
    world.check()


def test_a_seat_a_manager_switched_off_and_on_again_is_counted(world: World) -> None:
    pool = world.pool(size=5)
    made = a_link(world, pool.id, quota=1, auto_reassign=True)
    ada = enter(world, made, "ada").learner

    def switch(active: bool) -> None:
        world.do(
            AssignSeat(
                OPERATOR,
                pool_id=pool.id,
                learner_id=ada.id,
                active=active,
                if_held=IfHeld.UPDATE,
            )
        )

    switch(active=False)
    assert use_of(world, made).free(world.now) == 1
    world.now += DAY
    enter(world, made, "bob")
    switch(active=True)
    assert (use_of(world, made).live, use_of(world, made).free(world.now)) == (2, 0)
    world.now += DAY
    enter(world, made, "cem")  # one out, one in
    assert world.holders(pool.id) == ["bob", "cem"]
    world.check()


# Giving back


def test_who_holds_a_seat_gives_it_back_and_another_gets_it(world: World) -> None:
    """F21j."""
    pool = world.pool(size=1)
    made = a_link(world, pool.id)
    enter(world, made, "ada")
    ended = give_back_of(world, made, "ada")
    assert (ended.seat.state, ended.seat.reason) == (SeatState.ENDED, EndReason.RETURNED)
    assert isinstance(enter(world, made, "bob"), Seated)
    assert isinstance(give_back_of(world, made, "bob"), Seated)
    assert isinstance(enter(world, made, "ada"), Seated)
    world.check()


@pytest.mark.parametrize("how", ["nobody", "not the link's", "ended", "of another link", "lapsed"])
def test_only_what_the_link_lent_and_is_in_use_can_be_given_back(world: World, how: str) -> None:
    pool = world.pool()
    made = a_link(world, pool.id)
    if how == "not the link's":
        world.assign(pool.id, "ada")
    elif how == "of another link":
        enter(world, a_link(world, pool.id), "ada")
    elif how == "ended":
        world.do(EndSeat(MANAGER, seat_id=enter(world, made, "ada").seat.id))
    elif how == "lapsed":
        seated = enter(world, made, "ada")
        world.do(ChangeEnd(MANAGER, seat_id=seated.seat.id, end=NOON + DAY))
        world.now += DAY
    held = world.look(pool.id).held
    assert give_back_of(world, made, "ada").code is Code.UNKNOWN_SEAT
    assert world.look(pool.id).held == held
    world.check()


def test_what_is_not_transferable_stays(world: World) -> None:
    """F18."""
    pool = world.pool(transferable=False)
    made = a_link(world, pool.id)
    enter(world, made, "ada")
    refusal = give_back_of(world, made, "ada")
    assert refusal.code is Code.NOT_TRANSFERABLE
    assert "can't be given back" in refusal.sentence
    assert world.holders(pool.id) == ["ada"]
    world.check()


def test_a_pool_that_was_prolonged_prolongs_the_link(world: World) -> None:
    """F21k: a link has no end of its own."""
    pool = world.pool(end=NOON + DAY)
    made = a_link(world, pool.id)
    world.now += DAY
    assert enter(world, made, "ada").code is Code.POOL_ENDED
    world.do(ShapePool(OPERATOR, pool_id=pool.id, end=NOON + 30 * DAY))
    assert isinstance(enter(world, made, "ada"), Seated)
