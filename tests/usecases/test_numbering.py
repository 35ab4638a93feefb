"""Events are numbered within their platform without a gap, in the order of the commits."""

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import pytest
import sqlalchemy

from seatledger.domain.actor import Actor
from seatledger.domain.command import AssignSeat, Command
from seatledger.domain.item import ItemKind
from seatledger.domain.people_command import CreatePlatform, CreateToken, LinkLearner
from seatledger.storage.engine import Database
from seatledger.storage.tables import event_counters, events
from seatledger.usecases.carry_out import carry_out
from seatledger.usecases.verify import verify
from tests.support.cast import NOON, OPERATOR, STRANGER
from tests.support.statements import noted
from tests.support.world import World


def numbers(world: World, platform_id: int | None) -> list[int]:
    """The numbers of a platform's events, in the order of their ids."""
    query = (
        sqlalchemy.select(events.c.seq)
        .where(events.c.platform_id == platform_id)
        .order_by(events.c.id)
    )
    with world.database.read() as unit:
        return [row.seq for row in unit.select(query)]


def assign(pool_id: int, name: str, by: Actor = OPERATOR) -> AssignSeat:
    return AssignSeat(by, pool_id=pool_id, email=f"{name}@acme.example")


@pytest.fixture
def pools(world: World) -> list[int]:
    """Two pools of acme, and one of zeta."""
    world.do(CreatePlatform(OPERATOR, key="zeta", org="ZETA", name="Zeta"))
    zeta = world.pool(platform_key="zeta", item_key="zeta-1")
    return [world.pool(500).id, world.pool(500, item_key="course-2").id, zeta.id]


def test_each_platform_counts_for_itself_and_so_do_operators(
    world: World, pools: list[int]
) -> None:
    world.do(CreateToken(OPERATOR, name="root", operator=True))
    world.do(CreateToken(OPERATOR, name="m", platform_key="acme"))
    world.do(CreateToken(OPERATOR, name="other", operator=True))
    world.all(assign(pools[2], "x"), assign(pools[0], "a"), assign(pools[2], "y"))
    assert numbers(world, 1) == [1, 2, 3, 4, 5]
    assert numbers(world, 2) == [1, 2, 3, 4]
    assert numbers(world, None) == [1, 2]
    world.check()


def test_what_is_refused_or_rolled_back_takes_no_number(world: World, pools: list[int]) -> None:
    world.refusal(assign(987_654, "a"))
    world.refusal(replace(assign(pools[0], "a"), by=STRANGER))
    world.do(replace(assign(pools[0], "a"), dry_run=True))
    world.do(assign(pools[0], "a"))
    assert numbers(world, 1) == [1, 2, 3, 4]


def test_the_number_of_statements_does_not_depend_on_how_much_there_is_to_tell(
    world: World, pools: list[int]
) -> None:
    asked = []
    for names in ("a", "bcdefghijklmnopqrstuvwxyz"):
        with noted(world.database) as statements:
            world.all(*(assign(pools[0], name) for name in names))
        asked.append(len(statements))
    assert asked[0] == asked[1]


def test_events_are_the_last_statement_before_the_commit(world: World, pools: list[int]) -> None:
    """A seat of a user pool makes who has an account a member: after the seat is written."""
    users = world.pool(item_kind=ItemKind.USER, item_key="acme")
    for seated in world.assign(pools[2], "a", "b"):
        world.do(LinkLearner(OPERATOR, learner_id=seated.learner.id, platform_key="zeta"))
    for pool_id in (pools[0], users.id):
        with noted(world.database) as statements:
            world.all(assign(pool_id, "a"), assign(pool_id, "b"))
        writes = [sql for sql in statements if "INTO" in sql or "UPDATE" in sql.split("SET")[0]]
        assert "INTO events" in writes[-1]
        assert sum("event_counters" in sql for sql in writes[:-1]) == world.database.is_sqlite
        assert ("INTO members" in "".join(writes[:-1])) == (pool_id == users.id)


def claim(database: Database, batches: Sequence[Sequence[Command]]) -> None:
    for batch in batches:
        for outcome in carry_out(database, batch, NOON):
            assert not isinstance(outcome, Exception), outcome


def test_writers_at_once_leave_no_gap_and_nobody_waits_in_a_circle(
    world: World, pools: list[int]
) -> None:
    """Four processes' worth of writers on the pools of two platforms, in opposite orders."""
    first, second, zeta = pools
    orders = [(first, zeta, second), (second, zeta, first), (zeta, second), (zeta, first)]
    work = [
        [
            [assign(pool_id, f"w{writer}b{batch}p{place}") for place, pool_id in enumerate(order)]
            for batch in range(12)
        ]
        for writer, order in enumerate(orders)
    ]
    others = [Database(world.database.url.render_as_string(hide_password=False)) for _ in work]
    with ThreadPoolExecutor(len(work)) as threads:
        list(threads.map(claim, others, work))
    for each in others:
        each.close()
    assert numbers(world, 1) == list(range(1, 3 + 12 * 6 + 1))
    assert sorted(numbers(world, 2)) == list(range(1, len(numbers(world, 2)) + 1))
    world.check()


def test_no_event_appears_before_the_one_below_it(world: World, pools: list[int]) -> None:
    """A reader who goes on from the last number seen misses nothing, whatever commits meanwhile."""
    work = [[[assign(pool_id, f"r{pool_id}b{n}")] for n in range(25)] for pool_id in pools[:2]]
    others = [Database(world.database.url.render_as_string(hide_password=False)) for _ in work]
    seen: list[int] = []
    with ThreadPoolExecutor(len(work)) as threads:
        writing = [threads.submit(claim, *pair) for pair in zip(others, work, strict=True)]
        while True:
            done = all(each.done() for each in writing)
            query = sqlalchemy.select(events.c.seq).where(
                events.c.platform_id == 1, events.c.seq > (seen[-1] if seen else 0)
            )
            with world.database.read() as unit:
                seen += [row.seq for row in unit.select(query.order_by(events.c.seq).limit(7))]
            if done and seen[-1] == len(seen) == 3 + 50:
                break
            assert seen == list(range(1, len(seen) + 1))
    for each in writing:
        each.result()
    for database in others:
        database.close()


@pytest.mark.parametrize(
    ("tamper", "sentence"),
    [
        (
            sqlalchemy.update(events).where(events.c.seq == 2).values(seq=99),
            "numbers of the events of platform 1 have a gap",
        ),
        (
            sqlalchemy.delete(events).where(events.c.kind == "token_created"),
            "Of platform 1 4 events are counted, and there are 3",
        ),
        (
            sqlalchemy.update(event_counters).values(last=5),
            "Of platform 1 5 events are counted, and there are 4",
        ),
        (sqlalchemy.delete(event_counters), "Of platform 1 0 events are counted"),
    ],
)
def test_verifying_finds_events_that_are_missing(
    world: World, tamper: sqlalchemy.Executable, sentence: str
) -> None:
    pool = world.pool()
    (seated,) = world.assign(pool.id, "a")
    world.do(CreateToken(OPERATOR, name="m", platform_key="acme"))
    assert verify(world.database).ok
    with world.database.write() as unit:
        unit.execute(tamper)
    offenders = verify(world.database).offenders
    assert any(o.invariant == "I6" and sentence in o.sentence for o in offenders), offenders
    assert seated.seat.id == 1
