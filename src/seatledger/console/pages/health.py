"""/console/health: whether the ledger can serve and keeps its promises. For operators."""

from litestar import Response, get, post
from litestar.di import NamedDependency

from seatledger import __version__
from seatledger.console.failures import unwrap
from seatledger.console.paths import HOME
from seatledger.console.visit import Visit
from seatledger.domain.actor import Reach
from seatledger.domain.refusal import Refusal
from seatledger.usecases import keep_jobs
from seatledger.usecases.check_ready import check_ready
from seatledger.usecases.keep_jobs import JobFilter
from seatledger.usecases.verify import Report, verify

PATH = f"{HOME}/health"
JOBS_SHOWN = 20


@get(PATH)
async def show(visit: NamedDependency[Visit]) -> Response[bytes]:
    return await _page(visit, None)


@post(f"{PATH}/verify")
async def verify_ledger(visit: NamedDependency[Visit]) -> Response[bytes]:
    """Fold all of history and compare it with the rows, now."""
    visit.operators_only()
    report: Report = unwrap(await visit.desk.run(verify))
    return await _page(visit, report)


async def _page(visit: Visit, report: Report | None) -> Response[bytes]:
    visit.operators_only()
    trouble = await visit.desk.run(check_ready)
    jobs = await visit.ask(keep_jobs.newest_jobs, Reach(None), JobFilter(), JOBS_SHOWN)
    return visit.page(
        "health.html",
        part="report",
        report=report,
        trouble=trouble.sentence if isinstance(trouble, Refusal) else trouble,
        jobs=jobs,
        waiting=visit.desk.waiting,
        version=__version__,
    )


handlers = [show, verify_ledger]
