"""Does what a job asks, for some of its rows: by the same verbs as one seat at a time."""

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from functools import partial
from typing import TypeVar

from seatledger.domain.command import AssignSeat, ChangeEnd, EndSeat, IfHeld
from seatledger.domain.job import (
    DONE_BY,
    Job,
    JobKind,
    Outcome,
    RowAsked,
    RowTold,
    refused,
    unreadable,
)
from seatledger.domain.learner import email_key
from seatledger.domain.refusal import Code, Refusal, invalid
from seatledger.domain.seating import Seated
from seatledger.storage import pool_seats
from seatledger.storage.pool_seats import Meant
from seatledger.storage.unit import Unit
from seatledger.usecases.assign_seats import assign_seats
from seatledger.usecases.end_seats import change_ends, end_seats

C = TypeVar("C", AssignSeat, EndSeat, ChangeEnd)
_UNNAMED = "Name the learner by e-mail address, or the seat by its id."


def do_rows(unit: Unit, job: Job, rows: Sequence[RowAsked], now: datetime) -> list[RowTold]:
    """What came of each row, in order."""
    work = {
        JobKind.IMPORT: _assign,
        JobKind.END: _end,
        JobKind.EXTEND: _extend,
    }[job.kind]
    readable = [row for row in rows if row.unreadable is None]
    told = iter(work(unit, job, readable, now) if readable else ())
    return [next(told) if row.unreadable is None else unreadable(row.unreadable) for row in rows]


def _assign(unit: Unit, job: Job, rows: Sequence[RowAsked], now: datetime) -> list[RowTold]:
    commands = [
        AssignSeat(
            job.author,
            pool_id=job.pool_id,
            email=row.email,
            name=row.name,
            end=row.end,
            if_held=IfHeld.KEEP,
            check_domain=True,
            transaction_id=_label(job),
            silent=job.silent,
        )
        for row in rows
    ]
    return [
        refused(outcome)
        if isinstance(outcome, Refusal)
        else RowTold(Outcome.ASSIGNED if outcome.created else Outcome.ALREADY, outcome.seat.id)
        for outcome in assign_seats(unit, commands, now)
    ]


def _end(unit: Unit, job: Job, rows: Sequence[RowAsked], now: datetime) -> list[RowTold]:
    def ask(_row: RowAsked, seat: Meant) -> EndSeat:
        return EndSeat(
            job.author,
            seat_id=seat.id,
            pool_id=job.pool_id,
            only_in_force=True,
            transaction_id=_label(job),
            silent=job.silent,
        )

    def tell(command: EndSeat, outcome: Seated | Refusal) -> RowTold:
        if isinstance(outcome, Refusal) and outcome.code is Code.SEAT_ENDED:
            return RowTold(Outcome.ALREADY, command.seat_id)
        return _told(job, command.seat_id, outcome)

    return _change(unit, job, rows, ask, partial(end_seats, now=now), tell)


def _extend(unit: Unit, job: Job, rows: Sequence[RowAsked], now: datetime) -> list[RowTold]:
    ends: dict[int, datetime | None] = {}

    def ask(row: RowAsked, seat: Meant) -> ChangeEnd | Refusal:
        assert row.end is not None, "a row without an end is unreadable"
        if row.end <= now:
            return Refusal(Code.END_IN_PAST, "The end must lie in the future.", field="end")
        ends.setdefault(seat.id, seat.end)
        return ChangeEnd(
            job.author, seat_id=seat.id, end=row.end, transaction_id=_label(job), silent=job.silent
        )

    def tell(command: ChangeEnd, outcome: Seated | Refusal) -> RowTold:
        if isinstance(outcome, Seated) and ends[command.seat_id] == outcome.seat.end:
            return RowTold(Outcome.ALREADY, command.seat_id)
        if isinstance(outcome, Seated):
            ends[command.seat_id] = outcome.seat.end
        return _told(job, command.seat_id, outcome)

    return _change(unit, job, rows, ask, partial(change_ends, now=now), tell)


def _change(
    unit: Unit,
    job: Job,
    rows: Sequence[RowAsked],
    ask: Callable[[RowAsked, Meant], C | Refusal],
    verb: Callable[[Unit, Sequence[C]], Sequence[Seated | Refusal]],
    tell: Callable[[C, Seated | Refusal], RowTold],
) -> list[RowTold]:
    """Find the seat of each row, and do to it what the row asks."""
    seats = _seats(unit, job, rows)
    asked = [each if isinstance(each, Refusal) else ask(row, each) for row, each in seats]
    commands = [each for each in asked if not isinstance(each, Refusal)]
    outcomes = iter(verb(unit, commands) if commands else ())
    return [
        refused(each) if isinstance(each, Refusal) else tell(each, next(outcomes)) for each in asked
    ]


def _seats(
    unit: Unit, job: Job, rows: Sequence[RowAsked]
) -> list[tuple[RowAsked, Meant | Refusal]]:
    ids = {row.seat_id for row in rows if row.seat_id is not None}
    emails = {row.email for row in rows if row.seat_id is None and row.email is not None}
    by_id = pool_seats.by_id(unit, job.pool_id, ids)
    by_email = pool_seats.by_email(unit, job.pool_id, emails)
    return [(row, _meant(row, job, by_id, by_email)) for row in rows]


def _meant(
    row: RowAsked, job: Job, by_id: Mapping[int, Meant], by_email: Mapping[str, Meant]
) -> Meant | Refusal:
    """The seat decides where both are named."""
    if row.seat_id is not None:
        sentence = f"Pool {job.pool_id} has no seat {row.seat_id}."
        return by_id.get(row.seat_id) or Refusal(Code.UNKNOWN_SEAT, sentence)
    if row.email is None:
        return invalid("email", _UNNAMED)
    sentence = f"{row.email} holds no seat of pool {job.pool_id}."
    return by_email.get(email_key(row.email)) or Refusal(Code.UNKNOWN_SEAT, sentence)


def _told(job: Job, seat_id: int, outcome: Seated | Refusal) -> RowTold:
    if isinstance(outcome, Refusal):
        return refused(outcome)
    return RowTold(DONE_BY[job.kind], seat_id)


def _label(job: Job) -> str:
    """By which history knows what a job did."""
    return f"job-{job.id}"
