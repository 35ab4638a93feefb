"""Whom an event is about, and what: the facts that a message of it may name."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from seatledger.domain import instant
from seatledger.domain.event import subject_of
from seatledger.domain.item import Item, ItemKind
from seatledger.domain.learner import Learner
from seatledger.domain.message_text import Fact
from seatledger.domain.platform import Platform
from seatledger.domain.web_address import origin_of
from seatledger.domain.webhook import url_of
from seatledger.storage import items as item_rows
from seatledger.storage import learners as learner_rows
from seatledger.storage import platforms as platform_rows
from seatledger.storage import seat_owners, subscriptions
from seatledger.storage.events import Recorded
from seatledger.storage.unit import Unit
from seatledger.usecases.messages.facts import is_link


@dataclass(frozen=True, slots=True)
class Subject:
    """Who is told, and of what; `facts` are those of the thing and of the event.

    `learner` is None where the platform itself is told.
    """

    learner: Learner | None
    address: str
    item_kind: ItemKind | None
    facts: Mapping[str, Fact]


@dataclass(frozen=True, slots=True)
class _Named:
    """The ids behind a subject. Without an item it is about the platform itself."""

    event: Recorded
    learner_id: int
    item_id: int | None


def subjects(unit: Unit, events: Sequence[Recorded]) -> dict[int, Subject]:
    """The subjects of events of one platform, by their numbers."""
    if not events:
        return {}
    platform = _platform(unit, events[0])
    return {**_people(unit, platform, events), **_webhooks(unit, platform, events)}


def _people(unit: Unit, platform: Platform, events: Sequence[Recorded]) -> dict[int, Subject]:
    """Of seats and invitations."""
    named = [*_of_seats(unit, events), *_of_invitations(events)]
    learners = learner_rows.held(unit, {each.learner_id for each in named})
    items = item_rows.by_ids(unit, {each.item_id for each in named if each.item_id is not None})
    found = {}
    for each in named:
        learner = learners[each.learner_id]
        item = None if each.item_id is None else items[each.item_id]
        kind, what = _about(platform, item)
        facts = {**what, **_when_and_where(each.event)}
        found[each.event.seq] = Subject(learner, learner.email, kind, facts)
    return found


def _webhooks(unit: Unit, platform: Platform, events: Sequence[Recorded]) -> dict[int, Subject]:
    """The platform's own address is told. What follows the host in a URL may be secret."""
    told = [each for each in events if subject_of(each.kind) == "webhook"]
    hooks = subscriptions.by_ids(unit, {each.subject_id for each in told}) if told else {}
    found = {}
    for each in told:
        url = origin_of(url_of(hooks[each.subject_id]))
        facts: dict[str, Fact] = {"url": url, "reason": each.after.get("reason")}
        found[each.seq] = Subject(None, platform.email, None, facts)
    return found


def _of_seats(unit: Unit, events: Sequence[Recorded]) -> Iterator[_Named]:
    told = [each for each in events if subject_of(each.kind) == "seat"]
    owners = seat_owners.by_id(unit, {each.subject_id for each in told})
    for each in told:
        if each.subject_id in owners:
            owner = owners[each.subject_id]
            yield _Named(each, owner.learner_id, owner.item_id)


def _of_invitations(events: Sequence[Recorded]) -> Iterator[_Named]:
    """Each says by itself whom it names; a blank one names nobody."""
    for each in events:
        if subject_of(each.kind) == "invitation" and each.after.get("learner_id"):
            yield _Named(each, each.after["learner_id"], each.after["item_id"])


def _about(platform: Platform, item: Item | None) -> tuple[ItemKind, dict[str, Fact]]:
    if item is not None:
        title = item.title or item.key
        return item.kind, {"item_title": title, "item_key": item.key, "item_kind": item.kind}
    kind = ItemKind.PLATFORM
    return kind, {"item_title": platform.name, "item_key": platform.key, "item_kind": kind}


def _platform(unit: Unit, event: Recorded) -> Platform:
    assert event.platform_id is not None
    platform = platform_rows.by_id(unit, event.platform_id)
    assert platform is not None
    return platform


def _when_and_where(event: Recorded) -> dict[str, Fact]:
    """A thing's own address goes before the platform's, where it leads to the web."""
    said: dict[str, Any] = {**(event.before or {}), **event.after}
    end = said.get("ends_at") or said.get("end")
    link = said.get("redirect_to")
    return {
        "ends_at": instant.read(end) if end else None,
        "days": said.get("days"),
        "reason": said.get("reason"),
        "link": link if link and is_link(link) else None,
    }
