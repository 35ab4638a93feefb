"""/console/p/…/pools: all pools of a platform, and each with its seats and its history."""

from typing import Any

from litestar import Response, get
from litestar.di import NamedDependency
from litestar.params import FromPath

from seatledger.console.paths import HOME
from seatledger.console.visit import Visit, read_id
from seatledger.domain.pool import Pool
from seatledger.domain.refusal import unknown_pool
from seatledger.usecases import questions
from seatledger.usecases.questions import Page, PoolFilter, SeatFilter, Stretch
from seatledger.usecases.tell_history import EventFilter, latest_entries

LIST = f"{HOME}/p/{{platform_id:str}}/pools"
PATH = f"{LIST}/{{pool_id:str}}"
POOLS_SHOWN = 50
SEATS_SHOWN = 50
EVENTS_SHOWN = 30
SHOWN = ("standing", "all")


@get(LIST)
async def show_all(visit: NamedDependency[Visit]) -> Response[bytes]:
    query = visit.request.query_params
    q, number = visit.search, page_number(query.get("page"))
    wanted = PoolFilter(name_contains=q.strip() or None)
    page = Page(number, POOLS_SHOWN, "-id")
    found = await visit.ask(questions.list_pools, visit.reach, wanted, page, visit.now)
    return visit.page(
        "pools.html",
        part="rows",
        pools=found.rows,
        total=found.total,
        q=q,
        number=number,
        last=found.pages(POOLS_SHOWN),
    )


@get(PATH)
async def show(visit: NamedDependency[Visit], pool_id: FromPath[str]) -> Response[bytes]:
    pool = await pool_of(visit, pool_id)
    query = visit.request.query_params
    q = visit.search
    shown = query.get("show", "standing")
    if shown not in SHOWN:
        shown = "standing"
    wanted = SeatFilter(pool_id=pool.id, called=q.strip() or None, standing=shown == "standing")
    stretch = Stretch(cursor(visit), SEATS_SHOWN, backwards=True)
    found = await visit.ask(questions.follow_seats, visit.reach, wanted, stretch, visit.now)
    values: dict[str, Any] = {"pool": pool, "found": found, "q": q, "show": shown}
    return visit.page("pool.html", part="rows", **values)


@get(f"{PATH}/history")
async def show_history(visit: NamedDependency[Visit], pool_id: FromPath[str]) -> Response[bytes]:
    pool = await pool_of(visit, pool_id)
    wanted = EventFilter(visit.reach.platform_id, pool_id=pool.id)
    found = await visit.ask(latest_entries, wanted, cursor(visit), EVENTS_SHOWN, visit.now)
    return visit.page("pool_history.html", part="entries", pool=pool, found=found)


async def pool_of(visit: Visit, pool_id: str) -> Pool:
    """The pool that the path names, within the platform that it names."""
    wanted = read_id(pool_id, unknown_pool())
    pool: Pool = await visit.ask(questions.get_pool, visit.reach, wanted, visit.now)
    return pool


def cursor(visit: Visit) -> int:
    """Behind which row of a list to go on; 0 is from its beginning."""
    text = visit.request.query_params.get("after", "0")
    return read_id(text, unknown_pool())


def page_number(text: str | None) -> int:
    """Which page of a list an address names; the first where it names none."""
    fits = text is not None and text.isascii() and text.isdigit() and len(text) < 7
    return max(1, int(text)) if text is not None and fits else 1


handlers = [show_all, show, show_history]
