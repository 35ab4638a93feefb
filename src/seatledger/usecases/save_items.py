"""Create and change items, and list them."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from seatledger.domain.command import SaveItem, Unset
from seatledger.domain.event import Event, EventKind
from seatledger.domain.item import Item
from seatledger.domain.refusal import Refusal, invalid, unknown_item, unknown_platform
from seatledger.storage import events
from seatledger.storage import items as item_rows
from seatledger.storage import platforms as platform_rows
from seatledger.storage.unit import Unit
from seatledger.usecases.opening import origin

KEY_LENGTH_MAX = 255


@dataclass(frozen=True, slots=True)
class Saved:
    """The item, the org of its owner, and whether it is new."""

    item: Item
    org: str
    created: bool


def save_items(unit: Unit, commands: Sequence[SaveItem], now: datetime) -> list[Saved | Refusal]:
    return [_save(unit, command, now) for command in commands]


def _save(unit: Unit, command: SaveItem, now: datetime) -> Saved | Refusal:
    if not 1 <= len(command.key) <= KEY_LENGTH_MAX:
        return invalid("key", f"An item's key has 1 to {KEY_LENGTH_MAX} characters.")
    platform = platform_rows.by_org(unit, command.platform_org)
    if platform is None or not command.by.reach.covers(platform.id):
        return unknown_platform()
    before = item_rows.by_key(unit, command.kind, command.key)
    if before is None:
        title = command.key if isinstance(command.title, Unset) else command.title
        item = item_rows.add(
            unit,
            platform_id=platform.id,
            kind=command.kind,
            key=command.key,
            title=title,
            created=now,
        )
    elif not command.by.reach.covers(before.platform_id):
        return unknown_item()
    else:
        item = replace(
            before,
            title=before.title if isinstance(command.title, Unset) else command.title,
            platform_id=platform.id if command.overwrite_owner else before.platform_id,
        )
        item_rows.change(unit, item)
    if item != before:
        was = None if before is None else _facts(before)
        event = Event(
            EventKind.ITEM_SAVED,
            origin(command, now),
            item.platform_id,
            None,
            item.id,
            was,
            _facts(item),
        )
        events.add(unit, event)
    owner = platform_rows.by_id(unit, item.platform_id)
    assert owner is not None
    return Saved(item, owner.org, created=before is None)


def _facts(item: Item) -> dict[str, Any]:
    return {
        "kind": item.kind,
        "key": item.key,
        "title": item.title,
        "platform_id": item.platform_id,
    }
