"""Progress: how far learners have come, told by the platform they learn on."""

from collections import Counter
from collections.abc import Sequence
from datetime import datetime
from typing import Annotated, Any

import msgspec
from litestar import get, post, put
from litestar.di import NamedDependency
from litestar.params import FromPath, FromQuery, JSONBody
from msgspec import UNSET, UnsetType

from seatledger.desk import Desk
from seatledger.dialects.dialect import Refused, unwrap
from seatledger.dialects.native.documented import described
from seatledger.dialects.native.naming import platform_named, reach_within
from seatledger.dialects.native.reading import read_id, read_instant, read_item
from seatledger.dialects.native.refusals import refuse
from seatledger.domain import progress as domain
from seatledger.domain.actor import Actor
from seatledger.domain.people_command import ReportProgress, ReportProgressOfMany
from seatledger.domain.refusal import Refusal, invalid, unknown_learner
from seatledger.usecases.report_progress import ProgressAsked, get_progress

REPORTS_MAX = 1000


class Progress(msgspec.Struct):
    """`percent` is from 0 to 100. `at` is as of when that holds, null where nobody told yet.

    `outcome` is what a report did: `recorded`, `unchanged` (it says what was known) or `outdated`
    (a later one is known, and is what is shown).
    """

    percent: float
    completed_at: datetime | None
    last_opened_at: datetime | None
    at: datetime | None
    outcome: str | UnsetType = UNSET


class ProgressTold(msgspec.Struct, forbid_unknown_fields=True):
    """How far a learner has come, as of `at`, which is now unless given."""

    percent: float
    completed_at: datetime | None = None
    last_opened_at: datetime | None = None
    at: datetime | None = None


class Report(msgspec.Struct, forbid_unknown_fields=True):
    """One of many: of a learner named by id or e-mail address, in an item spelled KIND:KEY."""

    item: str
    percent: float
    learner: str | None = None
    email: str | None = None
    completed_at: datetime | None = None
    last_opened_at: datetime | None = None
    at: datetime | None = None


class Reports(msgspec.Struct, forbid_unknown_fields=True):
    reports: Annotated[list[Report], msgspec.Meta(max_length=REPORTS_MAX)]
    platform: str | None = None


class RowResult(msgspec.Struct, omit_defaults=True):
    """What became of one report: its progress, or the problem with it."""

    row: int
    outcome: str
    progress: Progress | None = None
    problem: dict[str, Any] | None = None


class Results(msgspec.Struct):
    """`counts` says how often each outcome occurs; `results` are in the order of the reports."""

    counts: dict[str, int]
    results: list[RowResult]


def shown(progress: domain.Progress, outcome: str | UnsetType = UNSET) -> Progress:
    return Progress(
        progress.percent, progress.completed, progress.last_opened, progress.at, outcome
    )


@put(
    "/learners/{learner_id:str}/progress/{item:path}",
    **described("report_progress", "Say how far a learner has come", 415),
)
async def report_progress(
    learner_id: FromPath[str],
    item: FromPath[str],
    data: JSONBody[ProgressTold],
    actor: NamedDependency[Actor],
    desk: NamedDependency[Desk],
    platform: FromQuery[str | None] = None,
) -> Progress:
    told = msgspec.structs.asdict(data)
    report = Report(item=item.removeprefix("/"), learner=learner_id, **told)
    command = _command(actor, platform_named(actor, platform), report)
    reported: domain.Reported = unwrap(await desk.submit(command))
    return shown(reported.progress, reported.outcome)


@get(
    "/learners/{learner_id:str}/progress/{item:path}",
    **described("get_progress", "How far a learner has come"),
)
async def progress_of(
    learner_id: FromPath[str],
    item: FromPath[str],
    actor: NamedDependency[Actor],
    desk: NamedDependency[Desk],
    platform: FromQuery[str | None] = None,
) -> Progress:
    kind, key = read_item(item.removeprefix("/"))
    asked = ProgressAsked(
        by=actor,
        platform_key=platform_named(actor, platform),
        learner_id=read_id(learner_id, unknown_learner()),
        item_kind=kind,
        item_key=key,
    )
    return shown(unwrap(await desk.ask(get_progress, asked)))


@post(
    "/progress",
    status_code=200,
    **described("report_progress_of_many", "Say how far many learners have come", 413, 415),
)
async def report_progress_of_many(
    data: JSONBody[Reports], actor: NamedDependency[Actor], desk: NamedDependency[Desk]
) -> Results:
    platform = platform_named(actor, data.platform)
    await reach_within(desk, actor, data.platform)
    read = [_read(actor, platform, report) for report in data.reports]
    good = tuple(each for each in read if isinstance(each, ReportProgress))
    told = iter(unwrap(await desk.submit(ReportProgressOfMany(actor, reports=good))))
    outcomes = [each if isinstance(each, Refusal) else next(told) for each in read]
    return _results(outcomes)


def _read(actor: Actor, platform: str, report: Report) -> ReportProgress | Refusal:
    try:
        return _command(actor, platform, report)
    except Refused as refused:
        return refused.refusal


def _command(actor: Actor, platform: str, report: Report) -> ReportProgress:
    """What a report asks. Raises Refused where a member of it can't be read."""
    kind, key = read_item(report.item)
    if (report.learner is None) == (report.email is None):
        raise Refused(invalid("learner", "Name the learner: by id or by e-mail address."))
    return ReportProgress(
        actor,
        platform_key=platform,
        learner_id=None if report.learner is None else read_id(report.learner, unknown_learner()),
        email=report.email,
        item_kind=kind,
        item_key=key,
        percent=report.percent,
        completed=read_instant(report.completed_at, "completed_at"),
        last_opened=read_instant(report.last_opened_at, "last_opened_at"),
        at=read_instant(report.at, "at"),
    )


def _results(outcomes: Sequence[domain.Reported | Refusal]) -> Results:
    rows = [
        RowResult(row, "refused", problem=refuse(outcome).body)
        if isinstance(outcome, Refusal)
        else RowResult(row, outcome.outcome, shown(outcome.progress))
        for row, outcome in enumerate(outcomes)
    ]
    return Results(dict(Counter(row.outcome for row in rows)), rows)


handlers = [report_progress, progress_of, report_progress_of_many]
