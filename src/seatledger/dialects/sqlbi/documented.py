"""What the OpenAPI page says of each operation: parameters, bodies, answers and errors."""

from dataclasses import dataclass
from typing import Annotated, Any

from litestar.datastructures import ResponseHeader
from litestar.openapi.datastructures import ResponseSpec
from litestar.openapi.spec import (
    OpenAPIMediaType,
    OpenAPIType,
    Operation,
    RequestBody,
    Schema,
    SecurityScheme,
)
from litestar.openapi.spec.enums import OpenAPIFormat
from litestar.params import QueryParameter

from seatledger.dialects.sqlbi.reading import NAME_LENGTH_MAX, PAGE_SIZE, PAGE_SIZE_MAX
from seatledger.dialects.sqlbi.schemas import Problem

NO_STORE = {"Cache-Control": "no-store"}
TOTAL = "X-Total-Count"
TEXT = {"type": OpenAPIType.STRING, "one_of": None}  # may be left out, but is never null
SECURITY = {
    "sqlbi_token": SecurityScheme(
        type="http", scheme="bearer", description="The token of a license manager."
    )
}

# Read as text, because unknown ids must be refused before malformed parameters are (O35).
PageText = Annotated[
    str | None,
    QueryParameter(
        name="page",
        description="The number of the page, from 1.",
        schema_extra={"type": OpenAPIType.INTEGER, "one_of": None, "minimum": 1, "default": 1},
    ),
]
PageSizeText = Annotated[
    str | None,
    QueryParameter(
        name="pageSize",
        description="How many elements a page has.",
        schema_extra={
            "type": OpenAPIType.INTEGER,
            "one_of": None,
            "minimum": 1,
            "maximum": PAGE_SIZE_MAX,
            "default": PAGE_SIZE,
        },
    ),
]
IncludeInactiveText = Annotated[
    str | None,
    QueryParameter(
        name="includeInactive",
        description="Whether licenses that were revoked or have expired are shown too.",
        schema_extra={"type": OpenAPIType.BOOLEAN, "one_of": None, "default": False},
    ),
]

_ERRORS = {
    400: "The request can't be read, or a rule forbids it; the code says which.",
    401: "No valid token.",
    403: "The token speaks for no license manager.",
    404: "No such thing, or one of another license manager.",
    429: "Too many requests in a minute; Retry-After says how many seconds to wait.",
    500: "A fault of the server.",
    503: "The server is too busy, or has no database now; Retry-After says when to come again.",
}


def described(
    name: str, summary: str, *, listed: bool = False, body: type[Operation] = Operation
) -> dict[str, Any]:
    """What a route handler is told about itself. The vendor has one list of errors for all."""
    total = ResponseHeader(
        name=TOTAL, description="How many elements all pages have.", documentation_only=True
    )
    return {
        "operation_id": f"sqlbi_{name}",
        "summary": summary,
        "status_code": 200,
        "operation_class": body,
        "response_headers": [total] if listed else [],
        "responses": {
            status: ResponseSpec(Problem, description=meaning, generate_examples=False)
            for status, meaning in _ERRORS.items()
        },
    }


_DAY = Schema(
    type=OpenAPIType.STRING,
    format=OpenAPIFormat.DATE,
    description="Access stops at the start of this day, in UTC. Not after the pool's end.",
)


def _body(**schema: Any) -> RequestBody:
    media = OpenAPIMediaType(schema=Schema(type=OpenAPIType.OBJECT, **schema))
    return RequestBody(content={"application/json": media}, required=True)


@dataclass
class TakesAssignment(Operation):
    """An operation whose body says who gets a license."""

    def __post_init__(self) -> None:
        self.request_body = _body(
            required=["email"],
            properties={
                "email": Schema(
                    type=OpenAPIType.STRING,
                    format=OpenAPIFormat.EMAIL,
                    description="Who gets the license.",
                ),
                "name": Schema(
                    type=OpenAPIType.STRING,
                    max_length=NAME_LENGTH_MAX,
                    default="Student",
                    description="Ignored where the student is known already.",
                ),
                "endDate": _DAY,
                "recycle": Schema(
                    type=OpenAPIType.BOOLEAN,
                    default=False,
                    description="Whether to revoke the oldest license of a full pool.",
                ),
            },
        )


@dataclass
class TakesEnd(Operation):
    """An operation whose body is a new end."""

    def __post_init__(self) -> None:
        self.request_body = _body(required=["endDate"], properties={"endDate": _DAY})
