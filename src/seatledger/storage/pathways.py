"""Rows of pathways."""

from collections.abc import Iterable
from typing import Any

from sqlalchemy import ColumnElement, Row, Select, delete, func, insert, select, update

from seatledger.domain.actor import Reach
from seatledger.domain.pathway import Pathway
from seatledger.storage import learners as learner_rows
from seatledger.storage.catalog_tables import enrolments, pathways
from seatledger.storage.tables import learners, platforms
from seatledger.storage.unit import Unit


def find(
    unit: Unit,
    reach: Reach,
    *,
    uuid: str | None = None,
    key: str | None = None,
    slug: str | None = None,
    name: str | None = None,
    learner_id: int | None = None,
    username: str | None = None,
    visible: bool | None = None,
) -> list[Pathway]:
    """The pathways within reach that have all that is asked, by id."""
    equal: dict[ColumnElement[Any], object] = {
        pathways.c.uuid: uuid,
        pathways.c.key: key,
        pathways.c.name: name,
        pathways.c.learner_id: learner_id,
        pathways.c.visible: visible,
        pathways.c.platform_id: reach.platform_id,
    }
    query = _query().where(*(each == value for each, value in equal.items() if value is not None))
    if username is not None:
        query = query.where(learner_rows.has_login(username))
    if slug is not None:
        query = query.where(func.lower(pathways.c.slug) == slug.lower())
    return [build(row) for row in unit.select(query.order_by(pathways.c.id))]


def named(unit: Unit, platform_id: int, uuids: Iterable[str], keys: Iterable[str]) -> list[Pathway]:
    """The platform's pathways that have one of the uuids or one of the keys, by id."""
    either = pathways.c.uuid.in_(list(uuids)) | pathways.c.key.in_(list(keys))
    query = _query().where(pathways.c.platform_id == platform_id, either)
    return [build(row) for row in unit.select(query.order_by(pathways.c.id))]


def by_ids(unit: Unit, ids: Iterable[int]) -> dict[int, Pathway]:
    rows = unit.select(_query().where(pathways.c.id.in_(list(ids))))
    return {row.id: build(row) for row in rows}


def add(unit: Unit, pathway: Pathway) -> int:
    """A new pathway; answers its id (that of `pathway` is not looked at)."""
    values = {
        "platform_id": pathway.platform_id,
        "learner_id": pathway.owner.id,
        "uuid": pathway.uuid,
        "created_at": pathway.created,
    }
    change = insert(pathways).values({**values, **_changing(pathway)})
    return int(unit.select(change.returning(pathways.c.id))[0].id)


def change(unit: Unit, pathway: Pathway) -> None:
    unit.execute(update(pathways).where(pathways.c.id == pathway.id).values(_changing(pathway)))


def in_use(unit: Unit, pathway_id: int) -> bool:
    """Whether somebody is or was enrolled in it."""
    query = select(enrolments.c.id).where(enrolments.c.pathway_id == pathway_id)
    return bool(unit.select(query.limit(1)))


def remove(unit: Unit, pathway_id: int) -> None:
    unit.execute(delete(pathways).where(pathways.c.id == pathway_id))


def _changing(pathway: Pathway) -> dict[str, Any]:
    return {
        "key": pathway.key,
        "name": pathway.name,
        "slug": pathway.slug,
        "visible": pathway.visible,
        "path": list(pathway.path),
        "details": pathway.details,
    }


def _query() -> Select[Any]:
    return (
        select(
            *pathways.c,
            platforms.c.key.label("platform_key"),
            platforms.c.org.label("platform_org"),
            *learner_rows.labelled("person_"),
        )
        .join_from(pathways, platforms, platforms.c.id == pathways.c.platform_id)
        .join(learners, learners.c.id == pathways.c.learner_id)
    )


def build(row: Row[Any]) -> Pathway:
    return Pathway(
        id=row.id,
        platform_id=row.platform_id,
        platform_key=row.platform_key,
        platform_org=row.platform_org,
        owner=learner_rows.build(row, "person_"),
        key=row.key,
        uuid=row.uuid,
        name=row.name,
        slug=row.slug,
        visible=row.visible,
        path=row.path,
        details=row.details,
        created=row.created_at,
    )
