"""Seats that a link lends: its quota bounds as the pool does, and only its own make way (F21f)."""

import pytest

from seatledger.domain.command import AssignSeat
from seatledger.domain.link import Library, Link, LinkUse
from seatledger.domain.refusal import Code, Refusal
from seatledger.domain.seat import EndReason, SeatState
from seatledger.domain.seating import Seated, assign
from seatledger.domain.window import Window
from tests.support.cast import DAY, MANAGER, NOON, book, learner, origin, pool, seat

LINK = 3


def wish(recycle: bool = False, pool_id: int = 7) -> AssignSeat:
    return AssignSeat(
        MANAGER,
        pool_id=pool_id,
        email="new@acme.example",
        one_per_item=True,
        recycle=recycle,
        link_id=LINK,
    )


@pytest.mark.parametrize(
    ("size", "held", "quota", "lent", "recycle", "ended"),
    [  # held: holders of live seats, the oldest first; lent: those of them that the link seated
        (3, "", 2, "", False, ""),
        (3, "a", 2, "a", False, ""),
        (3, "ab", 2, "ab", False, None),  # the quota is used up, though the pool has room
        (3, "abc", 2, "a", False, None),  # the pool is full, though the quota has room
        (3, "ab", 2, "ab", True, "a"),
        (3, "abc", 2, "b", True, "b"),  # older ones are not the link's
        (3, "abc", 3, "cb", True, "b"),
        (3, "abc", 2, "", True, None),  # nobody's seat but others'
    ],
)
def test_who_gets_a_seat_and_who_makes_way(
    size: int, held: str, quota: int, lent: str, recycle: bool, ended: str | None
) -> None:
    of = pool(size=size, held=len(held), given=len(held))
    seats = {
        name: seat(10 + at, 1 + at, of, start=NOON - 2 * DAY + at * DAY / 10)
        for at, name in enumerate(held)
    }
    library = Library(quota, len(lent), {seats[name].id for name in lent})
    on = book(of, seats=tuple(seats.values()), libraries={LINK: library})
    outcome = assign(on, wish(recycle), learner(99), origin())
    if ended is None:
        assert isinstance(outcome, Refusal)
        assert outcome.code is Code.POOL_FULL
        assert (on.lent, on.events, library.lent) == ({}, [], len(lent))
        return
    assert isinstance(outcome, Seated)
    assert on.lent == {outcome.seat.id: LINK}
    assert library.lent == len(lent) + 1 - len(ended)
    gone = [name for name, each in seats.items() if on.seats[each.id].state is SeatState.ENDED]
    assert gone == list(ended)
    assert all(on.seats[seats[name].id].reason is EndReason.RECYCLED for name in gone)


def test_of_several_newcomers_in_a_batch_as_many_are_seated_as_the_quota_allows() -> None:
    of = pool(size=5)
    on = book(of, libraries={LINK: Library(2, 0)})
    outcomes = [assign(on, wish(), learner(number), origin()) for number in range(1, 5)]
    assert [isinstance(each, Seated) for each in outcomes] == [True, True, False, False]


def test_a_seat_that_ends_in_the_same_batch_comes_back_to_its_library() -> None:
    of = pool(size=5, held=1, given=1)
    out = seat(10, 1, of)
    library = Library(1, 1, {out.id})
    on = book(of, seats=(out,), libraries={LINK: library})
    on.end(out, EndReason.REVOKED, origin())
    assert isinstance(assign(on, wish(), learner(2), origin()), Seated)


def test_a_seat_that_no_link_lends_asks_no_library() -> None:
    of = pool(size=5)
    on = book(of, libraries={LINK: Library(1, 1)})
    plain = AssignSeat(MANAGER, pool_id=of.id, email="new@acme.example")
    assert isinstance(assign(on, plain, learner(2), origin()), Seated)
    assert on.lent == {}


def link(**settings: object) -> Link:
    fields = {"quota": 2, "duration_days": None, "auto_reassign": False} | settings
    return Link(id=LINK, platform_id=1, pool_id=7, token="t", created=NOON, **fields)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("days", "pool_days", "until"),
    [(None, 5, 5), (None, None, None), (3, 5, 3), (3, None, 3), (5, 5, 5), (9, 5, 5)],
)
def test_a_seat_is_lent_for_so_long_and_never_longer_than_its_pool(
    days: int | None, pool_days: int | None, until: int | None
) -> None:
    ends = None if pool_days is None else NOON + pool_days * DAY
    of = pool(window=Window(NOON - DAY, ends))
    expected = None if until is None else NOON + until * DAY
    assert link(duration_days=days).lends_until(of, NOON) == expected


@pytest.mark.parametrize(
    ("shape", "live", "ever", "auto", "free", "available"),
    [
        ({"size": 5, "held": 0}, 0, 0, False, 2, True),
        ({"size": 5, "held": 4}, 0, 0, False, 1, True),
        ({"size": 5, "held": 5}, 1, 1, False, 0, False),
        ({"size": 5, "held": 5}, 1, 1, True, 0, True),
        ({"size": 5, "held": 5}, 0, 1, True, 0, False),
        ({"size": 5, "held": 2}, 2, 7, False, 0, False),
        ({"size": 5, "held": 3}, 3, 7, False, 0, False),  # a manager brought one back
        ({"size": 5, "held": 2, "transferable": False}, 0, 2, False, 0, False),
        ({"size": 5, "held": 0, "active": False}, 0, 0, True, 0, False),
    ],
)
def test_what_is_free_is_bounded_by_the_quota_and_by_the_pool(
    shape: dict[str, object], live: int, ever: int, auto: bool, free: int, available: bool
) -> None:
    use = LinkUse(link(auto_reassign=auto), pool(**shape), "Acme", live, ever)
    assert (use.free(NOON), use.available(NOON)) == (free, available)
