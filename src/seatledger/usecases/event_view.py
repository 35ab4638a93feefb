"""An event as whoever reads history is shown it: by request, and in messages to other systems."""

from datetime import datetime
from typing import Any

import msgspec

from seatledger.domain.actor import Role
from seatledger.domain.event import EventKind, subject_of
from seatledger.storage.event_lists import Told

_IDS = {"moved_from", "moved_to"}  # and what ends in _id
_LISTS_OF_IDS = {"grants", "members", "joined", "left"}


class Subject(msgspec.Struct):
    """What it happened to: a pool, seat, grant, group, learner, item, token …"""

    kind: str
    id: str


class Labels(msgspec.Struct):
    """What the caller called the change."""

    change_type: str | None
    transaction_id: str | None


class Event(msgspec.Struct):
    """`seq` counts 1, 2, 3 … on its platform. `before` and `after` have the facts that changed."""

    id: str
    seq: int
    type: EventKind
    at: datetime
    actor: str
    role: Role
    surface: str
    request_id: str | None
    platform: str | None
    pool: str | None
    subject: Subject
    before: dict[str, Any] | None
    after: dict[str, Any]
    labels: Labels


def shown(told: Told) -> Event:
    """The event, its ids as texts."""
    event = told.event
    return Event(
        id=str(event.id),
        seq=event.seq,
        type=event.kind,
        at=event.at,
        actor=event.actor,
        role=Role(event.role),
        surface=event.surface,
        request_id=event.request_id,
        platform=told.platform_key,
        pool=None if event.pool_id is None else str(event.pool_id),
        subject=Subject(subject_of(event.kind), str(event.subject_id)),
        before=None if event.before is None else _facts(event.before),
        after=_facts(event.after),
        labels=Labels(event.change_type, event.transaction_id),
    )


def _facts(facts: dict[str, Any]) -> dict[str, Any]:
    """The facts with ids as callers know them."""
    return {name: _fact(name, value) for name, value in facts.items()}


def _fact(name: str, value: Any) -> Any:
    if name in _LISTS_OF_IDS and isinstance(value, list):
        return [str(each) for each in value]
    if isinstance(value, int) and (name.endswith("_id") or name in _IDS):
        return str(value)
    return value
