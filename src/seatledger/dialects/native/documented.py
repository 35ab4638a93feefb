"""What the OpenAPI page says of each operation, besides its parameters and bodies."""

from collections.abc import Iterable, Mapping
from typing import Any

import msgspec
from litestar.openapi.datastructures import ResponseSpec


class Problem(msgspec.Struct, omit_defaults=True):
    """A refusal (RFC 9457). `code` is stable; `field` is what to blame, `details` are numbers."""

    type: str
    title: str
    status: int
    code: str
    detail: str
    field: str | msgspec.UnsetType = msgspec.UNSET
    details: dict[str, Any] | msgspec.UnsetType = msgspec.UNSET


ERRORS = {
    400: "The request can't be read; `field` names the culprit.",
    401: "No valid token.",
    403: "The token's role may not do this.",
    404: "No such thing, or not the caller's.",
    409: "A rule forbids it; `code` says which.",
    412: "It was changed since it was looked at.",
    413: "The body is too large.",
    415: "The body is not JSON.",
    422: "The Idempotency-Key was another request's.",
    429: "Too many requests; Retry-After says when to come again.",
    503: "Too busy, or without a database; Retry-After says when to come again.",
}
_SHARED = {400, 401, 404, 429, 503}
ALSO = {
    200: "It was there already.",
    201: "It is new; `Location` says where it is.",
}


def described(
    name: str, summary: str, *errors: int, also: Mapping[int, Any] | None = None, **more: Any
) -> dict[str, Any]:
    """What a route handler is told about itself: its id, and the errors it may answer with.

    `also` are the types of what it answers with another success than its usual one.
    """
    return {
        "operation_id": f"native_{name}",
        "summary": summary,
        "responses": {
            status: ResponseSpec(type_, description=ALSO[status], generate_examples=False)
            for status, type_ in (also or {}).items()
        }
        | problems(_SHARED | set(errors)),
        **more,
    }


def problems(statuses: Iterable[int]) -> dict[int, ResponseSpec]:
    """What the page says of these errors."""
    return {
        status: ResponseSpec(
            Problem,
            description=ERRORS[status],
            generate_examples=False,
            media_type="application/problem+json",
        )
        for status in sorted(statuses)
    }
