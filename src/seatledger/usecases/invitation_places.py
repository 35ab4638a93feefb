"""Finds what invitations and access requests are to: a platform, or an item that it has."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from seatledger.domain.actor import Actor
from seatledger.domain.invitation_command import ItemInvitation, RequestAccess
from seatledger.domain.item import Item, ItemKind
from seatledger.domain.platform import Platform
from seatledger.domain.refusal import Refusal, invalid, unknown_item, unknown_platform
from seatledger.storage import items as item_rows
from seatledger.storage import platforms as platform_rows
from seatledger.storage.unit import Unit

Placed = ItemInvitation | RequestAccess


@dataclass(frozen=True, slots=True)
class Place:
    """A platform, and the item of it that is meant; None where it is the platform itself."""

    platform: Platform
    item: Item | None

    @property
    def item_id(self) -> int | None:
        return None if self.item is None else self.item.id

    @property
    def item_key(self) -> str:
        return self.platform.key if self.item is None else self.item.key


class Places:
    """The platforms and items that commands name, loaded with a few statements for all of them."""

    def __init__(self, unit: Unit, commands: Sequence[Placed]) -> None:
        self._items = _items(unit, commands)
        owners = {item.platform_id for item in self._items.values()}
        own = {each.by.platform_id for each in commands if each.by.platform_id is not None}
        self._by_id = platform_rows.by_ids(unit, owners | own)
        keys = {each.platform_key for each in commands if each.platform_key is not None}
        self._by_key = platform_rows.by_keys(unit, keys)
        ids = {each.id for each in [*self._by_key.values(), *self._by_id.values()]}
        self._bought = item_rows.bought(unit, ids, {item.id for item in self._items.values()})

    def of(self, command: Placed) -> Place | Refusal:
        """The place a command names. An item that is not the platform's is as good as none."""
        platform = self.platform(command.by, command.platform_key, [command])
        return platform if isinstance(platform, Refusal) else self.within(platform, command)

    def within(self, platform: Platform, command: Placed) -> Place | Refusal:
        """The same, where the platform is known already."""
        if command.kind is ItemKind.PLATFORM:
            return Place(platform, None)
        item = self._item(command)
        if item is None or self.is_foreign(command, platform):
            return unknown_item()
        return Place(platform, item)

    def platform(
        self, actor: Actor, key: str | None, commands: Iterable[Placed]
    ) -> Platform | Refusal:
        """The platform of this key; without one the actor's own, or that of the first item."""
        if key is not None:
            named = self._by_key.get(key)
            return named if named and actor.reach.covers(named.id) else unknown_platform()
        if actor.platform_id is not None:
            return self._by_id[actor.platform_id]
        items = [item for item in map(self._item, commands) if item is not None]
        if items:
            return self._by_id[items[0].platform_id]
        if all(each.kind is ItemKind.PLATFORM for each in commands):
            return invalid("platform_key", "Name the platform.")
        return unknown_item()

    def is_foreign(self, command: Placed, platform: Platform) -> bool:
        """Whether a command is to another platform, or to an item that is another's alone."""
        if command.platform_key not in {None, platform.key}:
            return True
        item = self._item(command)
        if item is None or item.platform_id == platform.id:
            return False
        return (platform.id, item.id) not in self._bought

    def _item(self, command: Placed) -> Item | None:
        return self._items.get((command.kind, command.item_key or ""))


def _items(unit: Unit, commands: Iterable[Placed]) -> dict[tuple[ItemKind, str], Item]:
    keys: dict[ItemKind, set[str]] = {}
    for command in commands:
        if command.kind is not ItemKind.PLATFORM and command.item_key is not None:
            keys.setdefault(command.kind, set()).add(command.item_key)
    return {
        (kind, key): item
        for kind, wanted in keys.items()
        for key, item in item_rows.by_keys(unit, kind, wanted).items()
    }
