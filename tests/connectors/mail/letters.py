"""Messages to make e-mails of."""

from dataclasses import replace
from typing import Any

from seatledger.domain.message import MailState, Message, MessageKind, MessageStatus
from tests.support.cast import NOON


def message(**changes: Any) -> Message:
    """A message to Ada about a seat."""
    plain = Message(
        id=7,
        platform_id=1,
        learner_id=5,
        address="ada@acme.example",
        kind=MessageKind.ASSIGNMENT,
        item_kind=None,
        seq=3,
        subject="A seat – für Ada",
        text="Grüße\n",
        html="<p>Grüße</p>",
        status=MessageStatus.UNREAD,
        mail=MailState.WAITING,
        why=None,
        created=NOON,
        modified=NOON,
        sent=None,
    )
    return replace(plain, **changes)
