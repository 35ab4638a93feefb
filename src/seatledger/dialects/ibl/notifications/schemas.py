"""What is read and said of messages and their templates."""

from typing import Annotated, Any, Literal

import msgspec
from msgspec import UNSET, Meta, UnsetType

from seatledger.dialects.ibl.fields import Instant, Word
from seatledger.dialects.ibl.lists import PAGE_SIZE, PAGE_SIZE_MAX, Positive

Status = Literal["READ", "UNREAD", "CANCELLED"]
Uuid = Annotated[str, Meta(extra_json_schema={"format": "uuid"})]
Line = Annotated[str | None, Meta(description="null goes back to the standard words.")]


class OrgPath(msgspec.Struct, kw_only=True):
    org: Word


class UserPath(OrgPath, kw_only=True):
    """`user_id` is a username, an address or an id."""

    user_id: Word


class MessagePath(UserPath, kw_only=True):
    notification_id: Word


class Narrowing(msgspec.Struct, kw_only=True):
    """What a list of messages is narrowed to. The one `channel` there is, is email."""

    status: Word | UnsetType = UNSET
    channel: Word | UnsetType = UNSET


class Sifting(Narrowing, kw_only=True):
    """Dates are ISO 8601, with or without a time; a day counts whole."""

    exclude_channel: Word | UnsetType = UNSET
    start_date: Word | UnsetType = UNSET
    end_date: Word | UnsetType = UNSET
    page: Annotated[Positive, Meta(description="Counts from 1.")] = 1
    page_size: Annotated[
        Positive, Meta(description=f"Past {PAGE_SIZE_MAX} it is {PAGE_SIZE_MAX}.")
    ] = PAGE_SIZE


class OrgInboxQuery(Sifting, kw_only=True):
    org: Word


class InboxQuery(OrgInboxQuery, kw_only=True):
    user_id: Word


class CountQuery(Narrowing, kw_only=True):
    org: Word
    user_id: Word


class Notification(msgspec.Struct, kw_only=True):
    id: Uuid
    username: str | None
    title: str
    body: str
    status: Status
    channel: str | None
    context: dict[str, Any]
    short_message: str
    created_at: Instant
    updated_at: Instant


class Changed(Notification, kw_only=True):
    """The newest of those that were changed, and that they were."""

    message: str
    success: bool


class Notifications(msgspec.Struct, kw_only=True):
    """A page: what is unread first, then the newest first. Links are page numbers, or null."""

    count: int
    next: int | None
    previous: int | None
    next_page: int | None
    previous_page: int | None
    results: list[Notification]


class NotificationCount(msgspec.Struct, kw_only=True, omit_defaults=True):
    count: int
    status: Status | UnsetType = UNSET
    channel: str | UnsetType = UNSET


class NotificationsUpdate(msgspec.Struct, kw_only=True):
    """`notification_id` is one id, or several with commas between them."""

    status: Status
    notification_id: str = ""


class PatchedNotification(msgspec.Struct, kw_only=True):
    """Only the `status` can be changed."""

    status: Status | UnsetType = UNSET


class MarkAllReadRequest(msgspec.Struct, kw_only=True):
    notification_ids: list[Uuid] | UnsetType = UNSET


class MarkAllReadResponse(msgspec.Struct, kw_only=True):
    message: str
    count: int


class PlatformPath(msgspec.Struct, kw_only=True):
    platform_key: Word


class TemplatePath(PlatformPath, kw_only=True):
    notification_type: Word


class Channel(msgspec.Struct, kw_only=True):
    id: int
    name: str


class NotificationTemplateList(msgspec.Struct, kw_only=True):
    id: Uuid
    type: str | None
    name: str | None
    description: str
    is_inherited: bool
    source_platform: str
    is_enabled: bool
    can_customize: bool
    is_custom: bool
    message_title: str | None
    email_subject: str | None
    spas: str
    allowed_channels: str
    available_context: str


class NotificationTemplateDetail(msgspec.Struct, kw_only=True):
    id: Uuid
    type: str | None
    name: str | None
    description: str
    message_title: str | None
    message_body: str
    short_message_body: str
    email_subject: str | None
    email_from_address: str | None
    email_html_template: str | None
    spas_detail: list[Any]
    allowed_channels_detail: list[Channel]
    is_inherited: bool
    is_enabled: bool
    source_platform: str
    can_customize: bool
    metadata: dict[str, Any]
    available_context: str
    periodic_config: str
    policy_config: str
    human_support_config: str
    created_at: Instant
    updated_at: Instant


class PatchedNotificationTemplateDetail(msgspec.Struct, kw_only=True):
    """The title of a message is the subject of its mail: where both are given, `email_subject`."""

    message_title: Line | UnsetType = UNSET
    message_body: Line | UnsetType = UNSET
    email_subject: Line | UnsetType = UNSET
    email_html_template: Line | UnsetType = UNSET


class TemplateReset(msgspec.Struct, kw_only=True):
    message: str
    deleted: bool


class NotificationTemplateTest(msgspec.Struct, kw_only=True):
    """`context` has facts that go before the examples."""

    context: dict[str, Any] | None | UnsetType = UNSET


class NotificationTemplateTestResponse(msgspec.Struct, kw_only=True):
    success: bool
    message: str
    recipient: Annotated[str, Meta(extra_json_schema={"format": "email"})]


class PatchedNotificationToggle(msgspec.Struct, kw_only=True):
    allow_notification: bool | UnsetType = UNSET


class NotificationToggle(msgspec.Struct, kw_only=True):
    allow_notification: bool
