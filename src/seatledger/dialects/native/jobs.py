"""/jobs: what became of many rows, and the way to stop it or to try again."""

from collections.abc import AsyncIterator
from typing import Annotated, Any

from litestar import Response, get, post
from litestar.di import NamedDependency
from litestar.openapi.datastructures import ResponseSpec
from litestar.params import FromPath, FromQuery, QueryParameter
from litestar.response import Stream

from seatledger.desk import Desk
from seatledger.dialects.dialect import Refused, unwrap
from seatledger.dialects.native.bulk import taken_on
from seatledger.dialects.native.documented import described
from seatledger.dialects.native.job_views import Job, shown, shown_row
from seatledger.dialects.native.naming import PlatformKey, reach_within
from seatledger.dialects.native.pages import After, Fields, Limit, only, page
from seatledger.dialects.native.reading import LIMIT, read_id, read_stretch
from seatledger.domain.actor import Actor
from seatledger.domain.job import JobState, Outcome, unknown_job
from seatledger.domain.job_command import CancelJob, RetryJob
from seatledger.domain.refusal import Refusal, invalid, unknown_pool
from seatledger.usecases import keep_jobs
from seatledger.usecases.job_results import header_line, result_lines
from seatledger.usecases.keep_jobs import JobFilter
from seatledger.usecases.questions import Stretch

RESULT_ROWS = 1_000  # read at once
JobId = FromPath[str]
State = Annotated[
    str | None,
    QueryParameter(
        name="state",
        description="Only jobs of this state.",
        schema_extra={"enum": [*JobState]},
    ),
]


@get("/jobs", **described("list_jobs", "Jobs, by id"))
async def list_jobs(
    actor: NamedDependency[Actor],
    desk: NamedDependency[Desk],
    platform_key: PlatformKey = None,
    pool: FromQuery[str | None] = None,
    job_state: State = None,
    limit: Limit = LIMIT,
    after: After = None,
    fields: Fields = None,
) -> Response[dict[str, Any]]:
    pool_id = None if pool is None else read_id(pool, unknown_pool())
    wanted, stretch = JobFilter(pool_id, _read_state(job_state)), read_stretch(limit, after)
    reach = await reach_within(desk, actor, platform_key)
    found = await desk.ask(keep_jobs.follow_jobs, reach, wanted, stretch)
    return page(unwrap(found), shown, fields)


def _read_state(text: str | None) -> JobState | None:
    """Read here, and not by the router: a handler can't have a parameter named `state`."""
    if text is None:
        return None
    if text not in set(JobState):
        raise Refused(invalid("state", f"A job's state is one of {', '.join(JobState)}."))
    return JobState(text)


@get("/jobs/{job_id:str}", **described("get_job", "One job, and how far it has come"))
async def get_job(
    job_id: JobId,
    actor: NamedDependency[Actor],
    desk: NamedDependency[Desk],
    fields: Fields = None,
) -> Response[Job]:
    wanted = read_id(job_id, unknown_job())
    found = unwrap(await desk.ask(keep_jobs.get_job, actor.reach, wanted))
    return Response(only(shown(found), fields))


@get("/jobs/{job_id:str}/rows", **described("list_job_rows", "The rows of a job, in order"))
async def list_rows(
    job_id: JobId,
    actor: NamedDependency[Actor],
    desk: NamedDependency[Desk],
    outcome: Annotated[
        Outcome | None, QueryParameter(description="Only rows that came to this.")
    ] = None,
    limit: Limit = LIMIT,
    after: After = None,
    fields: Fields = None,
) -> Response[dict[str, Any]]:
    wanted, stretch = read_id(job_id, unknown_job()), read_stretch(limit, after)
    found = await desk.ask(keep_jobs.follow_rows, actor.reach, wanted, stretch, outcome)
    return page(unwrap(found), shown_row, fields)


_RESULT = described("get_job_result", "The file, with what came of each row")
_RESULT["responses"][200] = ResponseSpec(
    str,
    description="The original columns, and `outcome`, `code`, `reason` and `seat`.",
    generate_examples=False,
    media_type="text/csv",
)


@get("/jobs/{job_id:str}/result", media_type="text/csv", **_RESULT)
async def get_result(
    job_id: JobId, actor: NamedDependency[Actor], desk: NamedDependency[Desk]
) -> Stream:
    wanted = read_id(job_id, unknown_job())
    job = unwrap(await desk.ask(keep_jobs.get_job, actor.reach, wanted))

    async def lines() -> AsyncIterator[str]:
        yield header_line(job.columns)
        stretch = Stretch(0, RESULT_ROWS)
        while True:
            found = await desk.ask(keep_jobs.follow_rows, actor.reach, wanted, stretch)
            if isinstance(found, Refusal):
                raise ConnectionAbortedError(found.sentence)  # cut off, not cut short unnoticed
            yield result_lines(job.columns, found.rows)
            if not found.more:
                return
            stretch = Stretch(found.last_id, RESULT_ROWS)

    name = f'attachment; filename="job-{wanted}.csv"'
    return Stream(
        lines(), media_type="text/csv; charset=utf-8", headers={"Content-Disposition": name}
    )


@post(
    "/jobs/{job_id:str}/cancel",
    status_code=200,
    **described("cancel_job", "Stop a job: what it did stays", 409),
)
async def cancel_job(
    job_id: JobId, actor: NamedDependency[Actor], desk: NamedDependency[Desk]
) -> Job:
    command = CancelJob(actor, job_id=read_id(job_id, unknown_job()))
    return shown(unwrap(await desk.submit(command)))


@post(
    "/jobs/{job_id:str}/retry",
    status_code=202,
    **described("retry_job", "Try the refused rows of a job again, as a new job", 409),
)
async def retry_job(
    job_id: JobId, actor: NamedDependency[Actor], desk: NamedDependency[Desk]
) -> Response[Job]:
    command = RetryJob(actor, job_id=read_id(job_id, unknown_job()))
    return taken_on(unwrap(await desk.submit(command)))


handlers = [list_jobs, get_job, list_rows, get_result, cancel_job, retry_job]
