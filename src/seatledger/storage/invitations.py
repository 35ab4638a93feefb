"""Rows of invitations, as the write path finds, adds and changes them."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Row, Select, TextClause, func, or_, select, update

from seatledger.domain.actor import Reach
from seatledger.domain.instant import text
from seatledger.domain.invitation import Invitation
from seatledger.domain.item import ItemKind
from seatledger.storage.invitation_tables import ACTIVE
from seatledger.storage.invitation_tables import invitations as table
from seatledger.storage.statement import Statement
from seatledger.storage.tables import items, platforms
from seatledger.storage.unit import Unit

_KEY = {
    "id": "bigint",
    "platform_id": "bigint",
    "kind": "text",
    "item_id": "bigint",
}
_SAYS = {
    "learner_id": "bigint",
    "active": "boolean",
    "ends_at": "timestamptz",
    "source": "text",
    "redirect_to": "text",
    "metadata": "jsonb",
    "enrolment_config": "jsonb",
    "profile": "jsonb",
    "user_group": "text",
    "group_owner_id": "bigint",
    "created_at": "timestamptz",
    "accepted_at": "timestamptz",
    "seat_id": "bigint",
    "undeliverable_at": "timestamptz",
    "undeliverable_why": "text",
}
_NAMES = ", ".join((*_KEY, *_SAYS))

ADD = Statement(
    f"INSERT INTO invitations ({_NAMES}) SELECT {_NAMES} FROM {{new_invitations}} ORDER BY id",
    rows={"new_invitations": {**_KEY, **_SAYS}},
)
CHANGE = Statement(
    f"""
    UPDATE invitations SET {", ".join(f"{name} = changed_invitations.{name}" for name in _SAYS)}
    FROM {{changed_invitations}} WHERE invitations.id = changed_invitations.id
    """,
    rows={"changed_invitations": {"id": "bigint", **_SAYS}},
)


def add(unit: Unit, new: Sequence[Invitation]) -> None:
    """New ones, with ids of `unit.new_ids`."""
    if new:
        unit.run(ADD, new_invitations=list(map(_row, new)))


def change(unit: Unit, changed: Sequence[Invitation]) -> None:
    if changed:
        unit.run(CHANGE, changed_invitations=list(map(_row, changed)))


def lock(unit: Unit, reach: Reach, invitation_id: int) -> Invitation | None:
    """The invitation, locked until the transaction ends."""
    found = _locked(unit, [table.c.id == invitation_id, *_within(reach)])
    return found[0] if found else None


def lock_of_learners(
    unit: Unit, learner_ids: Iterable[int], platform_ids: Iterable[int]
) -> list[Invitation]:
    """All invitations of these people to these platforms and their items, locked, by id."""
    people, places = list(learner_ids), list(platform_ids)
    return _locked(unit, [table.c.learner_id.in_(people), table.c.platform_id.in_(places)])


def lock_own(
    unit: Unit, reach: Reach, kind: ItemKind, item_id: int | None, learner_id: int, source: str
) -> list[Invitation]:
    """A person's invitations of one source to one thing, locked, by id."""
    wanted = _to(reach, kind, item_id, source)
    return _locked(unit, [*wanted, table.c.learner_id == learner_id])


def lock_blank(
    unit: Unit, reach: Reach, kind: ItemKind, item_id: int | None, source: str, now: datetime
) -> Invitation | None:
    """The first blank invitation that is open, locked: no two transactions are given one.

    One that another transaction holds is passed over, and waited for only where there is no other:
    then either that transaction took it, or it is there to be had.
    """
    wanted: list[ColumnElement[bool] | TextClause] = [
        *_to(reach, kind, item_id, source),
        table.c.learner_id.is_(None),
        ACTIVE,
        or_(table.c.ends_at.is_(None), table.c.ends_at > now),
    ]
    first = query().where(*wanted).order_by(table.c.id).limit(1)
    while unit.select(select(table.c.id).where(*wanted).limit(1)):
        for passing in (True, False):
            rows = unit.select(first.with_for_update(of=table, skip_locked=passing))
            if rows:
                return build(rows[0])
    return None


def blank_texts(unit: Unit, learner_id: int) -> None:
    """Forget what others noted on a person's invitations beside their metadata."""
    unit.execute(
        update(table)
        .where(table.c.learner_id == learner_id)
        .values(enrolment_config={}, profile={}, undeliverable_why=None)
    )


def _to(
    reach: Reach, kind: ItemKind, item_id: int | None, source: str
) -> list[ColumnElement[bool]]:
    item = [] if item_id is None else [table.c.item_id == item_id]
    return [table.c.source == source, table.c.kind == kind, *item, *_within(reach)]


def _within(reach: Reach) -> list[ColumnElement[bool]]:
    return [] if reach.platform_id is None else [table.c.platform_id == reach.platform_id]


def _locked(unit: Unit, conditions: Sequence[ColumnElement[bool]]) -> list[Invitation]:
    asked = query().where(*conditions).order_by(table.c.id).with_for_update(of=table)
    return [build(row) for row in unit.select(asked)]


def query() -> Select[Any]:
    """Invitations as `build` reads them."""
    return (
        select(
            table,
            platforms.c.key.label("platform_key"),
            func.coalesce(items.c.key, platforms.c.key).label("item_key"),
        )
        .join_from(table, platforms, platforms.c.id == table.c.platform_id)
        .join(items, items.c.id == table.c.item_id, isouter=True)
    )


def _row(invitation: Invitation) -> dict[str, Any]:
    """An invitation as ADD and CHANGE take it."""
    return {
        "id": invitation.id,
        "platform_id": invitation.platform_id,
        "kind": invitation.kind,
        "item_id": invitation.item_id,
        "learner_id": invitation.learner_id,
        "active": invitation.active,
        "ends_at": text(invitation.end),
        "source": invitation.source,
        "redirect_to": invitation.redirect_to,
        "metadata": invitation.metadata,
        "enrolment_config": invitation.enrolment_config,
        "profile": invitation.profile,
        "user_group": invitation.user_group,
        "group_owner_id": invitation.group_owner_id,
        "created_at": text(invitation.created),
        "accepted_at": text(invitation.accepted_at),
        "seat_id": invitation.seat_id,
        "undeliverable_at": text(invitation.undeliverable_at),
        "undeliverable_why": invitation.undeliverable_why,
    }


def build(row: Row[Any]) -> Invitation:
    return Invitation(
        id=row.id,
        platform_id=row.platform_id,
        platform_key=row.platform_key,
        kind=ItemKind(row.kind),
        item_id=row.item_id,
        item_key=row.item_key,
        learner_id=row.learner_id,
        active=row.active,
        end=row.ends_at,
        source=row.source,
        redirect_to=row.redirect_to,
        metadata=row.metadata,
        enrolment_config=row.enrolment_config,
        profile=row.profile,
        user_group=row.user_group,
        group_owner_id=row.group_owner_id,
        created=row.created_at,
        accepted_at=row.accepted_at,
        seat_id=row.seat_id,
        undeliverable_at=row.undeliverable_at,
        undeliverable_why=row.undeliverable_why,
    )
