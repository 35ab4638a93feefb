"""Reads messages: all of a platform as its mail, or those of one person as their inbox."""

from seatledger.domain.actor import Actor, Reach
from seatledger.domain.message import MailState, Message
from seatledger.domain.message_text import MailSettings
from seatledger.domain.refusal import Refusal, unknown_message
from seatledger.storage import inbox as inbox_rows
from seatledger.storage import messages as message_rows
from seatledger.storage import subscriptions
from seatledger.storage.cursors import Followed, Stretch
from seatledger.storage.inbox import InboxFilter, Received
from seatledger.storage.messages import MessageFilter
from seatledger.storage.paging import Found, Page
from seatledger.storage.unit import Unit
from seatledger.usecases.create_platforms import find_platform
from seatledger.usecases.relay import MAIL
from seatledger.usecases.write_messages import read_settings

__all__ = ["InboxFilter", "MailState", "MessageFilter", "Received"]


def follow_messages(
    unit: Unit, reach: Reach, wanted: MessageFilter, stretch: Stretch
) -> Followed[Message]:
    return message_rows.follow(unit, reach, wanted, stretch)


def get_message(unit: Unit, reach: Reach, message_id: int) -> Message | Refusal:
    return message_rows.get(unit, reach, message_id) or unknown_message()


def list_inbox(unit: Unit, wanted: InboxFilter, page: Page) -> Found[Received]:
    """A page of an inbox, which must be within the reach of who asks."""
    return inbox_rows.find(unit, wanted, page)


def count_inbox(unit: Unit, wanted: InboxFilter) -> int:
    return inbox_rows.count(unit, wanted)


def mail_settings_of(unit: Unit, actor: Actor, key: str) -> MailSettings | Refusal:
    """How the mails of a platform present themselves."""
    platform = find_platform(unit, actor, key=key)
    if isinstance(platform, Refusal):
        return platform
    standing = subscriptions.of_platform(unit, platform.id, MAIL)
    return read_settings(standing[0]) if standing else MailSettings()
