"""What people find in their inboxes: their messages, but for those with secrets."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Row, Select, func, select, update

from seatledger.domain.learner import Learner
from seatledger.domain.message import Message, MessageKind, MessageStatus
from seatledger.storage import learners as learner_rows
from seatledger.storage.message_tables import messages as table
from seatledger.storage.messages import build
from seatledger.storage.paging import Found, Page
from seatledger.storage.tables import learners
from seatledger.storage.unit import Unit

SHOWN = [kind for kind in MessageKind if kind.is_for_inbox]


@dataclass(frozen=True, slots=True, kw_only=True)
class InboxFilter:
    """Whose inbox, and what of it; None asks nothing. From `since` until before `until`."""

    platform_id: int
    learner_id: int | None = None
    status: MessageStatus | None = None
    since: datetime | None = None
    until: datetime | None = None
    ids: Collection[int] | None = None


@dataclass(frozen=True, slots=True)
class Received:
    """A message, and who got it."""

    message: Message
    learner: Learner


def find(unit: Unit, wanted: InboxFilter, page: Page) -> Found[Received]:
    """A page of it: what is unread first, then the newest first; a page has no other `sort`."""
    total = count(unit, wanted)
    if page.offset >= total:
        return Found(total, [])
    query = (
        select(table, *learner_rows.labelled("holder_"))
        .join(learners, learners.c.id == table.c.learner_id)
        .where(*_conditions(wanted))
        .order_by((table.c.status == MessageStatus.UNREAD).desc(), table.c.id.desc())
    )
    rows = unit.select(query.limit(page.size).offset(page.offset))
    return Found(total, [_received(row) for row in rows])


def count(unit: Unit, wanted: InboxFilter) -> int:
    query: Select[Any] = select(func.count()).select_from(table).where(*_conditions(wanted))
    return unit.count(query)


def mark(unit: Unit, wanted: InboxFilter, status: MessageStatus, now: datetime) -> int:
    """Give all of it a status; answers how many had another one."""
    change = update(table).where(*_conditions(wanted), table.c.status != status)
    return unit.execute(change.values(status=status, modified_at=now))


def _conditions(wanted: InboxFilter) -> list[ColumnElement[bool]]:
    conditions: list[ColumnElement[bool]] = [
        table.c.platform_id == wanted.platform_id,
        table.c.learner_id.is_not(None),
        table.c.kind.in_(SHOWN),
    ]
    if wanted.learner_id is not None:
        conditions.append(table.c.learner_id == wanted.learner_id)
    if wanted.status is not None:
        conditions.append(table.c.status == wanted.status)
    if wanted.since is not None:
        conditions.append(table.c.created_at >= wanted.since)
    if wanted.until is not None:
        conditions.append(table.c.created_at < wanted.until)
    if wanted.ids is not None:
        conditions.append(table.c.id.in_(list(wanted.ids)))
    return conditions


def _received(row: Row[Any]) -> Received:
    return Received(build(row), learner_rows.build(row, "holder_"))
