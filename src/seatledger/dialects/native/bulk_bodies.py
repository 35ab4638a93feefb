"""What is sent to a bulk operation: a CSV file, or rows as JSON, and how both are documented."""

import asyncio
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import msgspec
from litestar import Request
from litestar.exceptions import SerializationException, ValidationException
from litestar.handlers import HTTPRouteHandler
from litestar.openapi.spec import OpenAPIMediaType, Operation, RequestBody, Schema
from litestar.openapi.spec.enums import OpenAPIFormat, OpenAPIType

from seatledger.dialects.dialect import Refused, unwrap
from seatledger.dialects.native.reading import read_instant
from seatledger.domain.job import JobKind, JobMode
from seatledger.domain.refusal import Code, Refusal
from seatledger.usecases.job_files import Packed, pack_csv, pack_rows

CSV, JSON = "text/csv", "application/json"


class BulkRows(msgspec.Struct, forbid_unknown_fields=True):
    """Rows are objects with texts; `end` is for those without one."""

    rows: list[msgspec.Raw]
    mode: JobMode | None = None
    silent: bool | None = None
    end: datetime | None = None


@dataclass(frozen=True, slots=True)
class Bulk:
    """The rows of a request, and how they are to be done."""

    file: Packed
    mode: JobMode
    silent: bool


class FileRoute(HTTPRouteHandler):
    """A route whose body may be as large as a file: the application has a setting for that."""

    def resolve_request_max_body_size(self) -> int | None:
        limit: int = self.app.state.settings.import_bytes_max
        return limit


@dataclass
class FileOperation(Operation):
    """Documents the body that the handler reads by itself."""

    def __post_init__(self) -> None:
        text = Schema(type=OpenAPIType.STRING)
        row = Schema(type=OpenAPIType.OBJECT, additional_properties=text)
        instant = Schema(
            type=[OpenAPIType.STRING, OpenAPIType.NULL], format=OpenAPIFormat.DATE_TIME
        )
        mode = Schema(type=OpenAPIType.STRING, enum=[each.value for each in JobMode])
        rows = Schema(
            type=OpenAPIType.OBJECT,
            required=["rows"],
            properties={
                "rows": Schema(type=OpenAPIType.ARRAY, items=row, min_items=1),
                "mode": mode,
                "silent": Schema(type=OpenAPIType.BOOLEAN),
                "end": instant,
            },
            additional_properties=False,
        )
        self.request_body = RequestBody(
            description="Rows, or a file whose first line names its columns.",
            required=True,
            content={JSON: OpenAPIMediaType(schema=rows), CSV: OpenAPIMediaType(schema=text)},
        )


async def read_bulk(
    request: Request[Any, Any, Any],
    kind: JobKind,
    mode: JobMode | None,
    silent: bool | None,
    end: datetime | None,
) -> Bulk:
    """What is asked. What a JSON body says goes before the same in the query."""
    media_type, _ = request.content_type
    if media_type not in {CSV, JSON}:
        raise Refused(Refusal(Code.UNREADABLE, f"Send {CSV} or {JSON}."))
    data = await request.body()
    read = _read_json if media_type == JSON else _read_csv
    asked = Asked(kind, mode, silent, read_instant(end, "end"))
    return await asyncio.to_thread(read, data, asked)  # it may take seconds


@dataclass(frozen=True, slots=True)
class Asked:
    """What the path and the query say of the rows."""

    kind: JobKind
    mode: JobMode | None
    silent: bool | None
    end: datetime | None


def _read_csv(data: bytes, asked: Asked) -> Bulk:
    packed = unwrap(pack_csv(data, asked.kind, asked.end))
    return Bulk(packed, asked.mode or JobMode.BEST_EFFORT, asked.silent or False)


def _read_json(data: bytes, asked: Asked) -> Bulk:
    try:
        said = msgspec.json.decode(data, type=BulkRows)
    except msgspec.ValidationError as error:
        raise ValidationException("invalid", extra=[{"message": str(error)}]) from error
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise SerializationException from error
    end = read_instant(said.end, "end") or asked.end
    packed = unwrap(pack_rows(said.rows, asked.kind, end))
    silent = asked.silent if said.silent is None else said.silent
    return Bulk(packed, said.mode or asked.mode or JobMode.BEST_EFFORT, silent or False)
