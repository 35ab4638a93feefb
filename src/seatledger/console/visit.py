"""What a page is given: who visits, on which platform, and the ways to ask and to do."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from litestar import Request, Response

from seatledger.console import paths
from seatledger.console.failures import HTML, Refused, unwrap
from seatledger.console.rendering import render
from seatledger.console.words import SAID
from seatledger.desk import Desk
from seatledger.domain.account import Account, Session
from seatledger.domain.actor import Actor, Reach
from seatledger.domain.command import Command
from seatledger.domain.platform import Platform
from seatledger.domain.refusal import Code, Refusal, unknown_platform
from seatledger.ops.settings import Settings
from seatledger.usecases import keep_accounts
from seatledger.usecases.create_platforms import find_platform
from seatledger.usecases.keep_accounts import Place

ID_MAX = 2**63 - 1
SEARCH_LENGTH_MAX = 500  # nothing that is searched is longer, and databases give up on much more


@dataclass(frozen=True, slots=True)
class Visit:
    """A signed-in person's request. `platform` is that of the path, None where it names none.

    `places` are the platforms a manager of several may go to.
    """

    request: Request[Any, Any, Any]
    desk: Desk
    session: Session
    platform: Platform | None
    places: tuple[Place, ...]

    @property
    def account(self) -> Account:
        return self.session.account

    @property
    def now(self) -> datetime:
        return self.desk.clock()

    @property
    def settings(self) -> Settings:
        settings: Settings = self.request.app.state.settings
        return settings

    @property
    def actor(self) -> Actor:
        """Who acts. On a page of a platform a manager acts for that platform."""
        at = self.platform
        actor = self.account.actor(*(() if at is None else (at.id, at.key)))
        return replace(actor, request_id=self.request.scope["state"].get("request_id"))

    @property
    def reach(self) -> Reach:
        """The rows a page shows: its platform's, whoever looks."""
        assert self.platform is not None, "a page of a platform"
        return Reach(self.platform.id)

    def to(self, path: str = "") -> str:
        """The address of a page of this platform."""
        assert self.platform is not None, "a page of a platform"
        return f"{paths.HOME}/p/{self.platform.id}{path}"

    async def ask(self, question: Callable[..., Any], *arguments: Any) -> Any:
        """The answer to a question. Raises Refused."""
        return unwrap(await self.desk.ask(question, *arguments))

    async def do(self, command: Command) -> Any:
        """What comes of a command: its answer, or a Refusal, which most forms want to show."""
        return await self.desk.submit(command)

    def operators_only(self) -> None:
        """Raises Refused for managers."""
        if not self.account.is_operator:
            raise Refused(Refusal(Code.FORBIDDEN, "Only an operator may do this."))

    @property
    def search(self) -> str:
        """What is searched for, as the field of a page says it."""
        said = self.request.query_params.get("q", "")
        return said.replace("\0", "")[:SEARCH_LENGTH_MAX]

    @property
    def in_part(self) -> bool:
        """Whether a script asks for a part of a page."""
        return "hx-request" in self.request.headers

    def page(
        self, template: str, part: str | None = None, status: int = 200, **values: Any
    ) -> Response[bytes]:
        """A page; only its block `part` where a script asks for that."""
        said = SAID.get(self.request.query_params.get("said", ""))
        every = {"visit": self, "account": self.account, "now": self.now, "said": said}
        wanted = part if self.in_part else None
        return html(template, {**every, **values}, wanted, status)

    def go(self, path: str, said: str | None = None) -> Response[bytes]:
        """Lead on to another page, which then says (`SAID`) what was done."""
        target = paths.with_query(path, said=said)
        if self.in_part:
            return Response(b"", headers={"HX-Redirect": target}, media_type=HTML)
        return Response(b"", status_code=303, headers={"Location": target}, media_type=HTML)

    def lead(self, path: str) -> Response[bytes]:
        """Lead on to another page; in a dialog, to its part that is shown there."""
        return Response(b"", status_code=303, headers={"Location": path}, media_type=HTML)

    def back(self, otherwise: str) -> str:
        """The page of ours that this was called from, as its address says; else `otherwise`."""
        return paths.own(self.request.query_params.get("back"), otherwise)


def html(
    template: str, values: Mapping[str, Any], part: str | None = None, status: int = 200
) -> Response[bytes]:
    return Response(render(template, values, part), status_code=status, media_type=HTML)


async def visit_of(request: Request[Any, Any, Any]) -> Visit:
    """The visit that a request is, within the platform that its path names.

    A platform that the visitor does not reach answers as if it did not exist.
    """
    desk: Desk = request.app.state.desk
    session: Session = request.scope["state"]["session"]
    named = request.path_params.get("platform_id")
    platform = None if named is None else await _platform(desk, session.account, named)
    places: tuple[Place, ...] = ()
    if not session.account.is_operator:
        found = unwrap(await desk.ask(keep_accounts.platforms_of, session.account))
        places = tuple(found)
    return Visit(request, desk, session, platform, places)


async def _platform(desk: Desk, account: Account, text: str) -> Platform:
    platform_id = read_id(text, unknown_platform())
    if not account.reaches(platform_id):
        raise Refused(unknown_platform())

    def find(unit: Any) -> Platform | Refusal:
        return find_platform(unit, account.actor(platform_id), platform_id=platform_id)

    platform: Platform = unwrap(await desk.ask(find))
    return platform


def read_id(text: str, unknown: Refusal) -> int:
    """An id as addresses spell it; what is none is unknown."""
    if not (text.isascii() and text.isdigit() and len(text) < 20) or int(text) > ID_MAX:
        raise Refused(unknown)
    return int(text)
