"""What happened: one event for each change (I6), written in the same transaction.

`before` and `after` hold the facts that changed; a creation has no `before`. Folding the events of
a pool from the beginning gives its row and its seats (I5).
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from seatledger.domain.actor import Actor


class EventKind(StrEnum):
    POOL_OPENED = "pool_opened"
    POOL_SHAPED = "pool_shaped"
    SEAT_ASSIGNED = "seat_assigned"
    SEAT_CHANGED = "seat_changed"
    SEAT_SUSPENDED = "seat_suspended"
    SEAT_RESUMED = "seat_resumed"
    SEAT_ENDED = "seat_ended"
    SEAT_EXPIRING = "seat_expiring"
    SEAT_REMINDED = "seat_reminded"
    GRANT_MADE = "grant_made"
    GRANT_CHANGED = "grant_changed"
    GRANT_REMOVED = "grant_removed"
    GROUP_CREATED = "group_created"
    GROUP_CHANGED = "group_changed"
    GROUP_DELETED = "group_deleted"
    MEMBER_LINKED = "member_linked"
    MEMBER_CHANGED = "member_changed"
    ITEM_SAVED = "item_saved"
    ITEM_DELETED = "item_deleted"
    PATHWAY_SAVED = "pathway_saved"
    PATHWAY_DELETED = "pathway_deleted"
    ENROLLED = "enrolled"
    UNENROLLED = "unenrolled"
    DEPARTMENT_SAVED = "department_saved"
    DEPARTMENT_DELETED = "department_deleted"
    SUGGESTION_MADE = "suggestion_made"
    SUGGESTION_CHANGED = "suggestion_changed"
    SUGGESTION_WITHDRAWN = "suggestion_withdrawn"
    INVITATION_CREATED = "invitation_created"
    INVITATION_CHANGED = "invitation_changed"
    INVITATION_REMINDED = "invitation_reminded"
    INVITATION_ACCEPTED = "invitation_accepted"
    INVITATION_WITHDRAWN = "invitation_withdrawn"
    ACCESS_REQUESTED = "access_requested"
    ACCESS_DECIDED = "access_decided"
    PROGRESS_REPORTED = "progress_reported"
    JOB_CREATED = "job_created"
    JOB_CANCELLED = "job_cancelled"
    JOB_FINISHED = "job_finished"
    PLATFORM_CREATED = "platform_created"
    PLATFORM_CHANGED = "platform_changed"
    TOKEN_CREATED = "token_created"  # noqa: S105 - a name, no secret
    TOKEN_DELETED = "token_deleted"  # noqa: S105 - a name, no secret
    LINK_CREATED = "link_created"
    LINK_DELETED = "link_deleted"
    ACCOUNT_CREATED = "account_created"
    ACCOUNT_CHANGED = "account_changed"
    ACCOUNT_INVITED = "account_invited"
    ACCOUNT_PASSWORD_SET = "account_password_set"  # noqa: S105 - a name, no secret
    KEY_ROTATED = "key_rotated"
    MESSAGE_BOUNCED = "message_bounced"
    TEMPLATE_SAVED = "template_saved"
    TEMPLATE_RESET = "template_reset"
    MAIL_CHANGED = "mail_changed"
    LEARNER_ERASED = "learner_erased"
    WEBHOOK_CREATED = "webhook_created"
    WEBHOOK_CHANGED = "webhook_changed"
    WEBHOOK_DELETED = "webhook_deleted"
    WEBHOOK_PAUSED = "webhook_paused"
    WEBHOOK_RESUMED = "webhook_resumed"
    WEBHOOK_TESTED = "webhook_tested"
    WEBHOOK_SECRET_ROTATED = "webhook_secret_rotated"  # noqa: S105 - a name, no secret


# What an event happened to, where the first word of its kind does not say it.
_SUBJECTS = {
    "member": "learner",
    "progress": "learner",
    "enrolled": "enrolment",
    "unenrolled": "enrolment",
    "mail": "platform",
    "access": "access_request",
}


def subject_of(kind: EventKind) -> str:
    """What the `subject_id` of such an event is the id of: a seat, a pool, a learner …"""
    first = kind.partition("_")[0]
    return _SUBJECTS.get(first, first)


def kinds_of(subject: str) -> list[EventKind]:
    """The kinds of event that happen to such a thing."""
    return [kind for kind in EventKind if subject_of(kind) == subject]


@dataclass(frozen=True, slots=True)
class Origin:
    """Who caused a change, when, and under which labels of their own (ibl rules E2, E3).

    Of a `silent` change nobody gets a mail.
    """

    actor: Actor
    at: datetime
    change_type: str | None = None
    transaction_id: str | None = None
    silent: bool = False


@dataclass(frozen=True, slots=True)
class Event:
    """`subject_id` is the seat, grant, group … that changed; for pool events the pool itself."""

    kind: EventKind
    origin: Origin
    platform_id: int | None
    pool_id: int | None
    subject_id: int
    before: Mapping[str, Any] | None
    after: Mapping[str, Any]


Facts = Mapping[str, Any]


def difference(before: Facts, after: Facts) -> tuple[dict[str, Any], dict[str, Any]]:
    """The facts that changed: as they were, and as they are."""
    changed = [name for name in after if before.get(name) != after[name]]
    return {name: before.get(name) for name in changed}, {name: after[name] for name in changed}
