"""A file of many rows, worked off bit by bit: what is asked of each row, and what came of it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from seatledger.domain.actor import Actor
from seatledger.domain.refusal import Code, Refusal

ROWS_TOGETHER_MAX = 20_000  # in one transaction, which keeps others from the pool while it runs


class JobKind(StrEnum):
    """What is done with each row."""

    IMPORT = "import"  # a learner is given a seat
    END = "end"  # a seat is taken back
    EXTEND = "extend"  # a seat's end is moved


class JobMode(StrEnum):
    BEST_EFFORT = "best_effort"  # each row by itself
    ALL_OR_NOTHING = "all_or_nothing"  # where one row is refused, nothing is changed


class JobState(StrEnum):
    QUEUED = "queued"
    RUNNING = "running"
    DONE = "done"  # each row has its outcome
    FAILED = "failed"  # nothing was changed by it, or no more will be: `reason` says why
    CANCELLED = "cancelled"  # what was done stays, the rest was not tried


OVER = {JobState.DONE, JobState.FAILED, JobState.CANCELLED}


class Outcome(StrEnum):
    """What came of a row; each has exactly one, once it was tried."""

    ASSIGNED = "assigned"
    ENDED = "ended"
    EXTENDED = "extended"
    ALREADY = "already"  # it was so before; nothing was changed
    INVALID = "invalid"  # the row can't be meant
    NO_SEAT = "no_seat"  # none is free for an import; else, there is no such seat of the pool
    BLOCKED = "blocked"  # a rule of the pool or of the seat forbids it
    ERROR = "error"  # a fault of ours


DONE_BY = {
    JobKind.IMPORT: Outcome.ASSIGNED,
    JobKind.END: Outcome.ENDED,
    JobKind.EXTEND: Outcome.EXTENDED,
}
FINE = {*DONE_BY.values(), Outcome.ALREADY}
_OF_CODES = {
    Code.INVALID: Outcome.INVALID,
    Code.UNKNOWN_LEARNER: Outcome.INVALID,
    Code.END_IN_PAST: Outcome.INVALID,
    Code.END_AFTER_POOL: Outcome.INVALID,
    Code.POOL_FULL: Outcome.NO_SEAT,
    Code.UNKNOWN_SEAT: Outcome.NO_SEAT,
    Code.BROKEN: Outcome.ERROR,
}


@dataclass(frozen=True, slots=True)
class RowAsked:
    """A row of the file: the line it begins in, its fields as they were, and what they mean.

    `unreadable` is the sentence that says why they mean nothing.
    """

    line: int
    original: tuple[str, ...]
    email: str | None = None
    name: str | None = None
    end: datetime | None = None
    seat_id: int | None = None
    unreadable: str | None = None


@dataclass(frozen=True, slots=True)
class RowTold:
    """What came of a row: for a refusal its code and its sentence, else the seat."""

    outcome: Outcome
    seat_id: int | None = None
    code: str | None = None
    reason: str | None = None


@dataclass(frozen=True, slots=True)
class JobRow:
    """Rows count from 1; `told` is None while the row was not tried."""

    number: int
    asked: RowAsked
    told: RowTold | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Job:
    """`counts` are the rows of each outcome. A `trial` changes nothing: it says what would be.

    `parent_id` is the job whose refused rows this one tries again. `silent` asks that nobody is
    notified of what it does.
    """

    id: int
    platform_id: int
    pool_id: int
    kind: JobKind
    mode: JobMode
    silent: bool
    trial: bool
    state: JobState
    total: int
    counts: Mapping[str, int]
    columns: tuple[str, ...]
    author: Actor
    parent_id: int | None
    reason: str | None
    created: datetime
    started: datetime | None
    finished: datetime | None

    @property
    def tried(self) -> int:
        """How many rows have their outcome."""
        return sum(self.counts.values())

    @property
    def together(self) -> bool:
        """Whether all its rows are one transaction."""
        return self.trial or self.mode is JobMode.ALL_OR_NOTHING

    @property
    def over(self) -> bool:
        return self.state in OVER

    def facts(self) -> dict[str, Any]:
        """What history records of a job."""
        return {
            "pool_id": self.pool_id,
            "kind": self.kind,
            "mode": self.mode,
            "trial": self.trial,
            "state": self.state,
            "total": self.total,
            "counts": dict(self.counts),
            "reason": self.reason,
        }


def refused(refusal: Refusal) -> RowTold:
    """What a refusal is as the outcome of a row."""
    outcome = _OF_CODES.get(refusal.code, Outcome.BLOCKED)
    return RowTold(outcome, code=refusal.code, reason=refusal.sentence)


def unreadable(sentence: str) -> RowTold:
    """The outcome of a row that means nothing."""
    return RowTold(Outcome.INVALID, code=Code.INVALID, reason=sentence)


def count(told: Iterable[RowTold]) -> dict[str, int]:
    """How many rows have each outcome that any has."""
    counts: dict[str, int] = {}
    for each in told:
        counts[each.outcome] = counts.get(each.outcome, 0) + 1
    return counts


def added(some: Mapping[str, int], more: Mapping[str, int]) -> dict[str, int]:
    """Counts added up, in the order in which outcomes are listed."""
    names = [each for each in Outcome if each in some or each in more]
    return {name.value: some.get(name, 0) + more.get(name, 0) for name in names}


def to_try_again(job: Job, told: RowTold | None) -> bool:
    """Whether a retry of the job tries a row again: one that was refused, or undone, or not tried.

    Where nothing was changed, that is each.
    """
    undone = job.trial or (job.mode is JobMode.ALL_OR_NOTHING and job.state is not JobState.DONE)
    return undone or told is None or told.outcome not in FINE


def unknown_job() -> Refusal:
    return Refusal(Code.UNKNOWN_JOB, "There is no such job.")
