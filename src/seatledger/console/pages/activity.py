"""/console/p/…/activity: all that happened on a platform, to read and to take away."""

import asyncio
import csv
import io
from collections.abc import AsyncIterator
from datetime import datetime
from typing import Any

from litestar import Response, get
from litestar.di import NamedDependency
from litestar.response import Stream

from seatledger.console import telling, words
from seatledger.console.failures import Refused
from seatledger.console.forms import Form, end_of, start_of
from seatledger.console.language import _
from seatledger.console.pages.pools import cursor
from seatledger.console.paths import HOME
from seatledger.console.spreadsheet import workbook
from seatledger.console.visit import Visit
from seatledger.domain.event import EventKind
from seatledger.domain.refusal import Refusal, invalid
from seatledger.usecases.job_results import harmless
from seatledger.usecases.tell_history import (
    Entry,
    EventFilter,
    has_more_entries,
    latest_entries,
)

PATH = f"{HOME}/p/{{platform_id:str}}/activity"
EVENTS_SHOWN = 50
READ_AT_ONCE = 1_000
WORKBOOK_ROWS_MAX = 100_000
COLUMNS = ("number", "at", "what", "who", "through", "learner", "email", "pool", "before", "after")
GROUPS = {
    "seats": [kind for kind in EventKind if kind.startswith("seat_")],
    "pools": [kind for kind in EventKind if kind.startswith(("pool_", "grant_"))],
    "people": [kind for kind in EventKind if kind.startswith(("group_", "member_", "learner_"))],
    "tokens": [kind for kind in EventKind if kind.startswith("token_")],
    "jobs": [kind for kind in EventKind if kind.startswith("job_")],
}


@get(PATH)
async def show(visit: NamedDependency[Visit]) -> Response[bytes]:
    form, wanted = _asked(visit)
    found = await visit.ask(latest_entries, wanted, cursor(visit), EVENTS_SHOWN, visit.now)
    part = "entries" if cursor(visit) else "results"
    return visit.page(
        "activity.html", part=part, found=found, form=form, kept=_kept(form), groups=tuple(GROUPS)
    )


@get(f"{PATH}.csv", media_type="text/csv")
async def as_csv(visit: NamedDependency[Visit]) -> Stream:
    _form, wanted = _asked(visit)

    async def lines() -> AsyncIterator[str]:
        yield "\ufeff" + _written([COLUMNS])
        async for entries in _all(visit, wanted):
            yield _written([map(harmless, _row(entry)) for entry in entries])

    return Stream(
        lines(),
        media_type="text/csv; charset=utf-8",
        headers={"Content-Disposition": 'attachment; filename="activity.csv"'},
    )


@get(f"{PATH}.xlsx")
async def as_workbook(visit: NamedDependency[Visit]) -> Response[bytes]:
    """A workbook is written when all its rows are there, in a thread: that takes seconds."""
    _form, wanted = _asked(visit)
    if await visit.ask(has_more_entries, wanted, WORKBOOK_ROWS_MAX):
        raise Refused(
            invalid("", _("These are more rows than a workbook is made of: take the CSV file."))
        )
    rows: list[list[str]] = []
    async for entries in _all(visit, wanted):
        rows += map(_row, entries)
    return await asyncio.to_thread(workbook, "activity.xlsx", COLUMNS, rows)


async def _all(visit: Visit, wanted: EventFilter) -> AsyncIterator[list[Entry]]:
    after = 0
    while True:
        found = await visit.desk.ask(latest_entries, wanted, after, READ_AT_ONCE, visit.now)
        if isinstance(found, Refusal):
            raise ConnectionAbortedError(found.sentence)  # cut off, not cut short unnoticed
        yield found.rows
        if not found.more:
            return
        after = found.last_id


def _asked(visit: Visit) -> tuple[Form, EventFilter]:
    """What the address asks for; what can't be read asks nothing, and says so beside its field."""
    query = visit.request.query_params
    form = Form(values={name: query.get(name, "") for name in ("kind", "from", "to")})
    first, last = form.day("from"), form.day("to")
    since: datetime | None = None if first is None else start_of(first)
    kinds: Any = GROUPS.get(form.get("kind"))
    until = None if last is None else end_of(last)
    return form, EventFilter(visit.reach.platform_id, kinds=kinds, since=since, until=until)


def _kept(form: Form) -> dict[str, str]:
    return {name: value for name, value in form.values.items() if value}


def _row(entry: Entry) -> list[str]:
    event, learner, pool = entry.event, entry.learner, entry.pool
    changed = telling.changes(event)
    return [
        str(event.seq),
        event.at.isoformat(),
        event.kind,
        event.actor,
        event.surface,
        learner.name if learner else "",
        learner.email if learner else "",
        words.title(pool) if pool else "",
        "; ".join(f"{each.label}: {each.before}" for each in changed),
        "; ".join(f"{each.label}: {each.after}" for each in changed),
    ]


def _written(rows: Any) -> str:
    text = io.StringIO()
    csv.writer(text, lineterminator="\r\n").writerows(rows)
    return text.getvalue()


handlers = [show, as_csv, as_workbook]
