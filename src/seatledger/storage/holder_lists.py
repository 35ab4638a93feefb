"""Learners with the seats they hold or held, and how far they have come."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from seatledger.domain.actor import Reach
from seatledger.domain.learner import Learner
from seatledger.domain.progress import NOT_STARTED, Progress
from seatledger.domain.seating import Seated
from seatledger.storage import learners as learner_rows
from seatledger.storage import paging, seat_lists
from seatledger.storage import progress as progress_rows
from seatledger.storage.seat_filter import SeatFilter
from seatledger.storage.tables import learners
from seatledger.storage.unit import Unit

SORTS = {"id": learners.c.id}


@dataclass(frozen=True, slots=True)
class Holding:
    """A seat, and the progress of its learner in its item."""

    seated: Seated
    progress: Progress


@dataclass(frozen=True, slots=True)
class Holder:
    """A learner and some of their seats, by id."""

    learner: Learner
    holdings: tuple[Holding, ...]


def find(
    unit: Unit,
    reach: Reach,
    who: SeatFilter,
    shown: SeatFilter,
    page: paging.Page,
    now: datetime,
) -> paging.Found[Holder]:
    """A page of the learners who have a seat such as `who` asks, with those that `shown` asks."""
    query = select(*learner_rows.labelled("")).where(
        learners.c.id.in_(seat_lists.holders(reach, who, now))
    )
    found = paging.find(unit, query, SORTS, page, learner_rows.build)
    holdings_of = holdings(unit, reach, shown, [learner.id for learner in found.rows], now)
    return paging.Found(
        found.total, [Holder(learner, tuple(holdings_of[learner.id])) for learner in found.rows]
    )


def holdings(
    unit: Unit, reach: Reach, shown: SeatFilter, ids: Sequence[int], now: datetime
) -> dict[int, list[Holding]]:
    """The seats of some learners that the filter lets through, by id, with their progress."""
    progress = progress_rows.of_learners(unit, reach, ids)
    found: dict[int, list[Holding]] = {learner_id: [] for learner_id in ids}
    for seated in seat_lists.of_learners(unit, reach, shown, ids, now):
        seat = seated.seat
        come = progress.get((seat.platform_id, seat.learner_id, seat.item_id), NOT_STARTED)
        found[seat.learner_id].append(Holding(seated, come))
    return found
