"""Lists of a platform's people."""

from dataclasses import dataclass

from sqlalchemy import or_

from seatledger.storage import paging
from seatledger.storage.members import Tie, query, tie
from seatledger.storage.tables import learners, members
from seatledger.storage.unit import Unit


@dataclass(frozen=True, slots=True, kw_only=True)
class MemberFilter:
    """What a list is narrowed to; None asks nothing. `text` is in the name or the address."""

    text: str | None = None
    is_admin: bool | None = None
    active: bool | None = None


SORTS = {
    "id": members.c.learner_id,
    "user_id": members.c.learner_id,
    "username": learners.c.username,
    "email": learners.c.email_key,
    "name": learners.c.name,
    "is_admin": members.c.is_admin,
    "active": members.c.active,
    "added_on": members.c.added_on,
    "expired_on": members.c.expired_on,
}


def find(
    unit: Unit, platform_id: int, wanted: MemberFilter, page: paging.Page
) -> paging.Found[Tie]:
    """A page of who belongs or belonged to a platform."""
    asked = query().where(members.c.platform_id == platform_id)
    if wanted.is_admin is not None:
        asked = asked.where(members.c.is_admin == wanted.is_admin)
    if wanted.active is not None:
        asked = asked.where(members.c.active == wanted.active)
    if wanted.text is not None:
        columns = (learners.c.name, learners.c.email, learners.c.username)
        asked = asked.where(
            or_(*(column.icontains(wanted.text, autoescape=True) for column in columns))
        )
    return paging.find(unit, asked, SORTS, page, tie)
