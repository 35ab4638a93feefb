"""Courses: list, create or change, delete (ibl M1–M3)."""

from typing import Any

import msgspec
from msgspec import UNSET, UnsetType

from seatledger.dialects.ibl.fields import Word, none, unset
from seatledger.dialects.ibl.operations import Call, Said
from seatledger.dialects.ibl.refusals import granted
from seatledger.dialects.ibl.roles import reach
from seatledger.domain.catalog_command import DeleteItem
from seatledger.domain.command import SaveItem
from seatledger.domain.item import Item, ItemKind
from seatledger.usecases.questions import Owned, list_items
from seatledger.usecases.save_items import Saved


class CourseQuery(msgspec.Struct, kw_only=True):
    course_id: Word | UnsetType = UNSET
    org: Word | UnsetType = UNSET
    slug: Word | UnsetType = UNSET


class CourseDeleteQuery(msgspec.Struct, kw_only=True):
    course_id: Word
    org: Word | UnsetType = UNSET
    slug: Word | UnsetType = UNSET


class CourseCreateUpdate(msgspec.Struct, kw_only=True):
    """`slug` and `data` are taken and ignored (M2)."""

    course_id: Word
    org: Word
    name: str | UnsetType = UNSET
    slug: Any = UNSET
    data: Any = UNSET
    overwrite_existing_org: bool = False


class Course(msgspec.Struct, kw_only=True):
    course_id: str
    name: str
    slug: str | None
    org: str


class DeleteResponse(msgspec.Struct, kw_only=True):
    """How many things were deleted, in all and of each type."""

    count: int
    type: dict[str, int]


async def list_courses(call: Call[CourseQuery, Any]) -> list[Course]:
    """The courses that the platform owns or has licences of; `org` is the owner's."""
    query = call.query
    found: list[Owned] = granted(
        await call.desk.ask(
            list_items,
            call.actor.reach,
            ItemKind.COURSE,
            none(query.course_id),
            none(query.slug),
            none(query.org),
        )
    )
    return [course(each.item, each.org) for each in found]


async def save_course(call: Call[Any, CourseCreateUpdate]) -> Said:
    """A new course goes to the platform of `org`; there is no default platform here (M2)."""
    body = call.body
    granted(await reach(call.desk, call.actor, orgs=(body.org,)))
    saved: Saved = granted(
        await call.desk.submit(
            SaveItem(
                call.actor,
                kind=ItemKind.COURSE,
                key=body.course_id,
                platform_org=body.org,
                title=unset(body.name),
                overwrite_owner=body.overwrite_existing_org,
            )
        ),
        key="course_id",
    )
    return Said(course(saved.item, saved.org), 201 if saved.created else 200)


async def delete_course(call: Call[CourseDeleteQuery, Any]) -> DeleteResponse:
    query = call.query
    granted(await reach(call.desk, call.actor, orgs=(query.org,)))
    count: int = granted(
        await call.desk.submit(
            DeleteItem(
                call.actor,
                kind=ItemKind.COURSE,
                key=query.course_id,
                platform_org=none(query.org),
                slug=none(query.slug),
            )
        )
    )
    return DeleteResponse(count=count, type={"course": count} if count else {})


def course(item: Item, org: str) -> Course:
    return Course(course_id=item.key, name=item.title, slug=item.slug, org=org)
