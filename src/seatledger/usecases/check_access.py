"""May this person open this item? Asked far more often than anything else, so many at once."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from seatledger.domain.access import Access as Access
from seatledger.domain.access import Allowed, decide, longest
from seatledger.domain.actor import Actor
from seatledger.domain.item import ItemKind
from seatledger.domain.learner import PersonName, email_key
from seatledger.domain.refusal import Refusal, unknown_platform
from seatledger.storage import access as access_rows
from seatledger.storage.unit import Unit


@dataclass(frozen=True, slots=True)
class AccessAsked:
    """A person by one name (nobody, where none is given), an item, and whose seats count."""

    by: Actor
    platform_key: str
    person: PersonName
    item_kind: ItemKind
    item_key: str


def check_access(unit: Unit, asked: Sequence[AccessAsked], now: datetime) -> list[Access | Refusal]:
    """One answer for each question: one query for all, one more for those answered with no."""
    rows = [_row(number, each) for number, each in enumerate(asked) if _may_ask(each)]
    opened = access_rows.opening(unit, rows, now)
    closed = access_rows.explaining(unit, [row for row in rows if row["n"] not in opened])

    def answer(number: int) -> Access | Refusal:
        if number in opened:
            learner_id, ways = opened[number]
            return Allowed(learner_id, longest(ways))
        return decide(closed[number], now) if number in closed else unknown_platform()

    return [answer(number) for number in range(len(asked))]


def _may_ask(asked: AccessAsked) -> bool:
    return asked.by.is_operator or asked.platform_key == asked.by.platform_key


def _row(number: int, asked: AccessAsked) -> dict[str, Any]:
    """A question as the queries take it; of several names the first decides (ibl G3)."""
    row = {
        "n": number,
        "platform_key": asked.platform_key,
        "item_kind": asked.item_kind,
        "item_key": asked.item_key,
    }
    person = asked.person
    if person.learner_id is not None:
        return {**row, "learner_id": person.learner_id}
    if person.username is not None:
        return {**row, "username": person.username}
    return row if person.email is None else {**row, "email_key": email_key(person.email)}
