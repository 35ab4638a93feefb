"""Every refusal in the shape and the words of the licensing API: one table for all of them.

The vendor documents 200, 400, 401, 403, 404, 429 and 500 and no shape of errors. What a caller may
not have is a 400 with a code of its own (O2), what a caller may not see is a 404 (O3).
"""

import re
from collections.abc import Mapping

import msgspec

from seatledger.dialects.dialect import Answer
from seatledger.dialects.sqlbi.schemas import Problem
from seatledger.domain.refusal import Code, Refusal

# INVALID is completed by the field that can't be read: invalid_end_date, invalid_page_size …
TABLE: Mapping[Code, tuple[int, str]] = {
    Code.UNAUTHENTICATED: (401, "unauthenticated"),
    Code.RATE_LIMITED: (429, "rate_limited"),
    Code.OVERLOADED: (503, "overloaded"),
    Code.UNAVAILABLE: (503, "unavailable"),
    Code.BROKEN: (500, "internal_error"),
    Code.UNKNOWN_PATH: (404, "not_found"),
    Code.WRONG_METHOD: (405, "method_not_allowed"),
    Code.TOO_LARGE: (400, "body_too_large"),
    Code.UNREADABLE: (400, "unreadable_body"),
    # Met only by who sends an Idempotency-Key, of which the contract knows nothing.
    Code.KEY_IN_USE: (409, "idempotency_key_in_use"),
    Code.KEY_REUSED: (422, "idempotency_key_reused"),
    Code.FORBIDDEN: (403, "forbidden"),
    Code.UNKNOWN_PLATFORM: (404, "not_found"),
    Code.UNKNOWN_ITEM: (404, "not_found"),
    Code.UNKNOWN_POOL: (404, "not_found"),
    Code.UNKNOWN_SEAT: (404, "not_found"),
    Code.UNKNOWN_GRANT: (404, "not_found"),
    Code.UNKNOWN_GROUP: (404, "not_found"),
    Code.UNKNOWN_LEARNER: (404, "not_found"),
    Code.UNKNOWN_PATHWAY: (404, "not_found"),
    Code.UNKNOWN_ENROLMENT: (404, "not_found"),
    Code.UNKNOWN_DEPARTMENT: (404, "not_found"),
    Code.UNKNOWN_SUGGESTION: (404, "not_found"),
    Code.UNKNOWN_INVITATION: (404, "not_found"),
    Code.UNKNOWN_ACCESS_REQUEST: (404, "not_found"),
    Code.UNKNOWN_TOKEN: (404, "not_found"),
    Code.UNKNOWN_JOB: (404, "not_found"),
    Code.UNKNOWN_LINK: (404, "not_found"),
    Code.UNKNOWN_WEBHOOK: (404, "not_found"),
    Code.UNKNOWN_DELIVERY: (404, "not_found"),
    Code.UNKNOWN_MESSAGE: (404, "not_found"),
    Code.UNKNOWN_TEMPLATE: (404, "not_found"),
    Code.UNKNOWN_ACCOUNT: (404, "not_found"),
    Code.INVALID: (400, "invalid"),
    Code.SELECTORS_DIFFER: (400, "selectors_differ"),
    Code.IMMUTABLE: (400, "immutable"),
    Code.TAKEN: (400, "taken"),
    Code.IN_USE: (400, "in_use"),
    Code.CHANGED_MEANWHILE: (400, "changed_meanwhile"),
    Code.JOB_NOT_OVER: (400, "job_not_over"),
    Code.JOB_OVER: (400, "job_over"),
    Code.LIMIT_REACHED: (400, "limit_reached"),
    Code.WEBHOOK_PAUSED: (400, "webhook_paused"),
    Code.WINDOW_REVERSED: (400, "end_before_start"),
    Code.POOL_INACTIVE: (400, "pool_inactive"),
    Code.POOL_ENDED: (400, "pool_ended"),
    Code.POOL_NOT_STARTED: (400, "pool_not_started"),
    Code.NOT_TRANSFERABLE: (400, "not_transferable"),
    Code.SEAT_ENDED: (400, "license_inactive"),
    Code.MOVE_NOT_ALLOWED: (400, "move_not_allowed"),
    Code.DOMAIN_NOT_ALLOWED: (400, "domain_not_allowed"),
    Code.END_IN_PAST: (400, "end_in_past"),
    Code.END_AFTER_POOL: (400, "end_after_pool"),
    Code.ALREADY_SEATED: (400, "already_enrolled"),
    Code.SIZE_BELOW_HELD: (400, "size_below_assigned"),
    Code.POOL_FULL: (400, "no_available_licenses"),
    Code.GROUP_DOES_NOT_FIT: (400, "no_available_licenses"),
}

_FIELDS = {
    "end": "endDate",
    "learner_id": "id",
    "seat_id": "id",
    "pool_id": "poolId",
    "item": "courseId",
    "size": "licenses",
}
_WORDS = {
    "seat": "license",
    "seats": "licenses",
    "learner": "student",
    "learners": "students",
    "item": "course",
    "items": "courses",
}
# Whole words only, so that no address is ever changed.
_OUR_WORD = re.compile(rf"(?<!\S)({'|'.join(_WORDS)})(?=[\s.,:]|$)", re.IGNORECASE)
_FRACTION = re.compile(r"(?<=:\d\d)\.\d{6}(?=\+00:00)")

RETRY_SECONDS = 1  # where the ledger can't say how long it will be busy


def refuse(refusal: Refusal) -> Answer:
    """The answer that a refusal is: a status, and a Problem that names the field to blame."""
    status, code = TABLE[refusal.code]
    field = None if refusal.field is None else _FIELDS.get(refusal.field, refusal.field)
    if refusal.code is Code.INVALID:
        code = f"{code}_{_snake(field or 'body')}"
    problem = Problem(code, _in_their_words(refusal.sentence), field or msgspec.UNSET)
    return Answer(status, problem, _headers(refusal, status))


def _headers(refusal: Refusal, status: int) -> dict[str, str]:
    if status == 401:
        return {"WWW-Authenticate": "Bearer"}
    if status in {409, 429, 503}:
        return {"Retry-After": str(refusal.details.get("retry_after_seconds", RETRY_SECONDS))}
    return {}


def _in_their_words(sentence: str) -> str:
    def word(found: re.Match[str]) -> str:
        theirs = _WORDS[found[0].lower()]
        return theirs.capitalize() if found[0][0].isupper() else theirs

    return _FRACTION.sub("", _OUR_WORD.sub(word, sentence))


def _snake(name: str) -> str:
    return re.sub(r"(?<=[a-z])([A-Z])", r"_\1", name).lower()
