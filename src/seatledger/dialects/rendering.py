"""Turns whatever goes wrong inside a route into the refusal it means, in the dialect's shape."""

import re
from typing import Any

import structlog
from litestar import Request, Response
from litestar.exceptions import HTTPException, SerializationException, ValidationException

from seatledger.dialects.dialect import Answer, Dialect, Refused
from seatledger.domain.refusal import Code, Refusal, invalid

_BY_STATUS = {
    404: (Code.UNKNOWN_PATH, "There is nothing at this path."),
    405: (Code.WRONG_METHOD, "This path does not take this method."),
    413: (Code.TOO_LARGE, "The body is larger than is read here."),
    415: (Code.UNREADABLE, "The body is in a format that is not read here."),
}

# Litestar's words for a caller who hung up while the body was read: no fault of ours.
_HUNG_UP = "client disconnected prematurely"
_UNEXPECTED = re.compile(r"(?:unknown|missing required) field `(\w+)`")
_MISSING = re.compile(r"Missing required \w+ parameter '([\w-]+)'")


def render(request: Request[Any, Any, Any], error: Exception) -> Response[bytes]:
    """The answer to a request that failed; the fallback dialect is plain JSON."""
    refusal = meaning(error)
    if refusal.code is Code.BROKEN:
        structlog.get_logger().error("broken", exc_info=error)
    dialect: Dialect | None = request.scope.get("state", {}).get("dialect")
    answer = _plain(refusal) if dialect is None else dialect.refuse(refusal)
    observe = getattr(request.app.state, "observe_refusal", None)
    if observe is not None:
        observe("none" if dialect is None else dialect.name, refusal.code)
    headers = {**(dialect.headers if dialect else {}), **answer.headers}
    if isinstance(error, HTTPException) and error.headers and "allow" in _lowered(error.headers):
        headers["Allow"] = _lowered(error.headers)["allow"]
    return Response(
        answer.encoded(), status_code=answer.status, headers=headers, media_type=answer.media_type
    )


def meaning(error: Exception) -> Refusal:
    """What an exception says, as a refusal. What nobody planned is BROKEN."""
    if isinstance(error, Refused):
        return error.refusal
    if isinstance(error, ValidationException):
        return _invalid(error)
    if isinstance(error, SerializationException):
        return invalid("body", "The body is not valid JSON.")
    if isinstance(error, HTTPException) and error.detail == _HUNG_UP:
        return invalid("body", "The request broke off.")
    if isinstance(error, HTTPException):
        code, sentence = _BY_STATUS.get(
            error.status_code,
            (Code.BROKEN, "Something went wrong here.")
            if error.status_code >= 500
            else (Code.INVALID, "The request can't be read."),
        )
        return Refusal(code, sentence)
    return Refusal(Code.BROKEN, "Something went wrong here.")


def _invalid(error: ValidationException) -> Refusal:
    missing = _MISSING.search(error.detail)
    if missing is not None:
        return invalid(missing.group(1), f"The parameter {missing.group(1)} is missing.")
    details = error.extra[0] if isinstance(error.extra, list) and error.extra else {}
    field = str(details.get("key") or "body")
    message = str(details.get("message") or "The request can't be read.")
    # msgspec names the place at the end of its sentence: "… - at `$.count`".
    sentence, _, place = message.partition(" - at ")
    named = re.search(r"\$\.(\w+)", place) or _UNEXPECTED.search(sentence)
    field = named.group(1) if named else field
    return invalid("body" if field == "data" else field, sentence.rstrip(".") + ".")


def _plain(refusal: Refusal) -> Answer:
    statuses = {code: status for status, (code, _) in _BY_STATUS.items()} | {Code.BROKEN: 500}
    return Answer(statuses.get(refusal.code, 400), {"detail": refusal.sentence})


def _lowered(headers: Any) -> dict[str, str]:
    return {name.lower(): value for name, value in dict(headers).items()}
