"""/mail-settings and /message-templates: how a platform's messages look, and what they say."""

from datetime import datetime
from typing import Annotated

import msgspec
from litestar import delete, get, patch
from litestar.di import NamedDependency
from litestar.params import FromPath, JSONBody
from msgspec import UNSET, Meta, UnsetType

from seatledger.desk import Desk
from seatledger.dialects.dialect import unwrap
from seatledger.dialects.native.documented import described
from seatledger.dialects.native.naming import PlatformKey, platform_named
from seatledger.dialects.native.reading import given
from seatledger.domain import message_text as domain
from seatledger.domain.actor import Actor
from seatledger.domain.message_command import ResetTemplate, SaveTemplate, ShapeMail
from seatledger.usecases import keep_templates, read_messages


class MailSettings(msgspec.Struct):
    """`sender_name` stands before the deployment's address, `greeting` before a person's name.

    `reply_to` is where answers go. Empty is the usual way.
    """

    sender_name: str
    reply_to: str
    greeting: str


class MailChange(msgspec.Struct, forbid_unknown_fields=True):
    """What is left out stays as it is."""

    sender_name: str | UnsetType = UNSET
    reply_to: str | UnsetType = UNSET
    greeting: str | UnsetType = UNSET


class Template(msgspec.Struct):
    """What one type of message says now; `custom` where any of it is the platform's own.

    `facts` are the names that the words may use: `{{ item_title }}`. Of a type that is not
    `enabled` nobody is told.
    """

    type: str
    enabled: bool
    custom: bool
    subject: str
    text: str
    html: str
    facts: list[str]
    modified: datetime | None


Words = Annotated[str | None, Meta(description="null goes back to the standard words.")]


class TemplateChange(msgspec.Struct, forbid_unknown_fields=True):
    """What is left out stays as it is."""

    subject: Words | UnsetType = UNSET
    text: Words | UnsetType = UNSET
    html: Words | UnsetType = UNSET
    enabled: bool | UnsetType = UNSET


class Templates(msgspec.Struct):
    data: list[Template]


def settings(found: domain.MailSettings) -> MailSettings:
    return MailSettings(found.sender_name, found.reply_to, found.greeting)


def shown(found: domain.Template) -> Template:
    return Template(
        type=found.type_name,
        enabled=found.enabled,
        custom=found.custom,
        subject=found.wording.subject,
        text=found.wording.text,
        html=found.wording.html,
        facts=list(found.facts),
        modified=found.modified,
    )


@get(
    "/mail-settings", **described("get_mail_settings", "How a platform's mails present themselves")
)
async def get_mail_settings(
    actor: NamedDependency[Actor], desk: NamedDependency[Desk], platform_key: PlatformKey = None
) -> MailSettings:
    key = platform_named(actor, platform_key)
    return settings(unwrap(await desk.ask(read_messages.mail_settings_of, actor, key)))


@patch(
    "/mail-settings",
    **described("change_mail_settings", "Change how a platform's mails look", 415),
)
async def change_mail_settings(
    data: JSONBody[MailChange],
    actor: NamedDependency[Actor],
    desk: NamedDependency[Desk],
    platform_key: PlatformKey = None,
) -> MailSettings:
    command = ShapeMail(actor, platform_key=platform_named(actor, platform_key), **given(data))
    return settings(unwrap(await desk.submit(command)))


@get("/message-templates", **described("list_message_templates", "What messages say, by type"))
async def list_message_templates(
    actor: NamedDependency[Actor], desk: NamedDependency[Desk], platform_key: PlatformKey = None
) -> Templates:
    key = platform_named(actor, platform_key)
    found = unwrap(await desk.ask(keep_templates.list_templates, actor, key))
    return Templates([shown(each) for each in found])


@get("/message-templates/{type:str}", **described("get_message_template", "What one type says"))
async def get_message_template(
    type: FromPath[str],  # noqa: A002 - the name it has in the path
    actor: NamedDependency[Actor],
    desk: NamedDependency[Desk],
    platform_key: PlatformKey = None,
) -> Template:
    key = platform_named(actor, platform_key)
    return shown(unwrap(await desk.ask(keep_templates.get_template, actor, key, type)))


@patch(
    "/message-templates/{type:str}",
    **described("change_message_template", "Say one type of message in other words", 415),
)
async def change_message_template(
    type: FromPath[str],  # noqa: A002
    data: JSONBody[TemplateChange],
    actor: NamedDependency[Actor],
    desk: NamedDependency[Desk],
    platform_key: PlatformKey = None,
) -> Template:
    key = platform_named(actor, platform_key)
    command = SaveTemplate(actor, platform_key=key, type_name=type, **given(data))
    return shown(unwrap(await desk.submit(command)))


@delete(
    "/message-templates/{type:str}",
    status_code=200,
    **described("reset_message_template", "Go back to the standard words of one type"),
)
async def reset_message_template(
    type: FromPath[str],  # noqa: A002
    actor: NamedDependency[Actor],
    desk: NamedDependency[Desk],
    platform_key: PlatformKey = None,
) -> Template:
    key = platform_named(actor, platform_key)
    command = ResetTemplate(actor, platform_key=key, type_name=type)
    outcome: domain.TemplateReset = unwrap(await desk.submit(command))
    return shown(outcome.template)


handlers = [
    get_mail_settings,
    change_mail_settings,
    list_message_templates,
    get_message_template,
    change_message_template,
    reset_message_template,
]
