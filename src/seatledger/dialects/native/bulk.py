"""/pools/{id}/seats:import, :end and :extend: what is done for many learners, as a job."""

from datetime import datetime
from typing import Annotated, Any

from litestar import Request, Response
from litestar.di import NamedDependency
from litestar.handlers import HTTPRouteHandler
from litestar.params import FromPath, QueryParameter

from seatledger.desk import Desk
from seatledger.dialects.dialect import desk_of, unwrap
from seatledger.dialects.native.bulk_bodies import FileOperation, FileRoute, read_bulk
from seatledger.dialects.native.documented import described
from seatledger.dialects.native.job_views import Job, shown
from seatledger.dialects.native.nul import refuse_nul_around_body
from seatledger.dialects.native.reading import read_id
from seatledger.dialects.request_desk import RehearsingDesk
from seatledger.domain import job as domain
from seatledger.domain.actor import Actor
from seatledger.domain.job import JobKind, JobMode
from seatledger.domain.job_command import CreateJob
from seatledger.domain.refusal import unknown_pool

Mode = Annotated[
    JobMode | None,
    QueryParameter(description="`best_effort`, each row by itself, unless this says otherwise."),
]
Silent = Annotated[
    bool | None, QueryParameter(description="Nobody is notified of what the rows change.")
]
End = Annotated[
    datetime | None, QueryParameter(description="The seats' end, in rows that have none.")
]


def _bulk(kind: JobKind, summary: str) -> HTTPRouteHandler:
    """The operation that does `kind` with many rows. A dry run is a job too; it changes nothing."""

    async def take_on(
        pool_id: FromPath[str],
        request: Request[Any, Any, Any],
        actor: NamedDependency[Actor],
        desk: NamedDependency[Desk],
        mode: Mode = None,
        silent: Silent = None,
        end: End = None,
    ) -> Response[Job]:
        wanted = read_id(pool_id, unknown_pool())
        bulk = await read_bulk(request, kind, mode, silent, end)
        trial = isinstance(desk, RehearsingDesk)
        command = CreateJob(
            actor,
            pool_id=wanted,
            kind=kind,
            mode=bulk.mode,
            silent=bulk.silent,
            trial=trial,
            columns=bulk.file.columns,
            chunks=bulk.file.chunks,
        )
        desk = desk_of(request) if trial else desk
        return taken_on(unwrap(await desk.submit(command)))

    return FileRoute(
        f"/pools/{{pool_id:str}}/seats:{kind}",
        http_method="POST",
        status_code=202,
        before_request=refuse_nul_around_body,
        operation_class=FileOperation,
        **described(f"{kind}_seats", summary, 413, 415),
    )(take_on)


def taken_on(job: domain.Job) -> Response[Job]:
    """202: the job is stored, and its rows will be looked at."""
    return Response(shown(job), status_code=202, headers={"Location": f"/api/v1/jobs/{job.id}"})


handlers = [
    _bulk(JobKind.IMPORT, "Give many learners seats"),
    _bulk(JobKind.END, "Take many seats back"),
    _bulk(JobKind.EXTEND, "Move the ends of many seats"),
]
