"""A pool as it once was: what history says of it, in the shape it has today."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from seatledger.domain.instant import read
from seatledger.domain.moves import rule_of
from seatledger.domain.pool import Pool
from seatledger.domain.window import Window


@dataclass(frozen=True, slots=True)
class Counted:
    """The counters of a pool, as the events of its seats add up to."""

    held: int = 0
    given: int = 0
    ended: int = 0
    moved: int = 0


def as_it_was(pool: Pool, facts: Mapping[str, Any], counted: Counted) -> Pool:
    """The pool with the facts it had then; what is no fact of it (its item, its key) is today's."""
    end, moves = facts["end"], facts["moves"]
    return replace(
        pool,
        name=facts["name"],
        size=facts["size"],
        window=Window(read(facts["start"]), None if end is None else read(end)),
        active=facts["active"],
        transferable=facts["transferable"],
        source=facts["source"],
        external_id=facts["external_id"],
        metadata=facts["metadata"],
        enrolment_config=facts["enrolment_config"],
        moves=None if moves is None else rule_of(moves),
        held=counted.held,
        given=counted.given,
        ended=counted.ended,
        moved=counted.moved,
    )
