"""Mark, delete and report on messages, and say how a platform's mails present themselves."""

from collections.abc import Sequence
from dataclasses import asdict, replace
from datetime import datetime
from typing import Any

from seatledger.domain.command import Unset
from seatledger.domain.event import Event, EventKind, difference
from seatledger.domain.message import MailState, Marked, Message, MessageStatus
from seatledger.domain.message_command import (
    MarkMessages,
    RemoveMessage,
    ReportBounce,
    ShapeMail,
)
from seatledger.domain.message_text import MailSettings
from seatledger.domain.refusal import Code, Refusal, invalid, unknown_message
from seatledger.storage import events, subscriptions
from seatledger.storage import inbox as inbox_rows
from seatledger.storage import messages as message_rows
from seatledger.storage.inbox import InboxFilter
from seatledger.storage.unit import Unit
from seatledger.usecases.create_platforms import find_platform
from seatledger.usecases.messages.facts import one_line
from seatledger.usecases.naming import read_address
from seatledger.usecases.note_mail import bounce
from seatledger.usecases.opening import origin
from seatledger.usecases.write_messages import mail_subscription, read_settings

NAME_LENGTH_MAX = 100
REASON_LENGTH_MAX = 300


def report_bounces(
    unit: Unit, commands: Sequence[ReportBounce], now: datetime
) -> list[Message | Refusal]:
    return [_report(unit, command, now) for command in commands]


def _report(unit: Unit, command: ReportBounce, now: datetime) -> Message | Refusal:
    """A second report changes nothing."""
    if not 1 <= len(command.reason.strip()) <= REASON_LENGTH_MAX:
        return invalid("reason", f"A reason has 1 to {REASON_LENGTH_MAX} characters.")
    message = message_rows.lock(unit, command.by.reach, command.message_id)
    if message is None:
        return unknown_message()
    if message.mail is MailState.BOUNCED:
        return message
    if message.mail is not MailState.SENT:
        return Refusal(Code.IN_USE, "Only a mail that was sent can come back.")
    why = one_line(command.reason)
    bounce(unit, message, why, origin(command, now))
    return replace(message, mail=MailState.BOUNCED, why=why)


def mark_messages(
    unit: Unit, commands: Sequence[MarkMessages], now: datetime
) -> list[Marked | Refusal]:
    return [_mark(unit, command, now) for command in commands]


def _mark(unit: Unit, command: MarkMessages, now: datetime) -> Marked | Refusal:
    """Where messages are named, all of them must be there."""
    platform = find_platform(unit, command.by, key=command.platform_key)
    if isinstance(platform, Refusal):
        return platform
    ids = command.message_ids
    wanted = InboxFilter(
        platform_id=platform.id,
        learner_id=command.learner_id,
        ids=None if ids is None else frozenset(ids),
        status=MessageStatus.UNREAD if command.only_unread else None,
    )
    if ids is not None:
        there = inbox_rows.count(unit, replace(wanted, status=None))
        if there < len(frozenset(ids)):
            return unknown_message()
    return Marked(inbox_rows.mark(unit, wanted, command.status, now))


def remove_messages(
    unit: Unit, commands: Sequence[RemoveMessage], _now: datetime
) -> list[None | Refusal]:
    return [_remove(unit, command) for command in commands]


def _remove(unit: Unit, command: RemoveMessage) -> None | Refusal:
    platform = find_platform(unit, command.by, key=command.platform_key)
    if isinstance(platform, Refusal):
        return platform
    wanted = InboxFilter(
        platform_id=platform.id, learner_id=command.learner_id, ids=[command.message_id]
    )
    if not inbox_rows.count(unit, wanted):
        return unknown_message()
    message_rows.remove(unit, [command.message_id])
    return None


def shape_mail(
    unit: Unit, commands: Sequence[ShapeMail], now: datetime
) -> list[MailSettings | Refusal]:
    return [_shape(unit, command, now) for command in commands]


def _shape(unit: Unit, command: ShapeMail, now: datetime) -> MailSettings | Refusal:
    platform = find_platform(unit, command.by, key=command.platform_key)
    if isinstance(platform, Refusal):
        return platform
    given = {name: getattr(command, name) for name in MailSettings.__dataclass_fields__}
    asked = {k: v.strip() for k, v in given.items() if not isinstance(v, Unset)}
    if refusal := _wrong(asked):
        return refusal
    found = mail_subscription(unit, platform.id, now)
    mail = subscriptions.lock(unit, command.by.reach, found.id)
    assert mail is not None
    before = read_settings(mail)
    after = replace(before, **asked)
    if after != before:
        subscriptions.write(unit, replace(mail, settings={**mail.settings, **asdict(after)}))
        changes = difference(_facts(before), _facts(after))
        by = origin(command, now)
        kind = EventKind.MAIL_CHANGED
        events.add(unit, Event(kind, by, platform.id, None, platform.id, *changes))
    return after


def _facts(settings: MailSettings) -> dict[str, Any]:
    """What history records of them: no address."""
    return {**asdict(settings), "reply_to": bool(settings.reply_to)}


def _wrong(asked: dict[str, str]) -> Refusal | None:
    for name in ("sender_name", "greeting"):
        value = asked.get(name, "")
        if len(value) > NAME_LENGTH_MAX or value != one_line(value):
            return invalid(name, f"This is one line of at most {NAME_LENGTH_MAX} characters.")
    reply_to = asked.get("reply_to", "")
    if reply_to and isinstance(read_address(reply_to), Refusal):
        return invalid("reply_to", "This is not an e-mail address.")
    return None
