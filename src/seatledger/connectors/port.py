"""What a connector is to the worker that drives it."""

from collections.abc import Callable
from dataclasses import dataclass

from seatledger.domain.delivery import Outcome
from seatledger.usecases.deliver import After, Parcel
from seatledger.usecases.relay import Expand, each_event


@dataclass(frozen=True, slots=True)
class Connector:
    """A road to one sort of neighbour.

    `handle` tries one parcel, in a thread, outside of any transaction, and answers Done, Retry or
    Refused; it takes no longer than a minute, however slow the other side is. It may be given a
    parcel that it handled before: what it sends carries the parcel's id, so that the other side can
    tell. What it raises counts as Retry. `expand` says which deliveries come of events, `after`
    what else is written with the outcome.
    """

    name: str
    handle: Callable[[Parcel], Outcome]
    expand: Expand = each_event
    after: After | None = None
