"""Which deliveries follow one another: those about one learner and item, or about one thing."""

from collections.abc import Iterable

from seatledger.domain.event import subject_of
from seatledger.storage import seat_owners
from seatledger.storage.events import Recorded
from seatledger.storage.unit import Unit


def order_keys(unit: Unit, events: Iterable[Recorded]) -> dict[int, str]:
    """By its number, under which key an event is delivered in order."""
    told = [(event.seq, subject_of(event.kind), event.subject_id) for event in events]
    owners = seat_owners.by_id(unit, {of for _, subject, of in told if subject == "seat"})
    keys = {}
    for seq, subject, subject_id in told:
        owner = owners.get(subject_id) if subject == "seat" else None
        if owner is not None:
            keys[seq] = f"learner:{owner.learner_id}:{owner.item_id}"
        else:
            keys[seq] = f"{subject}:{subject_id}"
    return keys
