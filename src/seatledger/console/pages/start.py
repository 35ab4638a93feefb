"""/console: leads a manager to their platform; whoever has several chooses."""

from litestar import Response, get
from litestar.di import NamedDependency

from seatledger.console.paths import HOME
from seatledger.console.visit import Visit
from seatledger.domain.actor import Reach
from seatledger.usecases.overview import list_platform_rows


@get(HOME)
async def show(visit: NamedDependency[Visit]) -> Response[bytes]:
    if visit.account.is_operator:
        return visit.go(f"{HOME}/platforms")
    if len(visit.places) == 1:
        return visit.go(f"{HOME}/p/{visit.places[0].id}")
    every = await visit.ask(list_platform_rows, Reach(None), visit.now)
    rows = [row for row in every if visit.account.reaches(row.id)]
    return visit.page("platforms.html", rows=rows, q="")


handlers = [show]
