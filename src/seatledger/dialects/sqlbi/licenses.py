"""GET /v1/licenses, and one license: shown, given another end, revoked (2.8 to 2.11)."""

from datetime import datetime

from litestar import Response, delete, get, patch
from litestar.di import NamedDependency
from litestar.params import FromPath, RawBody

from seatledger.desk import Desk
from seatledger.dialects.dialect import Refused, unwrap
from seatledger.dialects.sqlbi import schemas, translate
from seatledger.dialects.sqlbi.documented import (
    IncludeInactiveText,
    PageSizeText,
    PageText,
    TakesEnd,
    described,
)
from seatledger.dialects.sqlbi.listing import page_of_licenses
from seatledger.dialects.sqlbi.reading import (
    read_change,
    read_id,
    read_include_inactive,
    read_page,
)
from seatledger.domain.actor import Actor
from seatledger.domain.command import ChangeEnd, EndSeat
from seatledger.domain.item import ItemKind
from seatledger.domain.refusal import unknown_seat
from seatledger.domain.seating import Seated
from seatledger.usecases import questions
from seatledger.usecases.questions import SeatFilter


@get("/licenses", **described("list_licenses", "The assigned licenses", listed=True))
async def list_licenses(
    actor: NamedDependency[Actor],
    desk: NamedDependency[Desk],
    page: PageText = None,
    page_size: PageSizeText = None,
    include_inactive: IncludeInactiveText = None,
) -> Response[list[schemas.License]]:
    wanted = SeatFilter(kind=ItemKind.COURSE, in_force=not read_include_inactive(include_inactive))
    return await page_of_licenses(actor, desk, wanted, read_page(page, page_size), desk.clock())


@get("/license/{license_id:str}", **described("get_license", "One license"))
async def get_license(
    license_id: FromPath[str], actor: NamedDependency[Actor], desk: NamedDependency[Desk]
) -> schemas.License:
    now = desk.clock()
    return translate.license_(await _find(license_id, actor, desk, now), now)


@patch(
    "/license/{license_id:str}",
    **described("change_license", "Move the end of a license", body=TakesEnd),
)
async def change_license(
    license_id: FromPath[str],
    body: RawBody,
    actor: NamedDependency[Actor],
    desk: NamedDependency[Desk],
) -> schemas.License:
    seat_id = read_id(license_id, unknown_seat())
    try:
        end = read_change(body)
    except Refused:
        # Of an unknown license nothing more is said than that it is unknown (O35).
        await _find(license_id, actor, desk, desk.clock())
        raise
    seated = await desk.submit(
        ChangeEnd(actor, seat_id=seat_id, end=end, item_kind=ItemKind.COURSE)
    )
    return translate.license_(unwrap(seated), desk.clock())


@delete(
    "/license/{license_id:str}",
    **described("revoke_license", "Revoke a license"),
)
async def revoke_license(
    license_id: FromPath[str], actor: NamedDependency[Actor], desk: NamedDependency[Desk]
) -> schemas.License:
    seat_id = read_id(license_id, unknown_seat())
    seated = await desk.submit(
        EndSeat(actor, seat_id=seat_id, item_kind=ItemKind.COURSE, only_in_force=True)
    )
    return translate.license_(unwrap(seated), desk.clock())


async def _find(license_id: str, actor: Actor, desk: Desk, now: datetime) -> Seated:
    """The license of a path. Raises Refused where there is none of a course within reach."""
    seat_id = read_id(license_id, unknown_seat())
    seated: Seated = unwrap(await desk.ask(questions.get_seat, actor.reach, seat_id, now))
    if seated.pool.item.kind is not ItemKind.COURSE:
        raise Refused(unknown_seat())
    return seated
