"""How jobs and their rows are shown."""

from datetime import datetime

import msgspec

from seatledger.domain import job as domain
from seatledger.domain.job import JobKind, JobMode, JobState, Outcome


class Job(msgspec.Struct):
    """`tried` of `total` rows have an outcome; `counts` says how many have which.

    `reason` is why it failed, `parent` the job whose rows it tries again.
    """

    id: str
    state: JobState
    kind: JobKind
    pool: str
    mode: JobMode
    dry_run: bool
    silent: bool
    total: int
    tried: int
    counts: dict[str, int]
    columns: list[str]
    reason: str | None
    parent: str | None
    author: str
    created: datetime
    started: datetime | None
    finished: datetime | None


class JobRow(msgspec.Struct):
    """A row of the file: the line it begins in, its fields, and what came of it.

    `outcome` is null until it is tried; `code` and `reason` say why it was refused.
    """

    row: int
    line: int
    original: list[str]
    outcome: Outcome | None
    code: str | None
    reason: str | None
    seat: str | None


def shown(job: domain.Job) -> Job:
    return Job(
        id=str(job.id),
        state=job.state,
        kind=job.kind,
        pool=str(job.pool_id),
        mode=job.mode,
        dry_run=job.trial,
        silent=job.silent,
        total=job.total,
        tried=job.tried,
        counts=domain.added(job.counts, {}),
        columns=list(job.columns),
        reason=job.reason,
        parent=None if job.parent_id is None else str(job.parent_id),
        author=job.author.name,
        created=job.created,
        started=job.started,
        finished=job.finished,
    )


def shown_row(row: domain.JobRow) -> JobRow:
    told = row.told
    return JobRow(
        row=row.number,
        line=row.asked.line,
        original=list(row.asked.original),
        outcome=None if told is None else told.outcome,
        code=None if told is None else told.code,
        reason=None if told is None else told.reason,
        seat=None if told is None or told.seat_id is None else str(told.seat_id),
    )
