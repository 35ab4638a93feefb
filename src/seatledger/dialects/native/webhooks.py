"""/webhooks: URLs that hear what happens on a platform."""

from datetime import timedelta
from typing import Any

import msgspec
from litestar import Request, Response, delete, get, patch, post
from litestar.di import NamedDependency
from litestar.params import FromPath, JSONBody
from msgspec import UNSET, UnsetType

from seatledger.desk import Desk
from seatledger.dialects.dialect import Refused, unwrap
from seatledger.dialects.native.documented import described
from seatledger.dialects.native.locations import made
from seatledger.dialects.native.naming import PlatformKey, platform_named, reach_within
from seatledger.dialects.native.pages import After, Fields, Limit, Page, only, page
from seatledger.dialects.native.reading import LIMIT, given, read_id, read_stretch
from seatledger.dialects.native.webhook_views import (
    Webhook,
    WebhookWithSecret,
    shown,
    shown_with_secret,
)
from seatledger.domain.actor import Actor
from seatledger.domain.delivery import SubscriptionState
from seatledger.domain.event import EventKind
from seatledger.domain.refusal import invalid
from seatledger.domain.web_address import Allowance, read_allowance
from seatledger.domain.webhook import OLD_SECRET_SIGNS, unknown_webhook
from seatledger.domain.webhook_command import (
    ChangeWebhook,
    CreateWebhook,
    DeleteWebhook,
    RotateWebhookSecret,
    TryWebhook,
)
from seatledger.usecases import find_webhooks

WebhookId = FromPath[str]
HOURS = int(OLD_SECRET_SIGNS.total_seconds() // 3600)


class NewWebhook(msgspec.Struct, forbid_unknown_fields=True):
    """It hears events of these `types` (null: all), from the event `since_seq` or from now on."""

    url: str
    types: list[str] | None = None
    since_seq: int | None = None
    platform: str | None = None


class WebhookChange(msgspec.Struct, forbid_unknown_fields=True):
    """What is left out stays as it is. `state` is `active` or `paused`."""

    url: str | UnsetType = UNSET
    types: list[str] | None | UnsetType = UNSET
    state: SubscriptionState | UnsetType = UNSET


class SecretRotation(msgspec.Struct, forbid_unknown_fields=True):
    """For how many hours, 0 to 168, messages have a signature of the old secret, too."""

    keep_hours: int = HOURS


@get("/webhooks", **described("list_webhooks", "Webhooks, by id, without their secrets"))
async def list_webhooks(
    actor: NamedDependency[Actor],
    desk: NamedDependency[Desk],
    platform_key: PlatformKey = None,
    limit: Limit = LIMIT,
    after: After = None,
    fields: Fields = None,
) -> Response[Page[Webhook]]:
    stretch = read_stretch(limit, after)
    reach = await reach_within(desk, actor, platform_key)
    found = await desk.ask(find_webhooks.follow_webhooks, reach, stretch)
    return page(unwrap(found), shown, fields)


@post("/webhooks", **described("create_webhook", "Make a webhook", 409, 415))
async def create_webhook(
    request: Request[Any, Any, Any],
    data: JSONBody[NewWebhook],
    actor: NamedDependency[Actor],
    desk: NamedDependency[Desk],
) -> Response[WebhookWithSecret]:
    command = CreateWebhook(
        actor,
        platform_key=platform_named(actor, data.platform),
        url=data.url,
        kinds=_read_types(data.types),
        since_seq=data.since_seq,
        allowance=_allowance(request),
    )
    row = shown_with_secret(unwrap(await desk.submit(command)))
    return made(row, "webhooks", row.id)


@get("/webhooks/{webhook_id:str}", **described("get_webhook", "One webhook"))
async def get_webhook(
    webhook_id: WebhookId,
    actor: NamedDependency[Actor],
    desk: NamedDependency[Desk],
    fields: Fields = None,
) -> Response[Webhook]:
    wanted = read_id(webhook_id, unknown_webhook())
    found = await desk.ask(find_webhooks.get_webhook, actor.reach, wanted)
    return Response(only(shown(unwrap(found)), fields))


@patch(
    "/webhooks/{webhook_id:str}",
    **described("change_webhook", "Change a webhook, pause it, or let it go on", 415),
)
async def change_webhook(
    request: Request[Any, Any, Any],
    webhook_id: WebhookId,
    data: JSONBody[WebhookChange],
    actor: NamedDependency[Actor],
    desk: NamedDependency[Desk],
) -> Webhook:
    changes = given(data)
    if "types" in changes:
        changes["kinds"] = _read_types(changes.pop("types"))
    command = ChangeWebhook(
        actor,
        webhook_id=read_id(webhook_id, unknown_webhook()),
        allowance=_allowance(request),
        **changes,
    )
    return shown(unwrap(await desk.submit(command)))


@delete(
    "/webhooks/{webhook_id:str}",
    status_code=200,
    **described("delete_webhook", "Delete a webhook, and what waits for it"),
)
async def delete_webhook(
    webhook_id: WebhookId, actor: NamedDependency[Actor], desk: NamedDependency[Desk]
) -> Webhook:
    command = DeleteWebhook(actor, webhook_id=read_id(webhook_id, unknown_webhook()))
    return shown(unwrap(await desk.submit(command)))


@post(
    "/webhooks/{webhook_id:str}/secret/rotate",
    status_code=200,
    **described("rotate_webhook_secret", "Sign with a new secret, for a while beside the old", 415),
)
async def rotate_secret(
    webhook_id: WebhookId,
    actor: NamedDependency[Actor],
    desk: NamedDependency[Desk],
    data: JSONBody[SecretRotation | None] = None,
) -> WebhookWithSecret:
    command = RotateWebhookSecret(
        actor,
        webhook_id=read_id(webhook_id, unknown_webhook()),
        keep=_read_hours(HOURS if data is None else data.keep_hours),
    )
    return shown_with_secret(unwrap(await desk.submit(command)))


@post(
    "/webhooks/{webhook_id:str}/test",
    status_code=202,
    **described("test_webhook", "Have it, and no other, hear that it is tested", 409),
)
async def test_webhook(
    webhook_id: WebhookId, actor: NamedDependency[Actor], desk: NamedDependency[Desk]
) -> Webhook:
    command = TryWebhook(actor, webhook_id=read_id(webhook_id, unknown_webhook()))
    return shown(unwrap(await desk.submit(command)))


def _allowance(request: Request[Any, Any, Any]) -> Allowance:
    return read_allowance(request.app.state.settings.webhook_private)


def _read_types(types: list[str] | None) -> tuple[EventKind, ...] | None:
    try:
        return None if types is None else tuple(dict.fromkeys(map(EventKind, types)))
    except ValueError:
        raise Refused(invalid("types", f"The types are {', '.join(EventKind)}.")) from None


def _read_hours(hours: int) -> timedelta:
    if not 0 <= hours <= 168:
        raise Refused(invalid("keep_hours", "keep_hours is from 0 to 168."))
    return timedelta(hours=hours)


handlers = [
    list_webhooks,
    create_webhook,
    get_webhook,
    change_webhook,
    delete_webhook,
    rotate_secret,
    test_webhook,
]
