"""The templates of a platform: list, read, change, try, switch, reset (ibl U1)."""

from typing import Any

from msgspec import UnsetType

from seatledger.dialects.dialect import Refused
from seatledger.dialects.ibl.fields import none, unset
from seatledger.dialects.ibl.notifications import schemas
from seatledger.dialects.ibl.notifications.places import platform_at
from seatledger.dialects.ibl.notifications.reading import CHANNEL, uuid_of
from seatledger.dialects.ibl.notifications.types import OURS, PUBLISHED, THEIRS, description
from seatledger.dialects.ibl.operations import Call
from seatledger.dialects.ibl.refusals import granted
from seatledger.domain.message import Message
from seatledger.domain.message_command import ResetTemplate, SaveTemplate, TryTemplate
from seatledger.domain.message_text import Template
from seatledger.domain.message_text import TemplateReset as Reset
from seatledger.domain.platform import Platform
from seatledger.domain.refusal import invalid, unknown_template
from seatledger.usecases.keep_templates import get_template, list_templates

CHANNELS = [schemas.Channel(id=1, name=CHANNEL)]
# What fields of the command are called on the wire.
CALLED = {"subject": "email_subject", "text": "message_body", "html": "email_html_template"}


async def list_all(
    call: Call[schemas.PlatformPath, Any],
) -> list[schemas.NotificationTemplateList]:
    """Those that the contract knows."""
    platform = await platform_at(call, call.query.platform_key)
    found: list[Template] = granted(await call.desk.ask(list_templates, call.actor, platform.key))
    by_name = {each.type_name: each for each in found}
    return [_row(platform, by_name[ours]) for ours in PUBLISHED.values()]


async def read(call: Call[schemas.TemplatePath, Any]) -> schemas.NotificationTemplateDetail:
    platform = await platform_at(call, call.query.platform_key)
    return _detail(platform, await _found(call, platform))


async def change(
    call: Call[schemas.TemplatePath, schemas.PatchedNotificationTemplateDetail],
) -> schemas.NotificationTemplateDetail:
    platform, body = await platform_at(call, call.query.platform_key), call.body
    by_title = isinstance(body.email_subject, UnsetType)
    command = SaveTemplate(
        call.actor,
        platform_key=platform.key,
        type_name=_ours(call),
        subject=unset(body.message_title if by_title else body.email_subject),
        text=unset(body.message_body),
        html=unset(body.email_html_template),
    )
    called = {**CALLED, **({"subject": "message_title"} if by_title else {})}
    saved: Template = granted(await call.desk.submit(command), **called)
    return _detail(platform, saved)


async def toggle(
    call: Call[schemas.TemplatePath, schemas.PatchedNotificationToggle],
) -> schemas.NotificationToggle:
    platform = await platform_at(call, call.query.platform_key)
    if isinstance(call.body.allow_notification, UnsetType):
        raise Refused(invalid("allow_notification", "This field is required."))
    command = SaveTemplate(
        call.actor,
        platform_key=platform.key,
        type_name=_ours(call),
        enabled=call.body.allow_notification,
    )
    saved: Template = granted(await call.desk.submit(command), enabled="allow_notification")
    return schemas.NotificationToggle(allow_notification=saved.enabled)


async def reset(call: Call[schemas.TemplatePath, Any]) -> schemas.TemplateReset:
    platform = await platform_at(call, call.query.platform_key)
    command = ResetTemplate(call.actor, platform_key=platform.key, type_name=_ours(call))
    outcome: Reset = granted(await call.desk.submit(command))
    said = "Template reset to default" if outcome.deleted else "Template is the default already"
    return schemas.TemplateReset(message=said, deleted=outcome.deleted)


async def send_test(
    call: Call[schemas.TemplatePath, schemas.NotificationTemplateTest],
) -> schemas.NotificationTemplateTestResponse:
    """Mails it to the caller's own person, as everything is: by the worker, if mail is on."""
    platform = await platform_at(call, call.query.platform_key)
    given = none(call.body.context) or {}
    facts = {name: str(value) for name, value in given.items() if value is not None}
    command = TryTemplate(call.actor, platform_key=platform.key, type_name=_ours(call), facts=facts)
    message: Message = granted(await call.desk.submit(command))
    is_on = bool(call.request.app.state.settings.mail_url)
    said = "The message is on its way." if is_on else "Mail is switched off here; it waits."
    return schemas.NotificationTemplateTestResponse(
        success=is_on, message=said, recipient=message.address
    )


def _ours(call: Call[schemas.TemplatePath, Any]) -> str:
    name = OURS.get(call.query.notification_type)
    if name is None:
        raise Refused(unknown_template())
    return name


async def _found(call: Call[schemas.TemplatePath, Any], platform: Platform) -> Template:
    found: Template = granted(
        await call.desk.ask(get_template, call.actor, platform.key, _ours(call))
    )
    return found


def _row(platform: Platform, template: Template) -> schemas.NotificationTemplateList:
    return schemas.NotificationTemplateList(
        id=uuid_of(_number(template)),
        type=_published(template),
        name=THEIRS[template.type_name],
        description=description(template.type_name),
        is_inherited=not template.custom,
        source_platform=platform.key if template.custom else "",
        is_enabled=template.enabled,
        can_customize=True,
        is_custom=False,
        message_title=template.wording.subject,
        email_subject=template.wording.subject,
        spas="",
        allowed_channels=CHANNEL,
        available_context=", ".join(template.facts),
    )


def _detail(platform: Platform, template: Template) -> schemas.NotificationTemplateDetail:
    return schemas.NotificationTemplateDetail(
        id=uuid_of(_number(template)),
        type=_published(template),
        name=THEIRS[template.type_name],
        description=description(template.type_name),
        message_title=template.wording.subject,
        message_body=template.wording.text,
        short_message_body=template.wording.subject,
        email_subject=template.wording.subject,
        email_from_address=None,
        email_html_template=template.wording.html,
        spas_detail=[],
        allowed_channels_detail=CHANNELS,
        is_inherited=not template.custom,
        is_enabled=template.enabled,
        source_platform=platform.key if template.custom else "",
        can_customize=True,
        metadata={},
        available_context=", ".join(template.facts),
        periodic_config="",
        policy_config="",
        human_support_config="",
        created_at=template.created or platform.created,
        updated_at=template.modified or platform.created,
    )


def _published(template: Template) -> str | None:
    name = THEIRS[template.type_name]
    return name if name in PUBLISHED else None


def _number(template: Template) -> int:
    """Its place among all types: the same on each platform and whether it was changed or not."""
    return list(OURS.values()).index(template.type_name) + 1
