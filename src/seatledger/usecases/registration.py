"""Who is registered where: what tells a seat in use from one that waits for its learner."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from seatledger.domain.command import Command
from seatledger.domain.event import Event, EventKind
from seatledger.domain.item import ItemKind
from seatledger.domain.learner import Membership
from seatledger.domain.pool import Pool
from seatledger.domain.refusal import Refusal
from seatledger.domain.seating import Seated
from seatledger.storage import events, pending
from seatledger.storage import members as member_rows
from seatledger.storage.unit import Unit
from seatledger.usecases.opening import origin


def count_pending(unit: Unit, pools: Iterable[Pool], now: datetime) -> dict[int, int]:
    """For each pool, how many of its seats in use belong to nobody registered on its platform."""
    return pending.counts(unit, [pool.id for pool in pools], now)


def registered_among(unit: Unit, seats: Iterable[Seated]) -> set[int]:
    """The ids of those seats whose learners are registered on the pool's platform."""
    owners = {
        each.seat.id: (each.seat.platform_id, each.learner.id)
        for each in seats
        if each.learner.registered
    }
    found = pending.members_among(unit, set(owners.values()))
    return {seat_id for seat_id, owner in owners.items() if owner in found}


def tie_to_platforms(
    unit: Unit,
    commands: Sequence[Command],
    outcomes: Sequence[Seated | Refusal],
    now: datetime,
) -> None:
    """A seat of a `user` pool is membership: who has an account somewhere is tied to the platform.

    Who has none yet is tied when they register (ibl W14, W18).
    """
    for command, seated in zip(commands, outcomes, strict=True):
        if isinstance(seated, Refusal) or seated.pool.item.kind is not ItemKind.USER:
            continue
        learner, platform_id = seated.learner, seated.pool.platform_id
        if not learner.registered or not seated.seat.live:
            continue
        if member_rows.get(unit, platform_id, learner.id) is not None:
            continue
        membership = Membership(
            platform_id, learner, active=True, is_admin=False, added_on=now, expired_on=None
        )
        member_rows.add(unit, membership)
        events.add(
            unit,
            Event(
                EventKind.MEMBER_LINKED,
                origin(command, now),
                platform_id,
                None,
                learner.id,
                None,
                membership.facts(),
            ),
        )
