"""Reads what a request names: ids, items, instants and pages. Each refusal names its field."""

import re
from base64 import urlsafe_b64decode, urlsafe_b64encode
from datetime import UTC, datetime
from typing import Any, overload

import msgspec

from seatledger.dialects.dialect import Refused
from seatledger.domain.item import ItemKind
from seatledger.domain.refusal import Refusal, invalid
from seatledger.usecases.questions import Stretch

ID_MAX = 2**63 - 1
LIMIT, LIMIT_MAX = 50, 500
_ID = re.compile(r"[1-9][0-9]{0,18}")


def read_id(text: str, unknown: Refusal) -> int:
    """An id, which is an opaque string to callers. Raises Refused: what is none is unknown."""
    if _ID.fullmatch(text) and int(text) <= ID_MAX:
        return int(text)
    raise Refused(unknown)


def read_item(text: str) -> tuple[ItemKind, str]:
    """An item, spelled `KIND:KEY`."""
    kind, _, key = text.partition(":")
    if kind not in set(ItemKind) or not key:
        raise Refused(invalid("item", f"An item is KIND:KEY, of a kind in {', '.join(ItemKind)}."))
    return ItemKind(kind), key


@overload
def read_instant(instant: datetime, field: str) -> datetime: ...
@overload
def read_instant(instant: None, field: str) -> None: ...
@overload
def read_instant(instant: datetime | None, field: str) -> datetime | None: ...
def read_instant(instant: datetime | None, field: str) -> datetime | None:
    """An instant in UTC. Raises Refused where it has no offset: nobody could tell when it is."""
    if instant is None:
        return None
    if instant.tzinfo is None:
        raise Refused(invalid(field, f"{field} needs an offset from UTC: 2026-11-24T12:00:00Z."))
    try:
        return instant.astimezone(UTC)
    except OverflowError:
        raise Refused(invalid(field, f"{field} is beyond the years that are counted.")) from None


def given(change: msgspec.Struct) -> dict[str, Any]:
    """The members of a change that were not left out."""
    members = {name: getattr(change, name) for name in change.__struct_fields__}
    return {name: value for name, value in members.items() if value is not msgspec.UNSET}


def read_stretch(limit: int, after: str | None) -> Stretch:
    """The part of a list that `limit` and `after` ask for."""
    if not 1 <= limit <= LIMIT_MAX:
        raise Refused(invalid("limit", f"limit is from 1 to {LIMIT_MAX}."))
    if after is None:
        return Stretch(0, limit)
    try:
        last = int(urlsafe_b64decode(after.encode() + b"==").decode())
    except ValueError:
        last = -1
    if not 0 <= last <= ID_MAX:
        raise Refused(invalid("after", "Give back what a list called next."))
    return Stretch(last, limit)


def cursor(last_id: int) -> str:
    """What `read_stretch` reads back: callers are not meant to look inside."""
    return urlsafe_b64encode(str(last_id).encode()).decode().rstrip("=")
