"""An event as a message: CloudEvents 1.0 in JSON, structured mode."""

from datetime import datetime
from urllib.parse import quote

import msgspec

from seatledger.domain.event import EventKind, subject_of
from seatledger.domain.seating import Seated
from seatledger.domain.webhook import message_id
from seatledger.storage.event_lists import Told
from seatledger.usecases.event_view import Event, shown

MEDIA_TYPE = "application/cloudevents+json"
BYTES_MAX = 256_000
_SEQUENCE_DIGITS = 19  # of the highest number there can be


class Seat(msgspec.Struct):
    """The seat as it is when the message is sent; `valid_until` is when it or its pool ends."""

    id: str
    pool: str
    item: str
    learner: str
    email: str
    state: str
    reason: str | None
    start: datetime
    end: datetime | None
    valid_until: datetime | None


class Data(Event):
    """An event as `/api/v1/events` shows it, and the seat that it is about, if it is.

    `cut` is whether the facts are left out, because there are too many of them.
    """

    seat: Seat | None
    cut: bool


class Envelope(msgspec.Struct):
    """The attributes of CloudEvents; `sequence` is the event's `seq`, to be compared as text."""

    id: str
    source: str
    type: str
    subject: str
    time: datetime
    sequence: str
    data: Data
    specversion: str = "1.0"
    datacontenttype: str = "application/json"


def type_of(kind: EventKind) -> str:
    """`seat_assigned` is `seatledger.seat.assigned`: the first `_` becomes a dot, no other does."""
    return f"seatledger.{kind.replace('_', '.', 1)}"


def body_of(told: Told, seated: Seated | None) -> bytes:
    """The body of the message; without the facts, where with them it would be too long."""
    whole = _encoded(told, seated, cut=False)
    return whole if len(whole) <= BYTES_MAX else _encoded(told, seated, cut=True)


def _encoded(told: Told, seated: Seated | None, *, cut: bool) -> bytes:
    event = shown(told)
    if cut:
        event.before, event.after = None, {}
    seat = None if seated is None else _seat(seated)
    data = Data(**msgspec.structs.asdict(event), seat=seat, cut=cut)
    envelope = Envelope(
        id=message_id(told.event.id),
        source=f"/platforms/{quote(told.platform_key or '', safe='')}",
        type=type_of(told.event.kind),
        subject=f"{subject_of(told.event.kind)}/{told.event.subject_id}",
        time=told.event.at,
        sequence=f"{told.event.seq:0{_SEQUENCE_DIGITS}}",
        data=data,
    )
    return msgspec.json.encode(envelope)


def _seat(seated: Seated) -> Seat:
    seat, item = seated.seat, seated.pool.item
    return Seat(
        id=str(seat.id),
        pool=str(seat.pool_id),
        item=f"{item.kind}:{item.key}",
        learner=str(seat.learner_id),
        email=seated.learner.email,
        state=seat.state,
        reason=seat.reason,
        start=seat.start,
        end=seat.end,
        valid_until=seat.end_within(seated.pool),
    )
