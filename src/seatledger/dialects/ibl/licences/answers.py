"""Says pools, seats and grants in the words of the four kinds of licence."""

from collections.abc import Mapping
from typing import Any

import msgspec
from msgspec import UNSET

from seatledger.dialects.ibl.licences.kinds import Kind, Schema
from seatledger.dialects.ibl.licences.pool_schemas import Assignments
from seatledger.domain.granting import Granted
from seatledger.domain.pool import Pool
from seatledger.domain.seating import Seated


def licence(kind: Kind, pool: Pool, pending: int, *, verbose: bool = False) -> msgspec.Struct:
    """A pool; `pending` is how many of its seats belong to nobody registered (F3, W5)."""
    pending = min(pending, pool.held)
    summary = Assignments(total=pool.held, active=pool.held - pending, pending=pending)
    return _of(
        kind.detail,
        {
            "id": pool.id,
            "created": pool.created,
            "started": pool.window.start,
            "expired": pool.window.end,
            "name": pool.name,
            "count": pool.size,
            "active": pool.active,
            "metadata": dict(pool.metadata),
            "source": pool.source,
            "external_id": pool.external_id,
            "platform_key": pool.platform_key,
            "usage_count": pool.held,
            "assignments": summary if verbose or not kind.summary_if_verbose else UNSET,
            **kind.item_said(pool),
        },
    )


def assignment(kind: Kind, seated: Seated, *, registered: bool) -> msgspec.Struct:
    """A seat. Of somebody unregistered: a placeholder account (W14), or the address only (G4)."""
    assert kind.seats is not None
    seat, learner = seated.seat, seated.learner
    bare = kind.bare_addresses and not registered
    # Program answers leave out a missing link; the others say null (their schemas differ so).
    no_link = UNSET if kind.bare_addresses else None
    return _of(
        kind.seats.detail,
        {
            "id": seat.id,
            "user_id": None if bare else learner.id,
            "username": None if bare else learner.login,
            "name": None if bare else learner.name,
            "email": learner.email,
            "active": seat.live,
            "fulfilled": seat.fulfilled,
            "direct": seat.direct,
            "redirect_to": no_link if seat.redirect_to is None else seat.redirect_to,
            "metadata": dict(seat.metadata),
            "created": seat.created,
            "modified": seat.modified,
            **_licence_of(kind, seated.pool),
        },
    )


def group_assignment(kind: Kind, granted: Granted) -> msgspec.Struct:
    """A grant; the counts are said for programs only (H5)."""
    assert kind.seats is not None
    grant = granted.grant
    return _of(
        kind.seats.grant_detail,
        {
            "id": grant.id,
            "group_id": granted.group.id,
            "group_name": granted.group.name,
            "active": grant.active,
            "fulfilled": granted.fulfilled,
            "redirect_to": grant.redirect_to,
            "metadata": dict(grant.metadata),
            "created": grant.created,
            "modified": grant.modified,
            "user_count": granted.member_count,
            "assigned_count": granted.seated_count,
            **_licence_of(kind, granted.pool),
        },
    )


def _licence_of(kind: Kind, pool: Pool) -> dict[str, Any]:
    """What a row says of the pool it is of (G10)."""
    return {
        "license_id": pool.id,
        "license_name": pool.name,
        "platform_key": pool.platform_key,
        **kind.item_said(pool),
    }


def _of(schema: Schema, said: Mapping[str, Any]) -> msgspec.Struct:
    """The struct, from those of the values that it has a field for."""
    return schema(**{name: said[name] for name in schema.__struct_fields__})
