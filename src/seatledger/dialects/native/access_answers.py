"""What the access check answers: yes and by what, or no, why, and what can be done."""

from datetime import datetime

import msgspec
from msgspec import UNSET, UnsetType

from seatledger.domain.access import Access, Allowed, Denied, Reason, Way
from seatledger.domain.access_advice import advice


class Source(msgspec.Struct, omit_defaults=True):
    """Where a seat comes from: `direct`, a `grant` (its id), or a `program` (as KIND:KEY)."""

    kind: str
    grant: str | UnsetType = UNSET
    item: str | UnsetType = UNSET


class Yes(msgspec.Struct):
    """`valid_until` is when access ends as things stand, null where it does not."""

    allow: bool
    learner: str
    seat: str
    pool: str
    valid_until: datetime | None
    sources: list[Source]
    token: str | None | UnsetType = UNSET


class No(msgspec.Struct):
    """`seat` and `pool` are what comes closest to access; `since` is when that was over.

    `next` is when access begins by itself.
    """

    allow: bool
    reason: Reason
    learner: str | None
    seat: str | None
    pool: str | None
    next: datetime | None
    since: datetime | None
    learner_can: str
    manager_can: str
    token: str | None | UnsetType = UNSET


def shown(access: Access, token: str | None | UnsetType = UNSET) -> Yes | No:
    """`token` is the signed answer, None where there can be none, UNSET where none was asked."""
    if isinstance(access, Allowed):
        return Yes(
            allow=True,
            learner=str(access.learner_id),
            seat=str(access.way.seat_id),
            pool=str(access.way.pool_id),
            valid_until=access.until,
            sources=_sources(access.way),
            token=token,
        )
    return _no(access, token)


def _no(access: Denied, token: str | None | UnsetType) -> No:
    can, way = advice(access), access.way
    return No(
        allow=False,
        reason=access.reason,
        learner=_id(access.learner_id),
        seat=None if way is None else _id(way.seat_id),
        pool=None if way is None else _id(way.pool_id),
        next=access.next,
        since=access.since,
        learner_can=can.learner_can,
        manager_can=can.manager_can,
        token=token,
    )


def _sources(way: Way) -> list[Source]:
    direct = [Source("direct")] if way.direct else []
    grants = [Source("grant", grant=str(grant)) for grant in way.grants]
    program = [] if way.program is None else [Source("program", item=way.program)]
    return [*direct, *grants, *program]


def _id(number: int | None) -> str | None:
    return None if number is None else str(number)
