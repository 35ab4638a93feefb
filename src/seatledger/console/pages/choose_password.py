"""/console/links/…: somebody who was invited chooses a password, once. Looking changes nothing."""

from dataclasses import replace
from typing import Any

from litestar import Request, Response, get, post
from litestar.params import FromPath

from seatledger.console import paths
from seatledger.console.failures import unwrap
from seatledger.console.forms import Form, read_form
from seatledger.console.language import _
from seatledger.console.pages.sign_in import hash_of, signed_in
from seatledger.console.visit import html
from seatledger.domain.account import NOBODY, Account, wrong_password
from seatledger.domain.account_command import AcceptInvitation
from seatledger.domain.refusal import Refusal
from seatledger.usecases.keep_accounts import invited_by

PATH = f"{paths.LINKS}/{{text:str}}"


@get(PATH)
async def show(request: Request[Any, Any, Any], text: FromPath[str]) -> Response[bytes]:
    return _form(await _account(request, text), Form())


@post(PATH)
async def choose(request: Request[Any, Any, Any], text: FromPath[str]) -> Response[bytes]:
    account = await _account(request, text)
    if isinstance(account, Refusal):
        return _form(account, Form())
    form = await read_form(request)
    password = chosen(form, account)
    if not form.ok:
        return _form(account, form, 422)
    actor = replace(NOBODY, request_id=request.scope["state"].get("request_id"))
    command = AcceptInvitation(actor, text=text, password=await hash_of(password))
    accepted = await request.app.state.desk.submit(command)
    if _is_gone(accepted):
        return _form(accepted, form)
    return await signed_in(request, unwrap(accepted), paths.HOME)


def chosen(form: Form, account: Account) -> str:
    """The password that was typed twice, if it may be one."""
    password = form.get("password")
    if refusal := wrong_password(password, account.email):
        form.wrong("password", refusal.sentence)
    elif form.get("again") != password:
        form.wrong("again", _("This is not the same."))
    return password


async def _account(request: Request[Any, Any, Any], text: str) -> Account | Refusal:
    desk = request.app.state.desk
    found: Account | Refusal = await desk.ask(invited_by, text, desk.clock())
    return found if _is_gone(found) else unwrap(found)


def _is_gone(outcome: Account | Refusal) -> bool:
    """Whether the link is none any more; other refusals are no fault of the link's."""
    return isinstance(outcome, Refusal) and outcome.field == "link"


def _form(account: Account | Refusal, form: Form, status: int = 200) -> Response[bytes]:
    gone = isinstance(account, Refusal)
    values = {"form": form, "invited": None if gone else account}
    return html("choose_password.html", values, status=410 if gone else status)


handlers = [show, choose]
