"""What a dialect is to the application, and the few things all dialects need from it.

A dialect's own rules of speech (where a token stands, what an error looks like, which paths are
open) are fields here; what they mean is decided in the domain.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, TypeVar

import msgspec
from litestar import Request, Router
from litestar.di import NamedDependency, Provide
from litestar.openapi.spec import SecurityScheme

from seatledger.desk import Desk
from seatledger.domain.actor import Actor
from seatledger.domain.refusal import Refusal
from seatledger.ops.settings import Settings

T = TypeVar("T")
Headers = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Answer:
    """A response that is not a success: status, body as JSON, and headers of its own."""

    status: int
    body: Any
    headers: Mapping[str, str] = field(default_factory=dict)
    media_type: str = "application/json"

    def encoded(self) -> bytes:
        return msgspec.json.encode(self.body)


@dataclass(frozen=True, slots=True)
class Dialect:
    """`prefixes` are the paths that are its own, in canonical spelling; the longest match decides.

    `spellings` maps other beginnings of a path to canonical ones. `read_token` finds the token in
    the headers. `refuse` renders any refusal. `is_open` tells which requests need no token.
    `security` are the schemes that the OpenAPI page names for reading the token.
    `per_minute` is how many requests a platform's manager may make in a minute; 0 is no limit.
    With `tells_rate` every answer under a limit says what is left of it.
    """

    name: str
    prefixes: Sequence[str]
    routers: Sequence[Router]
    read_token: Callable[[Headers], str | None]
    refuse: Callable[[Refusal], Answer]
    spellings: Mapping[str, str] = field(default_factory=dict)
    is_open: Callable[[str, str], bool] = lambda method, path: False
    headers: Mapping[str, str] = field(default_factory=dict)
    security: Mapping[str, SecurityScheme] = field(default_factory=dict)
    per_minute: Callable[[Settings], int] = lambda settings: 0
    tells_rate: bool = False


class Refused(Exception):
    """Carries a Refusal out of a handler, to be rendered by the dialect of the request."""

    def __init__(self, refusal: Refusal) -> None:
        super().__init__(refusal.sentence)
        self.refusal = refusal


def unwrap(outcome: T | Refusal) -> T:
    """The outcome where it is one. Raises Refused where it is a Refusal."""
    if isinstance(outcome, Refusal):
        raise Refused(outcome)
    return outcome


def actor_of(request: Request[Any, Any, Any]) -> Actor:
    """The authenticated caller, whom the gate put there."""
    actor: Actor = request.scope["state"]["actor"]
    return actor


def desk_of(request: Request[Any, Any, Any]) -> Desk:
    """The desk of the application; of a request that may come twice, its own."""
    desk: Desk = request.scope["state"].get("desk") or request.app.state.desk
    return desk


def _actor_after_desk(
    request: Request[Any, Any, Any],
    desk: NamedDependency[Desk],  # noqa: ARG001 - see below
) -> Actor:
    return actor_of(request)


# What handlers are given by name. The actor asks for the desk though it needs none: for two
# dependencies that don't depend on each other Litestar starts a group of tasks, for each request,
# and that takes as long as all the rest of the rim.
PROVIDED: Mapping[str, Provide] = {
    "actor": Provide(_actor_after_desk, sync_to_thread=False),
    "desk": Provide(desk_of, sync_to_thread=False),
}
