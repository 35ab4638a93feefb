"""Suggest things to people and to groups, one or many at once (ibl part O). No seat is touched."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from seatledger.domain.command import Command
from seatledger.domain.event import Event, EventKind, difference
from seatledger.domain.platform import Platform
from seatledger.domain.refusal import Refusal, unknown_platform
from seatledger.domain.suggestion import Notes, Suggested, Suggestion, suggestion_of
from seatledger.domain.suggestion_command import Suggest, SuggestToGroup, SuggestToMany
from seatledger.storage import events
from seatledger.storage import platforms as platform_rows
from seatledger.storage import suggestions as rows
from seatledger.storage.suggestions import Key, key_of
from seatledger.storage.unit import Unit
from seatledger.usecases.opening import origin
from seatledger.usecases.suggestion_places import Place, place_of_group, places_of


def suggest(unit: Unit, commands: Sequence[Suggest], now: datetime) -> list[Suggested | Refusal]:
    return [_suggest(unit, command, now) for command in commands]


def _suggest(unit: Unit, command: Suggest, now: datetime) -> Suggested | Refusal:
    platform = _platform(unit, command, command.platform_key)
    if isinstance(platform, Refusal):
        return platform
    places = places_of(
        unit, platform.id, command.by, [command.wish], department_mode=command.department_mode
    )
    return _keep(unit, command, platform, places, [command.wish.notes], now)[0]


def suggest_to_many(
    unit: Unit, commands: Sequence[SuggestToMany], now: datetime
) -> list[list[Suggested | Refusal] | Refusal]:
    """Each command's suggestions, in order; a refusal leaves its neighbours alone (ibl W42)."""
    return [_suggest_to_many(unit, command, now) for command in commands]


def _suggest_to_many(
    unit: Unit, command: SuggestToMany, now: datetime
) -> list[Suggested | Refusal] | Refusal:
    platform = _platform(unit, command, command.platform_key)
    if isinstance(platform, Refusal):
        return platform
    places = places_of(
        unit, platform.id, command.by, command.wishes, department_mode=command.department_mode
    )
    return _keep(unit, command, platform, places, [each.notes for each in command.wishes], now)


def suggest_to_groups(
    unit: Unit, commands: Sequence[SuggestToGroup], now: datetime
) -> list[Suggested | Refusal]:
    return [_suggest_to_group(unit, command, now) for command in commands]


def _suggest_to_group(unit: Unit, command: SuggestToGroup, now: datetime) -> Suggested | Refusal:
    platform = _platform(unit, command, command.platform_key)
    if isinstance(platform, Refusal):
        return platform
    place = place_of_group(unit, platform.id, command)
    return _keep(unit, command, platform, [place], [command.notes], now)[0]


def _platform(unit: Unit, command: Command, key: str) -> Platform | Refusal:
    platform = platform_rows.by_key(unit, key)
    if platform is None or not command.by.reach.covers(platform.id):
        return unknown_platform()
    return platform


def _keep(
    unit: Unit,
    command: Command,
    platform: Platform,
    places: Sequence[Place | Refusal],
    notes: Sequence[Notes],
    now: datetime,
) -> list[Suggested | Refusal]:
    """Make or change a suggestion for each place; asked again it is the same one (ibl O1, W12)."""
    asked = {
        key_of(new): new
        for place in places
        if isinstance(place, Place)
        for new in [suggestion_of(platform.id, place.subject, place.to, now)]
    }
    standing = rows.lock(unit, asked)
    new = [key for key in asked if key not in standing]
    ids = unit.new_ids(suggestions=len(new))["suggestions"]
    latest = standing | {
        key: replace(asked[key], id=number) for key, number in zip(new, ids, strict=True)
    }
    made: set[Key] = set()
    history: list[Event] = []

    def keep(place: Place | Refusal, said: Notes) -> Suggested | Refusal:
        if isinstance(place, Refusal):
            return place
        key = key_of(suggestion_of(platform.id, place.subject, place.to, now))
        before = latest[key]
        after = latest[key] = said.on(before, now)
        is_new = key not in standing and key not in made
        if is_new or after != before:
            history.append(_event(command, None if is_new else before, after, now))
        made.add(key)
        return Suggested(after, platform.key, place.subject, place.to, place.people)

    outcomes = [keep(place, said) for place, said in zip(places, notes, strict=True)]
    changed = [latest[key] for key in standing if latest[key] != standing[key]]
    rows.write(unit, [latest[key] for key in new], changed)
    events.add(unit, *history)
    return outcomes


def _event(command: Command, before: Suggestion | None, after: Suggestion, now: datetime) -> Event:
    kind = EventKind.SUGGESTION_MADE if before is None else EventKind.SUGGESTION_CHANGED
    was, facts = (
        (None, after.facts()) if before is None else difference(before.facts(), after.facts())
    )
    told = {**after.named(), **facts}
    return Event(kind, origin(command, now), after.platform_id, None, after.id, was, told)
