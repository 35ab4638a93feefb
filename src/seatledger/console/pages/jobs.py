"""/console/p/…/jobs/…: what would come of a list, then what came of it, row by row."""

from collections.abc import AsyncIterator

from litestar import Response, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath
from litestar.response import Stream

from seatledger.console.failures import unwrap
from seatledger.console.pages.pools import cursor
from seatledger.console.paths import HOME
from seatledger.console.visit import Visit, read_id
from seatledger.domain.job import FINE, Job, JobRow, Outcome, unknown_job
from seatledger.domain.job_command import CancelJob, RetryJob
from seatledger.domain.refusal import Refusal
from seatledger.usecases import keep_jobs, questions
from seatledger.usecases.job_results import header_line, result_lines
from seatledger.usecases.keep_jobs import JobFilter
from seatledger.usecases.questions import Stretch

LIST = f"{HOME}/p/{{platform_id:str}}/jobs"
PATH = f"{LIST}/{{job_id:str}}"
ROWS_SHOWN = 50  # of each outcome
JOBS_SHOWN = 50
RESULT_ROWS = 1_000  # read at once


@get(LIST)
async def show_all(visit: NamedDependency[Visit]) -> Response[bytes]:
    stretch = Stretch(cursor(visit), JOBS_SHOWN, backwards=True)
    found = await visit.ask(keep_jobs.follow_jobs, visit.reach, JobFilter(), stretch)
    return visit.page("jobs.html", jobs=found.rows, found=found)


@get(PATH)
async def show(visit: NamedDependency[Visit], job_id: FromPath[str]) -> Response[bytes]:
    job = await job_of(visit, job_id)
    pool = await visit.ask(questions.get_pool, visit.reach, job.pool_id, visit.now)
    rows = await _rows(visit, job) if job.over else []
    return visit.page("job.html", part="panel", job=job, pool=pool, rows=rows)


@post(f"{PATH}/confirm")
async def confirm(visit: NamedDependency[Visit], job_id: FromPath[str]) -> Response[bytes]:
    """Do what was looked over: the same rows, this time in earnest."""
    trial = await job_of(visit, job_id)
    made = await visit.do(RetryJob(visit.actor, job_id=trial.id, in_earnest=True))
    return visit.lead(visit.to(f"/jobs/{unwrap(made).id}"))


@post(f"{PATH}/retry")
async def retry(visit: NamedDependency[Visit], job_id: FromPath[str]) -> Response[bytes]:
    job = await job_of(visit, job_id)
    made = await visit.do(RetryJob(visit.actor, job_id=job.id))
    return visit.lead(visit.to(f"/jobs/{unwrap(made).id}"))


@post(f"{PATH}/cancel")
async def cancel(visit: NamedDependency[Visit], job_id: FromPath[str]) -> Response[bytes]:
    job = await job_of(visit, job_id)
    unwrap(await visit.do(CancelJob(visit.actor, job_id=job.id)))
    return visit.lead(visit.to(f"/jobs/{job.id}"))


@get(f"{PATH}/result.csv", media_type="text/csv")
async def result(visit: NamedDependency[Visit], job_id: FromPath[str]) -> Stream:
    """The list with what came of each row, as a spreadsheet can open it unharmed."""
    job = await job_of(visit, job_id)

    async def lines() -> AsyncIterator[str]:
        yield "\ufeff" + header_line(job.columns)  # with the mark, Excel reads it as UTF-8
        stretch = Stretch(0, RESULT_ROWS)
        while True:
            found = await visit.desk.ask(keep_jobs.follow_rows, visit.reach, job.id, stretch)
            if isinstance(found, Refusal):
                raise ConnectionAbortedError(found.sentence)  # cut off, not cut short unnoticed
            yield result_lines(job.columns, found.rows)
            if not found.more:
                return
            stretch = Stretch(found.last_id, RESULT_ROWS)

    name = f'attachment; filename="job-{job.id}.csv"'
    return Stream(
        lines(), media_type="text/csv; charset=utf-8", headers={"Content-Disposition": name}
    )


async def job_of(visit: Visit, text: str) -> Job:
    """The list that an address names, within the platform that it names."""
    wanted = read_id(text, unknown_job())
    job: Job = await visit.ask(keep_jobs.get_job, visit.reach, wanted)
    return job


async def _rows(visit: Visit, job: Job) -> list[JobRow]:
    """Some rows of each outcome, what was refused first: that is what somebody looks for."""
    told = [Outcome(name) for name, number in job.counts.items() if number]
    found: list[JobRow] = []
    for each in sorted(told, key=lambda outcome: outcome in FINE):
        stretch = Stretch(0, ROWS_SHOWN)
        some = await visit.ask(keep_jobs.follow_rows, visit.reach, job.id, stretch, each)
        found += some.rows
    return found


handlers = [show_all, show, confirm, retry, cancel, result]
