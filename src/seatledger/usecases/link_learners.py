"""Tie learners to platforms."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from seatledger.domain.command import Unset
from seatledger.domain.event import Event, EventKind, Origin
from seatledger.domain.learner import Learner, Membership
from seatledger.domain.people_command import LinkLearner
from seatledger.domain.platform import Platform
from seatledger.domain.refusal import Refusal, unknown_learner, unknown_platform
from seatledger.domain.waiting import seat_waiters
from seatledger.storage import events, ledger
from seatledger.storage import learners as learner_rows
from seatledger.storage import members as member_rows
from seatledger.storage import platforms as platform_rows
from seatledger.storage import pools as pool_rows
from seatledger.storage import seats as seat_rows
from seatledger.storage.unit import Unit
from seatledger.usecases.accept_invitations import accept_pending
from seatledger.usecases.opening import open_book, origin


def link_learners(
    unit: Unit, commands: Sequence[LinkLearner], now: datetime
) -> list[Membership | Refusal]:
    return [_link(unit, command, now) for command in commands]


def _link(unit: Unit, command: LinkLearner, now: datetime) -> Membership | Refusal:
    platform = platform_rows.by_key(unit, command.platform_key)
    if platform is None or not command.by.reach.covers(platform.id):
        return unknown_platform()
    reach = command.by.reach.platform_id
    found = learner_rows.named(unit, [{"id": command.learner_id, "platform_id": reach}])
    learner = found.by_id.get(command.learner_id)
    if learner is None:
        return unknown_learner()
    return link(unit, command, platform, learner, now)


def link(
    unit: Unit, command: LinkLearner, platform: Platform, learner: Learner, now: datetime
) -> Membership:
    """Tie a learner whom the platform need not know before."""
    before = member_rows.get(unit, platform.id, learner.id)
    after = _tied(command, platform.id, learner, before, now)
    by = origin(command, now)
    if before is None:
        member_rows.add(unit, after)
        learner_rows.register(unit, learner.id)
    elif after != before:
        member_rows.change(unit, after)
    if before != after:
        _record(unit, before, after, by)
    if before is not None and before.active and not after.active:
        _suspend_seats(unit, after, by)
    if after.active and (before is None or not before.active):
        accept_pending(unit, command, after, now)
    return after


def _tied(
    command: LinkLearner,
    platform_id: int,
    learner: Learner,
    before: Membership | None,
    now: datetime,
) -> Membership:
    given = {
        "active": command.active,
        "is_admin": command.is_admin,
        "added_on": command.added_on,
        "expired_on": command.expired_on,
    }
    changes: dict[str, Any] = {k: v for k, v in given.items() if not isinstance(v, Unset)}
    tie = before or Membership(
        platform_id=platform_id,
        learner=replace(learner, registered=True),
        active=True,
        is_admin=False,
        added_on=now,
        expired_on=None,
    )
    return replace(tie, **changes)


def _suspend_seats(unit: Unit, membership: Membership, by: Origin) -> None:
    """A person who leaves keeps no place; coming back does not restore it by itself (ibl W22)."""
    seats = seat_rows.standing_of_learner(unit, membership.platform_id, membership.learner.id)
    pools = pool_rows.lock(unit, (seat.pool_id for seat in seats))
    holders = [(pool, membership.learner.id) for pool in pools.values()]
    book = open_book(unit, by.at, pools, holders=holders, freeing=pools)
    for pool in pools.values():
        seat = book.standing(pool.id, membership.learner.id)
        if seat is not None and seat.live and pool.transferable:
            book.suspend(seat, by)
            seat_waiters(book, pool.id, by)
    ledger.write(unit, book)


def _record(unit: Unit, before: Membership | None, after: Membership, by: Origin) -> None:
    kind = EventKind.MEMBER_LINKED if before is None else EventKind.MEMBER_CHANGED
    was = None if before is None else before.facts()
    events.add(unit, Event(kind, by, after.platform_id, None, after.learner.id, was, after.facts()))
