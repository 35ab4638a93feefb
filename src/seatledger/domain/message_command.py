"""What may be asked about messages and their words."""

from collections.abc import Mapping
from dataclasses import dataclass

from seatledger.domain.command import UNSET, Command, Unset
from seatledger.domain.message import MessageStatus


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportBounce(Command):
    """Say that a mail which was sent came back after all. Answers with the Message."""

    message_id: int
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class MarkMessages(Command):
    """Give messages of inboxes a status: of one learner, or (None) of the whole platform.

    `message_ids` None is all. Answers with Marked. It is no part of history.
    """

    platform_key: str
    learner_id: int | None
    status: MessageStatus
    message_ids: tuple[int, ...] | None = None
    only_unread: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class RemoveMessage(Command):
    """Delete a message of a learner's inbox; one that was not sent yet is not. Answers with None.

    It is no part of history.
    """

    platform_key: str
    learner_id: int
    message_id: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ShapeMail(Command):
    """Change how the mails of a platform present themselves. Answers with MailSettings."""

    platform_key: str
    sender_name: str | Unset = UNSET
    reply_to: str | Unset = UNSET
    greeting: str | Unset = UNSET


@dataclass(frozen=True, slots=True, kw_only=True)
class SaveTemplate(Command):
    """Say one type of message in a platform's own words. Answers with Template.

    None goes back to the standard words. Of a type that is not `enabled` nobody is told any more.
    """

    platform_key: str
    type_name: str
    subject: str | None | Unset = UNSET
    text: str | None | Unset = UNSET
    html: str | None | Unset = UNSET
    enabled: bool | Unset = UNSET


@dataclass(frozen=True, slots=True, kw_only=True)
class ResetTemplate(Command):
    """Go back to the standard words; whether it is enabled stays. Answers with TemplateReset."""

    platform_key: str
    type_name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TryTemplate(Command):
    """Mail one type of message, with examples of its facts, to who asks. Answers with the Message.

    `facts` go before the examples.
    """

    platform_key: str
    type_name: str
    facts: Mapping[str, str]
