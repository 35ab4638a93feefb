"""Create, change and delete items, and say what programs consist of."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from seatledger.domain.catalog_command import DeleteItem
from seatledger.domain.command import SaveItem, Unset
from seatledger.domain.event import Event, EventKind, difference
from seatledger.domain.item import Item, ItemKind
from seatledger.domain.platform import Platform
from seatledger.domain.refusal import Code, Refusal, invalid, unknown_item, unknown_platform
from seatledger.storage import events
from seatledger.storage import item_parts as part_rows
from seatledger.storage import items as item_rows
from seatledger.storage import platforms as platform_rows
from seatledger.storage import suggestions as suggestion_rows
from seatledger.storage.unit import Unit
from seatledger.usecases.opening import origin
from seatledger.usecases.withdraw_suggestions import withdraw_all

KEY_LENGTH_MAX = 255


@dataclass(frozen=True, slots=True)
class Saved:
    """The item, its owner, whether it is new, and what a program consists of."""

    item: Item
    owner: Platform
    created: bool
    parts: tuple[Item, ...] = ()

    @property
    def org(self) -> str:
        return self.owner.org


def save_items(unit: Unit, commands: Sequence[SaveItem], now: datetime) -> list[Saved | Refusal]:
    return [_save(unit, command, now) for command in commands]


def _save(unit: Unit, command: SaveItem, now: datetime) -> Saved | Refusal:
    if not 1 <= len(command.key) <= KEY_LENGTH_MAX:
        return invalid("key", f"An item's key has 1 to {KEY_LENGTH_MAX} characters.")
    platform = platform_rows.by_org(unit, command.platform_org)
    if platform is None or not command.by.reach.covers(platform.id):
        return unknown_platform()
    before = item_rows.by_key(unit, command.kind, command.key)
    if before is not None and not command.by.reach.covers(before.platform_id):
        return unknown_item()
    courses = _courses(unit, command)
    if isinstance(courses, Refusal):
        return courses
    was = None if before is None else _facts(before, _parts(unit, before))
    item = _write(unit, command, platform, before, now)
    if courses is not None:
        part_rows.put(unit, item, courses)
    parts = _parts(unit, item)
    _record(unit, command, item, was, _facts(item, parts), now)
    owner = platform_rows.by_id(unit, item.platform_id)
    assert owner is not None
    return Saved(item, owner, created=before is None, parts=parts)


def _write(
    unit: Unit, command: SaveItem, platform: Platform, before: Item | None, now: datetime
) -> Item:
    item = before or item_rows.add(
        unit,
        platform_id=platform.id,
        kind=command.kind,
        key=command.key,
        title=command.key,
        created=now,
    )
    given = {
        "title": command.title,
        "slug": command.slug,
        "enabled": command.enabled,
        "details": {**item.details, **command.details},
        "platform_id": platform.id if command.overwrite_owner else item.platform_id,
    }
    changes: dict[str, Any] = {k: v for k, v in given.items() if not isinstance(v, Unset)}
    changed = replace(item, **changes)
    if changed != item:
        item_rows.change(unit, changed)
    return changed


def _courses(unit: Unit, command: SaveItem) -> list[Item] | Refusal | None:
    """The courses a program is given.

    A manager may only name courses that their platform owns: what another sells by the seat must
    not come in by the side door of a program.
    """
    if isinstance(command.course_keys, Unset):
        return None
    keys = list(dict.fromkeys(command.course_keys))
    found = item_rows.by_keys(unit, ItemKind.COURSE, keys)
    for key in keys:
        if key not in found or not command.by.reach.covers(found[key].platform_id):
            return invalid("course_keys", f"There is no such course of this platform: {key}.")
    return [found[key] for key in keys]


def delete_items(unit: Unit, commands: Sequence[DeleteItem], now: datetime) -> list[int | Refusal]:
    return [_delete(unit, command, now) for command in commands]


def _delete(unit: Unit, command: DeleteItem, now: datetime) -> int | Refusal:
    item = item_rows.by_key(unit, command.kind, command.key)
    if item is None or not command.by.reach.covers(item.platform_id):
        return 0
    owner = platform_rows.by_id(unit, item.platform_id)
    assert owner is not None
    if command.platform_org not in {None, owner.org}:
        return 0
    if command.slug is not None and command.slug.lower() != (item.slug or "").lower():
        return 0
    if item_rows.in_use(unit, item.id):
        return Refusal(
            Code.IN_USE,
            f"{item.key} can't be deleted: a pool, a program, an enrolment, a report of progress, "
            "an invitation or an access request needs it.",
        )
    before = _facts(item, _parts(unit, item))
    by = origin(command, now)
    withdraw_all(unit, by, item_id=item.id)
    suggestion_rows.detach(unit, item_id=item.id)
    item_rows.remove(unit, item.id)
    events.add(unit, Event(EventKind.ITEM_DELETED, by, item.platform_id, None, item.id, before, {}))
    return 1


def _parts(unit: Unit, item: Item) -> tuple[Item, ...]:
    if item.kind is not ItemKind.PROGRAM:
        return ()
    return tuple(part_rows.of(unit, [item.id])[item.id])


def _facts(item: Item, parts: Sequence[Item]) -> dict[str, Any]:
    courses = {"courses": [part.key for part in parts]} if item.kind is ItemKind.PROGRAM else {}
    return {**item.facts(), **courses}


def _record(
    unit: Unit,
    command: SaveItem,
    item: Item,
    was: dict[str, Any] | None,
    facts: dict[str, Any],
    now: datetime,
) -> None:
    before, after = (None, facts) if was is None else difference(was, facts)
    if after:
        by = origin(command, now)
        events.add(
            unit, Event(EventKind.ITEM_SAVED, by, item.platform_id, None, item.id, before, after)
        )
