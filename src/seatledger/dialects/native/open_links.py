"""/links/open/{token}: what visitors of a link do. The link's token is all they need to ask.

They can't rehearse (`dry_run` would make guessing codes free), and need no Idempotency-Key: what
was given is not given twice.
"""

import re
from datetime import datetime
from typing import Annotated, Any

import msgspec
from litestar import Request, Router, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath, JSONBody

from seatledger.desk import Desk
from seatledger.dialects.dialect import unwrap
from seatledger.dialects.native.documented import described
from seatledger.dialects.native.locations import BASE
from seatledger.dialects.native.nul import refuse_nul
from seatledger.domain.actor import Actor
from seatledger.domain.link import LinkUse
from seatledger.domain.link_code import CodeAsked
from seatledger.domain.link_command import AskForCode, RedeemLink, ReturnSeat
from seatledger.domain.seating import Seated
from seatledger.ops.link_visitors import enter_link

PATH = f"{BASE}/links/open"
_OPEN = re.compile(rf"{PATH}/[^/]+(/[^/]+)?/?")
Caller = Request[Any, Any, Any]


def is_open(_method: str, path: str) -> bool:
    """Whether no token of a manager is asked for: what stands in the path takes its place."""
    return _OPEN.fullmatch(path) is not None


class OpenLink(msgspec.Struct):
    """What a link gives: a license of `title`, until `ends` at the latest.

    `available` is whether somebody new would get one now.
    """

    title: str
    item: str
    pool: str
    platform: str
    duration_days: int | None
    ends: datetime | None
    transferable: bool
    available: bool


class Visitor(msgspec.Struct, forbid_unknown_fields=True):
    """Whom the code is for."""

    email: str


class Proof(msgspec.Struct, forbid_unknown_fields=True):
    """An address, and the code that was mailed to it."""

    email: str
    code: Annotated[str, msgspec.Meta(max_length=32)]


class CodeMailed(msgspec.Struct):
    """The same for every address; a mail goes out only to one that may have a license."""

    minutes: int


class License(msgspec.Struct):
    """What the visitor has, or had until `valid_until`."""

    title: str
    item: str
    start: datetime
    valid_until: datetime | None


def _described(name: str, summary: str, *errors: int) -> dict[str, Any]:
    """As everywhere, but that nobody is asked for a token."""
    said = described(name, summary, *errors, open=True)
    del said["responses"][401]
    return said


@get("/{token:str}", **_described("open_link", "See what a link gives, without a token"))
async def show_link(token: FromPath[str], request: Caller, desk: NamedDependency[Desk]) -> OpenLink:
    use, now = await _entered(request, desk, token), desk.clock()
    return OpenLink(
        title=use.pool.item.title,
        item=f"{use.pool.item.kind}:{use.pool.item.key}",
        pool=use.pool.name,
        platform=use.platform_name,
        duration_days=use.link.duration_days,
        ends=use.pool.window.end,
        transferable=use.pool.transferable,
        available=use.available(now),
    )


@post(
    "/{token:str}/code",
    status_code=202,
    **_described("ask_for_code", "Have a code mailed to an address, without a token", 415),
)
async def ask_for_code(
    token: FromPath[str],
    data: JSONBody[Visitor],
    request: Caller,
    desk: NamedDependency[Desk],
) -> CodeMailed:
    visitor = _visitor(request, await _entered(request, desk, token))
    asked: CodeAsked = unwrap(await desk.submit(AskForCode(visitor, token=token, email=data.email)))
    return CodeMailed(asked.minutes)


@post(
    "/{token:str}/redeem",
    **_described("redeem_link", "Take a license out, without a token", 409, 415),
)
async def redeem_link(
    token: FromPath[str], data: JSONBody[Proof], request: Caller, desk: NamedDependency[Desk]
) -> License:
    visitor = _visitor(request, await _entered(request, desk, token))
    command = RedeemLink(visitor, token=token, email=data.email, code=data.code)
    return _license(unwrap(await desk.submit(command)))


@post(
    "/{token:str}/return",
    status_code=200,
    **_described("return_license", "Give a license back, without a token", 409, 415),
)
async def return_license(
    token: FromPath[str], data: JSONBody[Proof], request: Caller, desk: NamedDependency[Desk]
) -> License:
    visitor = _visitor(request, await _entered(request, desk, token))
    command = ReturnSeat(visitor, token=token, email=data.email, code=data.code)
    return _license(unwrap(await desk.submit(command)))


async def _entered(request: Caller, desk: Desk, token: str) -> LinkUse:
    """The link of a token, counted against what its visitors may ask in a minute.

    Raises Refused for one that is unknown or deleted, and for one too many.
    """
    return unwrap(await enter_link(desk, request.app.state.settings, token))


def _visitor(request: Caller, use: LinkUse) -> Actor:
    return use.link.visitor(request.scope["state"].get("request_id"))


def _license(seated: Seated) -> License:
    item = seated.pool.item
    return License(
        title=item.title,
        item=f"{item.kind}:{item.key}",
        start=seated.seat.start,
        valid_until=seated.seat.end_within(seated.pool),
    )


router = Router(
    PATH,
    route_handlers=[show_link, ask_for_code, redeem_link, return_license],
    before_request=refuse_nul,
    tags=["native"],
    security=[],
)
