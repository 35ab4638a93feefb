"""Lists of invitations with the people they name."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Row, and_, exists, not_, or_, select

from seatledger.domain.actor import Reach
from seatledger.domain.invitation import Invitation, InvitationState
from seatledger.domain.item import ItemKind
from seatledger.domain.learner import NOBODY_NAMED, Learner, PersonName, email_key
from seatledger.storage import invitations as invitation_rows
from seatledger.storage import learners as learner_rows
from seatledger.storage import paging
from seatledger.storage.invitation_tables import invitations
from seatledger.storage.json_text import says
from seatledger.storage.tables import items, learners
from seatledger.storage.unit import Unit


@dataclass(frozen=True, slots=True)
class Invitee:
    """An invitation and whom it names; nobody while it is blank."""

    invitation: Invitation
    learner: Learner | None


@dataclass(frozen=True, slots=True, kw_only=True)
class InvitationFilter:
    """What a list is narrowed to; None asks nothing. `state` is how it stands at an instant."""

    invitation_id: int | None = None
    kind: ItemKind | None = None
    item_key: str | None = None
    person: PersonName = NOBODY_NAMED
    source: str | None = None
    active: bool | None = None
    state: tuple[InvitationState, datetime] | None = None
    metadata: Mapping[str, str] = field(default_factory=dict)


SORTS = {
    "id": invitations.c.id,
    "created": invitations.c.created_at,
    "started": invitations.c.accepted_at,
    "expired": invitations.c.ends_at,
    "source": invitations.c.source,
    "active": invitations.c.active,
    "user_id": invitations.c.learner_id,
    "username": learners.c.username,
    "email": learners.c.email_key,
}


def find(
    unit: Unit, reach: Reach, wanted: InvitationFilter, page: paging.Page
) -> paging.Found[Invitee]:
    """A page of the invitations of the platforms within reach."""
    query = (
        invitation_rows.query()
        .add_columns(*learner_rows.labelled("person_"))
        .join(learners, learners.c.id == invitations.c.learner_id, isouter=True)
        .where(*_conditions(reach, wanted))
    )
    return paging.find(unit, query, SORTS, page, _invitee)


def is_invited(unit: Unit, kind: ItemKind, address_key: str, now: datetime) -> bool:
    """Whether an address has an open invitation of this kind, on whatever platform."""
    held = (
        exists()
        .where(invitations.c.learner_id == learners.c.id)
        .where(invitations.c.kind == kind, invitations.c.active)
        .where(or_(invitations.c.ends_at.is_(None), invitations.c.ends_at > now))
    )
    return bool(unit.select(select(learners.c.id).where(learners.c.email_key == address_key, held)))


def _conditions(reach: Reach, wanted: InvitationFilter) -> list[ColumnElement[bool]]:
    person = wanted.person
    equal: dict[ColumnElement[Any], object] = {
        invitations.c.id: wanted.invitation_id,
        invitations.c.platform_id: reach.platform_id,
        invitations.c.kind: wanted.kind,
        invitations.c.source: wanted.source,
        invitations.c.active: wanted.active,
        invitations.c.learner_id: person.learner_id,
        learners.c.email_key: None if person.email is None else email_key(person.email),
        items.c.key: wanted.item_key,
    }
    conditions = [column == value for column, value in equal.items() if value is not None]
    if person.username is not None:
        conditions.append(learner_rows.has_login(person.username))
    if wanted.state is not None:
        conditions.append(_stands(*wanted.state))
    conditions += [
        says(invitations.c.metadata, key, value) for key, value in wanted.metadata.items()
    ]
    return conditions


def _stands(state: InvitationState, now: datetime) -> ColumnElement[bool]:
    """Invitation.state, as a condition."""
    on, accepted = invitations.c.active, invitations.c.accepted_at.is_not(None)
    still = or_(invitations.c.ends_at.is_(None), invitations.c.ends_at > now)
    came_back = invitations.c.undeliverable_at.is_not(None)
    return {
        InvitationState.PENDING: and_(on, still, not_(came_back)),
        InvitationState.UNDELIVERABLE: and_(on, still, came_back),
        InvitationState.ACCEPTED: and_(not_(on), accepted),
        InvitationState.EXPIRED: and_(on, not_(still)),
        InvitationState.WITHDRAWN: and_(not_(on), not_(accepted)),
    }[state]


def _invitee(row: Row[Any]) -> Invitee:
    nobody = row.learner_id is None
    learner = None if nobody else learner_rows.build(row, "person_")
    return Invitee(invitation_rows.build(row), learner)
