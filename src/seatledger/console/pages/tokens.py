"""/console/p/…/tokens: what programs show to the interfaces; each is seen once."""

from litestar import Response, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath

from seatledger.console.failures import status_of, unwrap
from seatledger.console.forms import Form, end_of, read_form
from seatledger.console.pages.pools import cursor
from seatledger.console.paths import HOME
from seatledger.console.visit import Visit, read_id
from seatledger.domain.people_command import CreateToken, DeleteToken
from seatledger.domain.refusal import Refusal
from seatledger.usecases.cursor_questions import (
    Stretch,
    Token,
    follow_tokens,
    get_token,
    unknown_token,
)

LIST = f"{HOME}/p/{{platform_id:str}}/tokens"
TOKENS_SHOWN = 100


@get(LIST)
async def show_all(visit: NamedDependency[Visit]) -> Response[bytes]:
    stretch = Stretch(cursor(visit), TOKENS_SHOWN)
    found = await visit.ask(follow_tokens, visit.reach, stretch)
    return visit.page("tokens.html", part="rows", found=found)


@get(f"{LIST}/new")
async def show_new(visit: NamedDependency[Visit]) -> Response[bytes]:
    return visit.page("token_new.html", part="panel", form=Form(), minted=None)


@post(f"{LIST}/new")
async def make(visit: NamedDependency[Visit]) -> Response[bytes]:
    assert visit.platform is not None
    form = await read_form(visit.request)
    last_day = form.day("expires")
    name = form.text("name", needed=True, most=100)
    minted = None
    if form.ok:
        expires = None if last_day is None else end_of(last_day)
        command = CreateToken(
            visit.actor, name=name, platform_key=visit.platform.key, expires=expires
        )
        minted = await visit.do(command)
    if isinstance(minted, Refusal):
        form.refuse(minted)
        return visit.page(
            "token_new.html", part="panel", status=status_of(minted), form=form, minted=None
        )
    status = 200 if minted else 422
    return visit.page("token_new.html", part="panel", status=status, form=form, minted=minted)


@get(f"{LIST}/{{token_id:str}}/delete")
async def show_delete(visit: NamedDependency[Visit], token_id: FromPath[str]) -> Response[bytes]:
    token = await _token(visit, token_id)
    return visit.page("token_delete.html", part="panel", token=token)


@post(f"{LIST}/{{token_id:str}}/delete")
async def delete(visit: NamedDependency[Visit], token_id: FromPath[str]) -> Response[bytes]:
    assert visit.platform is not None
    token = await _token(visit, token_id)
    command = DeleteToken(
        visit.actor, name=token.name, platform_key=visit.platform.key, token_id=token.id
    )
    unwrap(await visit.do(command))
    return visit.go(visit.to("/tokens"), "token_deleted")


async def _token(visit: Visit, token_id: str) -> Token:
    wanted = read_id(token_id, unknown_token())
    token: Token = await visit.ask(get_token, visit.reach, wanted)
    return token


handlers = [show_all, show_new, make, show_delete, delete]
