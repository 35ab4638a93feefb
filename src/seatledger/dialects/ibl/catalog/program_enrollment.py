"""Enrollment in programs: by a licence, which shows here too, or by name (ibl P2, B15)."""

from typing import Any

from msgspec import UNSET

from seatledger.dialects.dialect import Refused
from seatledger.dialects.ibl.catalog.enrollment_schemas import (
    ProgramEnrollment,
    ProgramEnrollmentPlus,
)
from seatledger.dialects.ibl.fields import unset
from seatledger.dialects.ibl.numbered_lists import NumberedPage, numbered
from seatledger.dialects.ibl.operations import Call
from seatledger.dialects.ibl.persons import person_of, said
from seatledger.dialects.ibl.program_keys import program_id, program_key
from seatledger.dialects.ibl.refusals import granted
from seatledger.dialects.ibl.roles import reach
from seatledger.domain.catalog_command import Enrol, Unenrol
from seatledger.domain.item import Item
from seatledger.domain.refusal import invalid
from seatledger.usecases.catalog_questions import (
    Enrolled,
    EnrolmentFilter,
    get_program_enrolment,
    list_program_enrolments,
)
from seatledger.usecases.enrol import Placed
from seatledger.usecases.questions import Found

CALLED = {"learner_id": "user_id", "item": "program_id"}


async def look(call: Call[Any, Any]) -> ProgramEnrollmentPlus:
    """Somebody's enrollment in one program; by name where there is one, else by a licence."""
    wanted = _filter(call)
    if wanted.item_key is None and wanted.item_key_end is None:
        raise Refused(invalid("program_id", "Name the program."))
    within = granted(await reach(call.desk, call.actor, keys=(call.query.platform_key,)))
    found: Enrolled = granted(
        await call.desk.ask(get_program_enrolment, within, wanted, call.desk.clock()), **CALLED
    )
    return enrollment_plus(found, with_metadata=call.query.include_metadata)


async def search(call: Call[Any, Any]) -> NumberedPage[list[ProgramEnrollmentPlus]]:
    """A page of active enrollments, those by licences among them."""
    query = call.query
    within = granted(await reach(call.desk, call.actor, keys=(query.platform_key,)))
    found: Found[Enrolled] = granted(
        await call.desk.ask(
            list_program_enrolments, within, _filter(call), query.asked(), call.desk.clock()
        )
    )
    return numbered(query, found, enrollment_plus)


async def enroll(call: Call[Any, Any]) -> ProgramEnrollment:
    """Enroll somebody by name, or change that. It uses no seat and opens no course."""
    return _enrollment(await _enroll(call, for_self=False))


async def enroll_self(call: Call[Any, Any]) -> ProgramEnrollment:
    """The same for the caller's own person, who must be a member of the platform (B15)."""
    return _enrollment(await _enroll(call, for_self=True))


async def leave(call: Call[Any, Any]) -> ProgramEnrollment:
    """Deactivate what was made by name; what a licence makes ends with the assignment."""
    return _enrollment(await _leave(call, for_self=False))


async def leave_self(call: Call[Any, Any]) -> None:
    await _leave(call, for_self=True)


async def _enroll(call: Call[Any, Any], *, for_self: bool) -> Placed:
    metadata = getattr(call.body, "metadata", UNSET)
    active = said(call, "active")
    placed: Placed = granted(
        await call.desk.submit(
            Enrol(
                call.actor,
                **await _named(call, for_self=for_self),
                active=True if active is None else active,
                start=unset(_first(call.body.started, call.query.started)),
                end=unset(_first(call.body.expired, call.query.expired)),
                metadata={} if metadata is None else unset(metadata),
            )
        ),
        **CALLED,
    )
    return placed


async def _leave(call: Call[Any, Any], *, for_self: bool) -> Placed:
    named = await _named(call, for_self=for_self)
    placed: Placed = granted(await call.desk.submit(Unenrol(call.actor, **named)), **CALLED)
    return placed


async def _named(call: Call[Any, Any], *, for_self: bool) -> dict[str, Any]:
    """Person, program and platform, as commands take them."""
    platform_key, org = said(call, "platform_key"), said(call, "org")
    granted(await reach(call.desk, call.actor, keys=(platform_key,)))
    key, number = said(call, "program_key"), said(call, "program_id")
    keys = [] if key is None else [key]
    if key is None and number is not None:
        owner = call.actor.platform_org if org is None else org
        keys = [number] if owner is None else [program_key(owner, number), number]
    return {
        "person": person_of(call, or_caller=for_self),
        "program_keys": tuple(keys),
        "platform_key": platform_key,
        "members_only": for_self,
    }


def _first(body: Any, query: Any) -> Any:
    return query if body is UNSET else body


def _filter(call: Call[Any, Any]) -> EnrolmentFilter:
    active = said(call, "active")
    return EnrolmentFilter(
        person=person_of(call),
        item_key=said(call, "program_key"),
        item_key_end=said(call, "program_id"),
        item_slug=said(call, "slug"),
        item_org=said(call, "org"),
        program_type=said(call, "program_type"),
        active=True if active is None else active,
        past_too=getattr(call.query, "ignore_expiration", False),
    )


def enrollment_plus(enrolled: Enrolled, *, with_metadata: bool = True) -> ProgramEnrollmentPlus:
    data = enrolled.item.details.get("data")
    return ProgramEnrollmentPlus(
        user_id=enrolled.learner.id,
        username=enrolled.learner.login,
        platform_key=enrolled.platform.key,
        org=enrolled.owner.org,
        **_program(enrolled.item),
        created=enrolled.created,
        started=enrolled.start,
        ended=enrolled.ended,
        expired=enrolled.end,
        active=enrolled.active,
        metadata=enrolled.metadata if with_metadata else None,
        program_metadata=data if with_metadata and isinstance(data, dict) else None,
    )


def _enrollment(placed: Placed) -> ProgramEnrollment:
    enrolment, place = placed.enrolment, placed.place
    assert isinstance(place.subject, Item)
    return ProgramEnrollment(
        user_id=place.learner.id,
        username=place.learner.login,
        platform_key=place.platform.key,
        org=placed.owner.org,
        **_program(place.subject),
        created=enrolment.created,
        started=enrolment.start,
        ended=enrolment.ended,
        expired=enrolment.end,
        active=enrolment.active,
    )


def _program(item: Item) -> dict[str, Any]:
    return {
        "program_id": program_id(item.key),
        "program_key": item.key,
        "name": item.title,
        "slug": UNSET if item.slug is None else item.slug,
    }
