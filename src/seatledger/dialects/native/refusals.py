"""How a refusal is told: its code, its sentence, and the field to blame if there is one."""

from typing import Any

from seatledger.dialects.dialect import Answer
from seatledger.domain.refusal import Code, Refusal

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
    Code.UNKNOWN_TOKEN: 404,
    Code.INVALID: 400,
    Code.SELECTORS_DIFFER: 409,
    Code.IMMUTABLE: 409,
    Code.TAKEN: 409,
    Code.IN_USE: 409,
    Code.WINDOW_REVERSED: 400,
    Code.POOL_INACTIVE: 409,
    Code.POOL_ENDED: 409,
    Code.POOL_NOT_STARTED: 409,
    Code.NOT_TRANSFERABLE: 409,
    Code.SEAT_ENDED: 409,
    Code.DOMAIN_NOT_ALLOWED: 409,
    Code.END_IN_PAST: 400,
    Code.END_AFTER_POOL: 400,
    Code.ALREADY_SEATED: 409,
    Code.SIZE_BELOW_HELD: 409,
    Code.POOL_FULL: 409,
    Code.GROUP_DOES_NOT_FIT: 409,
}
RETRY_AFTER = {Code.RATE_LIMITED: "60", Code.OVERLOADED: "1", Code.UNAVAILABLE: "5"}


def refuse(refusal: Refusal) -> Answer:
    """The refusal as JSON: `error` for programs, `message` for people."""
    body: dict[str, Any] = {"error": refusal.code, "message": refusal.sentence}
    if refusal.field is not None:
        body["field"] = refusal.field
    headers = {}
    if refusal.code in RETRY_AFTER:
        headers["Retry-After"] = RETRY_AFTER[refusal.code]
    if refusal.code is Code.UNAUTHENTICATED:
        headers["WWW-Authenticate"] = "Bearer"
    return Answer(STATUSES[refusal.code], body, headers)
