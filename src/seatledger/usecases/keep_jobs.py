"""Make jobs, stop them, and try their refused rows again. Doing their rows is for `run_jobs`."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from seatledger.domain.actor import Reach
from seatledger.domain.event import EventKind
from seatledger.domain.job import (
    ROWS_TOGETHER_MAX,
    Job,
    JobRow,
    JobState,
    Outcome,
    to_try_again,
    unknown_job,
)
from seatledger.domain.job_command import CancelJob, Chunk, CreateJob, RetryJob
from seatledger.domain.refusal import Code, Refusal, invalid, unknown_pool
from seatledger.storage import job_chunks as chunk_rows
from seatledger.storage import jobs as job_rows
from seatledger.storage import pool_lists
from seatledger.storage.cursors import Followed, Stretch
from seatledger.storage.jobs import JobFilter as JobFilter
from seatledger.storage.unit import Unit
from seatledger.usecases.job_files import pack
from seatledger.usecases.opening import origin
from seatledger.usecases.run_jobs import record


def create_jobs(unit: Unit, commands: Sequence[CreateJob], now: datetime) -> list[Job | Refusal]:
    """Take jobs on. Their rows are looked at when their turn comes."""
    return [_create(unit, command, now) for command in commands]


def _create(unit: Unit, command: CreateJob, now: datetime) -> Job | Refusal:
    pool = pool_lists.get(unit, command.by.reach, command.pool_id, now)
    if pool is None:
        return unknown_pool()
    job = Job(
        id=0,
        platform_id=pool.platform_id,
        pool_id=pool.id,
        kind=command.kind,
        mode=command.mode,
        silent=command.silent,
        trial=command.trial,
        state=JobState.QUEUED,
        total=sum(chunk.size for chunk in command.chunks),
        counts={},
        columns=command.columns,
        author=replace(command.by, learner=None),
        parent_id=None,
        reason=None,
        created=now,
        started=None,
        finished=None,
    )
    if job.together and job.total > ROWS_TOGETHER_MAX:
        sentence = f"At most {ROWS_TOGETHER_MAX:,} rows are done together, or tried."
        return invalid("mode", sentence)
    return _add(unit, job, command.chunks, command, now)


def cancel_jobs(unit: Unit, commands: Sequence[CancelJob], now: datetime) -> list[Job | Refusal]:
    """Stop jobs: what they did stays."""
    return [_cancel(unit, command, now) for command in commands]


def _cancel(unit: Unit, command: CancelJob, now: datetime) -> Job | Refusal:
    job = job_rows.lock(unit, command.by.reach, command.job_id)
    if job is None:
        return unknown_job()
    if job.over:
        return Refusal(Code.JOB_OVER, f"Job {job.id} is over: {job.state}.")
    cancelled = replace(job, state=JobState.CANCELLED, finished=now)
    job_rows.write(unit, cancelled, now)
    record(unit, EventKind.JOB_CANCELLED, origin(command, now), job, cancelled)
    return cancelled


def retry_jobs(unit: Unit, commands: Sequence[RetryJob], now: datetime) -> list[Job | Refusal]:
    """Make new jobs of the rows that came to nothing, with the lines they had in the file."""
    return [_retry(unit, command, now) for command in commands]


def _retry(unit: Unit, command: RetryJob, now: datetime) -> Job | Refusal:
    parent = job_rows.get(unit, command.by.reach, command.job_id)
    if parent is None:
        return unknown_job()
    if not parent.over:
        return Refusal(Code.JOB_NOT_OVER, f"Job {parent.id} is {parent.state}.")
    if command.in_earnest and not parent.trial:
        return invalid("job", f"Job {parent.id} is no trial: its rows were done.")
    rows = chunk_rows.stream(unit, parent)
    chunks = pack(row.asked for row in rows if to_try_again(parent, row.told))
    if not chunks:
        return Refusal(Code.JOB_OVER, f"No row of job {parent.id} was refused.")
    job = replace(
        parent,
        state=JobState.QUEUED,
        trial=parent.trial and not command.in_earnest,
        total=sum(chunk.size for chunk in chunks),
        counts={},
        author=replace(command.by, learner=None),
        parent_id=parent.id,
        reason=None,
        created=now,
        started=None,
        finished=None,
    )
    return _add(unit, job, chunks, command, now)


def _add(
    unit: Unit,
    job: Job,
    chunks: Sequence[Chunk],
    command: CreateJob | RetryJob,
    now: datetime,
) -> Job:
    made = job_rows.add(unit, job)
    chunk_rows.add(unit, made, chunks)
    record(unit, EventKind.JOB_CREATED, origin(command, now), None, made)
    return made


def get_job(unit: Unit, reach: Reach, job_id: int) -> Job | Refusal:
    return job_rows.get(unit, reach, job_id) or unknown_job()


def follow_jobs(unit: Unit, reach: Reach, wanted: JobFilter, stretch: Stretch) -> Followed[Job]:
    return job_rows.follow(unit, reach, wanted, stretch)


def newest_jobs(unit: Unit, reach: Reach, wanted: JobFilter, most: int) -> list[Job]:
    """The jobs made last, the newest first."""
    return job_rows.newest(unit, reach, wanted, most)


def follow_rows(
    unit: Unit, reach: Reach, job_id: int, stretch: Stretch, outcome: Outcome | None = None
) -> Followed[JobRow] | Refusal:
    """The next rows of a job, by number: all, or those of one outcome."""
    job = job_rows.get(unit, reach, job_id)
    return unknown_job() if job is None else chunk_rows.follow(unit, job, stretch, outcome)
