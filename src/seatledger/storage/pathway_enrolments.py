"""Lists of who is enrolled in which pathway."""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import Select, select

from seatledger.domain.actor import Reach
from seatledger.domain.enrolment import Enrolment
from seatledger.domain.learner import NOBODY_NAMED, Learner, PersonName, email_key
from seatledger.domain.pathway import Pathway
from seatledger.storage import enrolments as enrolment_rows
from seatledger.storage import learners as learner_rows
from seatledger.storage import paging
from seatledger.storage import pathways as pathway_rows
from seatledger.storage.catalog_tables import enrolments, pathways
from seatledger.storage.tables import learners
from seatledger.storage.unit import Unit


@dataclass(frozen=True, slots=True, kw_only=True)
class PathwayEnrolmentFilter:
    """What a list is narrowed to; None asks nothing."""

    person: PersonName = NOBODY_NAMED
    uuid: str | None = None
    key: str | None = None
    slug: str | None = None
    active: bool = True


@dataclass(frozen=True, slots=True)
class EnrolledInPathway:
    enrolment: Enrolment
    learner: Learner
    pathway: Pathway


SORTS = {
    "id": enrolments.c.id,
    "created": enrolments.c.created_at,
    "user_id": enrolments.c.learner_id,
    "username": learners.c.username,
    "email": learners.c.email_key,
}


def find(
    unit: Unit, reach: Reach, wanted: PathwayEnrolmentFilter, page: paging.Page
) -> paging.Found[EnrolledInPathway]:
    found = paging.find(unit, _query(reach, wanted), SORTS, page, lambda row: row)
    of_ids = pathway_rows.by_ids(unit, {row.pathway_id for row in found.rows})
    rows = [
        EnrolledInPathway(
            enrolment_rows.build(row), learner_rows.build(row, "person_"), of_ids[row.pathway_id]
        )
        for row in found.rows
    ]
    return paging.Found(found.total, rows)


def _query(reach: Reach, wanted: PathwayEnrolmentFilter) -> Select[Any]:
    person = wanted.person
    equal = {
        enrolments.c.platform_id: reach.platform_id,
        enrolments.c.learner_id: person.learner_id,
        learners.c.email_key: None if person.email is None else email_key(person.email),
        pathways.c.uuid: wanted.uuid,
        pathways.c.key: wanted.key,
        pathways.c.slug: wanted.slug,
    }
    query = (
        select(*enrolments.c, *learner_rows.labelled("person_"))
        .join_from(enrolments, learners, learners.c.id == enrolments.c.learner_id)
        .join(pathways, pathways.c.id == enrolments.c.pathway_id)
        .where(enrolments.c.active == wanted.active)
        .where(*(column == value for column, value in equal.items() if value is not None))
    )
    if person.username is not None:
        query = query.where(learner_rows.has_login(person.username))
    return query
