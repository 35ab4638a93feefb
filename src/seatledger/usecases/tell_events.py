"""Makes messages of events, and deliveries of those messages: what the mail connector reads on."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from seatledger.domain import instant
from seatledger.domain.delivery import AGE_MAX, Draft, Subscription
from seatledger.domain.event import subject_of
from seatledger.domain.item import Item
from seatledger.domain.learner import Learner
from seatledger.domain.mailing import kind_of_mail, takes_mail
from seatledger.domain.message import MessageKind
from seatledger.domain.message_text import Fact
from seatledger.storage import items as item_rows
from seatledger.storage import learners as learner_rows
from seatledger.storage import messages as message_rows
from seatledger.storage import seat_owners
from seatledger.storage.event_lists import Told
from seatledger.storage.events import Recorded
from seatledger.storage.unit import Unit
from seatledger.usecases.messages.facts import is_link
from seatledger.usecases.write_messages import Telling, read_settings, write_messages


def tell_events(
    unit: Unit,
    subscription: Subscription,
    events: Sequence[Told],
    keys: Mapping[int, str],
    now: datetime,
) -> Sequence[Draft]:
    """Messages of those events that people are told of, and a delivery of each.

    Nobody is told of silent events, nor of any that are older than three days.
    """
    fresh = [
        (told.event, kind)
        for told in events
        if not told.event.silent
        and now - told.event.at <= AGE_MAX
        and (kind := kind_of_mail(told.event.kind, told.event.before, told.event.after))
    ]
    if not fresh:
        return ()
    tellings = _new(unit, subscription.platform_id, _Seats.of(unit, fresh).tellings(fresh))
    settings = read_settings(subscription)
    written = write_messages(unit, subscription.platform_id, tellings, settings, now)
    return [Draft(each.seq, keys[each.seq or 0], each.id) for each in written]


def _new(unit: Unit, platform_id: int, tellings: list[Telling]) -> list[Telling]:
    """Those that can reach anybody and were not written before."""
    reaching = [each for each in tellings if takes_mail(each.address)]
    seqs = {each.seq for each in reaching if each.seq is not None}
    before = message_rows.told_before(unit, platform_id, seqs)
    return [each for each in reaching if (each.seq, each.kind, each.address) not in before]


@dataclass(frozen=True, slots=True)
class _Seats:
    """Whose the seats of some events are, and of what."""

    learners: Mapping[int, Learner]
    items: Mapping[int, Item]

    @classmethod
    def of(cls, unit: Unit, events: Sequence[tuple[Recorded, MessageKind]]) -> "_Seats":
        seat_ids = {event.subject_id for event, _ in events if subject_of(event.kind) == "seat"}
        owners = seat_owners.by_id(unit, seat_ids)
        learners = learner_rows.held(unit, {each.learner_id for each in owners.values()})
        items = item_rows.by_ids(unit, {each.item_id for each in owners.values()})
        return cls(
            {seat_id: learners[each.learner_id] for seat_id, each in owners.items()},
            {seat_id: items[each.item_id] for seat_id, each in owners.items()},
        )

    def tellings(self, events: Sequence[tuple[Recorded, MessageKind]]) -> list[Telling]:
        return [
            Telling(
                learner=self.learners[event.subject_id],
                address=self.learners[event.subject_id].email,
                kind=kind,
                item_kind=self.items[event.subject_id].kind,
                facts={**item_facts(self.items[event.subject_id]), **_seat_facts(event)},
                seq=event.seq,
            )
            for event, kind in events
            if event.subject_id in self.learners
        ]


def item_facts(item: Item) -> dict[str, Fact]:
    return {"item_title": item.title or item.key, "item_key": item.key, "item_kind": item.kind}


def _seat_facts(event: Recorded) -> dict[str, Fact]:
    """A seat's own address goes before the platform's, where it leads to the web."""
    said: dict[str, Any] = {**(event.before or {}), **event.after}
    end = said.get("ends_at") or said.get("end")
    link = said.get("redirect_to")
    return {
        "ends_at": instant.read(end) if end else None,
        "days": said.get("days"),
        "reason": said.get("reason"),
        "link": link if link and is_link(link) else None,
    }
