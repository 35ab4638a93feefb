"""Reads what requests about messages name: ids, dates, channels."""

from datetime import datetime, timedelta
from uuid import UUID

from msgspec import UnsetType

from seatledger.dialects.dialect import Refused
from seatledger.dialects.ibl import fields
from seatledger.dialects.ibl.fields import none
from seatledger.dialects.ibl.notifications.schemas import Narrowing, Sifting
from seatledger.domain.message import MessageStatus
from seatledger.domain.refusal import invalid
from seatledger.usecases.read_messages import InboxFilter

CHANNEL = "email"
ID_MAX = 2**63 - 1
DAY_LENGTH = len("2026-11-24")
NONE_AT_ALL = frozenset[int]()


def uuid_of(number: int) -> str:
    """An id of ours as the contract has it: a UUID that says nothing else."""
    return str(UUID(int=number))


def read_uuid(field: str, text: str) -> int:
    """The id again; 0, which nothing has, of a UUID that is none of ours. Raises Refused."""
    try:
        number = UUID(text.strip()).int
    except ValueError:
        raise Refused(invalid(field, "This is not a UUID.")) from None
    return number if number <= ID_MAX else 0


def read_uuids(field: str, text: str) -> tuple[int, ...]:
    """One id, or several with commas between them."""
    if not text.strip():
        raise Refused(invalid(field, "Name at least one message."))
    return tuple(read_uuid(field, each) for each in text.split(","))


def narrowed(query: Narrowing, platform_id: int, learner_id: int | None) -> InboxFilter:
    """What a query asks of an inbox."""
    status = none(query.status)
    if status is not None and status not in {each.upper() for each in MessageStatus}:
        raise Refused(invalid("status", "This is none of READ, UNREAD and CANCELLED."))
    since = until = None
    shown = none(query.channel) in {None, CHANNEL}
    if isinstance(query, Sifting):
        since = _start(query.start_date)
        until = _end(query.end_date)
        shown = shown and none(query.exclude_channel) != CHANNEL
    return InboxFilter(
        platform_id=platform_id,
        learner_id=learner_id,
        status=None if status is None else MessageStatus(status.lower()),
        since=since,
        until=until,
        ids=None if shown else NONE_AT_ALL,
    )


def _start(text: str | UnsetType) -> datetime | None:
    return None if isinstance(text, UnsetType) else fields.instant("start_date", text)


def _end(text: str | UnsetType) -> datetime | None:
    """The moment after what is still asked for; a day counts whole."""
    if isinstance(text, UnsetType):
        return None
    last = fields.instant("end_date", text)
    more = timedelta(days=1) if len(text.strip()) == DAY_LENGTH else timedelta(microseconds=1)
    try:
        return last + more
    except OverflowError:
        return None
