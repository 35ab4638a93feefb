"""The routes of messages and templates: 15 operations."""

from litestar import Router

from seatledger.dialects.ibl.notifications import inbox, schemas, templates
from seatledger.dialects.ibl.operations import operation

_TEMPLATE = "/platforms/{platform_key:str}/templates/{notification_type:str}/"
_ORG = "/orgs/{org:str}/notifications/"
_USER = "/orgs/{org:str}/users/{user_id:str}/notifications/"
_NAMED = "notification_v1_orgs"

_templates = [
    operation(
        "GET", "/platforms/{platform_key:str}/templates/",
        "notification_v1_platforms_templates_list", templates.list_all,
        summary="List the templates of a platform",
        query=schemas.PlatformPath, answer=list[schemas.NotificationTemplateList],
    ),
    operation(
        "GET", _TEMPLATE, "notification_v1_platforms_templates_retrieve", templates.read,
        summary="Read a template",
        query=schemas.TemplatePath, answer=schemas.NotificationTemplateDetail,
    ),
    operation(
        "PATCH", _TEMPLATE, "notification_v1_platforms_templates_partial_update",
        templates.change,
        summary="Say a message in other words",
        query=schemas.TemplatePath, body=schemas.PatchedNotificationTemplateDetail,
        body_optional=True, answer=schemas.NotificationTemplateDetail,
    ),
    operation(
        "POST", f"{_TEMPLATE}reset/", "notification_v1_platforms_templates_reset_create",
        templates.reset,
        summary="Go back to the standard words",
        query=schemas.TemplatePath, answer=schemas.TemplateReset,
    ),
    operation(
        "POST", f"{_TEMPLATE}test/", "notification_v1_platforms_templates_test_create",
        templates.send_test,
        summary="Mail a message with examples to oneself",
        query=schemas.TemplatePath, body=schemas.NotificationTemplateTest, body_optional=True,
        answer=schemas.NotificationTemplateTestResponse,
    ),
    operation(
        "PATCH", f"{_TEMPLATE}toggle/", "notification_v1_platforms_templates_toggle_partial_update",
        templates.toggle,
        summary="Switch a type of message on or off",
        query=schemas.TemplatePath, body=schemas.PatchedNotificationToggle, body_optional=True,
        answer=schemas.NotificationToggle,
    ),
]  # fmt: skip

_inboxes = [
    operation(
        "GET", _ORG, f"{_NAMED}_notifications_retrieve", inbox.list_all,
        summary="List the messages of a platform",
        query=schemas.OrgInboxQuery, answer=schemas.Notifications,
    ),
    operation(
        "PUT", _ORG, f"{_NAMED}_notifications_update", inbox.mark,
        summary="Give messages a status",
        query=schemas.OrgPath, body=schemas.NotificationsUpdate, answer=schemas.Changed,
    ),
    operation(
        "PATCH", f"{_ORG}bulk-update/", f"{_NAMED}_notifications_bulk_update_partial_update",
        inbox.mark_all,
        summary="Give all messages of a platform a status",
        query=schemas.OrgPath, body=schemas.PatchedNotification, body_optional=True,
        answer=schemas.Changed, error_too=True,
    ),
    operation(
        "GET", _USER, f"{_NAMED}_users_notifications_retrieve", inbox.list_all,
        summary="List the messages of somebody's inbox",
        query=schemas.InboxQuery, answer=schemas.Notifications,
    ),
    operation(
        "PUT", _USER, f"{_NAMED}_users_notifications_update", inbox.mark,
        summary="Give messages of an inbox a status",
        query=schemas.UserPath, body=schemas.NotificationsUpdate, answer=schemas.Changed,
    ),
    operation(
        "PATCH", f"{_USER}bulk-update/", f"{_NAMED}_users_notifications_bulk_update_partial_update",
        inbox.mark_all,
        summary="Give all messages of an inbox a status",
        query=schemas.UserPath, body=schemas.PatchedNotification, body_optional=True,
        answer=schemas.Changed, error_too=True,
    ),
    operation(
        "DELETE", f"{_USER}{{notification_id:str}}/", f"{_NAMED}_users_notifications_destroy",
        inbox.delete,
        summary="Delete a message of an inbox",
        query=schemas.MessagePath, answer=None, statuses=(204,),
    ),
    operation(
        "GET", "/orgs/{org:str}/users/{user_id:str}/notifications-count/",
        f"{_NAMED}_users_notifications_count_retrieve", inbox.count,
        summary="Count the messages of an inbox",
        query=schemas.CountQuery, answer=schemas.NotificationCount,
    ),
    operation(
        "POST", "/orgs/{platform_key:str}/mark-all-as-read",
        f"{_NAMED}_mark_all_as_read_create", inbox.mark_own,
        summary="Mark the caller's own messages as read",
        query=schemas.PlatformPath, body=schemas.MarkAllReadRequest, body_optional=True,
        answer=schemas.MarkAllReadResponse,
    ),
]  # fmt: skip

router = Router(
    "/api/notification/v1",
    route_handlers=[*_templates, *_inboxes],
    tags=["notification"],
)
