"""What commands do with jobs: see them to their end, and say what came of them."""

import time
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

import structlog

from seatledger.cli.shell import Shell
from seatledger.domain.job import Job, added
from seatledger.domain.refusal import Refusal, invalid
from seatledger.usecases.job_results import header_line, result_lines
from seatledger.usecases.keep_jobs import follow_rows, get_job
from seatledger.usecases.keep_tokens import SHELL
from seatledger.usecases.questions import Stretch
from seatledger.usecases.run_jobs import work_once

ROWS_READ = 5_000
PAUSE_SECONDS = 0.1  # while another process has the job


def finish(shell: Shell, job: Job, tell: Callable[[Job], None]) -> Job:
    """Work a job off, together with whoever else does; the job when it is over."""
    while not job.over:
        work = partial(work_once, now=shell.ledger.clock(), report=_report, job_id=job.id)
        worked: Job | None = shell.take(shell.ledger.run(work))
        if worked is None:
            time.sleep(PAUSE_SECONDS)
        job = worked or shell.ask(get_job, SHELL.reach, job.id)
        tell(job)
    return job


def facts(job: Job) -> dict[str, Any]:
    """A job as programs get it."""
    return {
        "job_id": job.id,
        "pool_id": job.pool_id,
        "kind": job.kind,
        "mode": job.mode,
        "dry_run": job.trial,
        "state": job.state,
        "total": job.total,
        "counts": added(job.counts, {}),
        "reason": job.reason,
        "created": job.created,
        "finished": job.finished,
    }


def said(job: Job) -> tuple[dict[str, Any], str]:
    """What came of a job, for programs and for people."""
    rows = "1 row" if job.total == 1 else f"{job.total:,} rows"
    counts = added(job.counts, {}).items()
    came = ", ".join(f"{number:,} {outcome.replace('_', ' ')}" for outcome, number in counts)
    sentence = f"Job {job.id} is {job.state}, with {rows}: {came or 'none was tried'}."
    if job.trial:
        sentence += " It was a dry run: nothing was changed."
    return facts(job), sentence if job.reason is None else f"{sentence} {job.reason}"


def write_result(shell: Shell, job: Job, path: Path) -> None:
    """Write the rows of a job with what came of each."""
    try:
        with path.open("w", encoding="utf-8", newline="") as file:
            file.write(header_line(job.columns))
            stretch = Stretch(0, ROWS_READ)
            while True:
                found = shell.ask(follow_rows, SHELL.reach, job.id, stretch)
                file.write(result_lines(job.columns, found.rows))
                if not found.more:
                    return
                stretch = Stretch(found.last_id, ROWS_READ)
    except OSError as error:
        shell.answers.refuse(_unwritable(job, path, error))


def _unwritable(job: Job, path: Path, error: OSError) -> Refusal:
    sentence = f"Job {job.id} is {job.state}, but {path} can't be written: {error.strerror}."
    return invalid("result", sentence)


def _report(where: str, error: Exception) -> None:
    structlog.get_logger().error("broken", where=where, exc_info=error)
