"""GET /v1/pools and /v1/pool/{id}, and the licenses of a pool: listed and assigned (2.4 to 2.7)."""

from datetime import datetime

from litestar import Response, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath, RawBody

from seatledger.desk import Desk
from seatledger.dialects.dialect import Refused, unwrap
from seatledger.dialects.sqlbi import schemas, translate
from seatledger.dialects.sqlbi.documented import (
    TOTAL,
    IncludeInactiveText,
    PageSizeText,
    PageText,
    TakesAssignment,
    described,
)
from seatledger.dialects.sqlbi.listing import page_of_licenses
from seatledger.dialects.sqlbi.reading import (
    read_assignment,
    read_id,
    read_include_inactive,
    read_page,
)
from seatledger.domain.actor import Actor
from seatledger.domain.command import AssignSeat, IfHeld
from seatledger.domain.item import ItemKind
from seatledger.domain.pool import Pool
from seatledger.domain.refusal import unknown_pool
from seatledger.usecases import questions
from seatledger.usecases.questions import Found, PoolFilter, SeatFilter


@get("/pools", **described("list_pools", "The manager's pools", listed=True))
async def list_pools(
    actor: NamedDependency[Actor],
    desk: NamedDependency[Desk],
    page: PageText = None,
    page_size: PageSizeText = None,
) -> Response[list[schemas.Pool]]:
    wanted, now = read_page(page, page_size), desk.clock()
    found: Found[Pool] = unwrap(
        await desk.ask(
            questions.list_pools, actor.reach, PoolFilter(kind=ItemKind.COURSE), wanted, now
        )
    )
    return Response(
        [translate.pool(pool, now) for pool in found.rows], headers={TOTAL: str(found.total)}
    )


@get("/pool/{pool_id:str}", **described("get_pool", "One pool"))
async def get_pool(
    pool_id: FromPath[str], actor: NamedDependency[Actor], desk: NamedDependency[Desk]
) -> schemas.Pool:
    now = desk.clock()
    return translate.pool(await _find(pool_id, actor, desk, now), now)


@get(
    "/pool/{pool_id:str}/licenses",
    **described("list_pool_licenses", "The licenses of a pool", listed=True),
)
async def list_pool_licenses(
    pool_id: FromPath[str],
    actor: NamedDependency[Actor],
    desk: NamedDependency[Desk],
    page: PageText = None,
    page_size: PageSizeText = None,
    include_inactive: IncludeInactiveText = None,
) -> Response[list[schemas.License]]:
    now = desk.clock()
    pool = await _find(pool_id, actor, desk, now)
    wanted = SeatFilter(
        kind=ItemKind.COURSE,
        pool_id=pool.id,
        in_force=not read_include_inactive(include_inactive),
    )
    return await page_of_licenses(actor, desk, wanted, read_page(page, page_size), now)


@post(
    "/pool/{pool_id:str}/license",
    **described("assign_license", "Assign a license", body=TakesAssignment),
)
async def assign_license(
    pool_id: FromPath[str],
    body: RawBody,
    actor: NamedDependency[Actor],
    desk: NamedDependency[Desk],
) -> schemas.AssignedLicense:
    wanted = read_id(pool_id, unknown_pool())
    try:
        asked = read_assignment(body)
    except Refused:
        # Of an unknown pool nothing more is said than that it is unknown (O35).
        await _find(pool_id, actor, desk, desk.clock())
        raise
    seated = await desk.submit(
        AssignSeat(
            actor,
            pool_id=wanted,
            item_kind=ItemKind.COURSE,
            email=asked.email,
            name=asked.name or translate.UNNAMED,
            end=asked.end,
            if_held=IfHeld.REFUSE,
            one_per_item=True,
            must_have_started=True,
            check_domain=True,
            recycle=asked.recycle,
        )
    )
    return translate.assigned(unwrap(seated), desk.clock())


async def _find(pool_id: str, actor: Actor, desk: Desk, now: datetime) -> Pool:
    """The pool of a path. Raises Refused where there is none of a course within reach."""
    wanted = read_id(pool_id, unknown_pool())
    pool: Pool = unwrap(await desk.ask(questions.get_pool, actor.reach, wanted, now))
    if pool.item.kind is not ItemKind.COURSE:
        raise Refused(unknown_pool())
    return pool
