"""Give somebody a seat of an item, out of whichever pool has one."""

from collections.abc import Mapping
from datetime import datetime

from seatledger.domain.command import AssignSeat, Command, IfHeld
from seatledger.domain.item import ItemKind
from seatledger.domain.pool import Pool
from seatledger.domain.refusal import Code, Refusal
from seatledger.domain.seating import Seated
from seatledger.storage import pools as pool_rows
from seatledger.storage import seats as seat_rows
from seatledger.storage.unit import Unit
from seatledger.usecases.assign_seats import assign_seats


def pools_to_sit_in(unit: Unit, platform_id: int, kind: ItemKind, item_id: int | None) -> list[int]:
    """The pools whose seats open an item, or (for PLATFORM) make somebody a user of a platform."""
    pool_kind = ItemKind.USER if kind is ItemKind.PLATFORM else kind
    return pool_rows.ids_of(unit, platform_id, pool_kind, item_id)


def seat_by_item(
    unit: Unit,
    command: Command,
    platform_id: int,
    kind: ItemKind,
    item_id: int | None,
    learner_id: int,
    now: datetime,
) -> Seated | Refusal | None:
    """The seat that the learner holds already, else one of the oldest pool that has room.

    None where no pool is in force now; POOL_FULL where there are some and all of them are full.
    Pools are locked in order of id.
    """
    ids = pools_to_sit_in(unit, platform_id, kind, item_id)
    pools = {
        pool_id: pool for pool_id, pool in pool_rows.lock(unit, ids).items() if pool.opens(now)
    }
    outcome: Seated | Refusal | None = None
    for pool_id in _in_order(unit, pools, platform_id, learner_id):
        wanted = AssignSeat(
            command.by,
            command.change_type,
            command.transaction_id,
            pool_id=pool_id,
            learner_id=learner_id,
            active=True,
            if_held=IfHeld.UPDATE,
        )
        outcome = assign_seats(unit, [wanted], now)[0]
        if not isinstance(outcome, Refusal) or outcome.code is not Code.POOL_FULL:
            break
    return outcome


def _in_order(
    unit: Unit, pools: Mapping[int, Pool], platform_id: int, learner_id: int
) -> list[int]:
    """Where the learner sits, then where there is room, then the full ones: a seat may lapse."""
    standing = seat_rows.standing_of_learner(unit, platform_id, learner_id)
    held = {seat.pool_id for seat in standing if seat.live}
    return sorted(pools, key=lambda id_: (id_ not in held, pools[id_].free <= 0, id_))
