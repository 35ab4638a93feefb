"""The routes of the ledger's own tongue."""

from datetime import datetime
from typing import Annotated

import msgspec
from litestar import Router, get
from litestar.di import NamedDependency
from litestar.openapi.datastructures import ResponseSpec
from litestar.params import QueryParameter

from seatledger.desk import Desk
from seatledger.dialects.dialect import Refused, unwrap
from seatledger.domain.actor import Actor
from seatledger.domain.item import ItemKind
from seatledger.domain.refusal import invalid
from seatledger.usecases.check_access import AccessAsked


class Problem(msgspec.Struct, omit_defaults=True):
    """A refusal: a code for programs, a sentence for people, the field to blame if any."""

    error: str
    message: str
    field: str | msgspec.UnsetType = msgspec.UNSET


class AccessAnswer(msgspec.Struct):
    """`seat_id` is the seat that opens the item; `until` when that ends, null where never."""

    access: bool
    seat_id: int | None
    until: datetime | None


ERRORS = {
    400: "A parameter is missing or can't be read.",
    401: "No valid token.",
    404: "No such platform, or not the caller's.",
    503: "Too busy, or without a database; Retry-After says when to come again.",
}


@get(
    "/api/access",
    operation_id="check_access",
    summary="May this person open this item?",
    responses={
        status: ResponseSpec(Problem, description=meaning, generate_examples=False)
        for status, meaning in ERRORS.items()
    },
)
async def check_access(
    actor: NamedDependency[Actor],
    desk: NamedDependency[Desk],
    email: Annotated[str, QueryParameter(description="The person's address.", min_length=1)],
    item: Annotated[
        str, QueryParameter(description="Kind and key: `course:course-v1:ACME+DATA+2026`.")
    ],
    platform: Annotated[
        str | None,
        QueryParameter(description="Whose seats count; by default the caller's platform's."),
    ] = None,
) -> AccessAnswer:
    kind, _, key = item.partition(":")
    if kind not in set(ItemKind) or not key:
        raise Refused(invalid("item", f"An item is KIND:KEY, of a kind in {', '.join(ItemKind)}."))
    platform = platform or actor.platform_key
    if platform is None:
        raise Refused(invalid("platform", "Name the platform."))
    if "\0" in email + key + platform:
        raise Refused(invalid("item", "No name has a NUL character."))
    asked = AccessAsked(actor, platform, email, ItemKind(kind), key)
    answer = unwrap(await desk.check_access(asked))
    return AccessAnswer(answer.granted, answer.seat_id, answer.until)


router = Router("/", route_handlers=[check_access], tags=["native"], security=[{"token": []}])
