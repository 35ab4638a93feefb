"""/seats: who holds what, given and taken back one at a time."""

from datetime import datetime
from enum import StrEnum
from typing import Annotated, Any

import msgspec
from litestar import Response, delete, get, patch, post
from litestar.di import NamedDependency
from litestar.params import FromPath, FromQuery, JSONBody, QueryParameter

from seatledger.desk import Desk
from seatledger.dialects.dialect import unwrap
from seatledger.dialects.native.documented import described
from seatledger.dialects.native.locations import located
from seatledger.dialects.native.naming import PlatformKey, reach_within
from seatledger.dialects.native.pages import After, Fields, Limit, Page, only, page
from seatledger.dialects.native.reading import LIMIT, read_id, read_instant, read_stretch
from seatledger.dialects.native.tags import IfMatch, read_version, tagged
from seatledger.domain.actor import Actor
from seatledger.domain.command import UNSET, AssignSeat, ChangeEnd, EndSeat, IfHeld
from seatledger.domain.learner import email_key
from seatledger.domain.refusal import unknown_learner, unknown_pool, unknown_seat
from seatledger.domain.seat import SeatState
from seatledger.domain.seating import Seated
from seatledger.domain.version import version_of
from seatledger.usecases import questions
from seatledger.usecases.questions import SeatFilter


class Holder(msgspec.Struct):
    """A learner, as a seat shows them."""

    id: str
    email: str
    name: str


class Seat(msgspec.Struct):
    """`end` is the seat's own, null where it follows its pool; `valid_until` is when it ends.

    `moved_from` is the seat whose place it got, `moved_to` the one that got its place.
    """

    id: str
    pool: str
    item: str
    learner: Holder
    state: SeatState
    reason: str | None
    start: datetime
    end: datetime | None
    valid_until: datetime | None
    direct: bool
    grants: list[str]
    metadata: dict[str, Any]
    created: datetime
    modified: datetime
    moved_from: str | None
    moved_to: str | None


class NewSeat(msgspec.Struct, forbid_unknown_fields=True):
    """For whom: an e-mail address (`name` is for one that is new), or the id of a learner.

    `recycle` lets the oldest seat of a full pool make way.
    """

    pool: str
    email: str | None = None
    learner: str | None = None
    name: str | None = None
    end: datetime | None = None
    metadata: dict[str, Any] | None = None
    recycle: bool = False


class SeatChange(msgspec.Struct, forbid_unknown_fields=True):
    """A seat's new end; one that has come ends it now."""

    end: datetime


class Shown(StrEnum):
    """Which seats a list has."""

    LIVE = "live"
    SUSPENDED = "suspended"
    STANDING = "standing"  # both
    ALL = "all"  # also what has ended


Show = Annotated[
    Shown, QueryParameter(description="`standing` is live or suspended, `all` has what ended too.")
]


def shown(seated: Seated) -> Seat:
    seat, learner, pool = seated.seat, seated.learner, seated.pool
    return Seat(
        id=str(seat.id),
        pool=str(seat.pool_id),
        item=f"{pool.item.kind}:{pool.item.key}",
        learner=Holder(str(learner.id), learner.email, learner.name),
        state=seat.state,
        reason=seat.reason,
        start=seat.start,
        end=seat.end,
        valid_until=seat.end_within(pool),
        direct=seat.direct,
        grants=[str(grant) for grant in seat.grants],
        metadata=dict(seat.metadata),
        created=seat.created,
        modified=seat.modified,
        moved_from=None if seat.moved_from is None else str(seat.moved_from),
        moved_to=None if seat.moved_to is None else str(seat.moved_to),
    )


def answer(seated: Seated, status: int = 200, fields: str | None = None) -> Response[Any]:
    """A seat with its version."""
    headers = tagged(version_of(seated.seat.facts()))
    if status == 201:
        headers |= located("seats", str(seated.seat.id))
    return Response(only(shown(seated), fields), status_code=status, headers=headers)


@get("/seats", **described("list_seats", "Seats, by id"))
async def list_seats(
    actor: NamedDependency[Actor],
    desk: NamedDependency[Desk],
    platform_key: PlatformKey = None,
    pool: FromQuery[str | None] = None,
    learner: FromQuery[str | None] = None,
    email: FromQuery[str | None] = None,
    show: Show = Shown.STANDING,
    limit: Limit = LIMIT,
    after: After = None,
    fields: Fields = None,
) -> Response[Page[Seat]]:
    wanted = SeatFilter(
        pool_id=None if pool is None else read_id(pool, unknown_pool()),
        learner_id=None if learner is None else read_id(learner, unknown_learner()),
        email=None if email is None else email_key(email),
        live={Shown.LIVE: True, Shown.SUSPENDED: False}.get(show),
        standing=show is not Shown.ALL,
    )
    stretch = read_stretch(limit, after)
    reach = await reach_within(desk, actor, platform_key)
    found = await desk.ask(questions.follow_seats, reach, wanted, stretch, desk.clock())
    return page(unwrap(found), shown, fields)


@post("/seats", **described("assign_seat", "Give a learner a seat", 409, 415, also={200: Seat}))
async def assign_seat(
    data: JSONBody[NewSeat], actor: NamedDependency[Actor], desk: NamedDependency[Desk]
) -> Response[Seat]:
    command = AssignSeat(
        actor,
        pool_id=read_id(data.pool, unknown_pool()),
        email=data.email,
        learner_id=None if data.learner is None else read_id(data.learner, unknown_learner()),
        name=data.name,
        end=read_instant(data.end, "end"),
        metadata=UNSET if data.metadata is None else data.metadata,
        if_held=IfHeld.KEEP,
        check_domain=True,
        recycle=data.recycle,
    )
    seated: Seated = unwrap(await desk.submit(command))
    return answer(seated, 201 if seated.created else 200)


@get("/seats/{seat_id:str}", **described("get_seat", "One seat, ended or not"))
async def get_seat(
    seat_id: FromPath[str],
    actor: NamedDependency[Actor],
    desk: NamedDependency[Desk],
    fields: Fields = None,
) -> Response[Seat]:
    wanted = read_id(seat_id, unknown_seat())
    found = await desk.ask(questions.get_seat, actor.reach, wanted, desk.clock())
    return answer(unwrap(found), fields=fields)


@patch("/seats/{seat_id:str}", **described("change_seat", "Move a seat's end", 409, 412, 415))
async def change_seat(
    seat_id: FromPath[str],
    data: JSONBody[SeatChange],
    actor: NamedDependency[Actor],
    desk: NamedDependency[Desk],
    if_match: IfMatch = None,
) -> Response[Seat]:
    command = ChangeEnd(
        actor,
        seat_id=read_id(seat_id, unknown_seat()),
        end=read_instant(data.end, "end"),
        if_version=read_version(if_match),
    )
    return answer(unwrap(await desk.submit(command)))


@delete(
    "/seats/{seat_id:str}", status_code=200, **described("end_seat", "Take a seat back", 409, 412)
)
async def end_seat(
    seat_id: FromPath[str],
    actor: NamedDependency[Actor],
    desk: NamedDependency[Desk],
    if_match: IfMatch = None,
) -> Response[Seat]:
    command = EndSeat(
        actor,
        seat_id=read_id(seat_id, unknown_seat()),
        only_in_force=True,
        if_version=read_version(if_match),
    )
    return answer(unwrap(await desk.submit(command)))


handlers = [list_seats, assign_seat, get_seat, change_seat, end_seat]
