"""Lists by cursor: stable while others write, since they are sorted by id and ids only grow."""

from collections.abc import Callable
from typing import Annotated, Any, Generic, TypeVar

import msgspec
from litestar import Response
from litestar.params import QueryParameter

from seatledger.dialects.dialect import Refused
from seatledger.dialects.native.reading import LIMIT, LIMIT_MAX, cursor
from seatledger.domain.refusal import invalid
from seatledger.usecases.questions import Followed

T = TypeVar("T")
Limit = Annotated[
    int,
    QueryParameter(
        description="How many rows at most.",
        schema_extra={"minimum": 1, "maximum": LIMIT_MAX, "default": LIMIT},
    ),
]
After = Annotated[
    str | None,
    QueryParameter(description="The `next` of the list before this one.", required=False),
]
Fields = Annotated[
    str | None,
    QueryParameter(description="Only these members of each row, separated by commas."),
]


class Page(msgspec.Struct, Generic[T]):
    """`next`, as `after` of the next request, reads on; null where there is nothing more now."""

    data: list[T]
    next: str | None


def page(
    found: Followed[T], shown: Callable[[T], msgspec.Struct], fields: str | None = None
) -> Response[Any]:
    """`{"data": [row, …], "next": cursor or null}`: null where there is nothing more now."""
    rows = [only(shown(row), fields) for row in found.rows]
    following = cursor(found.last_id) if found.more else None
    return Response({"data": rows, "next": following})


def only(row: msgspec.Struct, fields: str | None) -> Any:
    """The members of a row that were asked for; all of them where `fields` is None."""
    if fields is None:
        return row
    names = [name.strip() for name in fields.split(",")]
    if unknown := set(names) - set(row.__struct_fields__):
        raise Refused(invalid("fields", f"There is no field {min(unknown)!r} here."))
    return {name: getattr(row, name) for name in names}
