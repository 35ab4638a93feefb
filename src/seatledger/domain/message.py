"""What is told to a person: written once, kept as their inbox, and mailed where that is wanted."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from seatledger.domain.delivery import AGE_MAX
from seatledger.domain.item import ItemKind

KEPT = timedelta(days=90)
SECRET_KEPT = timedelta(days=1)
CODE_STALE = timedelta(hours=1)


class MessageKind(StrEnum):
    """What a message is about."""

    ASSIGNMENT = "assignment"
    GROUP_ASSIGNMENT = "group_assignment"
    ENDED = "ended"
    EXPIRING = "expiring"
    EXPIRED = "expired"
    INVITATION = "invitation"
    REMINDER = "reminder"
    LINK_CODE = "link_code"
    WEBHOOK_PAUSED = "webhook_paused"

    @property
    def is_secret(self) -> bool:
        """Whether who reads it could act as its receiver: nobody else is to see its body."""
        return self is MessageKind.LINK_CODE

    @property
    def is_for_inbox(self) -> bool:
        """Whether its receiver finds it in their inbox, besides the mail."""
        return self not in {MessageKind.LINK_CODE, MessageKind.WEBHOOK_PAUSED}

    @property
    def stale_after(self) -> timedelta:
        """How old one may get before it is of no use to be sent."""
        return CODE_STALE if self is MessageKind.LINK_CODE else AGE_MAX


class MessageStatus(StrEnum):
    """What its receiver did with it (ibl U2)."""

    UNREAD = "unread"
    READ = "read"
    CANCELLED = "cancelled"


class MailState(StrEnum):
    """What became of the mail."""

    WAITING = "waiting"
    SENT = "sent"  # a mail server took it
    KEPT = "kept"  # development: it would have been sent
    BOUNCED = "bounced"  # the address does not take mail
    FAILED = "failed"  # given up: it got to no mail server, or got stale meanwhile


@dataclass(frozen=True, slots=True)
class Message:
    """`learner_id` is None for the platform's own address, `seq` where no event caused it.

    `why` says what a mail server said of a mail that did not go through; `item_kind` is of the item
    that it is about. `modified` is when the receiver last did something with it.
    """

    id: int
    platform_id: int
    learner_id: int | None
    address: str
    kind: MessageKind
    item_kind: ItemKind | None
    seq: int | None
    subject: str
    text: str
    html: str
    status: MessageStatus
    mail: MailState
    why: str | None
    created: datetime
    modified: datetime
    sent: datetime | None

    @property
    def is_open(self) -> bool:
        """Whether others than its receiver may read the body."""
        return not self.kind.is_secret or self.mail is MailState.KEPT


@dataclass(frozen=True, slots=True)
class Marked:
    """How many messages have another status now."""

    count: int
