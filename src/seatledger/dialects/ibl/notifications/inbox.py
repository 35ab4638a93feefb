"""The inboxes of people: list, count, mark and delete messages (ibl U2)."""

from typing import Any

from msgspec import UnsetType, structs

from seatledger.dialects.dialect import Refused
from seatledger.dialects.ibl.fields import none
from seatledger.dialects.ibl.lists import PAGE_SIZE_MAX
from seatledger.dialects.ibl.notifications import schemas
from seatledger.dialects.ibl.notifications.places import person_at, platform_at
from seatledger.dialects.ibl.notifications.reading import (
    CHANNEL,
    narrowed,
    read_uuid,
    read_uuids,
    uuid_of,
)
from seatledger.dialects.ibl.notifications.types import THEIRS
from seatledger.dialects.ibl.operations import Call
from seatledger.dialects.ibl.refusals import granted
from seatledger.domain.message import Marked, MessageStatus
from seatledger.domain.message_command import MarkMessages, RemoveMessage
from seatledger.domain.message_type import type_of
from seatledger.domain.platform import Platform
from seatledger.domain.refusal import Code, Refusal, invalid
from seatledger.usecases.questions import Found, Page
from seatledger.usecases.read_messages import InboxFilter, Received, count_inbox, list_inbox

FIRST = Page(number=1, size=1)


async def list_all(call: Call[Any, Any]) -> schemas.Notifications:
    """A page of somebody's inbox, or of those of the whole platform."""
    query = call.query
    platform, learner_id = await _whose(call)
    page = Page(query.page, min(query.page_size, PAGE_SIZE_MAX))
    wanted = narrowed(query, platform.id, learner_id)
    found: Found[Received] = granted(await call.desk.ask(list_inbox, wanted, page))
    last = max(1, found.pages(page.size))
    following = page.number + 1 if page.number < last else None
    before = min(page.number - 1, last) if page.number > 1 else None
    return schemas.Notifications(
        count=found.total,
        next=following,
        previous=before,
        next_page=following,
        previous_page=before,
        results=[notification(each) for each in found.rows],
    )


async def count(call: Call[schemas.CountQuery, Any]) -> schemas.NotificationCount:
    platform, learner_id = await _whose(call)
    wanted = narrowed(call.query, platform.id, learner_id)
    return schemas.NotificationCount(
        count=granted(await call.desk.ask(count_inbox, wanted)),
        status=call.query.status,  # type: ignore[arg-type]  # it was looked at
        channel=call.query.channel,
    )


async def mark(call: Call[Any, schemas.NotificationsUpdate]) -> schemas.Changed:
    """Give some messages a status."""
    platform, learner_id = await _whose(call)
    ids = read_uuids("notification_id", call.body.notification_id)
    return await _marked(call, platform, learner_id, call.body.status, ids)


async def mark_all(call: Call[Any, schemas.PatchedNotification]) -> schemas.Changed:
    """Give all of them one; where there is none, that is refused as the vendor does."""
    platform, learner_id = await _whose(call)
    if isinstance(call.body.status, UnsetType):
        raise Refused(invalid("status", "This field is required."))
    return await _marked(call, platform, learner_id, call.body.status, None)


async def delete(call: Call[schemas.MessagePath, Any]) -> None:
    platform, learner_id = await _whose(call)
    assert learner_id is not None
    command = RemoveMessage(
        call.actor,
        platform_key=platform.key,
        learner_id=learner_id,
        message_id=read_uuid("notification_id", call.query.notification_id),
    )
    granted(await call.desk.submit(command))


async def mark_own(
    call: Call[schemas.PlatformPath, schemas.MarkAllReadRequest],
) -> schemas.MarkAllReadResponse:
    """All of the caller's own that are unread, or some. A key of nobody has no inbox."""
    platform = await platform_at(call, call.query.platform_key)
    named = none(call.body.notification_ids)
    ids = None if not named else tuple(read_uuid("notification_ids", each) for each in named)
    person = call.actor.learner
    number = 0
    if person is not None:
        command = MarkMessages(
            call.actor,
            platform_key=platform.key,
            learner_id=person.id,
            status=MessageStatus.READ,
            message_ids=ids,
            only_unread=True,
        )
        marked: Marked = granted(await call.desk.submit(command))
        number = marked.count
    sentence = f"Successfully marked {number} notifications as read"
    return schemas.MarkAllReadResponse(message=sentence, count=number)


async def _whose(call: Call[Any, Any]) -> tuple[Platform, int | None]:
    """The platform of the path, and the id of the person where it names one."""
    platform = await platform_at(call, call.query.org)
    if not hasattr(call.query, "user_id"):
        return platform, None
    return platform, (await person_at(call, platform, call.query.user_id)).id


async def _marked(
    call: Call[Any, Any],
    platform: Platform,
    learner_id: int | None,
    status: schemas.Status,
    ids: tuple[int, ...] | None,
) -> schemas.Changed:
    command = MarkMessages(
        call.actor,
        platform_key=platform.key,
        learner_id=learner_id,
        status=MessageStatus(status.lower()),
        message_ids=ids,
    )
    granted(await call.desk.submit(command))
    wanted = InboxFilter(platform_id=platform.id, learner_id=learner_id, ids=ids)
    found: Found[Received] = granted(await call.desk.ask(list_inbox, wanted, FIRST))
    if not found.rows:
        raise Refused(Refusal(Code.INVALID, "Notification does not exist"))
    return schemas.Changed(
        **structs.asdict(notification(found.rows[0])),
        message="Notification status updated successfully",
        success=True,
    )


def notification(received: Received) -> schemas.Notification:
    message = received.message
    type_name = type_of(message.kind, message.item_kind).name
    return schemas.Notification(
        id=uuid_of(message.id),
        username=received.learner.login,
        title=message.subject,
        body=message.text,
        status=message.status.upper(),  # type: ignore[arg-type]
        channel=CHANNEL,
        context={"type": THEIRS[type_name]},
        short_message=message.subject,
        created_at=message.created,
        updated_at=message.modified,
    )
