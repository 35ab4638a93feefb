"""A page of licenses, of one pool or of all: a bare array, counted in a header (rule 51, O18)."""

from datetime import datetime

from litestar import Response

from seatledger.desk import Desk
from seatledger.dialects.dialect import unwrap
from seatledger.dialects.sqlbi import schemas, translate
from seatledger.dialects.sqlbi.documented import TOTAL
from seatledger.domain.actor import Actor
from seatledger.domain.seating import Seated
from seatledger.usecases.questions import Found, Page, SeatFilter, list_seats


async def page_of_licenses(
    actor: Actor, desk: Desk, wanted: SeatFilter, page: Page, now: datetime
) -> Response[list[schemas.License]]:
    found: Found[Seated] = unwrap(await desk.ask(list_seats, actor.reach, wanted, page, now))
    return Response(
        [translate.license_(seated, now) for seated in found.rows],
        headers={TOTAL: str(found.total)},
    )
