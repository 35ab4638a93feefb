"""Platform keys: list, make, delete; and whose a key is (ibl Q7, Q9, A5)."""

from datetime import UTC, datetime
from typing import Annotated, Any

import msgspec
from msgspec import UNSET, Meta, UnsetType

from seatledger.dialects.ibl.fields import Id, Word, none
from seatledger.dialects.ibl.operations import Call
from seatledger.dialects.ibl.people.durations import moment_after
from seatledger.dialects.ibl.platforms import platform_of
from seatledger.dialects.ibl.refusals import granted
from seatledger.domain.people_command import CreateToken, DeleteToken
from seatledger.usecases.keep_tokens import Minted, Token, list_tokens

NEVER = datetime(9999, 12, 31, 23, 59, 59, tzinfo=UTC)
Name = Annotated[str, Meta(min_length=1, max_length=255, pattern=r"^[-a-zA-Z0-9_]+\Z")]


class TokensQuery(msgspec.Struct, kw_only=True):
    platform_key: Word


class TokenName(msgspec.Struct, kw_only=True):
    name: str
    platform_key: Word


class PlatformApiKeyCreate(msgspec.Struct, kw_only=True):
    """The key acts for the person of `user_id`; by default for the caller's."""

    name: Name
    platform_key: Word
    expires_in: Annotated[
        str | int | None | UnsetType,
        Meta(description="Seconds, `DD HH:MM:SS` or an ISO 8601 duration; else it never expires."),
    ] = UNSET
    user_id: Id | UnsetType = UNSET


class PlatformApiKey(msgspec.Struct, kw_only=True):
    """`key` is shown when it is made, and empty ever after."""

    username: str
    name: str
    key: str
    expires: Annotated[datetime, Meta(description="In the year 9999: never.")]
    created: datetime


class Verified(msgspec.Struct, kw_only=True):
    """The person of the key; of a key made for nobody, its own service account."""

    username: str
    email: str


async def list_all(call: Call[TokensQuery, Any]) -> list[PlatformApiKey]:
    platform = await platform_of(call, key=call.query.platform_key)
    found: list[Token] = granted(await call.desk.ask(list_tokens, call.actor))
    return [_key(each, "") for each in found if each.platform_id == platform.id]


async def create(call: Call[Any, PlatformApiKeyCreate]) -> PlatformApiKey:
    body = call.body
    platform = await platform_of(call, key=body.platform_key)
    expires_in = none(body.expires_in)
    expires = None
    if expires_in is not None:
        expires = moment_after(call.desk.clock(), "expires_in", expires_in)
    minted: Minted = granted(
        await call.desk.submit(
            CreateToken(
                call.actor,
                name=body.name,
                platform_key=platform.key,
                expires=expires,
                learner_id=none(body.user_id),
            )
        )
    )
    return _key(minted.token, minted.text)


async def delete(call: Call[TokenName, Any]) -> None:
    query = call.query
    platform = await platform_of(call, key=query.platform_key)
    command = DeleteToken(call.actor, name=query.name, platform_key=platform.key)
    granted(await call.desk.submit(command))


async def verify(call: Call[Any, Any]) -> Verified:
    return Verified(username=call.actor.login, email=call.actor.address)


def _key(token: Token, text: str) -> PlatformApiKey:
    return PlatformApiKey(
        username=token.login,
        name=token.name,
        key=text,
        expires=token.expires or NEVER,
        created=token.created,
    )
