"""Lists of the suggestions that stand: those made to people, to groups, and what reaches one."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Row, Select, and_, exists, or_, select

from seatledger.domain.actor import Reach
from seatledger.domain.learner import Learner
from seatledger.domain.suggestion import SubjectKind, Suggested
from seatledger.storage import departments as department_rows
from seatledger.storage import groups as group_rows
from seatledger.storage import items as item_rows
from seatledger.storage import learners as learner_rows
from seatledger.storage import paging
from seatledger.storage import pathways as pathway_rows
from seatledger.storage import platforms as platform_rows
from seatledger.storage.catalog_tables import pathways
from seatledger.storage.suggestion_tables import suggestions as table
from seatledger.storage.suggestions import build
from seatledger.storage.tables import group_members, groups, items, learners
from seatledger.storage.unit import Unit


@dataclass(frozen=True, slots=True, kw_only=True)
class SuggestionFilter:
    """What a list is narrowed to; None asks nothing.

    `text` is contained in a name of what is suggested, or of whom it is suggested to, in any case.
    `admin_id`: only to people, and to groups of people, in departments that this learner leads.
    """

    kind: SubjectKind
    text: str | None = None
    admin_id: int | None = None


SORTS = {
    "id": table.c.id,
    "created": table.c.created_at,
    "modified": table.c.modified_at,
    "accepted": table.c.accepted,
    "visible": table.c.visible,
}
LEARNER_SORTS = {**SORTS, "user_id": table.c.learner_id}
GROUP_SORTS = {**SORTS, "group_id": table.c.group_id}


def to_learners(
    unit: Unit, reach: Reach, wanted: SuggestionFilter, page: paging.Page
) -> paging.Found[Suggested]:
    query = _query(reach, wanted.kind).join(learners, learners.c.id == table.c.learner_id)
    names = (learners.c.username, learners.c.email, learners.c.name)
    query = query.where(*_contained(wanted, names))
    if wanted.admin_id is not None:
        led = department_rows.led_by(reach, wanted.admin_id)
        query = query.where(table.c.learner_id.in_(led))
    found = paging.find(unit, query, LEARNER_SORTS, page, lambda row: row)
    return paging.Found(found.total, _dressed(unit, found.rows))


def to_groups(
    unit: Unit, reach: Reach, wanted: SuggestionFilter, page: paging.Page
) -> paging.Found[Suggested]:
    query = _query(reach, wanted.kind).join(groups, groups.c.id == table.c.group_id)
    query = query.where(*_contained(wanted, (groups.c.name,)))
    if wanted.admin_id is not None:
        within = exists().where(group_members.c.group_id == table.c.group_id)
        led = department_rows.led_by(reach, wanted.admin_id)
        query = query.where(within, ~within.where(group_members.c.learner_id.not_in(led)))
    found = paging.find(unit, query, GROUP_SORTS, page, lambda row: row)
    return paging.Found(found.total, _dressed(unit, found.rows))


def reaching(
    unit: Unit, reach: Reach, learner: Learner, kind: SubjectKind, page: paging.Page
) -> paging.Found[Suggested]:
    """What is suggested to a person and to groups they are in; of one subject the nearest only.

    That is the one to themself, else the oldest to a group.
    """
    theirs = select(group_members.c.group_id).where(group_members.c.learner_id == learner.id)
    other = table.alias("other")
    nearer = exists().where(
        ~other.c.withdrawn,
        other.c.platform_id == table.c.platform_id,
        or_(other.c.item_id == table.c.item_id, other.c.pathway_id == table.c.pathway_id),
        or_(
            other.c.learner_id == learner.id,
            and_(other.c.group_id.in_(theirs), other.c.id < table.c.id),
        ),
    )
    query = _query(reach, kind).where(
        or_(table.c.learner_id == learner.id, and_(table.c.group_id.in_(theirs), ~nearer))
    )
    found = paging.find(unit, query, SORTS, page, lambda row: row)
    return paging.Found(found.total, _dressed(unit, found.rows, person=learner))


def _query(reach: Reach, kind: SubjectKind) -> Select[Any]:
    query = select(*table.c).where(~table.c.withdrawn)
    if kind is SubjectKind.PATHWAY:
        query = query.join_from(table, pathways, pathways.c.id == table.c.pathway_id)
    else:
        of_item = and_(items.c.id == table.c.item_id, items.c.kind == kind)
        query = query.join_from(table, items, of_item)
    if reach.platform_id is None:
        return query
    return query.where(table.c.platform_id == reach.platform_id)


def _contained(
    wanted: SuggestionFilter, names: Sequence[ColumnElement[str | None]]
) -> list[ColumnElement[bool]]:
    if wanted.text is None:
        return []
    of_pathway = wanted.kind is SubjectKind.PATHWAY
    subject = (pathways.c.key, pathways.c.name) if of_pathway else (items.c.key, items.c.title)
    columns = (*subject, *names)
    return [or_(*(column.icontains(wanted.text, autoescape=True) for column in columns))]


def _dressed(
    unit: Unit, rows: Sequence[Row[Any]], person: Learner | None = None
) -> list[Suggested]:
    """The suggestions with their subjects, and whom they are to: with `person`, that one alone."""
    found = [build(row) for row in rows]
    item_ids = {each.item_id for each in found if each.item_id is not None}
    pathway_ids = {each.pathway_id for each in found if each.pathway_id is not None}
    group_ids = {each.group_id for each in found if each.group_id is not None}
    learner_ids = {each.learner_id for each in found if each.learner_id is not None}
    of_items = item_rows.by_ids(unit, item_ids) if item_ids else {}
    of_pathways = pathway_rows.by_ids(unit, pathway_ids) if pathway_ids else {}
    platforms = platform_rows.by_ids(unit, {each.platform_id for each in found}) if found else {}
    people = learner_rows.by_ids(unit, learner_ids) if learner_ids and not person else {}
    of_groups = group_rows.by_ids(unit, group_ids) if group_ids and not person else {}
    counts = group_rows.member_counts(unit, of_groups) if of_groups else {}
    return [
        Suggested(
            each,
            platforms[each.platform_id].key,
            of_items[each.item_id] if each.item_id else of_pathways[each.pathway_id or 0],
            person or (of_groups[each.group_id] if each.group_id else people[each.learner_id or 0]),
            counts.get(each.group_id, 0) if each.group_id and not person else 1,
        )
        for each in found
    ]
