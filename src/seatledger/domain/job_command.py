"""What may be asked of jobs: each write, as a value."""

from dataclasses import dataclass

from seatledger.domain.command import Command
from seatledger.domain.job import JobKind, JobMode


@dataclass(frozen=True, slots=True)
class Chunk:
    """Some rows of a file that follow each other, as text: they are read when their turn comes."""

    size: int
    rows: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CreateJob(Command):
    """Have many rows done with a pool's seats, bit by bit. Answers with the Job.

    With `trial` nothing is changed, and each row says what it would have been.
    """

    pool_id: int
    kind: JobKind
    mode: JobMode = JobMode.BEST_EFFORT
    silent: bool = False
    trial: bool = False
    columns: tuple[str, ...]
    chunks: tuple[Chunk, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class CancelJob(Command):
    """Stop a job: rows that were not tried stay so. Answers with the Job."""

    job_id: int


@dataclass(frozen=True, slots=True, kw_only=True)
class RetryJob(Command):
    """Try the refused rows of a job that is over again, as a new job. Answers with that Job.

    With `in_earnest` the job must be a trial, and its rows are now done.
    """

    job_id: int
    in_earnest: bool = False
