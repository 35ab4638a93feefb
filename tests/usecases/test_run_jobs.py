"""Jobs: each row once, in chunks, whoever works on them and whatever happens meanwhile."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

import pytest

from seatledger.domain.command import ShapePool
from seatledger.domain.job import JobKind, JobMode, JobState, RowAsked, RowTold
from seatledger.domain.job_command import CancelJob, RetryJob
from seatledger.domain.refusal import Code
from seatledger.storage.engine import Database
from seatledger.storage.jobs import take
from seatledger.storage.unit import Unit
from seatledger.usecases import job_files, run_jobs
from seatledger.usecases.job_work import do_rows
from seatledger.usecases.run_jobs import work_once
from tests.support import jobs
from tests.support.cast import DAY, MANAGER, NOON, OPERATOR, STRANGER
from tests.support.jobs import asked, job, look, outcomes, unexpected, work
from tests.support.ledgers import Ledgers
from tests.support.world import World

IMPORT, END, EXTEND = JobKind


@pytest.fixture(autouse=True)
def chunks_of_two(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(job_files, "CHUNK_ROWS", 2)


def test_an_import_seats_each_learner_in_order_until_the_pool_is_full(world: World) -> None:
    pool = world.pool(size=3)
    world.assign(pool.id, "b")
    made = job(world, pool.id, IMPORT, asked("a", "b", "c", "c", "d"))
    assert (made.state, made.total, made.counts) == (JobState.QUEUED, 5, {})
    done = work(world.database, world.now, made.id)
    assert (done.state, done.tried, done.started, done.finished) == (JobState.DONE, 5, NOON, NOON)
    assert outcomes(world.database, made.id) == [
        "assigned",
        "already",
        "assigned",
        "already",
        "no_seat",
    ]
    assert dict(done.counts) == {"assigned": 2, "already": 2, "no_seat": 1}
    assert world.holders(pool.id) == ["b", "a", "c"]
    refused = jobs.rows(world.database, made.id)[4].told
    assert refused is not None
    assert (refused.code, refused.seat_id) == ("pool_full", None)
    world.check()


def test_a_chunk_is_a_transaction_and_progress_is_seen_after_each(world: World) -> None:
    pool = world.pool()
    made = job(world, pool.id, IMPORT, asked("a", "b", "c"))
    first = work_once(world.database, world.now, unexpected)
    assert first is not None
    assert (first.state, dict(first.counts)) == (JobState.RUNNING, {"assigned": 2})
    assert first == look(world.database, made.id)
    assert world.look(pool.id).held == 2
    work_once(world.database, world.now, unexpected)
    assert work_once(world.database, world.now, unexpected) is None
    assert look(world.database, made.id).state is JobState.DONE


def test_jobs_take_turns_so_that_a_long_one_holds_up_none(world: World) -> None:
    pool = world.pool()
    long = job(world, pool.id, IMPORT, asked("a", "b", "c", "d", "e"))
    world.now += DAY
    short = job(world, pool.id, IMPORT, asked("x"))
    world.now += DAY
    turns = []
    while turn := work_once(world.database, world.now, unexpected):
        turns.append(turn.id)
        world.now += DAY
    assert turns == [long.id, short.id, long.id, long.id]


def test_all_or_nothing_does_all_where_all_can_be_done(world: World) -> None:
    pool = world.pool(size=3)
    made = job(world, pool.id, IMPORT, asked("a", "b", "c"), mode=JobMode.ALL_OR_NOTHING)
    started = work_once(world.database, world.now, unexpected)
    assert started is not None
    assert (started.state, started.tried) == (JobState.RUNNING, 0)
    done = work(world.database, world.now, made.id)
    assert (done.state, dict(done.counts), done.reason) == (JobState.DONE, {"assigned": 3}, None)
    assert world.look(pool.id).held == 3


def test_all_or_nothing_does_nothing_where_one_row_is_refused(world: World) -> None:
    pool = world.pool(size=3)
    (held,) = world.assign(pool.id, "b")
    made = job(world, pool.id, IMPORT, asked("a", "b", "a", "c", "d"), mode=JobMode.ALL_OR_NOTHING)
    done = work(world.database, world.now, made.id)
    assert done.state is JobState.FAILED
    assert done.reason == "1 row is refused, so nothing was changed."
    rows = jobs.rows(world.database, made.id)
    assert [(row.told.outcome, row.told.seat_id) for row in rows if row.told] == [
        ("assigned", None),
        ("already", held.seat.id),
        ("already", None),
        ("assigned", None),
        ("no_seat", None),
    ]
    assert world.holders(pool.id) == ["b"]
    world.check()


def test_a_trial_says_what_would_be_and_changes_nothing(world: World) -> None:
    pool = world.pool(size=2)
    made = job(world, pool.id, IMPORT, asked("a", "b", "c"), trial=True)
    done = work(world.database, world.now, made.id)
    assert (done.state, dict(done.counts)) == (JobState.DONE, {"assigned": 2, "no_seat": 1})
    assert world.look(pool.id).held == 0
    world.check()


def test_who_dies_in_the_middle_of_a_chunk_has_done_nothing_of_it(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Killed(BaseException):
        """What ends a process."""

    def die(*arguments: Any) -> None:
        do_rows(*arguments)
        raise Killed

    pool = world.pool()
    made = job(world, pool.id, IMPORT, asked("a", "b", "c"))
    work_once(world.database, world.now, unexpected)
    with monkeypatch.context() as patched:
        patched.setattr(run_jobs, "do_rows", die)
        with pytest.raises(Killed):
            work_once(world.database, world.now, unexpected)
    assert dict(look(world.database, made.id).counts) == {"assigned": 2}
    assert world.look(pool.id).held == 2
    done = work(world.database, world.now, made.id)
    assert dict(done.counts) == {"assigned": 3}
    world.check()


def _failing(name: str) -> Any:
    def fail(unit: Unit, job: Any, rows: Sequence[RowAsked], now: datetime) -> list[RowTold]:
        told = do_rows(unit, job, rows, now)
        if any(row.original == (name,) for row in rows):
            raise ZeroDivisionError
        return told

    return fail


@pytest.mark.parametrize("mode", list(JobMode))
def test_a_row_that_breaks_the_program_is_an_error_and_harms_no_other(
    world: World, monkeypatch: pytest.MonkeyPatch, mode: JobMode
) -> None:
    pool = world.pool()
    made = job(world, pool.id, IMPORT, asked("a", "b", "c", "d"), mode=mode)
    monkeypatch.setattr(run_jobs, "do_rows", _failing("b"))
    reported: list[str] = []
    while work_once(world.database, world.now, lambda where, _: reported.append(where)):
        pass
    assert reported == [f"job {made.id}, line 3"]
    assert outcomes(world.database, made.id) == ["assigned", "error", "assigned", "assigned"]
    kept = mode is JobMode.BEST_EFFORT
    assert world.holders(pool.id) == (["a", "c", "d"] if kept else [])
    assert look(world.database, made.id).state is (JobState.DONE if kept else JobState.FAILED)
    world.check()


def test_a_cancelled_job_keeps_what_it_did_and_tries_no_more(world: World) -> None:
    pool = world.pool()
    made = job(world, pool.id, IMPORT, asked("a", "b", "c"))
    work_once(world.database, world.now, unexpected)
    cancelled = world.do(CancelJob(MANAGER, job_id=made.id))
    assert cancelled.state is JobState.CANCELLED
    assert work_once(world.database, world.now, unexpected) is None
    assert outcomes(world.database, made.id) == ["assigned", "assigned", None]
    assert world.code(CancelJob(MANAGER, job_id=made.id)) is Code.JOB_OVER


def test_a_retry_is_a_new_job_of_the_rows_that_came_to_nothing(world: World) -> None:
    pool = world.pool(size=2)
    made = job(world, pool.id, IMPORT, asked("a", "b", "c", "d"))
    assert world.code(RetryJob(MANAGER, job_id=made.id)) is Code.JOB_NOT_OVER
    work(world.database, world.now, made.id)
    world.do(ShapePool(OPERATOR, pool_id=pool.id, size=3))
    again = world.do(RetryJob(MANAGER, job_id=made.id))
    assert (again.parent_id, again.total, again.state) == (made.id, 2, JobState.QUEUED)
    done = work(world.database, world.now, again.id)
    assert dict(done.counts) == {"assigned": 1, "no_seat": 1}
    assert [row.asked.line for row in jobs.rows(world.database, again.id)] == [4, 5]
    assert dict(look(world.database, made.id).counts) == {"assigned": 2, "no_seat": 2}


@pytest.mark.parametrize("fields", [{"trial": True}, {"mode": JobMode.ALL_OR_NOTHING}])
def test_a_retry_of_what_changed_nothing_tries_each_row(
    world: World, fields: dict[str, Any]
) -> None:
    pool = world.pool(size=1)
    made = job(world, pool.id, IMPORT, asked("a", "b"), **fields)
    work(world.database, world.now, made.id)
    assert world.do(RetryJob(MANAGER, job_id=made.id)).total == 2


def test_where_nothing_was_refused_there_is_nothing_to_retry(world: World) -> None:
    pool = world.pool()
    made = job(world, pool.id, IMPORT, asked("a"))
    work(world.database, world.now, made.id)
    assert world.code(RetryJob(MANAGER, job_id=made.id)) is Code.JOB_OVER


def test_a_job_is_its_platforms(world: World) -> None:
    pool = world.pool()
    made = job(world, pool.id, IMPORT, asked("a"))
    assert world.code(CancelJob(STRANGER, job_id=made.id)) is Code.UNKNOWN_JOB
    assert world.code(RetryJob(STRANGER, job_id=made.id)) is Code.UNKNOWN_JOB
    assert look(world.database, made.id).state is JobState.QUEUED


def test_more_rows_than_fit_in_a_transaction_are_not_done_together(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("seatledger.usecases.keep_jobs.ROWS_TOGETHER_MAX", 2)
    pool = world.pool()
    with pytest.raises(AssertionError, match="At most 2 rows are done together"):
        job(world, pool.id, IMPORT, asked("a", "b", "c"), mode=JobMode.ALL_OR_NOTHING)
    assert job(world, pool.id, IMPORT, asked("a", "b", "c")).total == 3


def test_of_several_processes_one_works_on_a_job(postgresql_ledgers: Ledgers) -> None:
    url = postgresql_ledgers.empty()
    one, other = Database(url), Database(url)
    world = World(one)
    first = job(world, world.pool().id, IMPORT, asked("a"))
    with one.write() as unit:
        taken = take(unit)
        assert taken is not None
        assert taken.id == first.id
        assert work_once(other, world.now, unexpected) is None
        second = job(world, world.pool(item_key="course-2").id, IMPORT, asked("b"))
        done = work_once(other, world.now, unexpected)
        assert done is not None
        assert (done.id, done.state) == (second.id, JobState.DONE)
    assert work(other, world.now, first.id).state is JobState.DONE
    for database in (one, other):
        database.close()
    postgresql_ledgers.drop(url)
