"""Enrol people in programs and pathways by name, and end that; no seat is given or taken."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from seatledger.domain.catalog_command import ChangeEnrolment, Enrol, Unenrol
from seatledger.domain.command import Unset
from seatledger.domain.enrolment import Enrolment
from seatledger.domain.event import Event, EventKind
from seatledger.domain.item import Item
from seatledger.domain.platform import Platform
from seatledger.domain.refusal import Code, Refusal
from seatledger.domain.window import Window
from seatledger.storage import enrolments as enrolment_rows
from seatledger.storage import events
from seatledger.storage import platforms as platform_rows
from seatledger.storage.unit import Unit
from seatledger.usecases.enrolment_places import Place, find_place
from seatledger.usecases.opening import origin


@dataclass(frozen=True, slots=True)
class Placed:
    """An enrolment as it is after the change, and where it stands."""

    enrolment: Enrolment
    place: Place
    owner: Platform


def enrol(unit: Unit, commands: Sequence[Enrol], now: datetime) -> list[Placed | Refusal]:
    return [_enrol(unit, command, now) for command in commands]


def _enrol(unit: Unit, command: Enrol, now: datetime) -> Placed | Refusal:
    place = find_place(unit, command)
    if isinstance(place, Refusal):
        return place
    before = _standing(unit, place)
    after = _changed(command, before or _new(place, now), now)
    if after.start is not None and Window(after.start, after.end).reversed:
        return Refusal(Code.WINDOW_REVERSED, "An enrolment may not end before it starts.", "end")
    if before is None:
        after = replace(after, id=enrolment_rows.add(unit, after))
    elif after != before:
        enrolment_rows.change(unit, after)
    return _placed(unit, command, place, before, after, now)


def unenrol(unit: Unit, commands: Sequence[Unenrol], now: datetime) -> list[Placed | Refusal]:
    """Make enrolments inactive; the rows stay (ibl P2). What a seat makes ends with the seat."""
    return [_unenrol(unit, command, now) for command in commands]


def _unenrol(unit: Unit, command: Unenrol, now: datetime) -> Placed | Refusal:
    place = find_place(unit, command)
    if isinstance(place, Refusal):
        return place
    before = _standing(unit, place)
    if before is None:
        return unknown_enrolment()
    after = before
    if before.active:
        after = replace(before, active=False, ended=now)
        enrolment_rows.change(unit, after)
    return _placed(unit, command, place, before, after, now)


def unknown_enrolment() -> Refusal:
    return Refusal(
        Code.UNKNOWN_ENROLMENT, "There is no such enrolment; what a seat makes ends with the seat."
    )


def _standing(unit: Unit, place: Place) -> Enrolment | None:
    platform_id, learner_id = place.platform.id, place.learner.id
    if isinstance(place.subject, Item):
        return enrolment_rows.of_item(unit, platform_id, learner_id, place.subject.id)
    return enrolment_rows.of_pathway(unit, platform_id, learner_id, place.subject.id)


def _new(place: Place, now: datetime) -> Enrolment:
    return Enrolment(
        id=0,
        platform_id=place.platform.id,
        learner_id=place.learner.id,
        item_id=place.item_id,
        pathway_id=place.pathway_id,
        active=True,
        start=now,
        end=None,
        ended=None,
        metadata={},
        created=now,
    )


def _changed(command: Enrol, before: Enrolment, now: datetime) -> Enrolment:
    given = {"start": command.start, "end": command.end, "metadata": command.metadata}
    changes: dict[str, Any] = {k: v for k, v in given.items() if not isinstance(v, Unset)}
    ended = None if command.active else before.ended or now
    return replace(before, active=command.active, ended=ended, **changes)


def _placed(
    unit: Unit,
    command: ChangeEnrolment,
    place: Place,
    before: Enrolment | None,
    after: Enrolment,
    now: datetime,
) -> Placed:
    if after != before:
        kind = EventKind.ENROLLED if after.active else EventKind.UNENROLLED
        was = None if before is None else before.facts()
        by = origin(command, now)
        events.add(unit, Event(kind, by, after.platform_id, None, after.id, was, after.facts()))
    owner = platform_rows.by_id(unit, place.subject.platform_id)
    assert owner is not None
    return Placed(after, place, owner)
