"""Works jobs off, a chunk of rows in a transaction, which also says what came of each row.

So a row is done exactly when its outcome is written: whoever goes on after a crash goes on with the
first row that has none. A job is locked by who works on it, and only while they do; when a process
dies its database lets go of the lock, and another takes the job up.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime
from typing import TypeAlias

from seatledger.domain.event import Event, EventKind, Origin
from seatledger.domain.job import (
    FINE,
    Job,
    JobState,
    Outcome,
    RowAsked,
    RowTold,
    added,
    count,
)
from seatledger.domain.refusal import Code
from seatledger.storage import events
from seatledger.storage import job_chunks as chunk_rows
from seatledger.storage import jobs as job_rows
from seatledger.storage.engine import Conflict, Database, Unavailable
from seatledger.storage.unit import Unit
from seatledger.usecases.job_work import do_rows

ATTEMPTS_MAX = 5
BROKEN_SENTENCE = "Something went wrong here; whoever runs the deployment finds it in the log."
Report: TypeAlias = Callable[[str, Exception], None]  # where, and what nobody planned


def work_once(
    database: Database, now: datetime, report: Report, job_id: int | None = None
) -> Job | None:
    """Do the next chunk of the job whose turn it is (or of `job_id`), or all where it must be.

    Answers with the job as it is then; None where there is nothing to do, or somebody else does it.
    What goes wrong with one row is reported, and is its outcome. Raises Unavailable or Uncertain:
    coming again does what was not done.
    """
    with database.read() as unit:
        if not job_rows.any_waiting(unit):
            return None
    for attempt in range(1, ATTEMPTS_MAX + 1):
        try:
            with database.write() as unit:
                job = job_rows.take(unit, job_id)
                last = attempt == ATTEMPTS_MAX
                return None if job is None else _Turn(unit, job, now, report, last).take()
        except Conflict:
            continue
    raise Unavailable("others kept writing at the same time")


def record(unit: Unit, kind: EventKind, origin: Origin, before: Job | None, job: Job) -> None:
    """Tell history of a job. It is the platform's: the pool's own events are those of its seats."""
    was = None if before is None else before.facts()
    events.add(unit, Event(kind, origin, job.platform_id, None, job.id, was, job.facts()))


@dataclass(frozen=True, slots=True)
class _Part:
    """The number of the first of some rows, and what came of them."""

    first: int
    told: list[RowTold]


class _Undone(Exception):
    """Leaves a part of a transaction, so that it is undone."""


@dataclass(frozen=True, slots=True)
class _Turn:
    """One transaction's work on a job. After the `last` attempt a conflict is a row's own fault."""

    unit: Unit
    job: Job
    now: datetime
    report: Report
    last: bool

    def take(self) -> Job:
        started = replace(self.job, state=JobState.RUNNING, started=self.job.started or self.now)
        if started.together and self.job.state is JobState.QUEUED:
            job_rows.write(self.unit, started, self.now)  # its turn will be long: it is seen to run
            return started
        try:
            with self.unit.part():
                parts = self._all() if started.together else [self._chunk(self.job.tried + 1)]
                for part in parts:
                    chunk_rows.tell(self.unit, self.job, part.first, part.told)
        except (Conflict, Unavailable):
            raise
        except Exception as error:  # noqa: BLE001 - else the job would come up for ever
            self.report(f"job {self.job.id}", error)
            return self._end(replace(started, state=JobState.FAILED, reason=BROKEN_SENTENCE))
        counts = self.job.counts
        for part in parts:
            counts = added(counts, count(part.told))
        job = replace(started, counts=counts)
        if job.tried < job.total:
            job_rows.write(self.unit, job, self.now)
            return job
        reason = _why_nothing_was_done(job)
        state = JobState.DONE if reason is None else JobState.FAILED
        return self._end(replace(job, state=state, reason=reason))

    def _end(self, job: Job) -> Job:
        ended = replace(job, finished=self.now)
        job_rows.write(self.unit, ended, self.now)
        origin = Origin(job.author, self.now)
        record(self.unit, EventKind.JOB_FINISHED, origin, self.job, ended)
        return ended

    def _all(self) -> list[_Part]:
        """All rows; undone where it is a trial, or any is refused."""
        parts: list[_Part] = []
        try:
            with self.unit.part():
                first = 1
                while first <= self.job.total:
                    parts.append(self._chunk(first))
                    first += len(parts[-1].told)
                told = (each for part in parts for each in part.told)
                if self.job.trial or any(each.outcome not in FINE for each in told):
                    raise _Undone
        except _Undone:
            return _without_new_seats(parts)
        return parts

    def _chunk(self, first: int) -> _Part:
        """The chunk that begins with row `first`; where it fails as a whole, row by row."""
        asked = chunk_rows.asked(self.unit, self.job, first)
        try:
            with self.unit.part():
                return _Part(first, do_rows(self.unit, self.job, asked, self.now))
        except Unavailable:
            raise
        except Exception as error:
            if isinstance(error, Conflict) and not self.last:
                raise
            return _Part(first, [self._row(row) for row in asked])

    def _row(self, row: RowAsked) -> RowTold:
        try:
            with self.unit.part():
                return do_rows(self.unit, self.job, [row], self.now)[0]
        except Unavailable:
            raise
        except Exception as error:  # noqa: BLE001 - the outcome of this row, and of no other
            self.report(f"job {self.job.id}, line {row.line}", error)
            return RowTold(Outcome.ERROR, code=Code.BROKEN, reason=BROKEN_SENTENCE)


def _without_new_seats(parts: list[_Part]) -> list[_Part]:
    """The same, without the ids of seats that were made on the way and undone."""
    made = {
        each.seat_id for part in parts for each in part.told if each.outcome is Outcome.ASSIGNED
    }
    return [
        _Part(
            part.first,
            [
                replace(each, seat_id=None if each.seat_id in made else each.seat_id)
                for each in part.told
            ],
        )
        for part in parts
    ]


def _why_nothing_was_done(job: Job) -> str | None:
    bad = sum(number for outcome, number in job.counts.items() if outcome not in FINE)
    if job.trial or not job.together or not bad:
        return None
    rows = "row is" if bad == 1 else "rows are"
    return f"{bad} {rows} refused, so nothing was changed."
