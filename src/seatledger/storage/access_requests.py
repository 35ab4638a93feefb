"""Rows of requests to be let into an item."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Row, Select, insert, not_, select, update

from seatledger.domain.access_request import AccessRequest
from seatledger.domain.actor import Reach
from seatledger.domain.learner import Learner
from seatledger.storage import learners as learner_rows
from seatledger.storage import paging
from seatledger.storage.invitation_tables import access_requests as table
from seatledger.storage.tables import items, learners, platforms
from seatledger.storage.unit import Unit


@dataclass(frozen=True, slots=True)
class Asker:
    """A request with the person who made it."""

    request: AccessRequest
    learner: Learner


OPEN = table.c.active & ~table.c.reviewed  # AccessRequest.is_open
SORTS = {
    "id": table.c.id,
    "created": table.c.created_at,
    "modified": table.c.modified_at,
    "user_id": table.c.learner_id,
    "username": learners.c.username,
    "reviewed": table.c.reviewed,
    "approved": table.c.approved,
    "active": table.c.active,
}


def find(
    unit: Unit,
    reach: Reach,
    reviewed: bool | None,
    page: paging.Page,
    waiting: bool | None = None,
) -> paging.Found[Asker]:
    """A page of the requests within reach; `waiting` ones are those that are open."""
    query = _query()
    if reach.platform_id is not None:
        query = query.where(table.c.platform_id == reach.platform_id)
    if reviewed is not None:
        query = query.where(table.c.reviewed == reviewed)
    if waiting is not None:
        query = query.where(OPEN if waiting else not_(OPEN))
    return paging.find(unit, query, SORTS, page, _asker)


def lock(unit: Unit, reach: Reach, request_id: int) -> Asker | None:
    """A request, locked until the transaction ends."""
    query = _query().where(table.c.id == request_id)
    if reach.platform_id is not None:
        query = query.where(table.c.platform_id == reach.platform_id)
    rows = unit.select(query.with_for_update(of=table))
    return _asker(rows[0]) if rows else None


def newest(unit: Unit, platform_id: int, item_id: int, learner_id: int) -> AccessRequest | None:
    """The last request that a person made for an item of a platform."""
    query = _query().where(
        table.c.platform_id == platform_id,
        table.c.item_id == item_id,
        table.c.learner_id == learner_id,
    )
    rows = unit.select(query.order_by(table.c.id.desc()).limit(1))
    return build(rows[0]) if rows else None


def open_one(unit: Unit, platform_id: int, item_id: int, learner_id: int) -> AccessRequest | None:
    """The request that a person has open for an item of a platform: there is at most one."""
    query = _query().where(
        table.c.platform_id == platform_id,
        table.c.item_id == item_id,
        table.c.learner_id == learner_id,
        OPEN,
    )
    rows = unit.select(query)
    return build(rows[0]) if rows else None


def lock_open_of(unit: Unit, learner_id: int, platform_ids: Iterable[int]) -> list[AccessRequest]:
    """The requests of a person that wait for a decision, locked, by id."""
    query = _query().where(
        table.c.learner_id == learner_id,
        table.c.platform_id.in_(list(platform_ids)),
        OPEN,
    )
    rows = unit.select(query.order_by(table.c.id).with_for_update(of=table))
    return [build(row) for row in rows]


def add(unit: Unit, new: AccessRequest) -> int:
    """A new request; answers its id (that of `new` is not looked at)."""
    values = {
        "platform_id": new.platform_id,
        "item_id": new.item_id,
        "learner_id": new.learner_id,
        "created_at": new.created,
        **_changing(new),
    }
    return int(unit.select(insert(table).values(values).returning(table.c.id))[0].id)


def change(unit: Unit, changed: AccessRequest) -> None:
    unit.execute(update(table).where(table.c.id == changed.id).values(_changing(changed)))


def _changing(request: AccessRequest) -> dict[str, Any]:
    return {
        "active": request.active,
        "approved": request.approved,
        "reviewed": request.reviewed,
        "metadata": dict(request.metadata),
        "seat_id": request.seat_id,
        "modified_at": request.modified,
    }


def _query() -> Select[Any]:
    return (
        select(
            table,
            platforms.c.key.label("platform_key"),
            items.c.key.label("item_key"),
            *learner_rows.labelled("person_"),
        )
        .join_from(table, platforms, platforms.c.id == table.c.platform_id)
        .join(items, items.c.id == table.c.item_id)
        .join(learners, learners.c.id == table.c.learner_id)
    )


def _asker(row: Row[Any]) -> Asker:
    return Asker(build(row), learner_rows.build(row, "person_"))


def build(row: Row[Any]) -> AccessRequest:
    return AccessRequest(
        id=row.id,
        platform_id=row.platform_id,
        platform_key=row.platform_key,
        item_id=row.item_id,
        item_key=row.item_key,
        learner_id=row.learner_id,
        active=row.active,
        approved=row.approved,
        reviewed=row.reviewed,
        metadata=row.metadata,
        seat_id=row.seat_id,
        created=row.created_at,
        modified=row.modified_at,
    )
