"""POST /seats/{id}/move: a seat passes to another learner, as its pool's rule allows."""

import msgspec
from litestar import Response, post
from litestar.di import NamedDependency
from litestar.params import FromPath, JSONBody

from seatledger.desk import Desk
from seatledger.dialects.dialect import unwrap
from seatledger.dialects.native.documented import described
from seatledger.dialects.native.reading import read_id
from seatledger.dialects.native.seats import Seat, answer
from seatledger.dialects.native.tags import IfMatch, read_version
from seatledger.domain.actor import Actor
from seatledger.domain.moving import Moved
from seatledger.domain.moving_command import MoveSeat
from seatledger.domain.refusal import unknown_learner, unknown_seat


class SeatMove(msgspec.Struct, forbid_unknown_fields=True):
    """To whom: an e-mail address (`name` is for one that is new), or the id of a learner.

    Without `keep_end` the new seat follows its pool's end.
    """

    email: str | None = None
    learner: str | None = None
    name: str | None = None
    keep_end: bool = True


@post(
    "/seats/{seat_id:str}/move",
    **described("move_seat", "Pass a seat on to another learner", 409, 412, 415),
)
async def move_seat(
    seat_id: FromPath[str],
    data: JSONBody[SeatMove],
    actor: NamedDependency[Actor],
    desk: NamedDependency[Desk],
    if_match: IfMatch = None,
) -> Response[Seat]:
    command = MoveSeat(
        actor,
        seat_id=read_id(seat_id, unknown_seat()),
        email=data.email,
        learner_id=None if data.learner is None else read_id(data.learner, unknown_learner()),
        name=data.name,
        keep_end=data.keep_end,
        check_domain=True,
        if_version=read_version(if_match),
    )
    moved: Moved = unwrap(await desk.submit(command))
    return answer(moved.given, 201)


handlers = [move_seat]
