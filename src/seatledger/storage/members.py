"""Rows of memberships: which learners belong to which platforms."""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import Row, Select, insert, select, update

from seatledger.domain.actor import Reach
from seatledger.domain.learner import Membership
from seatledger.domain.platform import Platform
from seatledger.storage import learners as learner_rows
from seatledger.storage import platforms as platform_rows
from seatledger.storage.tables import learners, members, platforms
from seatledger.storage.unit import Unit


@dataclass(frozen=True, slots=True)
class Tie:
    """A membership with the platform it is of."""

    membership: Membership
    platform: Platform


def get(unit: Unit, platform_id: int, learner_id: int) -> Membership | None:
    rows = unit.select(
        query().where(members.c.platform_id == platform_id, members.c.learner_id == learner_id)
    )
    return _membership(rows[0]) if rows else None


def of_learner(unit: Unit, reach: Reach, learner_id: int) -> list[Tie]:
    """The platforms a learner belongs or belonged to."""
    asked = query().where(members.c.learner_id == learner_id)
    if reach.platform_id is not None:
        asked = asked.where(members.c.platform_id == reach.platform_id)
    return [tie(row) for row in unit.select(asked.order_by(members.c.platform_id))]


def add(unit: Unit, membership: Membership) -> None:
    unit.execute(insert(members).values(_values(membership)))


def change(unit: Unit, membership: Membership) -> None:
    unit.execute(
        update(members)
        .where(
            members.c.platform_id == membership.platform_id,
            members.c.learner_id == membership.learner.id,
        )
        .values(_values(membership))
    )


def _values(membership: Membership) -> dict[str, Any]:
    return {
        "platform_id": membership.platform_id,
        "learner_id": membership.learner.id,
        "active": membership.active,
        "is_admin": membership.is_admin,
        "added_on": membership.added_on,
        "expired_on": membership.expired_on,
    }


def query() -> Select[Any]:
    """Memberships with their persons and platforms, as `tie` reads them."""
    return (
        select(
            *members.c,
            *learner_rows.labelled("person_"),
            *platform_rows.labelled("owner_"),
        )
        .join_from(members, learners, learners.c.id == members.c.learner_id)
        .join(platforms, platforms.c.id == members.c.platform_id)
    )


def tie(row: Row[Any]) -> Tie:
    return Tie(_membership(row), platform_rows.build(row, "owner_"))


def _membership(row: Row[Any]) -> Membership:
    return Membership(
        platform_id=row.platform_id,
        learner=learner_rows.build(row, "person_"),
        active=row.active,
        is_admin=row.is_admin,
        added_on=row.added_on,
        expired_on=row.expired_on,
    )
