"""Which events somebody is told of by mail, and what such a mail is about."""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from seatledger.domain import instant
from seatledger.domain.actor import SERVICE_DOMAIN
from seatledger.domain.event import EventKind
from seatledger.domain.message import MessageKind
from seatledger.domain.seat import EndReason, SeatState

Facts = Mapping[str, Any]


def kind_of_mail(
    kind: EventKind, before: Facts | None, after: Facts, at: datetime
) -> MessageKind | None:
    """What an event is told as; None where nobody is told.

    `before` and `after` are its facts; it happened `at` that time.
    """
    rule = _RULES.get(kind)
    return rule(before or {}, after, at) if rule is not None else None


def takes_mail(address: str) -> bool:
    """Whether mail can reach an address: not that of a service, nor of somebody erased."""
    return "@" in address and not address.lower().endswith(f"@{SERVICE_DOMAIN}")


def _assigned(_: Facts, after: Facts, _at: datetime) -> MessageKind | None:
    if after.get("state") != SeatState.LIVE:
        return None
    by_group = after.get("grants") and not after.get("direct")
    return MessageKind.GROUP_ASSIGNMENT if by_group else MessageKind.ASSIGNMENT


def _ended(before: Facts, after: Facts, _at: datetime) -> MessageKind | None:
    """One that was exchanged is told of as the new one."""
    reason = after.get("reason")
    if before.get("state") == SeatState.SUSPENDED or reason == EndReason.MOVED:
        return None
    return MessageKind.EXPIRED if reason == EndReason.LAPSED else MessageKind.ENDED


def _invited(_: Facts, after: Facts, at: datetime) -> MessageKind | None:
    """One that names nobody yet is told to nobody."""
    return MessageKind.INVITATION if after.get("learner_id") and _is_open(after, at) else None


def _invited_again(before: Facts, after: Facts, at: datetime) -> MessageKind | None:
    """Only where it could not be accepted any more, or its mail had come back.

    The address may be good by now.
    """
    came_back = before.get("undeliverable_at") and not after.get("undeliverable_at")
    anew = came_back or not _is_open({**after, **before}, at)
    return _invited(before, after, at) if anew else None


def _is_open(invitation: Facts, at: datetime) -> bool:
    end = invitation.get("end")
    return bool(invitation.get("active")) and (end is None or instant.read(end) > at)


def _paused(_: Facts, after: Facts, _at: datetime) -> MessageKind | None:
    """Where it was given up; who pauses it by hand knows."""
    return MessageKind.WEBHOOK_PAUSED if after.get("reason") else None


_RULES: Mapping[EventKind, Callable[[Facts, Facts, datetime], MessageKind | None]] = {
    EventKind.SEAT_ASSIGNED: _assigned,
    EventKind.SEAT_ENDED: _ended,
    EventKind.SEAT_EXPIRING: lambda *_: MessageKind.EXPIRING,
    EventKind.SEAT_REMINDED: lambda *_: MessageKind.REMINDER,
    EventKind.INVITATION_CREATED: _invited,
    EventKind.INVITATION_CHANGED: _invited_again,
    EventKind.INVITATION_REMINDED: lambda *_: MessageKind.INVITATION,
    EventKind.WEBHOOK_PAUSED: _paused,
}
