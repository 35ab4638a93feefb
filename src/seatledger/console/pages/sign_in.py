"""/console/sign-in and /console/sign-out."""

import asyncio
import ipaddress
from dataclasses import replace
from typing import Any

import structlog
from litestar import Request, Response, get, post

from seatledger.console import cookies, paths
from seatledger.console.failures import HTML, Refused, status_of, unwrap
from seatledger.console.forms import Form, read_form
from seatledger.console.language import _
from seatledger.console.visit import html
from seatledger.desk import Desk
from seatledger.domain.account import NOBODY, PASSWORD_LENGTH_MAX, Account, Session, SignedIn
from seatledger.domain.account_command import CountTry, ForgetTries, SignIn, SignOut
from seatledger.domain.actor import Actor
from seatledger.domain.refusal import Code, Refusal
from seatledger.usecases import keep_sessions, passwords

EMAIL_LENGTH_MAX = 254
# Each hash takes 64 MiB: who tries many passwords at once waits in line.
_HASHING = asyncio.Semaphore(2)


@get(paths.SIGN_IN)
async def show(request: Request[Any, Any, Any]) -> Response[bytes]:
    wanted = paths.own(request.query_params.get("next"))
    if session_of(request) is not None:
        return _led_to(wanted)
    return _form(Form(values={"next": wanted}))


@post(paths.SIGN_IN)
async def sign_in(request: Request[Any, Any, Any]) -> Response[bytes]:
    form = await read_form(request)
    email = form.text("email", needed=True, most=EMAIL_LENGTH_MAX)
    password = form.get("password")
    if not password:
        form.wrong("password", _("Fill this in."))
    if not form.ok:
        return _form(form, 422)
    desk: Desk = request.app.state.desk
    account = await authenticated(request, email, password)
    if isinstance(account, Refusal):
        form.wrong("", account.sentence)
        return _form(form, status_of(account), account)
    if (old := session_of(request)) is not None:
        end = SignOut(old.account.actor(), account_id=old.account.id, session_id=old.id)
        unwrap(await desk.submit(end))
    return await signed_in(request, account, paths.own(form.get("next")))


@post(f"{paths.HOME}/sign-out")
async def sign_out(request: Request[Any, Any, Any]) -> Response[bytes]:
    session = session_of(request)
    if session is not None:
        end = SignOut(session.account.actor(), account_id=session.account.id, session_id=session.id)
        unwrap(await request.app.state.desk.submit(end))
    return _led_to(paths.SIGN_IN, cookies.drop(request.scope["scheme"]))


async def authenticated(
    request: Request[Any, Any, Any], email: str, password: str
) -> Account | Refusal:
    """The account with this password. The answer never tells whether there is such an account."""
    desk: Desk = request.app.state.desk
    actor = _nobody(request)
    address = _network(request)
    refusal = await desk.submit(CountTry(actor, account=email, address=address))
    if isinstance(refusal, Refusal):
        return refusal
    found = unwrap(await desk.ask(keep_sessions.password_of, email))
    account, hashed = found or (None, None)
    async with _HASHING:
        right = await asyncio.to_thread(
            passwords.verify, password[: PASSWORD_LENGTH_MAX + 1], hashed
        )
    if not right or account is None:
        structlog.get_logger().warning("sign-in refused", address=address)
        return Refusal(Code.INVALID, _("The address or the password is wrong."))
    unwrap(await desk.submit(ForgetTries(actor, account=email)))
    found_account: Account = account
    return found_account


async def signed_in(
    request: Request[Any, Any, Any], account: Account, target: str
) -> Response[bytes]:
    """A new session, whatever id the browser came with."""
    command = SignIn(
        replace(account.actor(), request_id=_nobody(request).request_id),
        account_id=account.id,
        agent=request.headers.get("user-agent", "").replace("\0", ""),
    )
    made: SignedIn | Refusal = await request.app.state.desk.submit(command)
    if isinstance(made, Refusal):
        raise Refused(made)
    return _led_to(target, cookies.keep(request.scope["scheme"], made.text))


async def hash_of(password: str) -> str:
    """A password's hash, made beside the event loop."""
    async with _HASHING:
        return await asyncio.to_thread(passwords.hashed, password)


def session_of(request: Request[Any, Any, Any]) -> Session | None:
    session: Session | None = request.scope["state"]["session"]
    return session


def _nobody(request: Request[Any, Any, Any]) -> Actor:
    return replace(NOBODY, request_id=request.scope["state"].get("request_id"))


def _network(request: Request[Any, Any, Any]) -> str:
    """Where a try comes from; of IPv6 the network that one customer is given whole."""
    client = request.scope.get("client")
    host = client[0] if client else "unknown"
    try:
        address = ipaddress.ip_address(host)
    except ValueError:
        return host[:100]
    if address.version == 4:
        return str(address)
    return str(ipaddress.ip_network((address, 64), strict=False))


def _form(form: Form, status: int = 200, refusal: Refusal | None = None) -> Response[bytes]:
    response = html("sign_in.html", {"form": form}, status=status)
    if refusal is not None and "retry_after_seconds" in refusal.details:
        response.headers["Retry-After"] = str(refusal.details["retry_after_seconds"])
    return response


def _led_to(target: str, cookie: str | None = None) -> Response[bytes]:
    headers = {"Location": target} | ({} if cookie is None else {"Set-Cookie": cookie})
    return Response(b"", status_code=303, headers=headers, media_type=HTML)


handlers = [show, sign_in, sign_out]
