"""Usage and the past, added up by the database, against history folded event by event."""

import random
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from itertools import groupby

import pytest

from seatledger.domain.actor import Reach
from seatledger.domain.command import (
    AssignSeat,
    ChangeEnd,
    EndSeat,
    IfHeld,
    LapseSeats,
    ShapePool,
)
from seatledger.domain.history import Folded, fold
from seatledger.domain.pool import Pool
from seatledger.domain.refusal import Code, Refusal
from seatledger.domain.seat import SeatState, takes_place
from seatledger.domain.usage import Step, Used
from seatledger.storage import events as event_rows
from seatledger.storage.events import Recorded
from seatledger.usecases.carry_out import carry_out
from seatledger.usecases.measure_usage import Usage, UsageAsked, measure_platform, measure_pool
from seatledger.usecases.read_history import pool_as_of
from tests.support.cast import DAY, NOON, OPERATOR
from tests.support.world import World

EVERYWHERE = Reach(None)


def live_for_days(world: World, days: int, seed: int) -> list[Pool]:
    """Three pools, one of them not transferable, with a random life: refusals are part of it."""
    draw = random.Random(seed)  # noqa: S311 - a life that can be repeated
    pools = [
        world.pool(6),
        world.pool(9, item_key="course-2", transferable=False),
        world.pool(4, item_key="course-3"),
    ]
    for _ in range(days * 8):
        world.now += timedelta(seconds=draw.randrange(6 * 3600))
        pool_id = draw.choice(pools).id
        email = f"l{draw.randrange(9)}@acme.example"
        seat_id = draw.randrange(1, 60)
        assign = AssignSeat(
            OPERATOR,
            pool_id=pool_id,
            email=email,
            if_held=IfHeld.UPDATE,
            active=draw.random() < 0.7,
            end=world.now + draw.randrange(1, 40) * DAY / 4 if draw.random() < 0.5 else None,
            recycle=draw.random() < 0.3,
        )
        command = draw.choice(
            [
                assign,
                assign,
                EndSeat(OPERATOR, seat_id=seat_id),
                ChangeEnd(OPERATOR, seat_id=seat_id, end=world.now + draw.randrange(-3, 9) * DAY),
                LapseSeats(OPERATOR),
                ShapePool(OPERATOR, pool_id=pool_id, size=draw.randrange(3, 12)),
            ]
        )
        (outcome,) = carry_out(world.database, [command], world.now)
        assert not isinstance(outcome, Exception), outcome
    world.check()
    return pools


def history_of(world: World, pool: Pool) -> list[Recorded]:
    with world.database.read() as unit:
        return list(event_rows.stream_of_pool(unit, pool.id))


def measured(world: World, pool: Pool | None, asked: UsageAsked) -> Usage:
    with world.database.read() as unit:
        if pool is None:
            found = measure_platform(unit, 1, asked, world.now)
        else:
            found = measure_pool(unit, EVERYWHERE, pool.id, asked, world.now)
    assert isinstance(found, Usage), found
    return found


def by_folding(events: Sequence[Recorded], step: Used) -> Used:
    """What a step of one pool must say, by folding its history again and again."""
    by_then = [event for event in events if event.at.date() <= step.span.last]
    within = [event for event in by_then if event.at.date() >= step.span.first]
    opening = len(by_then) - len(within)
    held = [fold(by_then[:end]).held for end in range(opening, len(by_then) + 1)]
    pool = fold(by_then).pool
    return replace(
        step,
        size=0 if pool is None else pool["size"],
        held=held[-1],
        most_held=max(held),
        assigned=sum(event.kind == "seat_assigned" for event in within),
        ended=sum(event.kind == "seat_ended" for event in within),
    )


@pytest.mark.parametrize("step", Step)
def test_each_step_says_what_folding_history_says(world: World, step: Step) -> None:
    pools = live_for_days(world, 36, seed=1)
    histories = {pool.id: history_of(world, pool) for pool in pools}
    kinds = {event.kind for history in histories.values() for event in history}
    assert {"seat_suspended", "seat_resumed", "seat_ended", "pool_shaped"} <= kinds
    for asked in (
        UsageAsked(step=step, first=NOON.date() - timedelta(days=3)),
        UsageAsked(step=step, first=NOON.date() + 12 * DAY, last=NOON.date() + 31 * DAY),
    ):
        for pool in pools:
            steps = measured(world, pool, asked).steps
            assert steps == [by_folding(histories[pool.id], each) for each in steps]
            assert any(each.held for each in steps)


def test_a_platform_is_the_sum_of_its_pools(world: World) -> None:
    pools = live_for_days(world, 20, seed=2)
    asked = UsageAsked(first=NOON.date())
    of_pools = [measured(world, pool, asked).steps for pool in pools]
    for together, *parts in zip(measured(world, None, asked).steps, *of_pools, strict=True):
        for name in ("size", "held", "assigned", "ended"):
            assert getattr(together, name) == sum(getattr(each, name) for each in parts)
        assert together.held <= together.most_held <= sum(each.most_held for each in parts)
        assert together.most_held >= max(each.most_held for each in parts)


def as_of(world: World, pool: Pool, moment: datetime) -> Pool | Refusal:
    with world.database.read() as unit:
        return pool_as_of(unit, EVERYWHERE, pool.id, moment, world.now)


def counters(folded: Folded, *, transferable: bool) -> tuple[int, ...]:
    seats = list(folded.seats.values())
    taken = [takes_place(s["state"], s["reason"], transferable=transferable) for s in seats]
    ended = [s for s in seats if s["state"] == SeatState.ENDED]
    return (sum(taken), len(seats), len(ended), sum("moved_to" in s for s in ended))


def test_a_pool_of_the_past_is_what_folding_up_to_then_says(world: World) -> None:
    for pool in live_for_days(world, 12, seed=3):
        events = history_of(world, pool)
        for moment, _ in groupby(event.at for event in events):
            folded = fold(event for event in events if event.at <= moment)
            past = as_of(world, pool, moment)
            assert isinstance(past, Pool)
            assert past.facts() == folded.pool
            assert past.counters == counters(folded, transferable=pool.transferable)
            assert past.held == folded.held


def test_a_pool_has_no_past_before_it_was_opened_and_no_future(world: World) -> None:
    pool = world.pool()
    world.now += DAY
    before, after = (
        as_of(world, pool, NOON - timedelta(microseconds=1)),
        as_of(world, pool, world.now + DAY),
    )
    assert isinstance(before, Refusal)
    assert before.code is Code.UNKNOWN_POOL
    assert isinstance(after, Refusal)
    assert (after.code, after.field) == (Code.INVALID, "as_of")


def test_where_clocks_differ_no_more_places_are_told_than_there_are(world: World) -> None:
    """Two processes whose clocks differ, around midnight: the later change has the earlier time."""
    pool = world.pool(1)
    (held,) = world.assign(pool.id, "a")
    midnight = NOON.replace(hour=0) + DAY
    world.now = midnight + timedelta(milliseconds=1)
    world.do(EndSeat(OPERATOR, seat_id=held.seat.id))
    world.now = midnight - timedelta(milliseconds=1)
    world.assign(pool.id, "b")
    world.now = midnight + DAY
    steps = measured(world, pool, UsageAsked(first=NOON.date(), last=NOON.date() + DAY)).steps
    assert [(each.held, each.most_held) for each in steps] == [(1, 1), (1, 1)]
    past = as_of(world, pool, midnight)
    assert isinstance(past, Pool)
    assert (past.held, past.given) == (1, 1)
