"""Commands that may come twice: done once, told as often as they are asked (I7)."""

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from threading import Barrier
from typing import Any

import pytest
import sqlalchemy

from seatledger.domain.command import AssignSeat, Command, EndSeat
from seatledger.domain.people_command import CreateToken
from seatledger.domain.refusal import Code, Refusal
from seatledger.domain.repeat import Repeat
from seatledger.domain.repeat_command import KEPT_FOR, ForgetRepeats, KeepAnswer
from seatledger.domain.seating import Seated
from seatledger.storage.engine import Database
from seatledger.storage.tables import events, repeats
from seatledger.usecases.carry_out import carry_out
from seatledger.usecases.keep_tokens import Minted
from seatledger.usecases.once import Replayed
from tests.support.cast import DAY, NOON, OPERATOR
from tests.support.statements import noted
from tests.support.world import World


@pytest.fixture
def world(database: Database) -> World:
    return World(database)


def repeat(key: str = "k", number: int = 1, fingerprint: str = "f") -> Repeat:
    return Repeat(1, key, number, fingerprint)


def assign(pool_id: int, name: str, **fields: Any) -> AssignSeat:
    return AssignSeat(OPERATOR, pool_id=pool_id, email=f"{name}@acme.example", **fields)


def rows(world: World, table: sqlalchemy.Table) -> list[Any]:
    with world.database.read() as unit:
        return list(unit.select(sqlalchemy.select(table)))


def test_the_second_time_the_outcome_is_the_first_ones(world: World) -> None:
    command = assign(world.pool().id, "ada", repeat=repeat())
    first = world.do(command)
    history = rows(world, events)
    world.now += DAY
    again = world.do(command)
    assert again == Replayed(first, NOON)
    assert rows(world, events) == history


def test_a_refusal_is_kept_too(world: World) -> None:
    pool = world.pool(size=1)
    (seated,) = world.assign(pool.id, "ada")
    command = assign(pool.id, "bob", repeat=repeat())
    refused = world.refusal(command)
    world.do(EndSeat(OPERATOR, seat_id=seated.seat.id))
    assert world.do(command) == Replayed(refused, NOON)
    assert refused.details == {"bought": 1, "used": 1, "asked": 1}


def test_in_a_batch_only_what_is_new_is_done(world: World) -> None:
    pool = world.pool(size=10)
    world.do(assign(pool.id, "old", repeat=repeat("old")))
    old, plain, new, reused = world.all(
        assign(pool.id, "old", repeat=repeat("old")),
        assign(pool.id, "plain"),
        assign(pool.id, "new", repeat=repeat("new")),
        assign(pool.id, "other", repeat=repeat("old", fingerprint="another")),
    )
    assert isinstance(old, Replayed)
    assert isinstance(plain, Seated)
    assert isinstance(new, Seated)
    assert isinstance(reused, Refusal)
    assert reused.code is Code.KEY_REUSED
    assert world.holders(pool.id) == ["old", "plain", "new"]
    world.check()


def test_the_commands_of_a_request_are_told_apart(world: World) -> None:
    pool = world.pool()
    for number in (1, 2):
        world.do(assign(pool.id, f"p{number}", repeat=repeat(number=number)))
    again = world.do(assign(pool.id, "p2", repeat=repeat(number=2)))
    assert again.outcome.learner.email == "p2@acme.example"


@pytest.mark.parametrize("size", [2, 32])
def test_the_number_of_statements_does_not_grow_with_the_batch(world: World, size: int) -> None:
    pool = world.pool(size=100)

    def batch() -> list[Command]:
        return [assign(pool.id, f"p{n}", repeat=repeat(f"k{n}")) for n in range(size)]

    plain = [assign(pool.id, f"q{n}") for n in range(size)]
    with noted(world.database) as without:
        world.all(*plain)
    with noted(world.database) as keyed:
        world.all(*batch())
    with noted(world.database) as again:
        world.all(*batch())
    # To look, and to write: on PostgreSQL the latter goes with what is written anyway.
    assert len(keyed) - len(without) == (2 if world.database.is_sqlite else 1)
    assert len([sql for sql in again if "repeats" in sql]) == 1
    assert len(again) < len(without)


def test_the_text_of_a_token_is_kept_nowhere(world: World) -> None:
    command = CreateToken(OPERATOR, name="t", platform_key="acme", repeat=repeat())
    minted: Minted = world.do(command)
    assert len(minted.text) == 64
    (row,) = rows(world, repeats)
    assert minted.text not in str(row)
    assert world.do(command).outcome == replace(minted, text="")


def at_once(url: str, commands: Sequence[Command]) -> list[Any]:
    """Each through a database handle of its own, as several processes have, all together."""
    barrier = Barrier(len(commands))

    def write(command: Command) -> Any:
        database = Database(url)
        try:
            barrier.wait(timeout=20)
            return carry_out(database, [command], NOON)[0]
        finally:
            database.close()

    with ThreadPoolExecutor(len(commands)) as threads:
        return list(threads.map(write, commands))


def test_writers_that_know_nothing_of_each_other_do_it_once(
    world: World, database_url: str
) -> None:
    pool = world.pool(size=50)
    for turn in range(5):
        # Each names somebody else, so that nothing but the key stands in the way.
        commands = [assign(pool.id, f"t{turn}w{n}", repeat=repeat(f"turn{turn}")) for n in range(6)]
        outcomes = at_once(database_url, commands)
        (first,) = [each for each in outcomes if isinstance(each, Seated)]
        others = [each for each in outcomes if each is not first]
        assert [each.outcome for each in others] == [first] * 5
        assert world.look(pool.id).held == turn + 1
    world.check()


def test_a_command_that_breaks_leaves_its_key_free(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    pool = world.pool()
    command = assign(pool.id, "ada", repeat=repeat())
    with monkeypatch.context() as broken:
        broken.setattr("seatledger.usecases.assign_seats.ledger.write", lambda *_: 1 / 0)
        assert isinstance(carry_out(world.database, [command], NOON)[0], ZeroDivisionError)
    assert rows(world, repeats) == []
    assert isinstance(world.do(command), Seated)


def test_what_is_older_than_thirty_days_is_forgotten_in_portions(world: World) -> None:
    pool = world.pool()
    for name in ("a", "b", "c"):
        world.do(assign(pool.id, name, repeat=repeat(name)))
    world.now += KEPT_FOR
    world.do(assign(pool.id, "young", repeat=repeat("young")))
    assert world.do(ForgetRepeats(OPERATOR)) == 0
    world.now += DAY / 86_400
    assert world.do(ForgetRepeats(OPERATOR, rows_max=2)) == 2
    assert world.do(ForgetRepeats(OPERATOR, rows_max=2)) == 1
    assert [row.key for row in rows(world, repeats)] == ["young"]


def test_an_answer_is_kept_beside_what_was_done_and_never_alone(world: World) -> None:
    world.do(assign(world.pool().id, "ada", repeat=repeat()))
    world.all(*(KeepAnswer(OPERATOR, platform_id=1, key=key, answer=f"of {key}") for key in "kx"))
    assert [(row.key, row.answer) for row in rows(world, repeats)] == [("k", "of k")]


def test_dry_runs_and_others_in_one_batch_stay_apart(world: World) -> None:
    pool = world.pool()
    outcomes = world.all(assign(pool.id, "ada", dry_run=True), assign(pool.id, "bob"))
    assert [each.learner.email.partition("@")[0] for each in outcomes] == ["ada", "bob"]
    assert world.holders(pool.id) == ["bob"]
    world.check()
