"""Programs: list, create or change, delete (ibl M4–M6, V9)."""

from typing import Annotated, Any

import msgspec
from msgspec import UNSET, Meta, UnsetType

from seatledger.dialects.dialect import Refused
from seatledger.dialects.ibl.catalog.courses import DeleteResponse
from seatledger.dialects.ibl.fields import Word, none, unset
from seatledger.dialects.ibl.operations import Call, Said
from seatledger.dialects.ibl.persons import whole
from seatledger.dialects.ibl.platforms import platform_of
from seatledger.dialects.ibl.program_keys import program_id, program_key
from seatledger.dialects.ibl.refusals import granted
from seatledger.dialects.ibl.roles import reach
from seatledger.domain.catalog_command import DeleteItem
from seatledger.domain.command import SaveItem
from seatledger.domain.item import Item, ItemKind
from seatledger.domain.refusal import invalid
from seatledger.usecases.catalog_questions import Program as Found
from seatledger.usecases.catalog_questions import list_programs
from seatledger.usecases.save_items import Saved

STANDARD = 1
TYPES = (STANDARD, 2, 3)  # standard, platform, custom (M5)


class ProgramQuery(msgspec.Struct, kw_only=True):
    program_id: Word | UnsetType = UNSET
    course_id: Word | UnsetType = UNSET
    name: Word | UnsetType = UNSET
    slug: Word | UnsetType = UNSET
    enabled: bool | UnsetType = UNSET
    org: Word | UnsetType = UNSET


class ProgramDeleteQuery(msgspec.Struct, kw_only=True):
    org: Word
    program_id: Word


class CourseName(msgspec.Struct, kw_only=True):
    course_id: Word


class ProgramCreateUpdateRequest(msgspec.Struct, kw_only=True):
    """A list of courses replaces the one before it. What is left out stays as it is."""

    program_id: Word
    name: Word
    course_list: list[CourseName]
    program_key: Word | UnsetType = UNSET
    slug: str | UnsetType = UNSET
    org: Word | UnsetType = UNSET
    platform_key: Word | UnsetType = UNSET
    enabled: Annotated[bool | UnsetType, Meta(description="True for a new program.")] = UNSET
    program_type: Annotated[
        int | str | UnsetType, Meta(description="1 standard (default), 2 platform, 3 custom.")
    ] = UNSET
    data: Any = UNSET


class ListedCourse(msgspec.Struct, kw_only=True):
    course_id: str
    name: str


class CatalogProgram(msgspec.Struct, kw_only=True):
    program_id: str
    program_key: str
    org: str
    platform_key: str
    name: str
    slug: str | None
    program_type: int
    enabled: bool
    course_list: list[ListedCourse]
    data: Any


async def list_all(call: Call[ProgramQuery, Any]) -> list[CatalogProgram]:
    """The programs that the platform owns or has licences of; `org` is the owner's."""
    query = call.query
    found: list[Found] = granted(
        await call.desk.ask(list_programs, call.actor.reach, none(query.org), none(query.slug))
    )
    return [
        program(each.owned.item, each.owned.org, each.owned.platform_key, each.courses)
        for each in found
        if _fits(each, query)
    ]


async def save(call: Call[Any, ProgramCreateUpdateRequest]) -> Said:
    """The program is of the platform of `org` or `platform_key`; of the caller's by default."""
    body = call.body
    platform = await platform_of(call, key=body.platform_key, org=body.org, field="org")
    key = program_key(platform.org, body.program_id)
    if body.program_key not in {UNSET, key}:
        raise Refused(invalid("program_key", f"The key of this program is {key}."))
    saved: Saved = granted(
        await call.desk.submit(
            SaveItem(
                call.actor,
                kind=ItemKind.PROGRAM,
                key=key,
                platform_org=platform.org,
                title=body.name,
                slug=unset(body.slug),
                enabled=unset(body.enabled),
                details=_details(body),
                course_keys=tuple(each.course_id for each in body.course_list),
            )
        ),
        key="program_id",
        course_keys="course_list",
    )
    said = program(saved.item, saved.org, saved.owner.key, saved.parts)
    return Said(said, 201 if saved.created else 200)


async def delete(call: Call[ProgramDeleteQuery, Any]) -> DeleteResponse:
    query = call.query
    granted(await reach(call.desk, call.actor, orgs=(query.org,)))
    count = 0
    for key in dict.fromkeys((program_key(query.org, query.program_id), query.program_id)):
        count = count or granted(
            await call.desk.submit(
                DeleteItem(call.actor, kind=ItemKind.PROGRAM, key=key, platform_org=query.org)
            )
        )
    return DeleteResponse(count=count, type={"program": count} if count else {})


def _details(body: ProgramCreateUpdateRequest) -> dict[str, Any]:
    """What is only kept to be shown: the type and the free data, where they are given."""
    said: dict[str, Any] = {}
    if not isinstance(body.program_type, UnsetType):
        said["program_type"] = whole("program_type", body.program_type)
        if said["program_type"] not in TYPES:
            raise Refused(invalid("program_type", "A program is of type 1, 2 or 3."))
    if body.data is not UNSET:
        said["data"] = body.data
    return said


def _fits(found: Found, query: ProgramQuery) -> bool:
    item = found.owned.item
    said: dict[str, set[Any]] = {
        "program_id": {item.key, program_id(item.key)},
        "name": {item.title},
        "enabled": {item.enabled},
        "course_id": {course.key for course in found.courses},
    }
    asked = {name: getattr(query, name) for name in said}
    return all(value is UNSET or value in said[name] for name, value in asked.items())


def program(item: Item, org: str, platform_key: str, courses: tuple[Item, ...]) -> CatalogProgram:
    return CatalogProgram(
        program_id=program_id(item.key),
        program_key=item.key,
        org=org,
        platform_key=platform_key,
        name=item.title,
        slug=item.slug,
        program_type=item.details.get("program_type", STANDARD),
        enabled=item.enabled,
        course_list=[ListedCourse(course_id=each.key, name=each.title) for each in courses],
        data=item.details.get("data"),
    )
