"""The desk: concurrent commands share a transaction, and each gets its own answer."""

import asyncio
from collections.abc import Sequence
from threading import Event
from typing import Any

import pytest

from seatledger.desk import Desk, Lane
from seatledger.domain.command import AssignSeat, EndSeat, OpenPool
from seatledger.domain.item import ItemKind
from seatledger.domain.people_command import CreatePlatform
from seatledger.domain.refusal import Code, Refusal
from seatledger.domain.seating import Seated, assign
from seatledger.storage.engine import Database
from seatledger.usecases.verify import verify
from tests.support.cast import NOON, OPERATOR

pytestmark = pytest.mark.anyio


@pytest.fixture
def anyio_backend() -> str:
    return "asyncio"


class Batches(list[tuple[str, int]]):
    """What the desk tells of its batches."""

    def note(self, lane: str, size: int) -> None:
        self.append((lane, size))

    def sizes(self, lane: str) -> list[int]:
        return [size for name, size in self if name == lane]


async def opened(desk: Desk, size: int) -> int:
    await desk.submit(CreatePlatform(OPERATOR, key="acme", org="ACME", name="Acme"))
    pool = await desk.submit(
        OpenPool(
            OPERATOR,
            platform_key="acme",
            item_kind=ItemKind.COURSE,
            item_key="c",
            item_title="C",
            size=size,
        )
    )
    return int(pool.id)


def ask(pool_id: int, number: int) -> AssignSeat:
    return AssignSeat(OPERATOR, pool_id=pool_id, email=f"p{number}@acme.example")


async def test_a_thousand_at_once_are_few_transactions_and_each_gets_its_own_seat(
    database: Database,
) -> None:
    batches = Batches()
    desk = Desk(database, clock=lambda: NOON, batch_max=100, observe=batches.note)
    pool_id = await opened(desk, 900)
    outcomes = await asyncio.gather(*(desk.submit(ask(pool_id, n)) for n in range(1000)))
    seated = [each for each in outcomes if isinstance(each, Seated)]
    assert [each.learner.email for each in seated] == [f"p{n}@acme.example" for n in range(900)]
    assert {each.code for each in outcomes[900:]} == {Code.POOL_FULL}
    assert sum(batches.sizes("writes")) == 1002
    assert max(batches.sizes("writes")) == 100
    assert len(batches.sizes("writes")) <= 14
    assert verify(database).ok
    await desk.close()


async def test_a_lone_command_is_answered_at_once_and_only_after_its_commit(
    database: Database,
) -> None:
    desk = Desk(database, clock=lambda: NOON)
    pool_id = await opened(desk, 1)
    await desk.submit(ask(pool_id, 1))
    report = verify(database)
    assert (report.seats, report.ok) == (1, True)
    await desk.close()


async def test_commands_of_two_sorts_never_share_a_transaction(database: Database) -> None:
    batches = Batches()
    desk = Desk(database, clock=lambda: NOON, observe=batches.note)
    pool_id = await opened(desk, 10)
    first = await desk.submit(ask(pool_id, 0))
    batches.clear()
    outcomes = await asyncio.gather(
        desk.submit(ask(pool_id, 1)),
        desk.submit(EndSeat(OPERATOR, seat_id=first.seat.id)),
        desk.submit(ask(pool_id, 2)),
    )
    assert all(isinstance(each, Seated) for each in outcomes)
    assert sorted(batches.sizes("writes")) == [1, 2]
    await desk.close()


async def test_who_goes_away_while_waiting_changes_nothing_for_the_others(
    database: Database,
) -> None:
    desk = Desk(database, clock=lambda: NOON)
    pool_id = await opened(desk, 10)
    tasks = [asyncio.create_task(desk.submit(ask(pool_id, n))) for n in range(5)]
    await asyncio.sleep(0)
    tasks[2].cancel()
    outcomes = await asyncio.gather(*tasks, return_exceptions=True)
    assert isinstance(outcomes[2], asyncio.CancelledError)
    assert sum(isinstance(each, Seated) for each in outcomes) == 4
    await desk.close()
    assert verify(database).ok


def lane(work: Any, patience: float = 60, **limits: int) -> Lane[int]:
    return Lane(
        "test",
        work,
        kind=lambda _: None,
        batch_max=lambda _: limits.get("batch_max", 10),
        queue_max=limits.get("queue_max", 10),
        observe=lambda name, size: None,
        patience=patience,
    )


async def test_past_a_full_queue_the_answer_is_a_refusal_and_nothing_is_tried() -> None:
    begun, gate = Event(), Event()
    tried: list[int] = []

    def work(items: Sequence[int]) -> Sequence[int]:
        begun.set()
        gate.wait(timeout=20)
        tried.extend(items)
        return items

    full = lane(work, queue_max=3, batch_max=1)
    first = asyncio.create_task(full.submit(0))
    await asyncio.to_thread(begun.wait, 20)
    waiting = [asyncio.create_task(full.submit(n)) for n in (1, 2, 3)]
    await asyncio.sleep(0)
    late = [await full.submit(n) for n in (4, 5)]
    assert [each.code for each in late] == [Code.OVERLOADED] * 2
    gate.set()
    assert await asyncio.gather(first, *waiting) == [0, 1, 2, 3]
    assert tried == [0, 1, 2, 3]
    await full.close()


async def test_closing_finishes_what_was_taken_and_takes_no_more() -> None:
    slow = lane(lambda items: [item * 2 for item in items], batch_max=1)
    waiting = [asyncio.create_task(slow.submit(n)) for n in range(5)]
    await asyncio.sleep(0)
    await slow.close()
    assert await asyncio.gather(*waiting) == [0, 2, 4, 6, 8]
    late = await slow.submit(9)
    assert late.code is Code.OVERLOADED


async def test_work_that_breaks_breaks_for_its_batch_and_the_next_goes_on() -> None:
    def work(items: Sequence[int]) -> Sequence[int]:
        if 1 in items:
            raise LookupError
        return items

    fragile = lane(work, batch_max=1)
    outcomes = await asyncio.gather(*(fragile.submit(n) for n in range(3)), return_exceptions=True)
    assert [type(each) for each in outcomes] == [int, LookupError, int]
    await fragile.close()


async def test_only_the_culprit_of_a_broken_batch_fails(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    def break_for_three(book: Any, command: AssignSeat, *rest: Any) -> Any:
        if command.email == "p3@acme.example":
            raise ZeroDivisionError
        return assign(book, command, *rest)

    monkeypatch.setattr("seatledger.usecases.assign_seats.assign", break_for_three)
    desk = Desk(database, clock=lambda: NOON)
    pool_id = await opened(desk, 10)
    outcomes = await asyncio.gather(
        *(desk.submit(ask(pool_id, n)) for n in range(6)), return_exceptions=True
    )
    broken = [number for number, each in enumerate(outcomes) if isinstance(each, Exception)]
    assert broken == [3]
    await desk.close()
    assert verify(database).seats == 5


async def test_nobody_waits_long_for_a_database_that_hangs_and_afterwards_all_is_well() -> None:
    begun, gate = Event(), Event()
    tried: list[int] = []

    def work(items: Sequence[int]) -> Sequence[int]:
        begun.set()
        gate.wait(timeout=20)
        tried.extend(items)
        return items

    hanging = lane(work, batch_max=1, patience=0.05)
    first = asyncio.create_task(hanging.submit(0))
    await asyncio.to_thread(begun.wait, 20)
    outcomes = await asyncio.gather(first, *(hanging.submit(n) for n in (1, 2)))
    assert [each.code for each in outcomes] == [Code.UNAVAILABLE] * 3
    assert "look whether the change was made" in outcomes[0].sentence
    assert [each.sentence.endswith("nothing was tried.") for each in outcomes[1:]] == [True, True]
    gate.set()
    late = lane(work, batch_max=1)
    assert await late.submit(3) == 3
    await hanging.close()
    await late.close()
    assert sorted(tried) == [0, 3]


async def test_reads_of_a_database_that_hangs_are_refused_and_their_number_is_bounded(
    database: Database,
) -> None:
    gate = Event()
    desk = Desk(database, readers=1, queue_max=3, patience=0.05)

    def wait(_: Database) -> str:
        gate.wait(timeout=20)
        return "done"

    refused = await asyncio.gather(*(desk.run(wait) for _ in range(5)))
    codes = [each.code for each in refused if isinstance(each, Refusal)]
    assert codes.count(Code.UNAVAILABLE) == 3
    assert codes.count(Code.OVERLOADED) == 2
    gate.set()
    while (answer := await desk.run(wait)) != "done":
        assert isinstance(answer, Refusal)
        await asyncio.sleep(0)
    await desk.close()
