"""Verify the ledger: fold the history of every pool and compare it with counters and rows."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from seatledger.domain.history import Fault, fold
from seatledger.domain.invariants import audit, audit_numbering
from seatledger.domain.refusal import Code, Refusal
from seatledger.storage import events as event_rows
from seatledger.storage import pools as pool_rows
from seatledger.storage import seats as seat_rows
from seatledger.storage.engine import Database, Unavailable
from seatledger.storage.unit import Unit

SAMPLE_MAX = 100


@dataclass(frozen=True, slots=True)
class Offender:
    """A promise that does not hold, and where; `pool_id` None is in no single pool."""

    invariant: str
    pool_id: int | None
    seat_id: int | None
    sentence: str


@dataclass(slots=True)
class Report:
    """What was looked at, and what was found: all of it counted, at most SAMPLE_MAX shown."""

    pools: int = 0
    seats: int = 0
    events: int = 0
    offender_count: int = 0
    offenders: list[Offender] = field(default_factory=list)

    @property
    def ok(self) -> bool:
        return self.offender_count == 0


def verify(database: Database) -> Report:
    """Check I1–I6 on one snapshot of the ledger, pool by pool; writers go on meanwhile.

    Memory grows with the largest pool, not with the ledger. Raises Unavailable.
    """
    report = Report()
    with database.snapshot() as unit:
        for pool_id in _pool_ids(unit):
            _verify_pool(unit, pool_id, report)
        for numbering in event_rows.numbering(unit):
            _note(report, None, audit_numbering(numbering))
    return report


def try_verify(database: Database) -> Report | Refusal:
    """The same; a Refusal where the ledger can't be read."""
    try:
        return verify(database)
    except Unavailable:
        return Refusal(Code.UNAVAILABLE, "The ledger can't be read now.")


def _verify_pool(unit: Unit, pool_id: int, report: Report) -> None:
    pool = pool_rows.read(unit, pool_id)
    folded = fold(event_rows.stream_of_pool(unit, pool_id))
    seats, faults = audit(pool, seat_rows.stream_of_pool(unit, pool_id), folded)
    report.pools += 1
    report.seats += seats
    report.events += folded.events
    _note(report, pool_id, faults)


def _note(report: Report, pool_id: int | None, faults: Sequence[Fault]) -> None:
    report.offender_count += len(faults)
    room = SAMPLE_MAX - len(report.offenders)
    report.offenders += [
        Offender(fault.invariant, pool_id, fault.seat_id, fault.sentence) for fault in faults[:room]
    ]


def _pool_ids(unit: Unit) -> Iterator[int]:
    last = 0
    while page := pool_rows.ids_after(unit, last):
        yield from page
        last = page[-1]
