"""Lists of events, in the order of their numbers."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Row, literal, or_, select, union_all

from seatledger.domain.event import EventKind, kinds_of
from seatledger.storage import cursors, paging
from seatledger.storage import events as event_rows
from seatledger.storage.catalog_tables import enrolments
from seatledger.storage.cursors import Followed, Stretch
from seatledger.storage.events import Recorded
from seatledger.storage.invitation_tables import access_requests, invitations
from seatledger.storage.suggestion_tables import suggestions
from seatledger.storage.tables import events, platforms, seats
from seatledger.storage.unit import Unit


@dataclass(frozen=True, slots=True)
class EventFilter:
    """Whose events, and which; None asks nothing, but of `platform_id`: those of no platform.

    They are from `since`, itself among it, and from before `until`.
    """

    platform_id: int | None
    pool_id: int | None = None
    seat_id: int | None = None
    learner_id: int | None = None
    kinds: Collection[EventKind] | None = None
    since: datetime | None = None
    until: datetime | None = None


@dataclass(frozen=True, slots=True)
class Told:
    """An event with the key of the platform it happened on."""

    event: Recorded
    platform_key: str | None


def follow(unit: Unit, wanted: EventFilter, stretch: Stretch) -> Followed[Told]:
    """The next events, by number; a stretch's `after` is a number."""
    query = (
        select(events, platforms.c.key.label("platform_key"))
        .join_from(events, platforms, platforms.c.id == events.c.platform_id, isouter=True)
        .where(events.c.platform_id == wanted.platform_id)  # for None it says IS NULL
        .where(*_conditions(wanted))
    )
    return cursors.follow(unit, query, events.c.seq, stretch, _told)


def count(unit: Unit, wanted: EventFilter, most: int) -> int:
    """How many there are; where there are more than `most`, some number above it."""
    query = select(events.c.id).where(events.c.platform_id == wanted.platform_id)
    return paging.count(unit, query.where(*_conditions(wanted)).limit(most + 1))


def by_seq(unit: Unit, numbers: Collection[tuple[int, int]]) -> dict[tuple[int, int], Told]:
    """Events of several platforms, by platform and number."""
    found: dict[tuple[int, int], Told] = {}
    for platform_id in sorted({platform_id for platform_id, _ in numbers}):
        seqs = [seq for of, seq in numbers if of == platform_id]
        query = (
            select(events, platforms.c.key.label("platform_key"))
            .join_from(events, platforms, platforms.c.id == events.c.platform_id)
            .where(events.c.platform_id == platform_id, events.c.seq.in_(seqs))
        )
        for row in unit.select(query):
            found[platform_id, row.seq] = _told(row)
    return found


def first_after(unit: Unit, pool_id: int, moment: datetime) -> int | None:
    """The number of a pool's first event later than a moment."""
    query = (
        select(events.c.seq)
        .where(events.c.pool_id == pool_id, events.c.at > moment)
        .order_by(events.c.seq)
        .limit(1)
    )
    rows = unit.select(query)
    return int(rows[0].seq) if rows else None


def of_pool_itself(unit: Unit, pool_id: int, before: int) -> list[Recorded]:
    """What happened to a pool rather than to its seats, numbered below `before`, in order."""
    query = (
        select(events).where(*_of("pool", pool_id), events.c.seq < before).order_by(events.c.seq)
    )
    return [event_rows.build(row) for row in unit.select(query)]


def _conditions(wanted: EventFilter) -> list[ColumnElement[bool]]:
    conditions: list[ColumnElement[bool]] = []
    if wanted.pool_id is not None:
        conditions.append(events.c.pool_id == wanted.pool_id)
    if wanted.seat_id is not None:
        conditions += _of("seat", wanted.seat_id)
    if wanted.learner_id is not None:
        conditions.append(of_learner(wanted.learner_id))
    if wanted.kinds is not None:
        conditions.append(events.c.kind.in_(wanted.kinds))
    if wanted.since is not None:
        conditions.append(events.c.at >= wanted.since)
    if wanted.until is not None:
        conditions.append(events.c.at < wanted.until)
    return conditions


def _of(subject: str, subject_id: int) -> list[ColumnElement[bool]]:
    return [events.c.subject_id == subject_id, events.c.kind.in_(kinds_of(subject))]


def of_learner(learner_id: int) -> ColumnElement[bool]:
    """What happened to the learner, and to all that is theirs: seats, enrolments, invitations …"""
    theirs = {
        "seat": select(seats.c.id).where(seats.c.learner_id == learner_id),
        "enrolment": select(enrolments.c.id).where(enrolments.c.learner_id == learner_id),
        "suggestion": select(suggestions.c.id).where(suggestions.c.learner_id == learner_id),
        "invitation": select(invitations.c.id).where(invitations.c.learner_id == learner_id),
        "access_request": select(access_requests.c.id).where(
            access_requests.c.learner_id == learner_id
        ),
        "learner": select(literal(learner_id)),
    }
    # First by id alone, whatever it is the id of, so that the index of subjects finds them.
    return events.c.subject_id.in_(union_all(*theirs.values())) & or_(
        *(
            events.c.kind.in_(kinds_of(subject)) & events.c.subject_id.in_(ids)
            for subject, ids in theirs.items()
        )
    )


def _told(row: Row[Any]) -> Told:
    return Told(event_rows.build(row), row.platform_key)
