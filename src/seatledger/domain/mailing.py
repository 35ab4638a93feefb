"""Which events somebody is told of by mail, and what such a mail is about."""

from collections.abc import Callable, Mapping
from typing import Any

from seatledger.domain.actor import SERVICE_DOMAIN
from seatledger.domain.event import EventKind
from seatledger.domain.message import MessageKind
from seatledger.domain.seat import EndReason, SeatState

Facts = Mapping[str, Any]


def kind_of_mail(kind: EventKind, before: Facts | None, after: Facts) -> MessageKind | None:
    """What an event is told as; None where nobody is told. `before` and `after` are its facts."""
    rule = _RULES.get(kind)
    return rule(before or {}, after) if rule is not None else None


def takes_mail(address: str) -> bool:
    """Whether mail can reach an address: not that of a service, nor of somebody erased."""
    return "@" in address and not address.lower().endswith(f"@{SERVICE_DOMAIN}")


def _assigned(_: Facts, after: Facts) -> MessageKind | None:
    if after.get("state") != SeatState.LIVE:
        return None
    by_group = after.get("grants") and not after.get("direct")
    return MessageKind.GROUP_ASSIGNMENT if by_group else MessageKind.ASSIGNMENT


def _ended(before: Facts, after: Facts) -> MessageKind | None:
    """One that was exchanged is told of as the new one."""
    reason = after.get("reason")
    if before.get("state") == SeatState.SUSPENDED or reason == EndReason.MOVED:
        return None
    return MessageKind.EXPIRED if reason == EndReason.LAPSED else MessageKind.ENDED


def _invited(_: Facts, after: Facts) -> MessageKind | None:
    return MessageKind.INVITATION if after.get("active") and after.get("learner_id") else None


def _invited_again(before: Facts, after: Facts) -> MessageKind | None:
    """Only where the mail of the invitation had come back: the address may be good by now."""
    cleared = before.get("undeliverable_at") and not after.get("undeliverable_at")
    return MessageKind.INVITATION if cleared and after.get("active", True) else None


def _paused(_: Facts, after: Facts) -> MessageKind | None:
    """Where it was given up; who pauses it by hand knows."""
    return MessageKind.WEBHOOK_PAUSED if after.get("reason") else None


_RULES: Mapping[EventKind, Callable[[Facts, Facts], MessageKind | None]] = {
    EventKind.SEAT_ASSIGNED: _assigned,
    EventKind.SEAT_ENDED: _ended,
    EventKind.SEAT_EXPIRING: lambda *_: MessageKind.EXPIRING,
    EventKind.SEAT_REMINDED: lambda *_: MessageKind.REMINDER,
    EventKind.INVITATION_CREATED: _invited,
    EventKind.INVITATION_CHANGED: _invited_again,
    EventKind.INVITATION_REMINDED: lambda *_: MessageKind.INVITATION,
    EventKind.WEBHOOK_PAUSED: _paused,
}
