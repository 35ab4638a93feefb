"""Rows of notices and reminders, and the seats that are due for one."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, Select, and_, case, or_, select, union_all
from sqlalchemy import text as sql_text

from seatledger.domain.instant import text
from seatledger.domain.notice import Expiring
from seatledger.storage.invitation_tables import ACTIVE, invitations
from seatledger.storage.notice_tables import notices, reminders
from seatledger.storage.statement import Statement
from seatledger.storage.tables import pools, progress, seats
from seatledger.storage.unit import Unit

TOLD = Statement(
    """
    INSERT INTO notices (platform_id, seat_id, ends_at, days)
    SELECT platform_id, seat_id, ends_at, days FROM {told} WHERE true ORDER BY seat_id
    ON CONFLICT DO NOTHING RETURNING seat_id
    """,
    rows={
        "told": {
            "platform_id": "bigint",
            "seat_id": "bigint",
            "ends_at": "timestamptz",
            "days": "integer",
        }
    },
)
REMINDED = Statement(
    """
    INSERT INTO reminders (platform_id, subject, subject_id)
    SELECT platform_id, subject, subject_id FROM {reminded} WHERE true ORDER BY subject_id
    ON CONFLICT DO NOTHING RETURNING subject_id
    """,
    rows={"reminded": {"platform_id": "bigint", "subject": "text", "subject_id": "bigint"}},
)
REMINDED_WITHIN = timedelta(days=30)  # whoever was due for a reminder longer ago is left in peace
LIVE = seats.c.state == sql_text("'live'")  # the very words of the indexes


@dataclass(frozen=True, slots=True)
class NotBegun:
    """A seat whose holder has not opened the item, as far as anybody reported."""

    id: int
    platform_id: int
    starts: datetime


@dataclass(frozen=True, slots=True)
class NotTakenUp:
    """An invitation that lies there."""

    id: int
    platform_id: int
    learner_id: int
    item_id: int | None
    redirect_to: str | None
    ends: datetime | None
    created: datetime


def expiring(unit: Unit, now: datetime, days: int, most: int) -> list[Expiring]:
    """Live seats that end within so many days, of whom nobody was told so late or later."""
    until = now + timedelta(days=days)
    seats_first = or_(pools.c.ends_at.is_(None), seats.c.ends_at <= pools.c.ends_at)
    ends = case((seats_first, seats.c.ends_at), else_=pools.c.ends_at)
    by_seat = _live(ends).where(_between(seats.c.ends_at, now, until), seats_first)
    by_pool = _live(pools.c.ends_at).where(
        seats.c.pool_id.in_(_ending(now, until)),  # its seats alone are looked at
        or_(seats.c.ends_at.is_(None), seats.c.ends_at > pools.c.ends_at),
    )
    found = union_all(by_seat, by_pool).subquery()
    untold = (
        ~select(notices.c.seat_id)
        .where(
            notices.c.seat_id == found.c.id,
            notices.c.ends_at == found.c.ends,
            notices.c.days <= days,
        )
        .exists()
    )
    query = select(found).where(untold).order_by(found.c.id).limit(most)
    return [
        Expiring(row.id, row.platform_id, days, row.starts_at, row.ends)
        for row in unit.select(query)
    ]


def _live(ends: ColumnElement[datetime]) -> Select[tuple[int, int, datetime, datetime]]:
    return (
        select(seats.c.id, seats.c.platform_id, seats.c.starts_at, ends.label("ends"))
        .join_from(seats, pools, pools.c.id == seats.c.pool_id)
        .where(LIVE, pools.c.active)
    )


def _ending(now: datetime, until: datetime) -> Select[tuple[int]]:
    """The pools that end within that time."""
    ending = pools.alias()
    return select(ending.c.id).where(ending.c.active, _between(ending.c.ends_at, now, until))


def _between(
    column: ColumnElement[datetime], now: datetime, until: datetime
) -> ColumnElement[bool]:
    return and_(column > now, column <= until)


def tell(unit: Unit, due: Sequence[Expiring]) -> set[int]:
    """Note that they are told; the seats that nobody else told of in the meantime."""
    rows = [
        {
            "platform_id": each.platform_id,
            "seat_id": each.seat_id,
            "ends_at": text(each.ends),
            "days": each.days,
        }
        for each in due
    ]
    return {row.seat_id for row in unit.rows(TOLD, told=rows)} if rows else set()


def not_begun(unit: Unit, now: datetime, days: int, most: int) -> list[NotBegun]:
    """Seats given so many days ago of which no progress is known, on platforms that report any."""
    given = now - timedelta(days=days)
    opened = (
        select(progress.c.learner_id)
        .where(
            progress.c.platform_id == seats.c.platform_id,
            progress.c.learner_id == seats.c.learner_id,
            progress.c.item_id == seats.c.item_id,
        )
        .exists()
    )
    query = (
        select(seats.c.id, seats.c.platform_id, seats.c.starts_at)
        .join_from(pools, seats, seats.c.pool_id == pools.c.id)
        .where(pools.c.platform_id.in_(select(progress.c.platform_id).distinct()))
        .where(pools.c.active, or_(pools.c.ends_at.is_(None), pools.c.ends_at > now))
        .where(LIVE, seats.c.starts_at <= given, seats.c.starts_at > given - REMINDED_WITHIN)
        .where(or_(seats.c.ends_at.is_(None), seats.c.ends_at > now))
        .where(~opened, ~_reminded("seat", seats.c.id))
        .order_by(seats.c.id)
        .limit(most)
    )
    return [NotBegun(row.id, row.platform_id, row.starts_at) for row in unit.select(query)]


def not_taken_up(unit: Unit, now: datetime, days: int, most: int) -> list[NotTakenUp]:
    """Invitations made so many days ago that somebody may still take up, and could be told of."""
    made = now - timedelta(days=days)
    query = (
        select(invitations)
        .where(ACTIVE, invitations.c.learner_id.is_not(None))
        .where(invitations.c.undeliverable_at.is_(None))
        .where(invitations.c.created_at <= made, invitations.c.created_at > made - REMINDED_WITHIN)
        .where(or_(invitations.c.ends_at.is_(None), invitations.c.ends_at > now))
        .where(~_reminded("invitation", invitations.c.id))
        .order_by(invitations.c.id)
        .limit(most)
    )
    return [
        NotTakenUp(
            row.id,
            row.platform_id,
            row.learner_id,
            row.item_id,
            row.redirect_to,
            row.ends_at,
            row.created_at,
        )
        for row in unit.select(query)
    ]


def _reminded(subject: str, subject_id: ColumnElement[int]) -> ColumnElement[bool]:
    return (
        select(reminders.c.subject_id)
        .where(reminders.c.subject == subject, reminders.c.subject_id == subject_id)
        .exists()
    )


def remind(unit: Unit, subject: str, due: Iterable[tuple[int, int]]) -> set[int]:
    """Note that those of (platform id, subject id) are reminded; which nobody else reminded."""
    rows = [
        {"platform_id": platform_id, "subject": subject, "subject_id": subject_id}
        for platform_id, subject_id in due
    ]
    return {row.subject_id for row in unit.rows(REMINDED, reminded=rows)} if rows else set()
