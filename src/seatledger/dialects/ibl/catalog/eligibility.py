"""Which courses somebody may open: those that a licence of theirs lets them into now (P3, P4)."""

from typing import Annotated, Any

import msgspec
from msgspec import UNSET, Meta, UnsetType

from seatledger.dialects.ibl.catalog.courses import Course, course
from seatledger.dialects.ibl.fields import Email, Word, none
from seatledger.dialects.ibl.operations import Call
from seatledger.dialects.ibl.persons import person_of
from seatledger.dialects.ibl.refusals import granted
from seatledger.usecases.catalog_questions import list_open_courses
from seatledger.usecases.questions import Owned

Named = Word | UnsetType


class EligibleQuery(msgspec.Struct, kw_only=True):
    """A key that belongs to a person may leave the person out."""

    user_id: Named = UNSET
    username: Named = UNSET
    email: Email | UnsetType = UNSET
    org: Named = UNSET
    query: Named = UNSET


class EligibilityQuery(msgspec.Struct, kw_only=True):
    course_id: Word
    user_id: Named = UNSET
    username: Named = UNSET
    email: Email | UnsetType = UNSET
    org: Named = UNSET
    local_only: bool = False


class Eligibility(msgspec.Struct, kw_only=True):
    """Without `local_only` also the rest, as far as the ledger can know it."""

    is_eligible: bool
    is_enrolled: Annotated[
        bool | UnsetType, Meta(description="A license in force enrolls, so: the same.")
    ] = UNSET
    can_enroll: Annotated[
        bool | UnsetType, Meta(description="Who is eligible may enroll: the same.")
    ] = UNSET
    invitation_only: Annotated[
        bool | UnsetType, Meta(description="No course is kept so here: false.")
    ] = UNSET


async def list_eligible(call: Call[EligibleQuery, Any]) -> list[Course]:
    query = call.query
    return [
        course(each.item, each.org)
        for each in await _open(call, None, none(query.org), none(query.query))
    ]


async def check(call: Call[EligibilityQuery, Any]) -> Eligibility:
    """A course that is unknown, or that nothing opens, is one nobody is eligible for."""
    query = call.query
    eligible = bool(await _open(call, query.course_id, none(query.org), None))
    if query.local_only:
        return Eligibility(is_eligible=eligible)
    return Eligibility(
        is_eligible=eligible, is_enrolled=eligible, can_enroll=eligible, invitation_only=False
    )


async def _open(
    call: Call[Any, Any], key: str | None, org: str | None, text: str | None
) -> list[Owned]:
    person = person_of(call, or_caller=True)
    found: list[Owned] = granted(
        await call.desk.ask(
            list_open_courses, call.actor.reach, person, call.desk.clock(), key, org, text
        ),
        learner_id="user_id",
    )
    return found
