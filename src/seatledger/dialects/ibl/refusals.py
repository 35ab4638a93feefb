"""How each refusal is said: one table of statuses, one shape of body (ibl T1, W52).

There is no 409 and no 422 in this contract: what can't be done as asked is 400. Only who sends an
Idempotency-Key, of which the contract knows nothing, may meet them.
"""

from collections.abc import Mapping
from dataclasses import replace
from typing import Annotated, TypeVar

import msgspec

from seatledger.dialects.dialect import Answer, unwrap
from seatledger.dialects.ibl.credentials import CHALLENGE
from seatledger.domain.refusal import Code, Refusal

T = TypeVar("T")

STATUSES: Mapping[Code, int] = {
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
    Code.SELECTORS_DIFFER: 400,
    Code.IMMUTABLE: 400,
    Code.TAKEN: 400,
    Code.IN_USE: 400,
    Code.CHANGED_MEANWHILE: 400,
    Code.JOB_NOT_OVER: 400,
    Code.JOB_OVER: 400,
    Code.LIMIT_REACHED: 400,
    Code.WEBHOOK_PAUSED: 400,
    Code.WINDOW_REVERSED: 400,
    Code.POOL_INACTIVE: 400,
    Code.POOL_ENDED: 400,
    Code.POOL_NOT_STARTED: 400,
    Code.NOT_TRANSFERABLE: 400,
    Code.SEAT_ENDED: 400,
    Code.MOVE_NOT_ALLOWED: 400,
    Code.DOMAIN_NOT_ALLOWED: 400,
    Code.END_IN_PAST: 400,
    Code.END_AFTER_POOL: 400,
    Code.ALREADY_SEATED: 400,
    Code.SIZE_BELOW_HELD: 400,
    Code.POOL_FULL: 400,
    Code.GROUP_DOES_NOT_FIT: 400,
}

HEADERS: Mapping[int, Mapping[str, str]] = {
    401: {"WWW-Authenticate": CHALLENGE},
    409: {"Retry-After": "1"},
    429: {"Retry-After": "10"},
    503: {"Retry-After": "1"},
}

# What a field of the domain is called on the wire.
FIELDS: Mapping[str, str] = {
    "size": "count",
    "start": "started",
    "end": "expired",
    "pool_id": "license_id",
    "enrolment_config": "enrollment_config",
    "member_ids": "users_to_set",
    "learner_id": "user_id",
    "invitations": "invitation_data",
}


class Problem(msgspec.Struct):
    """The body of every answer that is not a success.

    Where one field is to blame, the body has a member of that name too: a list of sentences.
    """

    detail: Annotated[str, msgspec.Meta(description="A sentence for people.")]


def refuse(refusal: Refusal) -> Answer:
    """The answer that a refusal is."""
    status = STATUSES[refusal.code]
    body: dict[str, object] = {"detail": refusal.sentence}
    if status == 400 and refusal.field not in {None, "body"}:
        body[FIELDS.get(refusal.field, refusal.field)] = [refusal.sentence]
    return Answer(status, body, HEADERS.get(status, {}))


def granted(outcome: T | Refusal, **called: str) -> T:
    """The outcome where it is one; else Refused, its field renamed as `called` says.

    For fields whose name on the wire depends on the operation: `granted(…, item="course_id")`.
    """
    if isinstance(outcome, Refusal) and outcome.field in called:
        outcome = replace(outcome, field=called[outcome.field])
    return unwrap(outcome)
