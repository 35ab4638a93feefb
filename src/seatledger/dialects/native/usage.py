"""How pools were used, step by step, as JSON or as CSV: one table of rows, written twice."""

import csv
import io
from dataclasses import dataclass
from datetime import UTC, date, datetime
from enum import StrEnum
from typing import Annotated, Any

import msgspec
from litestar import Request, Response, get
from litestar.di import NamedDependency
from litestar.openapi.spec import OpenAPIMediaType, OpenAPIType, Operation, Schema
from litestar.params import FromPath, QueryParameter

from seatledger.desk import Desk
from seatledger.dialects.dialect import Refused, unwrap
from seatledger.dialects.native.documented import described
from seatledger.dialects.native.naming import PlatformKey, platform_named, reach_within
from seatledger.dialects.native.reading import read_id
from seatledger.domain import run_out
from seatledger.domain.actor import Actor
from seatledger.domain.refusal import invalid, unknown_pool
from seatledger.domain.usage import Step, Used
from seatledger.usecases import measure_usage
from seatledger.usecases.measure_usage import Usage, UsageAsked


class Format(StrEnum):
    JSON = "json"
    CSV = "csv"


DATE = {"format": "date"}
From = Annotated[
    str | None,
    QueryParameter(
        name="from",
        description="The first day (UTC); by default 30 days, 13 weeks or 12 months are shown.",
        schema_extra=DATE,
    ),
]
To = Annotated[
    str | None,
    QueryParameter(
        name="to", description="The last day (UTC); by default today.", schema_extra=DATE
    ),
]
Steps = Annotated[
    Step, QueryParameter(name="step", description="Weeks begin on Monday; at most 1,000 steps.")
]
Form = Annotated[
    str | None,
    QueryParameter(
        name="format",
        description="By default what Accept says: JSON or text/csv.",
        schema_extra={"enum": list(Format)},
    ),
]


class Row(msgspec.Struct, rename={"first": "from", "last": "to"}):
    """Some days. `size` and `held` are at the end of the last; `most_held` at any time in them."""

    first: date
    last: date
    size: int
    held: int
    most_held: int
    assigned: int
    ended: int


class RunOut(msgspec.Struct):
    """The day when the last place will be taken, or null and `why`."""

    date: date | None
    why: str | None
    method: str


class UsageOfPool(msgspec.Struct):
    step: Step
    data: list[Row]
    run_out: RunOut


class UsageOfPlatform(msgspec.Struct):
    step: Step
    data: list[Row]


@dataclass
class TableOperation(Operation):
    """Documents that the same is to be had as CSV."""

    def __post_init__(self) -> None:
        answer = (self.responses or {})["200"]
        table = OpenAPIMediaType(schema=Schema(type=OpenAPIType.STRING))
        answer.content = {**(answer.content or {}), "text/csv": table}  # type: ignore[union-attr]


@get(
    "/pools/{pool_id:str}/usage",
    operation_class=TableOperation,
    **described("pool_usage", "How a pool was used"),
)
async def pool_usage(
    pool_id: FromPath[str],
    actor: NamedDependency[Actor],
    desk: NamedDependency[Desk],
    request: Request[Any, Any, Any],
    first: From = None,
    last: To = None,
    step: Steps = Step.DAY,
    form: Form = None,
) -> Response[UsageOfPool]:
    as_csv = _as_csv(request, form)
    wanted, asked = read_id(pool_id, unknown_pool()), _asked(first, last, step)
    usage: Usage = unwrap(
        await desk.ask(measure_usage.measure_pool, actor.reach, wanted, asked, desk.clock())
    )
    rows = list(map(_row, usage.steps))
    if as_csv:
        return _table(rows)
    assert usage.run_out is not None
    return Response(UsageOfPool(step, rows, _estimate(usage.run_out)))


@get(
    "/usage",
    operation_class=TableOperation,
    **described("platform_usage", "How all pools of a platform were used"),
)
async def platform_usage(
    actor: NamedDependency[Actor],
    desk: NamedDependency[Desk],
    request: Request[Any, Any, Any],
    platform_key: PlatformKey = None,
    first: From = None,
    last: To = None,
    step: Steps = Step.DAY,
    form: Form = None,
) -> Response[UsageOfPlatform]:
    as_csv = _as_csv(request, form)
    reach = await reach_within(desk, actor, platform_named(actor, platform_key))
    asked = _asked(first, last, step)
    usage: Usage = unwrap(
        await desk.ask(measure_usage.measure_platform, reach.platform_id, asked, desk.clock())
    )
    rows = list(map(_row, usage.steps))
    return _table(rows) if as_csv else Response(UsageOfPlatform(step, rows))


def _row(used: Used) -> Row:
    return Row(
        first=used.span.first,
        last=used.span.last,
        size=used.size,
        held=used.held,
        most_held=used.most_held,
        assigned=used.assigned,
        ended=used.ended,
    )


def _estimate(estimate: run_out.RunOut) -> RunOut:
    return RunOut(estimate.date, estimate.why, estimate.method)


def _asked(first: str | None, last: str | None, step: Step) -> UsageAsked:
    return UsageAsked(_read_day(first, "from"), _read_day(last, "to"), step)


def _read_day(text: str | None, field: str) -> date | None:
    if text is None:
        return None
    try:
        return datetime.strptime(text, "%Y-%m-%d").replace(tzinfo=UTC).date()
    except ValueError:
        raise Refused(invalid(field, f"{field} is a date: 2026-11-24.")) from None


def _as_csv(request: Request[Any, Any, Any], form: str | None) -> bool:
    if form is None:
        return request.accept.best_match(["application/json", "text/csv"]) == "text/csv"
    if form not in set(Format):
        raise Refused(invalid("format", f"The formats are {', '.join(Format)}."))
    return form == Format.CSV


def _table(rows: list[Row]) -> Response[Any]:
    """The rows as RFC 4180 has it, under the names that JSON calls their members."""
    page = io.StringIO()
    writer = csv.writer(page)
    writer.writerow(Row.__struct_encode_fields__)
    writer.writerows(msgspec.structs.astuple(row) for row in rows)
    return Response(page.getvalue(), media_type="text/csv")


handlers = [pool_usage, platform_usage]
