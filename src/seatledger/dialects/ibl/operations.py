"""Makes a served operation of a row in a table: what it reads, what it answers, who may call it.

    operation(
        "GET", "/courses/", "catalog_courses_list", list_courses,
        summary="List courses", query=CourseQuery, answer=list[Course],
    )

The order of checks is the same everywhere: key, right, query, body, then the ledger's own.
"""

from collections.abc import Awaitable, Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Generic, Literal, TypeVar

import msgspec
from litestar import Request, Response
from litestar.enums import MediaType
from litestar.handlers import HTTPRouteHandler
from litestar.openapi.datastructures import ResponseSpec

from seatledger.desk import Desk
from seatledger.dialects.dialect import Refused, actor_of, desk_of
from seatledger.dialects.ibl import documents, fields
from seatledger.dialects.ibl.bodies import read_body
from seatledger.dialects.ibl.refusals import Problem, refuse
from seatledger.dialects.ibl.roles import Tier
from seatledger.dialects.ibl.storable import storable
from seatledger.domain.actor import Actor

Q = TypeVar("Q", bound=msgspec.Struct)
B = TypeVar("B", bound=msgspec.Struct)

Method = Literal["GET", "POST", "PUT", "PATCH", "DELETE"]


class Nothing(msgspec.Struct):
    """A query or a body that says nothing; as an answer, an empty JSON object."""


_NO_BODY: tuple[msgspec.Struct, Mapping[str, Any]] = (Nothing(), {})


@dataclass(frozen=True, slots=True)
class Call(Generic[Q, B]):
    """One request, read.

    `others` are the query parameters that the operation does not name, `extra` the fields of the
    body; most operations have no use for those, and do not look at them.
    """

    request: Request[Any, Any, Any]
    query: Q
    body: B
    others: Mapping[str, str]
    extra: Mapping[str, Any]

    @property
    def actor(self) -> Actor:
        """The caller; there is none on a public operation."""
        return actor_of(self.request)

    @property
    def desk(self) -> Desk:
        return desk_of(self.request)


@dataclass(frozen=True, slots=True)
class Said:
    """An answer with another status than the operation's first one."""

    body: Any
    status: int


def operation(
    method: Method,
    path: str,
    operation_id: str,
    handle: Callable[[Call[Any, Any]], Awaitable[Any]],
    *,
    answer: Any,
    summary: str,
    query: type[msgspec.Struct] = Nothing,
    ignored: type[msgspec.Struct] = Nothing,
    body: type[msgspec.Struct] | None = None,
    body_optional: bool = False,
    tier: Tier = Tier.MANAGER,
    statuses: Sequence[int] = (200,),
    refused: Sequence[int] = (400, 401, 403, 404),
    error_too: bool = False,
) -> HTTPRouteHandler:
    """A route. `handle` answers with what is sent, or with Said where the status is not the first.

    Path variables are fields of `query` too. Parameters that are only in `ignored` are documented,
    accepted and never looked at. `refused` are the documented statuses that are no success. With
    `error_too` a refusal's sentence is also a member `error` of the body (T3).
    """

    silent = statuses[0] == 204  # nothing is said, not even that nothing is
    named = {*query.__struct_fields__, *ignored.__struct_fields__}

    async def serve(request: Request[Any, Any, Any]) -> Any:
        try:
            return await served(request)
        except Refused as refused:
            if not error_too:
                raise
            refusal = refuse(refused.refusal)
            body = {**refusal.body, "error": refused.refusal.sentence}
            return Response(body, status_code=refusal.status, headers=refusal.headers)

    async def served(request: Request[Any, Any, Any]) -> Any:
        if tier is not Tier.PUBLIC:
            tier.check(actor_of(request))
        asked, others = _query(request, query, named)
        said, extra = _NO_BODY
        if body is not None:
            said, extra = await read_body(request, body, optional=body_optional)
        outcome = await handle(Call(request, asked, said, others, extra))
        if silent:
            return None
        if isinstance(outcome, Said):
            return Response(outcome.body, status_code=outcome.status, media_type=MediaType.JSON)
        return Response(outcome, status_code=statuses[0], media_type=MediaType.JSON)

    serve.__name__ = operation_id
    serve.__doc__ = summary
    serve.__annotations__["return"] = None if silent else Response[answer]
    return HTTPRouteHandler(
        path,
        http_method=method,
        operation_id=operation_id,
        summary=summary,
        status_code=statuses[0],
        media_type=MediaType.JSON,
        operation_class=documents.operation_class(path, query, ignored, body, body_optional),
        responses={
            **{status: _spec(answer, documents.MEANINGS[status]) for status in statuses[1:]},
            **{
                status: _spec(Problem, documents.MEANINGS[status]) for status in _all(refused, body)
            },
        },
        security=None if tier is Tier.PUBLIC else [{name: [] for name in documents.SECURITY}],
        response_description=documents.MEANINGS[statuses[0]],
    )(serve)


def _query(
    request: Request[Any, Any, Any], into: type[Q], named: Collection[str]
) -> tuple[Q, dict[str, str]]:
    """The parameters an operation names, and the others. Of repeated ones the last counts."""
    asked = dict(request.query_params.multi_items())
    query = fields.read({**asked, **request.path_params}, into, text=True)
    others = {name: value for name, value in asked.items() if name not in named}
    return query, {storable(name, name): storable(name, value) for name, value in others.items()}


def _all(refused: Sequence[int], body: object) -> list[int]:
    unread = () if body is None else (413, 415)
    return sorted({*refused, *unread, 500, 503})


def _spec(container: Any, description: str) -> ResponseSpec:
    return ResponseSpec(
        data_container=container,
        description=description,
        generate_examples=False,
        media_type=MediaType.JSON,
    )
