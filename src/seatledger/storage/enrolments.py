"""Rows of enrolments that were made by name. Who looks one up to change it locks it."""

from typing import Any

from sqlalchemy import ColumnElement, Row, insert, select, update

from seatledger.domain.enrolment import Enrolment
from seatledger.storage.catalog_tables import enrolments as table
from seatledger.storage.unit import Unit


def of_item(unit: Unit, platform_id: int, learner_id: int, item_id: int) -> Enrolment | None:
    return _one(unit, platform_id, learner_id, table.c.item_id == item_id)


def of_pathway(unit: Unit, platform_id: int, learner_id: int, pathway_id: int) -> Enrolment | None:
    return _one(unit, platform_id, learner_id, table.c.pathway_id == pathway_id)


def add(unit: Unit, new: Enrolment) -> int:
    """A new enrolment; answers its id (that of `new` is not looked at)."""
    values = {
        "platform_id": new.platform_id,
        "learner_id": new.learner_id,
        "item_id": new.item_id,
        "pathway_id": new.pathway_id,
        "created_at": new.created,
    }
    change = insert(table).values({**values, **_changing(new)})
    return int(unit.select(change.returning(table.c.id))[0].id)


def change(unit: Unit, changed: Enrolment) -> None:
    unit.execute(update(table).where(table.c.id == changed.id).values(_changing(changed)))


def _changing(enrolment: Enrolment) -> dict[str, Any]:
    return {
        "active": enrolment.active,
        "starts_at": enrolment.start,
        "ends_at": enrolment.end,
        "ended_at": enrolment.ended,
        "metadata": dict(enrolment.metadata),
    }


def _one(
    unit: Unit, platform_id: int, learner_id: int, subject: ColumnElement[bool]
) -> Enrolment | None:
    rows = unit.select(
        select(table)
        .where(table.c.platform_id == platform_id, table.c.learner_id == learner_id, subject)
        .with_for_update()
    )
    return build(rows[0]) if rows else None


def build(row: Row[Any]) -> Enrolment:
    return Enrolment(
        id=row.id,
        platform_id=row.platform_id,
        learner_id=row.learner_id,
        item_id=row.item_id,
        pathway_id=row.pathway_id,
        active=row.active,
        start=row.starts_at,
        end=row.ends_at,
        ended=row.ended_at,
        metadata=row.metadata,
        created=row.created_at,
    )
