"""Every expected "no", as a value.

`Code` is closed and ordered: where two refusals apply, the earlier one is the answer. Each dialect
renders all of them (a test fails when one is missing).
"""

from collections.abc import Mapping
from dataclasses import dataclass
from dataclasses import field as dataclass_field
from enum import StrEnum
from typing import Any


class Code(StrEnum):
    """What stands in the way, in order of precedence."""

    UNAUTHENTICATED = "unauthenticated"  # no token, or one that is unknown, deleted or expired
    RATE_LIMITED = "rate_limited"
    OVERLOADED = "overloaded"  # the desk's queue is full; nothing was tried
    UNAVAILABLE = "unavailable"  # the database can't be reached or written
    BROKEN = "broken"  # a fault of ours; whoever runs the deployment finds it in the log
    UNKNOWN_PATH = "unknown_path"
    WRONG_METHOD = "wrong_method"
    TOO_LARGE = "too_large"  # a body past the limit
    UNREADABLE = "unreadable"  # a body in a format or an encoding that is not spoken here
    KEY_IN_USE = "idempotency_key_in_use"  # the request of this key is being carried out
    KEY_REUSED = "idempotency_key_reused"  # another request had this key
    FORBIDDEN = "forbidden"  # a good token without the right
    UNKNOWN_PLATFORM = "unknown_platform"
    UNKNOWN_ITEM = "unknown_item"
    UNKNOWN_POOL = "unknown_pool"
    UNKNOWN_SEAT = "unknown_seat"
    UNKNOWN_GRANT = "unknown_grant"
    UNKNOWN_GROUP = "unknown_group"
    UNKNOWN_LEARNER = "unknown_learner"
    UNKNOWN_PATHWAY = "unknown_pathway"
    UNKNOWN_ENROLMENT = "unknown_enrolment"
    UNKNOWN_DEPARTMENT = "unknown_department"
    UNKNOWN_SUGGESTION = "unknown_suggestion"
    UNKNOWN_INVITATION = "unknown_invitation"
    UNKNOWN_ACCESS_REQUEST = "unknown_access_request"
    UNKNOWN_TOKEN = "unknown_token"  # noqa: S105 - a name, no secret
    UNKNOWN_JOB = "unknown_job"
    UNKNOWN_LINK = "unknown_link"  # or a deleted one
    UNKNOWN_WEBHOOK = "unknown_webhook"
    UNKNOWN_DELIVERY = "unknown_delivery"
    UNKNOWN_MESSAGE = "unknown_message"
    UNKNOWN_TEMPLATE = "unknown_template"
    UNKNOWN_ACCOUNT = "unknown_account"
    INVALID = "invalid"  # a field that cannot be read; `field` names it
    SELECTORS_DIFFER = "selectors_differ"  # two names for different things where one was asked
    IMMUTABLE = "immutable"  # a field that never changes after creation
    TAKEN = "taken"  # a name that must be unique; `field` names it
    IN_USE = "in_use"  # something else stands on it
    CHANGED_MEANWHILE = "changed_meanwhile"  # not the version that the caller looked at
    JOB_NOT_OVER = "job_not_over"  # what is still running can't be tried again
    LIMIT_REACHED = "limit_reached"  # there are as many as may be; details say how many
    WEBHOOK_PAUSED = "webhook_paused"  # nothing is delivered to it now
    JOB_OVER = "job_over"  # nothing of it is left to stop, or to try again
    WINDOW_REVERSED = "window_reversed"  # ends before it starts
    POOL_INACTIVE = "pool_inactive"
    POOL_ENDED = "pool_ended"
    POOL_NOT_STARTED = "pool_not_started"
    NOT_TRANSFERABLE = "not_transferable"
    SEAT_ENDED = "seat_ended"  # over, suspended or outside its time: nothing left to change
    MOVE_NOT_ALLOWED = "move_not_allowed"  # the pool's rule on passing seats on; details name it
    DOMAIN_NOT_ALLOWED = "domain_not_allowed"
    END_IN_PAST = "end_in_past"
    END_AFTER_POOL = "end_after_pool"
    ALREADY_SEATED = "already_seated"
    SIZE_BELOW_HELD = "size_below_held"
    POOL_FULL = "pool_full"
    GROUP_DOES_NOT_FIT = "group_does_not_fit"


@dataclass(frozen=True, slots=True)
class Refusal:
    """One "no": a code for programs, a sentence for people, the field to blame if there is one."""

    code: Code
    sentence: str
    field: str | None = None
    details: Mapping[str, Any] = dataclass_field(default_factory=dict)


def invalid(field_name: str, sentence: str) -> Refusal:
    """A field that cannot be read as what it should be."""
    return Refusal(Code.INVALID, sentence, field=field_name)


def unknown_pool() -> Refusal:
    return Refusal(Code.UNKNOWN_POOL, "There is no such pool.")


def unknown_seat() -> Refusal:
    return Refusal(Code.UNKNOWN_SEAT, "There is no such seat.")


def unknown_learner() -> Refusal:
    return Refusal(Code.UNKNOWN_LEARNER, "There is no such learner.")


def unknown_group() -> Refusal:
    return Refusal(Code.UNKNOWN_GROUP, "There is no such group.")


def unknown_pathway() -> Refusal:
    return Refusal(Code.UNKNOWN_PATHWAY, "There is no such pathway.")


def unknown_suggestion() -> Refusal:
    return Refusal(Code.UNKNOWN_SUGGESTION, "There is no such suggestion.")


def unknown_grant() -> Refusal:
    return Refusal(Code.UNKNOWN_GRANT, "There is no such grant.")


def unknown_platform() -> Refusal:
    return Refusal(Code.UNKNOWN_PLATFORM, "There is no such platform.")


def unknown_invitation() -> Refusal:
    return Refusal(Code.UNKNOWN_INVITATION, "There is no such invitation.")


def unknown_access_request() -> Refusal:
    return Refusal(Code.UNKNOWN_ACCESS_REQUEST, "There is no such access request.")


def unknown_item() -> Refusal:
    return Refusal(Code.UNKNOWN_ITEM, "There is no such item.")


def unknown_message() -> Refusal:
    return Refusal(Code.UNKNOWN_MESSAGE, "There is no such message.")


def unknown_template() -> Refusal:
    return Refusal(Code.UNKNOWN_TEMPLATE, "There is no such type of message.")
