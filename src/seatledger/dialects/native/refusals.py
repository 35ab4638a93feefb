"""How a refusal is told: as a problem (RFC 9457), whose `code` is the refusal's for ever."""

from typing import Any

from seatledger.dialects.dialect import Answer
from seatledger.domain.refusal import Code, Refusal

MEDIA_TYPE = "application/problem+json"
STATUSES = {
    Code.UNAUTHENTICATED: 401,
    Code.RATE_LIMITED: 429,
    Code.OVERLOADED: 503,
    Code.UNAVAILABLE: 503,
    Code.BROKEN: 500,
    Code.UNKNOWN_PATH: 404,
    Code.WRONG_METHOD: 405,
    Code.TOO_LARGE: 413,
    Code.UNREADABLE: 415,
    Code.KEY_IN_USE: 409,
    Code.KEY_REUSED: 422,
    Code.FORBIDDEN: 403,
    Code.UNKNOWN_PLATFORM: 404,
    Code.UNKNOWN_ITEM: 404,
    Code.UNKNOWN_POOL: 404,
    Code.UNKNOWN_SEAT: 404,
    Code.UNKNOWN_GRANT: 404,
    Code.UNKNOWN_GROUP: 404,
    Code.UNKNOWN_LEARNER: 404,
    Code.UNKNOWN_PATHWAY: 404,
    Code.UNKNOWN_ENROLMENT: 404,
    Code.UNKNOWN_DEPARTMENT: 404,
    Code.UNKNOWN_SUGGESTION: 404,
    Code.UNKNOWN_INVITATION: 404,
    Code.UNKNOWN_ACCESS_REQUEST: 404,
    Code.UNKNOWN_TOKEN: 404,
    Code.UNKNOWN_JOB: 404,
    Code.UNKNOWN_LINK: 404,
    Code.UNKNOWN_WEBHOOK: 404,
    Code.UNKNOWN_DELIVERY: 404,
    Code.UNKNOWN_MESSAGE: 404,
    Code.UNKNOWN_TEMPLATE: 404,
    Code.UNKNOWN_ACCOUNT: 404,
    Code.INVALID: 400,
    Code.SELECTORS_DIFFER: 409,
    Code.IMMUTABLE: 409,
    Code.TAKEN: 409,
    Code.IN_USE: 409,
    Code.CHANGED_MEANWHILE: 412,
    Code.JOB_NOT_OVER: 409,
    Code.JOB_OVER: 409,
    Code.LIMIT_REACHED: 409,
    Code.WEBHOOK_PAUSED: 409,
    Code.WINDOW_REVERSED: 400,
    Code.POOL_INACTIVE: 409,
    Code.POOL_ENDED: 409,
    Code.POOL_NOT_STARTED: 409,
    Code.NOT_TRANSFERABLE: 409,
    Code.SEAT_ENDED: 409,
    Code.MOVE_NOT_ALLOWED: 409,
    Code.DOMAIN_NOT_ALLOWED: 409,
    Code.END_IN_PAST: 400,
    Code.END_AFTER_POOL: 400,
    Code.ALREADY_SEATED: 409,
    Code.SIZE_BELOW_HELD: 409,
    Code.POOL_FULL: 409,
    Code.GROUP_DOES_NOT_FIT: 409,
}
RETRY_AFTER = {
    Code.RATE_LIMITED: "60",
    Code.OVERLOADED: "1",
    Code.UNAVAILABLE: "5",
    Code.KEY_IN_USE: "1",
}

# What the domain calls a field that has another name here.
FIELDS = {
    "pool_id": "pool",
    "seat_id": "seat",
    "group_id": "group",
    "learner_id": "learner",
    "platform_key": "platform",
    "platform_org": "platform",
    "kinds": "types",
    "item_key": "item",
    "item_kind": "item",
    "member_ids": "members",
    "course_keys": "courses",
    "new_key": "key",
    "if_match": "If-Match",
}


def refuse(refusal: Refusal) -> Answer:
    """`code` for programs, `detail` for people, and the `field` to blame if there is one.

    `details` are the numbers that the sentence tells.
    """
    status = STATUSES[refusal.code]
    body: dict[str, Any] = {
        "type": f"urn:seatledger:problem:{refusal.code}",
        "title": refusal.code.replace("_", " ").capitalize(),
        "status": status,
        "code": refusal.code,
        "detail": refusal.sentence,
    }
    if refusal.field is not None:
        body["field"] = FIELDS.get(refusal.field, refusal.field)
    if refusal.details:
        body["details"] = dict(refusal.details)
    headers = {}
    if refusal.code in RETRY_AFTER:
        seconds = refusal.details.get("retry_after_seconds", RETRY_AFTER[refusal.code])
        headers["Retry-After"] = str(seconds)
    if refusal.code is Code.UNAUTHENTICATED:
        headers["WWW-Authenticate"] = "Bearer"
    return Answer(status, body, headers, MEDIA_TYPE)
