"""What a job tells of each row, by what was asked and what stood in the way."""

import pytest

from seatledger.domain.job import JobKind, JobState, RowAsked
from seatledger.usecases import job_files
from tests.support import jobs
from tests.support.cast import DAY, NOON
from tests.support.jobs import asked, job, outcomes, work
from tests.support.world import World

IMPORT, END, EXTEND = JobKind


@pytest.fixture(autouse=True)
def chunks_of_two(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(job_files, "CHUNK_ROWS", 2)


@pytest.mark.parametrize(
    ("row", "outcome", "code"),
    [
        (RowAsked(2, ("x",), unreadable="Nonsense."), "invalid", "invalid"),
        (RowAsked(2, ("x",)), "invalid", "invalid"),
        (RowAsked(2, ("x",), email="nobody"), "invalid", "invalid"),
        (RowAsked(2, ("x",), email="a@acme.example", end=NOON - DAY), "invalid", "end_in_past"),
        (RowAsked(2, ("x",), email="a@acme.example", end=NOON + 99 * DAY), "invalid", None),
        (RowAsked(2, ("x",), email="a@other.example"), "blocked", "domain_not_allowed"),
        (RowAsked(2, ("x",), email="a@acme.example", end=NOON + DAY), "assigned", None),
    ],
)
def test_an_import_tells_of_each_row_what_came_of_it(
    world: World, row: RowAsked, outcome: str, code: str | None
) -> None:
    pool = world.pool(end=NOON + 9 * DAY)
    done = work(world.database, world.now, job(world, pool.id, IMPORT, [row]).id)
    assert dict(done.counts) == {outcome: 1}
    told = jobs.rows(world.database, done.id)[0].told
    assert told is not None
    assert code is None or told.code == code
    assert (told.seat_id is None) == (outcome != "assigned")


def test_a_pool_that_is_switched_off_blocks_each_row(world: World) -> None:
    pool = world.pool(active=False)
    done = work(world.database, world.now, job(world, pool.id, IMPORT, asked("a", "b", "c")).id)
    assert (done.state, dict(done.counts)) == (JobState.DONE, {"blocked": 3})


def test_seats_are_ended_by_address_or_id_and_once(world: World) -> None:
    pool = world.pool()
    other = world.pool(item_key="course-2")
    a, b, _ = world.assign(pool.id, "a", "b", "c")
    (elsewhere,) = world.assign(other.id, "z")
    rows = [
        *asked("a", "a", "nobody", "z"),
        RowAsked(6, ("x",), seat_id=b.seat.id, email="c@acme.example"),
        RowAsked(7, ("x",), seat_id=elsewhere.seat.id),
        RowAsked(8, ("x",), seat_id=2**63 - 1),
    ]
    made = job(world, pool.id, END, rows)
    work(world.database, world.now, made.id)
    expected = ["ended", "already", "no_seat", "no_seat", "ended", "no_seat", "no_seat"]
    assert outcomes(world.database, made.id) == expected
    told = [row.told.seat_id for row in jobs.rows(world.database, made.id) if row.told]
    assert told == [a.seat.id, a.seat.id, None, None, b.seat.id, None, None]
    again = work(world.database, world.now, job(world, pool.id, END, asked("a")).id)
    assert dict(again.counts) == {"already": 1}
    assert world.holders(pool.id) == ["c"]
    assert world.holders(other.id) == ["z"]


def test_a_pool_that_keeps_its_seats_blocks_taking_them_back(world: World) -> None:
    pool = world.pool(transferable=False)
    world.assign(pool.id, "a")
    done = work(world.database, world.now, job(world, pool.id, END, asked("a")).id)
    assert dict(done.counts) == {"blocked": 1}


def test_ends_are_moved_to_the_future_within_the_pool(world: World) -> None:
    pool = world.pool(end=NOON + 9 * DAY)
    world.assign(pool.id, "a", "b", end=NOON + DAY)
    ends = [NOON + 5 * DAY, NOON + 5 * DAY, NOON - DAY, NOON + 10 * DAY, NOON + 6 * DAY]
    names = ["a", "a", "b", "b", "a"]
    rows = [row for name, end in zip(names, ends, strict=True) for row in asked(name, end=end)]
    made = job(world, pool.id, EXTEND, rows)
    done = work(world.database, world.now, made.id)
    assert outcomes(world.database, made.id) == [
        "extended",
        "already",
        "invalid",
        "invalid",
        "extended",
    ]
    assert done.state is JobState.DONE
    world.check()
