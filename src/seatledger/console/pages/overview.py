"""/console/p/…: what was bought, who has it, what ends, what is full, what happened."""

from litestar import Response, get
from litestar.di import NamedDependency

from seatledger.console.paths import HOME
from seatledger.console.visit import Visit
from seatledger.domain.event import EventKind
from seatledger.usecases.overview import overview
from seatledger.usecases.tell_history import EventFilter, latest_entries

POOLS_SHOWN = 12
EVENTS_SHOWN = 8
# What a manager wants to see go by; lists of changes tell of each seat anyway.
TOLD = frozenset(EventKind) - {
    EventKind.JOB_CREATED,
    EventKind.JOB_FINISHED,
    EventKind.JOB_CANCELLED,
    EventKind.PROGRESS_REPORTED,
}


@get(f"{HOME}/p/{{platform_id:str}}")
async def show(visit: NamedDependency[Visit]) -> Response[bytes]:
    seen = await visit.ask(overview, visit.reach, visit.now)
    wanted = EventFilter(visit.reach.platform_id, kinds=TOLD)
    history = await visit.ask(latest_entries, wanted, 0, EVENTS_SHOWN, visit.now)
    return visit.page(
        "overview.html",
        seen=seen,
        pools=seen.pools[:POOLS_SHOWN],
        entries=history.rows,
    )


handlers = [show]
