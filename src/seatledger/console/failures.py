"""What goes wrong, as a page; where a script asked for a part of a page, as a part of one."""

from collections.abc import Callable, Mapping
from typing import Any, TypeVar

import structlog
from litestar import Request, Response
from litestar import types as asgi
from litestar.exceptions import HTTPException

from seatledger.console.language import _
from seatledger.console.paths import HOME, is_ours, is_visitors
from seatledger.console.rendering import render
from seatledger.domain.refusal import Code, Refusal

T = TypeVar("T")
Handler = Callable[[Request[Any, Any, Any], Exception], Response[Any]]

HTML = "text/html"  # to which the framework adds the character set
_STATUSES = {
    Code.RATE_LIMITED: 429,
    Code.OVERLOADED: 503,
    Code.UNAVAILABLE: 503,
    Code.BROKEN: 500,
    Code.UNKNOWN_PATH: 404,
    Code.WRONG_METHOD: 405,
    Code.TOO_LARGE: 413,
    Code.FORBIDDEN: 403,
}
_BY_STATUS = {
    404: (Code.UNKNOWN_PATH, "There is no such page."),
    405: (Code.WRONG_METHOD, "This page does not take this."),
    413: (Code.TOO_LARGE, "That is larger than is read here."),
}
_BROKEN = Refusal(Code.BROKEN, "Something went wrong here; whoever runs this finds it in the log.")


class Refused(Exception):
    """Carries a Refusal out of a handler, to be shown as a page."""

    def __init__(self, refusal: Refusal) -> None:
        super().__init__(refusal.sentence)
        self.refusal = refusal


def unwrap(outcome: T | Refusal) -> T:
    """The outcome where it is one. Raises Refused where it is a Refusal."""
    if isinstance(outcome, Refusal):
        raise Refused(outcome)
    return outcome


def failing(otherwise: Handler) -> Handler:
    """Renders what goes wrong on our pages; the rest is for `otherwise`."""

    def handle(request: Request[Any, Any, Any], error: Exception) -> Response[Any]:
        if not is_ours(request.scope["path"]):
            return otherwise(request, error)
        refusal = meaning(error)
        if refusal.code is Code.BROKEN:
            structlog.get_logger().error("broken", exc_info=error)
        observe = getattr(request.app.state, "observe_refusal", None)
        if observe is not None:
            observe("console", refusal.code)
        status, body = page(refusal, request.headers, request.scope["path"])
        said = refusal.details.get("retry_after_seconds")
        headers = {} if said is None else {"Retry-After": str(said)}
        return Response(body, status_code=status, media_type=HTML, headers=headers)

    return handle


def meaning(error: Exception) -> Refusal:
    """What an exception says, as a refusal. What nobody planned is BROKEN."""
    if isinstance(error, Refused):
        return error.refusal
    if isinstance(error, HTTPException) and error.status_code < 500:
        invalid = (Code.INVALID, "The request can't be read.")
        return Refusal(*_BY_STATUS.get(error.status_code, invalid))
    return _BROKEN


def status_of(refusal: Refusal) -> int:
    """What is not there, or a stranger's, is 404; what a form says wrong is 422."""
    found = 404 if refusal.code.startswith("unknown_") else 422
    return _STATUSES.get(refusal.code, found)


def page(refusal: Refusal, headers: Mapping[str, str], path: str) -> tuple[int, bytes]:
    """A page that says what is the matter and leads on; who has no account is led nowhere."""
    status = status_of(refusal)
    titles = {
        403: _("You may not do this"),
        404: _("Not found"),
        405: _("Not possible"),
        413: _("Too large"),
        422: _("That was refused"),
        429: _("Too often"),
        500: _("Something went wrong"),
        503: _("Not available at the moment"),
    }
    visiting = is_visitors(path)
    gone = visiting and refusal.code is Code.UNKNOWN_LINK
    title = _("This link is not valid") if gone else titles[status]
    home = None if visiting else HOME
    values = {"title": title, "refusal": refusal, "status": status, "home": home}
    part = "panel" if "hx-request" in headers else None
    return status, render("failure.html", values, part)


async def send(send: asgi.Send, refusal: Refusal, headers: Mapping[str, str], path: str) -> None:
    """Send such a page from outside the router."""
    status, body = page(refusal, headers, path)
    said = [
        (b"content-type", f"{HTML}; charset=utf-8".encode()),
        (b"content-length", str(len(body)).encode()),
    ]
    await send({"type": "http.response.start", "status": status, "headers": said})
    await send({"type": "http.response.body", "body": body, "more_body": False})
