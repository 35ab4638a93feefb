"""/l/…: where an auto-enrolment link leads. Its visitors prove an address, and need no account.

Looking shows what the link gives and changes nothing, for mail scanners look too (SQLBI F21i).
"""

from typing import Any

from litestar import Request, Response, get, post
from litestar.params import FromPath

from seatledger.console.failures import Refused, status_of
from seatledger.console.forms import Form, read_form
from seatledger.console.language import _
from seatledger.console.paths import VISITORS
from seatledger.console.visit import html
from seatledger.desk import Desk
from seatledger.domain.actor import Actor
from seatledger.domain.link import LinkUse
from seatledger.domain.link_code import CodeAsked
from seatledger.domain.link_command import AskForCode, RedeemLink, ReturnSeat
from seatledger.domain.refusal import Code, Refusal
from seatledger.domain.seating import Seated
from seatledger.ops.link_visitors import enter_link

PATH = f"{VISITORS}/{{token:str}}"
EMAIL_LENGTH_MAX = 254
CODE_LENGTH_MAX = 32
GONE = Refusal(
    Code.UNKNOWN_LINK,
    _("It was deleted, or a part of its address is missing. Ask whoever gave it to you."),
)
Caller = Request[Any, Any, Any]


@get(PATH)
async def show(request: Caller, token: FromPath[str]) -> Response[bytes]:
    return _page(request, await _entered(request, token), Form())


@post(f"{PATH}/code")
async def ask_to_take(request: Caller, token: FromPath[str]) -> Response[bytes]:
    return await _ask(request, token, giving_back=False)


@post(f"{PATH}/redeem")
async def take(request: Caller, token: FromPath[str]) -> Response[bytes]:
    return await _prove(request, token, giving_back=False)


@get(f"{PATH}/return")
async def show_return(request: Caller, token: FromPath[str]) -> Response[bytes]:
    use = await _entered(request, token)
    if not use.pool.transferable:
        return _page(request, use, Form())
    return _page(request, use, Form(), giving_back=True)


@post(f"{PATH}/return/code")
async def ask_to_return(request: Caller, token: FromPath[str]) -> Response[bytes]:
    return await _ask(request, token, giving_back=True)


@post(f"{PATH}/return")
async def give_back(request: Caller, token: FromPath[str]) -> Response[bytes]:
    return await _prove(request, token, giving_back=True)


async def _entered(request: Caller, token: str) -> LinkUse:
    """The link of a token, counted as everywhere. Raises Refused with what the visitor is shown."""
    if "\0" in token:  # which no database looks for
        raise Refused(GONE)
    state = request.app.state
    use = await enter_link(state.desk, state.settings, token)
    if isinstance(use, Refusal):
        raise Refused(GONE if use.code is Code.UNKNOWN_LINK else use)
    found: LinkUse = use
    return found


async def _ask(request: Caller, token: str, *, giving_back: bool) -> Response[bytes]:
    """Have a code mailed, and ask for it. What is shown is the same for every address (F21d)."""
    use = await _entered(request, token)
    form = await read_form(request)
    email = form.text("email", needed=True, most=EMAIL_LENGTH_MAX)
    if not form.ok:
        return _page(request, use, form, 422, giving_back=giving_back)
    command = AskForCode(_visitor(request, use), token=token, email=email)
    asked: CodeAsked | Refusal = await _desk(request).submit(command)
    if isinstance(asked, Refusal):
        return _wrong(request, use, form, asked, giving_back=giving_back)
    form.values = {"email": email}
    return _code_page(use, form, minutes=asked.minutes, giving_back=giving_back)


async def _prove(request: Caller, token: str, *, giving_back: bool) -> Response[bytes]:
    """Do what a mailed code allows."""
    use = await _entered(request, token)
    form = await read_form(request)
    email = form.text("email", needed=True, most=EMAIL_LENGTH_MAX)
    code = form.text("code", needed=True, most=CODE_LENGTH_MAX)
    if form.errors.get("email"):
        return _page(request, use, form, 422, giving_back=giving_back)
    if not form.ok:
        return _code_page(use, form, 422, giving_back=giving_back)
    kind = ReturnSeat if giving_back else RedeemLink
    command = kind(_visitor(request, use), token=token, email=email, code=code)
    outcome: Seated | Refusal = await _desk(request).submit(command)
    if isinstance(outcome, Refusal):
        return _refused(request, use, form, outcome, giving_back=giving_back)
    values = {"seated": outcome, "giving_back": giving_back, "now": _desk(request).clock()}
    return html("visitor_done.html", _values(use, **values))


def _refused(
    request: Caller, use: LinkUse, form: Form, refusal: Refusal, *, giving_back: bool
) -> Response[bytes]:
    """A wrong code is said beside its field; what no other code would change has its own page."""
    if refusal.field == "code":
        form.wrong("code", refusal.sentence)
        return _code_page(use, form, status_of(refusal), giving_back=giving_back)
    if refusal.field == "email" and refusal.code is Code.INVALID:
        return _wrong(request, use, form, refusal, giving_back=giving_back)
    titles = {
        Code.ALREADY_SEATED: _("It is yours already"),
        Code.POOL_FULL: _("No license is free"),
        Code.UNKNOWN_SEAT: _("There is nothing to give back"),
    }
    values = {"title": titles.get(refusal.code, _("That is not possible")), "refusal": refusal}
    status = 200 if refusal.code is Code.ALREADY_SEATED else status_of(refusal)
    return html("visitor_refused.html", _values(use, **values), status=status)


def _wrong(
    request: Caller, use: LinkUse, form: Form, refusal: Refusal, *, giving_back: bool
) -> Response[bytes]:
    form.refuse(refusal)
    response = _page(request, use, form, status_of(refusal), giving_back=giving_back)
    if "retry_after_seconds" in refusal.details:
        response.headers["Retry-After"] = str(refusal.details["retry_after_seconds"])
    return response


def _page(
    request: Caller, use: LinkUse, form: Form, status: int = 200, *, giving_back: bool = False
) -> Response[bytes]:
    now = _desk(request).clock()
    values = {"form": form, "giving_back": giving_back, "now": now}
    return html("visitor.html", _values(use, **values), status=status)


def _code_page(
    use: LinkUse,
    form: Form,
    status: int = 200,
    *,
    minutes: int | None = None,
    giving_back: bool,
) -> Response[bytes]:
    values = {"form": form, "giving_back": giving_back, "minutes": minutes}
    return html("visitor_code.html", _values(use, **values), status=status)


def _values(use: LinkUse, **values: Any) -> dict[str, Any]:
    return {"use": use, "path": f"{VISITORS}/{use.link.token}", **values}


def _visitor(request: Caller, use: LinkUse) -> Actor:
    return use.link.visitor(request.scope["state"].get("request_id"))


def _desk(request: Caller) -> Desk:
    desk: Desk = request.app.state.desk
    return desk


handlers = [show, ask_to_take, take, show_return, ask_to_return, give_back]
