"""Who is enrolled in which course: whoever a licence of it, or of a program, lets in (ibl P1)."""

from datetime import datetime
from typing import Any

import msgspec
from msgspec import UNSET, UnsetType

from seatledger.dialects.dialect import Refused
from seatledger.dialects.ibl.fields import Email, Word, none
from seatledger.dialects.ibl.lists import Listing, Paged, envelope
from seatledger.dialects.ibl.operations import Call
from seatledger.dialects.ibl.persons import person_of
from seatledger.dialects.ibl.refusals import granted
from seatledger.dialects.ibl.roles import reach
from seatledger.domain.refusal import invalid
from seatledger.usecases.catalog_questions import (
    Enrolled,
    EnrolmentFilter,
    list_course_enrolments,
)
from seatledger.usecases.questions import Found

Named = Word | UnsetType
ONE_OF = ("user_id", "username", "email", "course_id", "slug", "org", "platform_key")


class CourseEnrollmentQuery(Listing, kw_only=True):
    """`org` is that of the course's owner."""

    sort: Word = "-id"
    user_id: Named = UNSET
    username: Named = UNSET
    email: Email | UnsetType = UNSET
    course_id: Named = UNSET
    course_name: Named = UNSET
    slug: Named = UNSET
    org: Named = UNSET
    platform_key: Named = UNSET


class CourseEnrollmentDetail(msgspec.Struct, kw_only=True):
    user_id: int
    username: str
    email: str
    name: str | None
    course_id: str
    course_name: str
    active: bool
    created: datetime
    started: datetime | None
    ended: datetime | None
    expired: datetime | None
    metadata: Any


async def search(call: Call[CourseEnrollmentQuery, Any]) -> Paged[CourseEnrollmentDetail]:
    """A page of active enrollments, one for each person and course on a platform."""
    query = call.query
    if all(getattr(query, name) is UNSET for name in ONE_OF):
        raise Refused(invalid("user_id", f"Name at least one of: {', '.join(ONE_OF)}."))
    within = granted(await reach(call.desk, call.actor, keys=(query.platform_key,)))
    wanted = EnrolmentFilter(
        person=person_of(call),
        item_key=none(query.course_id),
        item_slug=none(query.slug),
        item_org=none(query.org),
        title_contains=none(query.course_name),
    )
    found: Found[Enrolled] = granted(
        await call.desk.ask(
            list_course_enrolments, within, wanted, query.asked(), call.desk.clock()
        )
    )
    return envelope(call.request, query, found, _enrollment)


def _enrollment(enrolled: Enrolled) -> CourseEnrollmentDetail:
    return CourseEnrollmentDetail(
        user_id=enrolled.learner.id,
        username=enrolled.learner.login,
        email=enrolled.learner.email,
        name=enrolled.learner.name or None,
        course_id=enrolled.item.key,
        course_name=enrolled.item.title,
        active=enrolled.active,
        created=enrolled.created,
        started=enrolled.start,
        ended=enrolled.ended,
        expired=enrolled.end,
        metadata=enrolled.metadata,
    )
