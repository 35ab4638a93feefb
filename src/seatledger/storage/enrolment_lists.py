"""Lists of who is enrolled in what: by a seat that gives access, or by name."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Row,
    Select,
    Subquery,
    exists,
    func,
    literal,
    or_,
    select,
    union_all,
)

from seatledger.domain.actor import Reach
from seatledger.domain.item import Item
from seatledger.domain.learner import NOBODY_NAMED, Learner, PersonName, email_key
from seatledger.domain.platform import Platform
from seatledger.storage import items as item_rows
from seatledger.storage import learners as learner_rows
from seatledger.storage import paging, seated_enrolments
from seatledger.storage import platforms as platform_rows
from seatledger.storage.catalog_tables import enrolments
from seatledger.storage.json_text import says
from seatledger.storage.pool_lists import key_ends
from seatledger.storage.tables import items, learners, platforms
from seatledger.storage.unit import Unit


@dataclass(frozen=True, slots=True, kw_only=True)
class EnrolmentFilter:
    """What a list of enrolments is narrowed to; None asks nothing.

    `item_key_end` is a whole key, or what stands behind a `+` in one. With `past_too`, enrolments
    whose end has come are among them. What a seat makes is always active.
    """

    person: PersonName = NOBODY_NAMED
    item_key: str | None = None
    item_key_end: str | None = None
    item_slug: str | None = None
    item_org: str | None = None
    title_contains: str | None = None
    program_type: str | None = None
    active: bool = True
    past_too: bool = False


@dataclass(frozen=True, slots=True)
class Enrolled:
    """Somebody's enrolment in an item of `owner`, on `platform`. `end` is when it runs out,
    `ended` when it was made inactive."""

    learner: Learner
    item: Item
    owner: Platform
    platform: Platform
    active: bool
    created: datetime
    start: datetime | None
    end: datetime | None
    ended: datetime | None
    metadata: Any


_owners = platforms.alias("owners")


def courses(
    unit: Unit, reach: Reach, wanted: EnrolmentFilter, page: paging.Page, now: datetime
) -> paging.Found[Enrolled]:
    """A page of who may open which course: by a seat of the course or of a program that has it."""
    return _find(unit, _seated(reach, wanted, now, courses_too=True), wanted, page)


def programs(
    unit: Unit, reach: Reach, wanted: EnrolmentFilter, page: paging.Page, now: datetime
) -> paging.Found[Enrolled]:
    """A page of who is enrolled in which program; where both do it, a name comes before a seat."""
    named = _named(reach, wanted, now)
    if not wanted.active:
        return _find(unit, named.subquery("enrolled"), wanted, page)
    seated = _seated(reach, wanted, now, courses_too=False)
    same = enrolments.alias("same")
    twice = exists().where(
        same.c.platform_id == seated.c.platform_id,
        same.c.learner_id == seated.c.learner_id,
        same.c.item_id == seated.c.item_id,
        same.c.active,
        or_(same.c.ends_at.is_(None), same.c.ends_at > now),
    )
    both = union_all(named, select(seated).where(~twice))
    return _find(unit, both.subquery("enrolled"), wanted, page)


def _seated(reach: Reach, wanted: EnrolmentFilter, now: datetime, *, courses_too: bool) -> Subquery:
    learner_id = wanted.person.learner_id
    return seated_enrolments.best(reach, now, courses_too=courses_too, learner_id=learner_id)


def _find(
    unit: Unit, enrolled: Subquery, wanted: EnrolmentFilter, page: paging.Page
) -> paging.Found[Enrolled]:
    query = (
        select(
            *enrolled.c,
            *learner_rows.labelled("person_"),
            *item_rows.labelled("what_"),
            *platform_rows.labelled("where_"),
            *(column.label(f"owner_{column.name}") for column in _owners.c),
        )
        .join_from(enrolled, learners, learners.c.id == enrolled.c.learner_id)
        .join(items, items.c.id == enrolled.c.item_id)
        .join(platforms, platforms.c.id == enrolled.c.platform_id)
        .join(_owners, _owners.c.id == items.c.platform_id)
        .where(*_conditions(wanted))
    )
    ties = (enrolled.c.by_seat, enrolled.c.row_id, enrolled.c.item_id)
    return paging.find(unit, query, _sorts(enrolled), page, _build, ties)


SORTS = ("id", "created", "started", "expired", "user_id", "username", "email")


def _sorts(enrolled: Subquery) -> dict[str, ColumnElement[Any]]:
    """`id` is the order in which they came to be."""
    created = enrolled.c.created_at
    return {
        "id": created,
        "created": created,
        "started": enrolled.c.starts_at,
        "expired": enrolled.c.ends_at,
        "user_id": learners.c.id,
        "username": learners.c.username,
        "email": learners.c.email_key,
    }


def _conditions(wanted: EnrolmentFilter) -> list[ColumnElement[bool]]:
    person = wanted.person
    equal: dict[ColumnElement[Any], object] = {
        learners.c.id: person.learner_id,
        items.c.key: wanted.item_key,
        _owners.c.org: wanted.item_org,
    }
    conditions = [column == value for column, value in equal.items() if value is not None]
    if person.username is not None:
        conditions.append(learner_rows.has_login(person.username))
    if person.email is not None:
        conditions.append(learners.c.email_key == email_key(person.email))
    if wanted.item_key_end is not None:
        conditions.append(key_ends(items.c.key, wanted.item_key_end))
    if wanted.item_slug is not None:
        conditions.append(func.lower(items.c.slug) == wanted.item_slug.lower())
    if wanted.title_contains is not None:
        conditions.append(items.c.title.icontains(wanted.title_contains, autoescape=True))
    if wanted.program_type is not None:
        conditions.append(says(items.c.details, "program_type", wanted.program_type))
    return conditions


def _named(reach: Reach, wanted: EnrolmentFilter, now: datetime) -> Select[Any]:
    query = select(
        enrolments.c.id.label("row_id"),
        literal(0).label("by_seat"),
        enrolments.c.platform_id,
        enrolments.c.learner_id,
        enrolments.c.item_id,
        enrolments.c.active,
        enrolments.c.created_at,
        enrolments.c.starts_at,
        enrolments.c.ends_at,
        enrolments.c.ended_at,
        enrolments.c.metadata,
    ).where(enrolments.c.item_id.is_not(None), enrolments.c.active == wanted.active)
    if not wanted.past_too:
        query = query.where(or_(enrolments.c.ends_at.is_(None), enrolments.c.ends_at > now))
    if reach.platform_id is not None:
        query = query.where(enrolments.c.platform_id == reach.platform_id)
    return query


def _build(row: Row[Any]) -> Enrolled:
    return Enrolled(
        learner=learner_rows.build(row, "person_"),
        item=item_rows.build(row, "what_"),
        owner=platform_rows.build(row, "owner_"),
        platform=platform_rows.build(row, "where_"),
        active=row.active,
        created=row.created_at,
        start=row.starts_at,
        end=row.ends_at,
        ended=row.ended_at,
        metadata=row.metadata,
    )
