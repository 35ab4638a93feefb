"""/tokens: who may ask. A token's text is shown once, when it is made."""

from datetime import datetime

import msgspec
from litestar import Response, delete, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath, JSONBody

from seatledger.desk import Desk
from seatledger.dialects.dialect import unwrap
from seatledger.dialects.native.documented import described
from seatledger.dialects.native.locations import made
from seatledger.dialects.native.naming import PlatformKey, platform_named, reach_within
from seatledger.dialects.native.pages import After, Fields, Limit, Page, page
from seatledger.dialects.native.reading import LIMIT, read_id, read_instant, read_stretch
from seatledger.domain.actor import Actor, Role
from seatledger.domain.people_command import CreateToken, DeleteToken
from seatledger.domain.refusal import unknown_learner
from seatledger.usecases import cursor_questions, keep_tokens
from seatledger.usecases.cursor_questions import unknown_token
from seatledger.usecases.keep_tokens import Minted


class Token(msgspec.Struct):
    """An operator's token has no `platform`. `learner` is whom it was made for, if anybody."""

    id: str
    name: str
    role: Role
    platform: str | None
    learner: str | None
    expires: datetime | None
    created: datetime


class NewlyMade(Token):
    """`text` is what goes behind `Bearer `; it is shown once, and null where that is repeated."""

    text: str | None


class NewToken(msgspec.Struct, forbid_unknown_fields=True):
    """A manager's, of one platform, unless `role` is operator. It never expires unless it says so.

    It is made for the person of `learner`; by default for who asks.
    """

    name: str
    role: Role = Role.MANAGER
    platform: str | None = None
    learner: str | None = None
    expires: datetime | None = None


def shown(token: keep_tokens.Token) -> Token:
    return Token(
        id=str(token.id),
        name=token.name,
        role=token.role,
        platform=token.platform_key,
        learner=None if token.owner is None else str(token.owner.id),
        expires=token.expires,
        created=token.created,
    )


@get("/tokens", **described("list_tokens", "Tokens, by id, without their texts"))
async def list_tokens(
    actor: NamedDependency[Actor],
    desk: NamedDependency[Desk],
    platform_key: PlatformKey = None,
    limit: Limit = LIMIT,
    after: After = None,
    fields: Fields = None,
) -> Response[Page[Token]]:
    stretch = read_stretch(limit, after)
    reach = await reach_within(desk, actor, platform_key)
    found = await desk.ask(cursor_questions.follow_tokens, reach, stretch)
    return page(unwrap(found), shown, fields)


@post("/tokens", **described("create_token", "Make a token", 403, 409, 415))
async def create_token(
    data: JSONBody[NewToken], actor: NamedDependency[Actor], desk: NamedDependency[Desk]
) -> Response[NewlyMade]:
    operator = data.role is Role.OPERATOR
    command = CreateToken(
        actor,
        name=data.name,
        operator=operator,
        platform_key=None if operator else platform_named(actor, data.platform),
        learner_id=None if data.learner is None else read_id(data.learner, unknown_learner()),
        expires=read_instant(data.expires, "expires"),
    )
    minted: Minted = unwrap(await desk.submit(command))
    row = NewlyMade(**msgspec.structs.asdict(shown(minted.token)), text=minted.text or None)
    return made(row, "tokens", row.id)


@get("/tokens/{token_id:str}", **described("get_token", "One token, without its text"))
async def get_token(
    token_id: FromPath[str], actor: NamedDependency[Actor], desk: NamedDependency[Desk]
) -> Token:
    wanted = read_id(token_id, unknown_token())
    return shown(unwrap(await desk.ask(cursor_questions.get_token, actor.reach, wanted)))


@delete(
    "/tokens/{token_id:str}",
    status_code=200,
    **described("delete_token", "Delete a token, which then opens nothing"),
)
async def delete_token(
    token_id: FromPath[str], actor: NamedDependency[Actor], desk: NamedDependency[Desk]
) -> Token:
    wanted = read_id(token_id, unknown_token())
    token = unwrap(await desk.ask(cursor_questions.get_token, actor.reach, wanted))
    command = DeleteToken(
        actor, name=token.name, platform_key=token.platform_key, token_id=token.id
    )
    unwrap(await desk.submit(command))
    return shown(token)


handlers = [list_tokens, create_token, get_token, delete_token]
