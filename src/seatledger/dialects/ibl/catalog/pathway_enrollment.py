"""Enrollment in pathways, which is by name only (ibl P2, B15)."""

from typing import Any

from msgspec import UNSET

from seatledger.dialects.dialect import Refused
from seatledger.dialects.ibl.catalog.enrollment_schemas import (
    PathwayEnrollment,
    PathwayEnrollmentPlus,
)
from seatledger.dialects.ibl.fields import unset
from seatledger.dialects.ibl.numbered_lists import NumberedPage, numbered
from seatledger.dialects.ibl.operations import Call
from seatledger.dialects.ibl.persons import person_of, said
from seatledger.dialects.ibl.platforms import platform_of
from seatledger.dialects.ibl.refusals import granted
from seatledger.dialects.ibl.roles import reach
from seatledger.domain.actor import Reach
from seatledger.domain.catalog_command import Enrol, PathwayName, Unenrol
from seatledger.domain.refusal import Code, Refusal, invalid
from seatledger.usecases.catalog_questions import (
    EnrolledInPathway,
    PathwayEnrolmentFilter,
    get_pathway_enrolment,
    list_pathway_enrolments,
)
from seatledger.usecases.enrol import Placed
from seatledger.usecases.questions import Found

CALLED = {"learner_id": "user_id"}


async def look(call: Call[Any, Any]) -> PathwayEnrollmentPlus:
    """Somebody's enrollment in one pathway."""
    wanted = _filter(call)
    if wanted.uuid is None and wanted.key is None and wanted.slug is None:
        raise Refused(invalid("pathway_uuid", "Name the pathway."))
    found: EnrolledInPathway = granted(
        await call.desk.ask(get_pathway_enrolment, await _within(call), wanted), **CALLED
    )
    return enrollment_plus(found, with_metadata=call.query.include_metadata)


async def search(call: Call[Any, Any]) -> NumberedPage[list[PathwayEnrollmentPlus]]:
    """A page of enrollments; active ones, unless `active` says otherwise."""
    within = await _within(call)
    found: Found[EnrolledInPathway] = granted(
        await call.desk.ask(list_pathway_enrolments, within, _filter(call), call.query.asked())
    )
    return numbered(call.query, found, enrollment_plus)


async def enroll(call: Call[Any, Any]) -> PathwayEnrollment:
    return _enrollment(await _enroll(call, for_self=False))


async def enroll_self(call: Call[Any, Any]) -> PathwayEnrollment:
    """The caller's own person, who must be a member of the platform (B15)."""
    return _enrollment(await _enroll(call, for_self=True))


async def leave(call: Call[Any, Any]) -> PathwayEnrollment:
    return _enrollment(await _leave(call, for_self=False))


async def leave_self(call: Call[Any, Any]) -> PathwayEnrollment:
    return _enrollment(await _leave(call, for_self=True))


async def _enroll(call: Call[Any, Any], *, for_self: bool) -> Placed:
    metadata = getattr(call.body, "metadata", UNSET)
    active = said(call, "active")
    named = await _named(call, for_self=for_self)
    placed: Placed = granted(
        await call.desk.submit(
            Enrol(
                call.actor,
                **named,
                active=True if active is None else active,
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
    platform_key, org = said(call, "platform_key"), said(call, "org")
    if platform_key is not None or org is not None:
        platform_key = (await platform_of(call, key=platform_key, org=org)).key
    return {
        "person": person_of(call, or_caller=for_self),
        "pathway": PathwayName(
            uuid=said(call, "pathway_uuid"), key=_key(call), slug=said(call, "slug")
        ),
        "platform_key": platform_key,
        "members_only": for_self,
    }


async def _within(call: Call[Any, Any]) -> Reach:
    keys, orgs = (said(call, "platform_key"),), (said(call, "org"),)
    return granted(await reach(call.desk, call.actor, keys=keys, orgs=orgs))


def _key(call: Call[Any, Any]) -> str | None:
    """A pathway's id; its key is the id, or the org, `+` and the id (C6)."""
    key, number = said(call, "pathway_key"), said(call, "pathway_id")
    named = None if key is None else key.partition("+")[2] or key
    if named is not None and number not in {None, named}:
        raise Refused(
            Refusal(Code.SELECTORS_DIFFER, "Id and key are of two pathways.", "pathway_key")
        )
    return number or named


def _filter(call: Call[Any, Any]) -> PathwayEnrolmentFilter:
    active = said(call, "active")
    return PathwayEnrolmentFilter(
        person=person_of(call),
        uuid=said(call, "pathway_uuid"),
        key=_key(call),
        slug=said(call, "slug"),
        active=True if active is None else active,
    )


def enrollment_plus(
    enrolled: EnrolledInPathway, *, with_metadata: bool = True
) -> PathwayEnrollmentPlus:
    enrolment, pathway = enrolled.enrolment, enrolled.pathway
    return PathwayEnrollmentPlus(
        user_id=enrolled.learner.id,
        username=enrolled.learner.login,
        pathway_id=pathway.key,
        pathway_uuid=pathway.uuid,
        platform_key=pathway.platform_key,
        org=pathway.platform_org,
        name=pathway.name,
        slug=UNSET if pathway.slug is None else pathway.slug,
        created=enrolment.created,
        ended=enrolment.ended,
        active=enrolment.active,
        metadata=dict(enrolment.metadata) if with_metadata else None,
    )


def _enrollment(placed: Placed) -> PathwayEnrollment:
    enrolment = placed.enrolment
    return PathwayEnrollment(
        created=enrolment.created, ended=enrolment.ended, active=enrolment.active
    )
