"""May this person open this item? Asked far more often than anything else, so many at once."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from seatledger.domain.actor import Actor
from seatledger.domain.item import ItemKind
from seatledger.domain.learner import email_key
from seatledger.domain.refusal import Refusal, unknown_platform
from seatledger.domain.window import earliest
from seatledger.storage import access as access_rows
from seatledger.storage.unit import Unit


@dataclass(frozen=True, slots=True)
class AccessAsked:
    """A person by address, an item, and the platform whose seats count."""

    by: Actor
    platform_key: str
    email: str
    item_kind: ItemKind
    item_key: str


@dataclass(frozen=True, slots=True)
class Access:
    """`until` is when access ends as things stand (None: never); only where it is `granted`.

    Of several seats the one that lasts longest answers.
    """

    granted: bool
    seat_id: int | None = None
    until: datetime | None = None


NO_ACCESS = Access(granted=False)
FOR_EVER = datetime.max.replace(tzinfo=UTC)


def check_access(unit: Unit, asked: Sequence[AccessAsked], now: datetime) -> list[Access | Refusal]:
    """One answer for each question. An unknown person or item has no access; that is no error."""
    found = access_rows.opening(
        unit,
        [
            {
                "platform_key": each.platform_key,
                "email_key": email_key(each.email),
                "item_kind": each.item_kind,
                "item_key": each.item_key,
            }
            for each in asked
        ],
        now,
    )
    return [_answer(each, found.get(number, [])) for number, each in enumerate(asked)]


def _answer(
    asked: AccessAsked, seats: Sequence[tuple[int, datetime | None, datetime | None]]
) -> Access | Refusal:
    if not asked.by.is_operator and asked.platform_key != asked.by.platform_key:
        return unknown_platform()
    if not seats:
        return NO_ACCESS
    lasting = [(earliest(own, pools), seat_id) for seat_id, own, pools in seats]
    until, seat_id = max(lasting, key=lambda each: each[0] or FOR_EVER)
    return Access(granted=True, seat_id=seat_id, until=until)
