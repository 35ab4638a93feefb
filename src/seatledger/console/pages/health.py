"""/console/health: whether the ledger can serve and keeps its promises. For operators."""

from litestar import Response, get, post
from litestar.di import NamedDependency

from seatledger import __version__
from seatledger.console.pages.pools import page_number
from seatledger.console.paths import HOME, with_query
from seatledger.console.verifying import Run, Verifier
from seatledger.console.visit import Visit
from seatledger.domain.actor import Reach
from seatledger.domain.refusal import Refusal
from seatledger.usecases import keep_jobs
from seatledger.usecases.check_ready import check_ready
from seatledger.usecases.keep_jobs import JobFilter

PATH = f"{HOME}/health"
JOBS_SHOWN = 20
LOOKS_MAX = 20  # for a verification that this process knows nothing of


@get(PATH)
async def show(visit: NamedDependency[Visit]) -> Response[bytes]:
    """How all stands; while the ledger is verified, the page looks again by itself."""
    visit.operators_only()
    trouble = await visit.desk.run(check_ready)
    jobs = await visit.ask(keep_jobs.newest_jobs, Reach(None), JobFilter(), JOBS_SHOWN)
    run = _verifier(visit).latest
    return visit.page(
        "health.html",
        part="report",
        run=run,
        again=_again(visit, run),
        refused=run is not None and isinstance(run.outcome, Refusal),
        trouble=trouble.sentence if isinstance(trouble, Refusal) else trouble,
        jobs=jobs,
        waiting=visit.desk.waiting,
        version=__version__,
    )


@post(f"{PATH}/verify")
async def verify_ledger(visit: NamedDependency[Visit]) -> Response[bytes]:
    """Fold all of history and compare it with the rows; the page tells when that is done."""
    visit.operators_only()
    return visit.lead(with_query(PATH, run=_verifier(visit).start().id))


def _again(visit: Visit, run: Run | None) -> str | None:
    """Where to look whether a verification is done; None where there is nothing to wait for.

    One that the address names and this process does not know goes on in another process.
    """
    query = visit.request.query_params
    wanted = query.get("run")
    if run is not None and run.outcome is None:
        return with_query(PATH, run=run.id)
    if run is not None and wanted == run.id:
        return None
    looks = page_number(query.get("looks"))
    if wanted is None or looks > LOOKS_MAX:
        return None
    return with_query(PATH, run=wanted, looks=looks + 1)


def _verifier(visit: Visit) -> Verifier:
    verifier: Verifier = visit.request.app.state.verifier
    return verifier


handlers = [show, verify_ledger]
