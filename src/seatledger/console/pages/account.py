"""/console/account: one's own password, and the browsers in which one is signed in."""

from litestar import Response, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath

from seatledger.console.failures import status_of, unwrap
from seatledger.console.forms import Form, read_form
from seatledger.console.pages.choose_password import chosen
from seatledger.console.pages.sign_in import authenticated, hash_of
from seatledger.console.paths import HOME
from seatledger.console.visit import Visit, read_id
from seatledger.domain.account import unknown_account
from seatledger.domain.account_command import SetPassword, SignOut
from seatledger.domain.refusal import Refusal
from seatledger.usecases.keep_sessions import list_sessions

PATH = f"{HOME}/account"


@get(PATH)
async def show(visit: NamedDependency[Visit]) -> Response[bytes]:
    return await _page(visit, Form())


@post(f"{PATH}/password")
async def change_password(visit: NamedDependency[Visit]) -> Response[bytes]:
    form = await read_form(visit.request)
    password = chosen(form, visit.account)
    if form.ok:
        right = await authenticated(visit.request, visit.account.email, form.get("current"))
        if isinstance(right, Refusal):
            form.wrong("current", right.sentence)
            return await _page(visit, form, status_of(right))
    if not form.ok:
        return await _page(visit, form, 422)
    command = SetPassword(
        visit.actor,
        account_id=visit.account.id,
        password=await hash_of(password),
        but_session_id=visit.session.id,
    )
    unwrap(await visit.do(command))
    return visit.go(PATH, "password_set")


@post(f"{PATH}/sign-out-elsewhere")
async def sign_out_elsewhere(visit: NamedDependency[Visit]) -> Response[bytes]:
    command = SignOut(visit.actor, account_id=visit.account.id, but_session_id=visit.session.id)
    unwrap(await visit.do(command))
    return visit.go(PATH, "signed_out_elsewhere")


@post(f"{PATH}/sessions/{{session_id:str}}/end")
async def end_session(visit: NamedDependency[Visit], session_id: FromPath[str]) -> Response[bytes]:
    wanted = read_id(session_id, unknown_account())
    command = SignOut(visit.actor, account_id=visit.account.id, session_id=wanted)
    unwrap(await visit.do(command))
    return visit.go(PATH, "session_ended")


async def _page(visit: Visit, form: Form, status: int = 200) -> Response[bytes]:
    sessions = await visit.ask(list_sessions, visit.account, visit.now)
    return visit.page("account.html", status=status, form=form, sessions=sessions)


handlers = [show, change_password, sign_out_elsewhere, end_session]
