"""Which events people are told of, as a table."""

from typing import Any

import pytest

from seatledger.domain.event import EventKind
from seatledger.domain.instant import text
from seatledger.domain.mailing import kind_of_mail, takes_mail
from seatledger.domain.message import MessageKind
from tests.support.cast import DAY, NOON

LIVE = {"state": "live", "direct": True, "grants": []}
SUSPENDED = {"state": "suspended"}
INVITED = {"active": True, "learner_id": 5, "end": None}
WITHDRAWN = {"active": False}
PAST, NEXT, LATER = (text(NOON + days * DAY) for days in (-1, 1, 2))
BOUNCED = {"undeliverable_at": PAST}
CLEARED = {**INVITED, "undeliverable_at": None}
INVITATION = MessageKind.INVITATION


def ended(reason: str) -> dict[str, Any]:
    return {"state": "ended", "reason": reason}


@pytest.mark.parametrize(
    ("kind", "before", "after", "told"),
    [
        (EventKind.SEAT_ASSIGNED, None, LIVE, MessageKind.ASSIGNMENT),
        (EventKind.SEAT_ASSIGNED, None, {**LIVE, "moved_from": 4}, MessageKind.ASSIGNMENT),
        (EventKind.SEAT_ASSIGNED, None, {**LIVE, "grants": [2]}, MessageKind.ASSIGNMENT),
        (
            EventKind.SEAT_ASSIGNED,
            None,
            {"state": "live", "direct": False, "grants": [2]},
            MessageKind.GROUP_ASSIGNMENT,
        ),
        (EventKind.SEAT_ASSIGNED, None, {**LIVE, **SUSPENDED}, None),
        (EventKind.SEAT_ENDED, LIVE, ended("revoked"), MessageKind.ENDED),
        (EventKind.SEAT_ENDED, LIVE, ended("recycled"), MessageKind.ENDED),
        (EventKind.SEAT_ENDED, LIVE, ended("passed_on"), MessageKind.ENDED),
        (EventKind.SEAT_ENDED, LIVE, ended("returned"), MessageKind.ENDED),
        (EventKind.SEAT_ENDED, LIVE, ended("lapsed"), MessageKind.EXPIRED),
        (
            EventKind.WEBHOOK_PAUSED,
            {"state": "active", "reason": None},
            {"state": "paused", "reason": "It is gone."},
            MessageKind.WEBHOOK_PAUSED,
        ),
        (EventKind.WEBHOOK_PAUSED, {"state": "active"}, {"state": "paused"}, None),
        (EventKind.SEAT_ENDED, LIVE, ended("moved"), None),
        (EventKind.SEAT_ENDED, SUSPENDED, ended("revoked"), None),
        (EventKind.SEAT_ENDED, SUSPENDED, ended("lapsed"), None),
        (EventKind.SEAT_EXPIRING, None, {"days": 7}, MessageKind.EXPIRING),
        (EventKind.SEAT_REMINDED, None, {"days": 14}, MessageKind.REMINDER),
        (EventKind.INVITATION_CREATED, None, INVITED, MessageKind.INVITATION),
        (EventKind.INVITATION_CREATED, None, {**INVITED, "learner_id": None}, None),
        (EventKind.INVITATION_CREATED, None, {**INVITED, "active": False}, None),
        (EventKind.INVITATION_CREATED, None, {**INVITED, "end": PAST}, None),
        (EventKind.INVITATION_CREATED, None, {**INVITED, "end": NEXT}, INVITATION),
        (EventKind.INVITATION_CHANGED, BOUNCED, CLEARED, INVITATION),
        (EventKind.INVITATION_CHANGED, {"undeliverable_at": None}, {**INVITED, **BOUNCED}, None),
        (EventKind.INVITATION_CHANGED, BOUNCED, {**CLEARED, **WITHDRAWN}, None),
        (EventKind.INVITATION_CHANGED, BOUNCED, {**CLEARED, "end": PAST}, None),
        (EventKind.INVITATION_CHANGED, WITHDRAWN, INVITED, INVITATION),
        (EventKind.INVITATION_CHANGED, {**WITHDRAWN, **BOUNCED}, CLEARED, INVITATION),
        (EventKind.INVITATION_CHANGED, WITHDRAWN, {**INVITED, "end": PAST}, None),
        (EventKind.INVITATION_CHANGED, WITHDRAWN, {**INVITED, "learner_id": None}, None),
        (EventKind.INVITATION_CHANGED, {"active": True}, {**INVITED, **WITHDRAWN}, None),
        (EventKind.INVITATION_CHANGED, {"end": PAST}, {**INVITED, "end": NEXT}, INVITATION),
        (EventKind.INVITATION_CHANGED, {"end": text(NOON)}, INVITED, INVITATION),
        (EventKind.INVITATION_CHANGED, {"end": NEXT}, {**INVITED, "end": LATER}, None),
        (EventKind.INVITATION_CHANGED, {"end": PAST}, {**INVITED, "end": text(NOON)}, None),
        (EventKind.INVITATION_CHANGED, {"end": PAST}, {**INVITED, **WITHDRAWN}, None),
        (EventKind.INVITATION_CHANGED, {"end": None}, {**INVITED, "end": LATER}, None),
        (EventKind.INVITATION_CHANGED, {"source": "a"}, {**INVITED, "source": "b"}, None),
        (EventKind.INVITATION_REMINDED, {}, {"days": 7}, MessageKind.INVITATION),
        (EventKind.INVITATION_ACCEPTED, INVITED, INVITED, None),
        (EventKind.INVITATION_WITHDRAWN, INVITED, {**INVITED, "active": False}, None),
        (EventKind.SEAT_CHANGED, LIVE, LIVE, None),
        (EventKind.SEAT_SUSPENDED, LIVE, SUSPENDED, None),
        (EventKind.SEAT_RESUMED, SUSPENDED, LIVE, None),
        (EventKind.POOL_OPENED, None, {}, None),
        (EventKind.GRANT_MADE, None, {}, None),
        (EventKind.LEARNER_ERASED, None, {}, None),
        (EventKind.MESSAGE_BOUNCED, None, {}, None),
    ],
)
def test_an_event_is_told_as(
    kind: EventKind, before: dict[str, Any] | None, after: dict[str, Any], told: MessageKind | None
) -> None:
    assert kind_of_mail(kind, before, after, NOON) is told


@pytest.mark.parametrize(
    ("address", "reached"),
    [
        ("ada@acme.example", True),
        ("erased-7@seatledger.invalid", False),
        ("token-3@SEATLEDGER.INVALID", False),
        ("ada@notseatledger.invalid", True),
        ("", False),
        ("nobody", False),
    ],
)
def test_an_address_takes_mail(address: str, reached: bool) -> None:
    assert takes_mail(address) is reached
