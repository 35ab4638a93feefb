"""What every write takes besides its own parameters: a key, and whether it is only a dry run."""

from collections.abc import Sequence
from typing import Annotated, Any

from litestar import Request
from litestar.di import Provide
from litestar.handlers import HTTPRouteHandler
from litestar.params import HeaderParameter, QueryParameter

from seatledger.desk import Desk
from seatledger.dialects.dialect import desk_of
from seatledger.dialects.native.documented import problems
from seatledger.dialects.repeating import HEADER, WRITES
from seatledger.dialects.request_desk import RehearsingDesk

_KEYS = {409, 422}  # a key that is in use, or was another request's
DryRun = Annotated[
    bool,
    QueryParameter(description="Say what would come of it, by the same checks, and keep nothing."),
]
Key = Annotated[
    str | None,
    HeaderParameter(
        name=HEADER,
        description="1 to 255 visible ASCII characters, new for each request. The request may then "
        "be repeated: it is carried out once, and answered as it was, for 30 days.",
    ),
]


def _desk_for_writing(
    request: Request[Any, Any, Any],
    dry_run: DryRun = False,
    idempotency_key: Key = None,  # noqa: ARG001 - documented here, looked at before routing
) -> Desk:
    if not dry_run:
        return desk_of(request)
    request.scope["state"]["dry_run"] = True
    return RehearsingDesk(request.app.state.desk)


def routed(handlers: Sequence[HTTPRouteHandler]) -> list[HTTPRouteHandler]:
    """The handlers, all that write with these parameters.

    A POST that writes nothing is marked `reads=True`.
    """
    desk = Provide(_desk_for_writing, sync_to_thread=False)
    for each in handlers:
        if each.http_methods & WRITES and "reads" not in each.opt:
            each.dependencies = {**(each.dependencies or {}), "desk": desk}
            each.responses = {**(each.responses or {}), **problems(_KEYS)}
    return list(handlers)
