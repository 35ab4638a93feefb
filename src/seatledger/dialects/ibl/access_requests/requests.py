"""Access requests: ask, look what came of it, list who asked, and decide (ibl part N)."""

from typing import Any

from seatledger.dialects.dialect import Refused
from seatledger.dialects.ibl.access_requests.schemas import (
    CourseAccessRequestDetail,
    CourseAccessRequestStatusResponse,
)
from seatledger.dialects.ibl.fields import none, unset
from seatledger.dialects.ibl.invitations.naming import platform_key
from seatledger.dialects.ibl.invitations.reading import kept
from seatledger.dialects.ibl.lists import Paged, envelope
from seatledger.dialects.ibl.operations import Call
from seatledger.dialects.ibl.persons import person_of, said
from seatledger.dialects.ibl.platforms import reach_of_one
from seatledger.dialects.ibl.refusals import granted
from seatledger.domain.access_request import AccessRequest
from seatledger.domain.invitation_command import DecideRequest, RequestAccess
from seatledger.domain.learner import Learner
from seatledger.domain.refusal import invalid
from seatledger.usecases.invitation_questions import Asker, list_requests
from seatledger.usecases.questions import Found
from seatledger.usecases.request_access import Requested, RequestStatus, request_status


async def look(call: Call[Any, Any]) -> CourseAccessRequestStatusResponse:
    """What came of the person's last request for the course (N1)."""
    asked = await _asked(call)
    status: RequestStatus = granted(await call.desk.ask(request_status, asked))
    request = status.request
    return CourseAccessRequestStatusResponse(
        active=request is not None and request.active,
        approved=None if request is None else request.approved,
        exists=request is not None,
    )


async def ask(call: Call[Any, Any]) -> CourseAccessRequestDetail:
    """Ask for a course; while a request is open, asking again is the same one (N2, W46)."""
    made: Requested = granted(await call.desk.submit(await _asked(call)))
    return _detail(made.request, made.learner)


async def list_all(call: Call[Any, Any]) -> Paged[CourseAccessRequestDetail]:
    """A page of a platform's requests (N3)."""
    query = call.query
    within = await reach_of_one(call, key=query.platform_key, org=query.platform_org)
    found: Found[Asker] = granted(
        await call.desk.ask(list_requests, within, none(query.reviewed), query.asked())
    )
    return envelope(call.request, query, found, lambda each: _detail(each.request, each.learner))


async def decide(call: Call[Any, Any]) -> CourseAccessRequestDetail:
    """Approve, which gives access, or reject; close or open (N4, W47)."""
    body = call.body
    decided: Requested = granted(
        await call.desk.submit(
            DecideRequest(
                call.actor,
                request_id=body.request_id,
                platform_key=await platform_key(call),
                approved=unset(body.approved),
                active=unset(body.active),
            )
        )
    )
    return _detail(decided.request, decided.learner)


async def _asked(call: Call[Any, Any]) -> RequestAccess:
    key = await platform_key(call)
    person = person_of(call, or_caller=True)
    if person.is_empty:
        raise Refused(invalid("user_id", "This key is nobody's: name the person."))
    return RequestAccess(
        call.actor,
        item_key=said(call, "course_id"),
        platform_key=key,
        person=person,
        metadata=kept(call.extra),
    )


def _detail(request: AccessRequest, learner: Learner) -> CourseAccessRequestDetail:
    return CourseAccessRequestDetail(
        id=request.id,
        user_id=learner.id,
        username=learner.login,
        name=learner.name,
        approved=request.approved,
        reviewed=request.reviewed,
        created=request.created,
        modified=request.modified,
        metadata=dict(request.metadata),
        platform_key=request.platform_key,
        course_id=request.item_key,
    )
