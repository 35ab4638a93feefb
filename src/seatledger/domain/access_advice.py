"""What to do about a closed item: a sentence for the learner, and one for the manager."""

from dataclasses import dataclass
from datetime import datetime

from seatledger.domain.access import Denied, Reason


@dataclass(frozen=True, slots=True)
class Advice:
    learner_can: str
    manager_can: str


# `{pool}` and `{seat}` are ids, `{start}` is when access begins, `{since}` when it was over.
_SENTENCES = {
    Reason.NOT_STARTED: Advice(
        "Wait: access begins by itself on {start}.",
        "Nothing needs doing. For an earlier begin, have the start of pool {pool} moved.",
    ),
    Reason.POOL_INACTIVE: Advice(
        "Ask your licence manager: your seat is kept, but the seats are switched off for now.",
        "Ask whoever runs the ledger to switch pool {pool} on again; its seats then open at once.",
    ),
    Reason.SUSPENDED: Advice(
        "Ask your licence manager to resume your seat.",
        "Resume seat {seat}; that needs a free place in pool {pool}.",
    ),
    Reason.WAITING: Advice(
        "Wait: you are in line, and get a seat by itself when a place is free.",
        "Take back a seat of pool {pool} that is not needed, or have the pool enlarged.",
    ),
    Reason.POOL_ENDED: Advice(
        "Ask your licence manager for a new seat: the seats ended on {since}.",
        "Have pool {pool} prolonged, which reopens its seats, or give a seat of another pool.",
    ),
    Reason.EXPIRED: Advice(
        "Ask your licence manager for a new seat: yours ended on {since}.",
        "Give a new seat, of pool {pool} or another, with a later end.",
    ),
    Reason.SEAT_ENDED: Advice(
        "Ask your licence manager for a new seat: yours was given up on {since}.",
        "Give a new seat, of pool {pool} or another, if the learner should have one.",
    ),
    Reason.NO_SEAT: Advice(
        "Ask your licence manager for a seat.",
        "Give a seat of a pool that opens this item.",
    ),
    Reason.UNKNOWN_LEARNER: Advice(
        "Sign in with the address your licence manager knows, or ask them for a seat.",
        "Check how the learner is named. A seat given to an e-mail address makes a person known.",
    ),
    Reason.UNKNOWN_ITEM: Advice(
        "Check the link: there are no seats for this.",
        "Check how the item is spelled. If it is right, have a pool of it opened.",
    ),
}


def advice(denied: Denied) -> Advice:
    """What each of them can do."""
    sentences, way = _SENTENCES[denied.reason], denied.way
    facts = {
        "pool": way and way.pool_id,
        "seat": way and way.seat_id,
        "start": _spelled(denied.next),
        "since": _spelled(denied.since),
    }
    return Advice(sentences.learner_can.format(**facts), sentences.manager_can.format(**facts))


def _spelled(instant: datetime | None) -> str | None:
    return None if instant is None else f"{instant:%Y-%m-%d at %H:%M} UTC"
