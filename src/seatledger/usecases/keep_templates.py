"""Say messages in a platform's own words, try them, and go back to the standard ones."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from seatledger.domain.actor import Actor
from seatledger.domain.command import Command, Unset
from seatledger.domain.delivery import Draft
from seatledger.domain.event import Event, EventKind, difference
from seatledger.domain.mailing import takes_mail
from seatledger.domain.message import Message
from seatledger.domain.message_command import ResetTemplate, SaveTemplate, TryTemplate
from seatledger.domain.message_text import (
    BODY_MAX,
    SUBJECT_MAX,
    OwnWording,
    Template,
    TemplateReset,
    Wording,
)
from seatledger.domain.message_type import MESSAGE_TYPES, MessageType
from seatledger.domain.platform import Platform
from seatledger.domain.refusal import Code, Refusal, invalid, unknown_template
from seatledger.storage import deliveries, events
from seatledger.storage import message_templates as rows
from seatledger.storage.unit import Unit
from seatledger.usecases.create_platforms import find_platform
from seatledger.usecases.messages import standard
from seatledger.usecases.messages.facts import sample
from seatledger.usecases.messages.rendering import tried
from seatledger.usecases.messages.sandbox import BadText
from seatledger.usecases.opening import origin
from seatledger.usecases.write_messages import (
    Telling,
    mail_subscription,
    read_settings,
    write_in_words,
)

_WORDS = ("subject", "text", "html")


def list_templates(unit: Unit, actor: Actor, key: str) -> list[Template] | Refusal:
    """Every type of message, as the platform says it."""
    platform = find_platform(unit, actor, key=key)
    if isinstance(platform, Refusal):
        return platform
    own = rows.of_platform(unit, platform.id)
    return [_template(type_, own.get(type_)) for type_ in MESSAGE_TYPES.values()]


def get_template(unit: Unit, actor: Actor, key: str, type_name: str) -> Template | Refusal:
    found = list_templates(unit, actor, key)
    if isinstance(found, Refusal):
        return found
    named = [each for each in found if each.type_name == type_name]
    return named[0] if named else unknown_template()


def save_templates(
    unit: Unit, commands: Sequence[SaveTemplate], now: datetime
) -> list[Template | Refusal]:
    return [_save(unit, command, now) for command in commands]


def _save(unit: Unit, command: SaveTemplate, now: datetime) -> Template | Refusal:
    found = _named(unit, command)
    if isinstance(found, Refusal):
        return found
    platform, type_, before = found
    given = {name: getattr(command, name) for name in (*_WORDS, "enabled")}
    changes: dict[str, Any] = {k: v for k, v in given.items() if not isinstance(v, Unset)}
    if changes.get("enabled") is False and type_.kind.is_secret:
        return invalid("enabled", "Somebody waits for this message: it can't be switched off.")
    standing = before or OwnWording(0, platform.id, type_, True, None, None, None, now, now)
    after = replace(standing, **changes)
    if after == standing:
        return _template(type_, before)
    if refusal := _unusable(after):
        return refusal
    if before is None:
        after = replace(after, id=rows.add(unit, platform.id, type_, now).id)
    after = replace(after, modified=now)
    rows.write(unit, after)
    _record(unit, command, EventKind.TEMPLATE_SAVED, standing, after, now)
    return _template(type_, after)


def _record(
    unit: Unit,
    command: Command,
    kind: EventKind,
    before: OwnWording,
    after: OwnWording,
    now: datetime,
) -> None:
    was, now_is = difference(_facts(before), _facts(after))
    told = {"type": after.type.name, **now_is}
    events.add(
        unit, Event(kind, origin(command, now), after.platform_id, None, after.id, was, told)
    )


def _unusable(own: OwnWording) -> Refusal | None:
    """Own words are tried on examples before they are kept."""
    for name, most in (("subject", SUBJECT_MAX), ("text", BODY_MAX), ("html", BODY_MAX)):
        words = getattr(own, name)
        if words is None:
            continue
        if len(words) > most:
            return invalid(name, f"This has at most {most} characters.")
        if not words.strip():
            return invalid(name, "This says nothing; null goes back to the standard words.")
        alone = replace(own, subject=None, text=None, html=None)
        try:
            made = tried(own.type, replace(alone, **{name: words}))
        except BadText as error:
            return invalid(name, str(error))
        if not made.subject:
            return invalid(name, "It comes out empty.")
    return None


def reset_templates(
    unit: Unit, commands: Sequence[ResetTemplate], now: datetime
) -> list[TemplateReset | Refusal]:
    return [_reset(unit, command, now) for command in commands]


def _reset(unit: Unit, command: ResetTemplate, now: datetime) -> TemplateReset | Refusal:
    """A type that was switched off stays so."""
    found = _named(unit, command)
    if isinstance(found, Refusal):
        return found
    _, type_, before = found
    if before is None or not before.is_custom:
        return TemplateReset(_template(type_, before), deleted=False)
    after = replace(before, subject=None, text=None, html=None, modified=now)
    if after.enabled:
        rows.remove(unit, before)
    else:
        rows.write(unit, after)
    _record(unit, command, EventKind.TEMPLATE_RESET, before, after, now)
    return TemplateReset(_template(type_, None if after.enabled else after), deleted=True)


def try_templates(
    unit: Unit, commands: Sequence[TryTemplate], now: datetime
) -> list[Message | Refusal]:
    return [_try(unit, command, now) for command in commands]


def _try(unit: Unit, command: TryTemplate, now: datetime) -> Message | Refusal:
    found = _named(unit, command)
    if isinstance(found, Refusal):
        return found
    platform, type_, own = found
    person = command.by.learner
    if person is None or not takes_mail(person.email):
        return Refusal(Code.FORBIDDEN, "This key belongs to nobody whom a mail could reach.")
    facts = dict(sample(type_))
    facts |= {name: value for name, value in command.facts.items() if name in facts}
    telling = Telling(
        learner=person,
        address=person.email,
        kind=type_.kind,
        item_kind=type_.item_kind,
        facts=facts,
    )
    mail = mail_subscription(unit, platform.id, now)
    words = {} if own is None else {type_: own}
    (message,) = write_in_words(unit, platform.id, [telling], words, read_settings(mail), now)
    draft = Draft(None, f"message:{message.id}", message.id)
    deliveries.add(unit, platform.id, mail.id, [draft], now)
    return message


def _named(
    unit: Unit, command: SaveTemplate | ResetTemplate | TryTemplate
) -> tuple[Platform, MessageType, OwnWording | None] | Refusal:
    platform = find_platform(unit, command.by, key=command.platform_key)
    if isinstance(platform, Refusal):
        return platform
    type_ = MESSAGE_TYPES.get(command.type_name)
    if type_ is None:
        return unknown_template()
    return platform, type_, rows.lock(unit, platform.id, type_)


def _facts(own: OwnWording) -> dict[str, Any]:
    """What history records of a platform's words."""
    return {"enabled": own.enabled, **{name: getattr(own, name) for name in _WORDS}}


def _template(type_: MessageType, own: OwnWording | None) -> Template:
    usual = standard.wording(type_.kind)
    words = {name: getattr(own, name, None) or getattr(usual, name) for name in _WORDS}
    return Template(
        type_name=type_.name,
        enabled=own is None or own.enabled,
        custom=own is not None and own.is_custom,
        wording=Wording(**words),
        facts=tuple(sorted(sample(type_))),
        id=None if own is None else own.id,
        created=None if own is None else own.created,
        modified=None if own is None else own.modified,
    )
