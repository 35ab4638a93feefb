"""Which deliveries follow one another: those about one learner and item, or about one thing."""

from collections.abc import Iterable, Mapping

from seatledger.domain.event import subject_of
from seatledger.storage import seat_owners
from seatledger.storage.events import Recorded
from seatledger.storage.seat_owners import Owner
from seatledger.storage.unit import Unit


def order_keys(unit: Unit, events: Iterable[Recorded]) -> dict[int, str]:
    """By its number, under which key an event is delivered in order."""
    told = list(events)
    seats = {each.subject_id for each in told if subject_of(each.kind) == "seat"}
    owners = seat_owners.by_id(unit, seats)
    return {each.seq: _key(each, owners) for each in told}


def _key(event: Recorded, owners: Mapping[int, Owner]) -> str:
    subject = subject_of(event.kind)
    if subject == "seat" and event.subject_id in owners:
        owner = owners[event.subject_id]
        return f"learner:{owner.learner_id}:{owner.item_id}"
    learner, item = event.after.get("learner_id"), event.after.get("item_id")
    if subject == "learner":  # how far they have come in an item
        learner = event.subject_id
    if learner is not None and item is not None:  # an invitation, a request, a suggestion …
        return f"learner:{learner}:{item}"
    return f"{subject}:{event.subject_id}"
