"""Rows of jobs."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Row, insert, select, update

from seatledger.domain.actor import Actor, Reach, Role
from seatledger.domain.job import Job, JobKind, JobMode, JobState
from seatledger.storage import cursors
from seatledger.storage.cursors import Followed, Stretch
from seatledger.storage.job_tables import jobs as table
from seatledger.storage.unit import Unit

WAITING = table.c.state.in_([JobState.QUEUED, JobState.RUNNING])


@dataclass(frozen=True, slots=True)
class JobFilter:
    """What a list of jobs is narrowed to; None asks nothing."""

    pool_id: int | None = None
    state: JobState | None = None


def add(unit: Unit, job: Job) -> Job:
    """A new job; its id is given here."""
    author = job.author
    row = unit.select(
        insert(table)
        .values(
            platform_id=job.platform_id,
            pool_id=job.pool_id,
            kind=job.kind,
            mode=job.mode,
            silent=job.silent,
            trial=job.trial,
            state=job.state,
            total=job.total,
            counts=dict(job.counts),
            columns=list(job.columns),
            author={
                "name": author.name,
                "role": author.role,
                "platform_id": author.platform_id,
                "surface": author.surface,
                "token_id": author.token_id,
                "request_id": author.request_id,
            },
            parent_id=job.parent_id,
            created_at=job.created,
            worked_at=job.created,
        )
        .returning(*table.c)
    )[0]
    return build(row)


def write(unit: Unit, job: Job, now: datetime) -> None:
    """How far a job has come."""
    changes = {
        "state": job.state,
        "counts": dict(job.counts),
        "reason": job.reason,
        "started_at": job.started,
        "finished_at": job.finished,
        "worked_at": now,
    }
    unit.execute(update(table).where(table.c.id == job.id).values(changes))


def any_waiting(unit: Unit) -> bool:
    """Whether any job has something left to do."""
    return bool(unit.select(select(table.c.id).where(WAITING).limit(1)))


def take(unit: Unit, job_id: int | None = None) -> Job | None:
    """A job with something left to do, locked until the transaction ends: nobody else has it.

    It is the one whose turn was longest ago, so that a long one holds up none; with `job_id`, that
    one or none.
    """
    query = select(table).where(WAITING)
    if job_id is not None:
        query = query.where(table.c.id == job_id)
    query = query.order_by(table.c.worked_at, table.c.id).limit(1)
    rows = unit.select(query.with_for_update(skip_locked=True, key_share=True))
    return build(rows[0]) if rows else None


def lock(unit: Unit, reach: Reach, job_id: int) -> Job | None:
    """A job, locked until the transaction ends; waits for who works on it."""
    query = select(table).where(*_within(reach), table.c.id == job_id)
    rows = unit.select(query.with_for_update(key_share=True))
    return build(rows[0]) if rows else None


def get(unit: Unit, reach: Reach, job_id: int) -> Job | None:
    rows = unit.select(select(table).where(*_within(reach), table.c.id == job_id))
    return build(rows[0]) if rows else None


def follow(unit: Unit, reach: Reach, wanted: JobFilter, stretch: Stretch) -> Followed[Job]:
    """The next jobs, by id."""
    conditions = _within(reach)
    if wanted.pool_id is not None:
        conditions.append(table.c.pool_id == wanted.pool_id)
    if wanted.state is not None:
        conditions.append(table.c.state == wanted.state)
    return cursors.follow(unit, select(table).where(*conditions), table.c.id, stretch, build)


def newest(unit: Unit, reach: Reach, wanted: JobFilter, most: int) -> list[Job]:
    """The jobs made last, the newest first."""
    conditions = _within(reach)
    if wanted.pool_id is not None:
        conditions.append(table.c.pool_id == wanted.pool_id)
    query = select(table).where(*conditions).order_by(table.c.id.desc()).limit(most)
    return [build(row) for row in unit.select(query)]


def _within(reach: Reach) -> list[ColumnElement[bool]]:
    return [] if reach.platform_id is None else [table.c.platform_id == reach.platform_id]


def build(row: Row[Any]) -> Job:
    author = row.author
    return Job(
        id=row.id,
        platform_id=row.platform_id,
        pool_id=row.pool_id,
        kind=JobKind(row.kind),
        mode=JobMode(row.mode),
        silent=row.silent,
        trial=row.trial,
        state=JobState(row.state),
        total=row.total,
        counts=row.counts,
        columns=tuple(row.columns),
        author=Actor(**{**author, "role": Role(author["role"])}),
        parent_id=row.parent_id,
        reason=row.reason,
        created=row.created_at,
        started=row.started_at,
        finished=row.finished_at,
    )
