"""Jobs in tests: made of a few rows, and worked off at once instead of waiting for the worker."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from seatledger.domain.actor import Reach
from seatledger.domain.job import Job, JobKind, JobRow, RowAsked
from seatledger.domain.job_command import CreateJob
from seatledger.domain.refusal import Refusal
from seatledger.storage.engine import Database
from seatledger.usecases import keep_jobs
from seatledger.usecases.job_files import pack
from seatledger.usecases.questions import Stretch
from seatledger.usecases.run_jobs import work_once
from tests.support.cast import MANAGER
from tests.support.world import World

TURNS_MAX = 10_000


def asked(*names: str, **fields: Any) -> list[RowAsked]:
    """A row for `name`@acme.example for each name, from line 2 on."""
    return [
        RowAsked(line, (name,), email=f"{name}@acme.example", **fields)
        for line, name in enumerate(names, start=2)
    ]


def job(world: World, pool_id: int, kind: JobKind, rows: Sequence[RowAsked], **fields: Any) -> Job:
    """A job that a manager of acme asked for, with its rows."""
    made: Job = world.do(
        CreateJob(
            MANAGER, pool_id=pool_id, kind=kind, columns=("email",), chunks=pack(rows), **fields
        )
    )
    return made


def unexpected(where: str, error: Exception) -> None:
    """For jobs in which nothing goes wrong."""
    raise AssertionError(where) from error


def work(database: Database, now: datetime, job_id: int) -> Job:
    """The job when it is over; whoever else works on it may do so, too."""
    for _ in range(TURNS_MAX):
        work_once(database, now, unexpected, job_id)
        found = look(database, job_id)
        if found.over:
            return found
    raise AssertionError("the job does not come to an end")


def look(database: Database, job_id: int) -> Job:
    """The job as it is now."""
    with database.read() as unit:
        found = keep_jobs.get_job(unit, Reach(None), job_id)
    assert isinstance(found, Job)
    return found


def rows(database: Database, job_id: int) -> list[JobRow]:
    """All rows of a job."""
    with database.read() as unit:
        found = keep_jobs.follow_rows(unit, Reach(None), job_id, Stretch(0, 1_000_000))
    assert not isinstance(found, Refusal)
    return found.rows


def outcomes(database: Database, job_id: int) -> list[str | None]:
    """What came of each row, in order."""
    told = (row.told for row in rows(database, job_id))
    return [None if each is None else each.outcome.value for each in told]
