"""Open pools and change them."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from seatledger.domain.command import OpenPool, ShapePool, Unset
from seatledger.domain.event import Event, EventKind
from seatledger.domain.item import Item
from seatledger.domain.moves import wrong_rule
from seatledger.domain.pool import Pool
from seatledger.domain.refusal import (
    Code,
    Refusal,
    invalid,
    unknown_item,
    unknown_platform,
    unknown_pool,
)
from seatledger.domain.shaping import shape, wrong_shape
from seatledger.domain.version import changed_meanwhile
from seatledger.domain.window import Window
from seatledger.storage import events, ledger
from seatledger.storage import items as item_rows
from seatledger.storage import platforms as platform_rows
from seatledger.storage import pools as pool_rows
from seatledger.storage.unit import Unit
from seatledger.usecases.assign_seats import reached
from seatledger.usecases.opening import Demand, open_book, origin


def open_pools(unit: Unit, commands: Sequence[OpenPool], now: datetime) -> list[Pool | Refusal]:
    return [_open(unit, command, now) for command in commands]


def _open(unit: Unit, command: OpenPool, now: datetime) -> Pool | Refusal:
    platform = platform_rows.by_key(unit, command.platform_key)
    if platform is None or not command.by.reach.covers(platform.id):
        return unknown_platform()
    window = Window(command.start or now, command.end)
    wrong = wrong_shape(command.size, window) or wrong_rule(command.moves)
    if refusal := wrong or _taken(unit, command):
        return refusal
    item = _item(unit, command, platform.id, now)
    if isinstance(item, Refusal):
        return item
    values = {
        "name": item.title if command.name is None else command.name,
        "size": command.size,
        "starts_at": window.start,
        "ends_at": window.end,
        "active": command.active,
        "transferable": command.transferable,
        "source": command.source,
        "external_id": command.external_id or None,
        "metadata": dict(command.metadata or {}),
        "enrolment_config": dict(command.enrolment_config or {}),
        "moves": None if command.moves is None else command.moves.facts(),
        "created_at": now,
    }
    pool_id = pool_rows.add(unit, platform_id=platform.id, item=item, values=values)
    pool = pool_rows.lock(unit, [pool_id])[pool_id]
    events.add(
        unit,
        Event(
            EventKind.POOL_OPENED,
            origin(command, now),
            platform.id,
            pool.id,
            pool.id,
            None,
            pool.facts(),
        ),
    )
    return pool


def _item(unit: Unit, command: OpenPool, platform_id: int, now: datetime) -> Item | Refusal:
    item = item_rows.by_key(unit, command.item_kind, command.item_key)
    if item is not None:
        return item
    if command.item_title is None:
        return unknown_item()
    return item_rows.add(
        unit,
        platform_id=platform_id,
        kind=command.item_kind,
        key=command.item_key,
        title=command.item_title,
        created=now,
    )


def _taken(unit: Unit, command: OpenPool) -> Refusal | None:
    """An external id is unique within a kind (ibl W33)."""
    if not command.external_id:
        return None
    if pool_rows.id_by_external(unit, command.item_kind, command.external_id) is None:
        return None
    return Refusal(
        Code.TAKEN, "Another pool of this kind has this external id.", field="external_id"
    )


def shape_pools(unit: Unit, commands: Sequence[ShapePool], now: datetime) -> list[Pool | Refusal]:
    return [_shape(unit, command, now) for command in commands]


def _shape(unit: Unit, command: ShapePool, now: datetime) -> Pool | Refusal:
    pool = _selected(unit, command)
    if isinstance(pool, Refusal):
        return pool
    refusal = _moved(unit, command, pool) or changed_meanwhile(pool.facts(), command.if_version)
    if refusal is not None:
        return refusal
    shrinking = 0 if isinstance(command.size, Unset) else max(0, pool.held - command.size)
    pools = {pool.id: pool}
    book = open_book(
        unit,
        now,
        pools,
        demand={pool.id: Demand(places=pool.free + shrinking)} if shrinking else {},
        freeing=pools,
    )
    command = replace(command, pool_id=pool.id)
    outcome = shape(book, command, origin(command, now))
    ledger.write(unit, book)
    return outcome


def _selected(unit: Unit, command: ShapePool) -> Pool | Refusal:
    """The pool that the id and the external id name, if they name one (ibl C4, W34)."""
    if command.pool_id is None and not command.external_id:
        return invalid("pool_id", "Name the pool: by its id or by its external id.")
    by_external = None
    if command.external_id and command.item_kind is not None:
        by_external = pool_rows.id_by_external(unit, command.item_kind, command.external_id)
    named = command.pool_id if command.pool_id is not None else by_external
    pool = pool_rows.lock(unit, [named]).get(named) if named is not None else None
    found = reached(pool, command.by, command.item_kind)
    if isinstance(found, Refusal):
        return unknown_pool()
    if command.external_id and found.external_id != command.external_id:
        return Refusal(
            Code.SELECTORS_DIFFER,
            "The id and the external id name different pools.",
            field="external_id",
        )
    return found


def _moved(unit: Unit, command: ShapePool, pool: Pool) -> Refusal | None:
    """A pool never changes its platform or its item (ibl D9, W35)."""
    org = None
    if command.same_platform_org is not None:
        platform = platform_rows.by_id(unit, pool.platform_id)
        org = None if platform is None else platform.org
    same = {
        "platform_key": (command.same_platform_key, pool.platform_key),
        "platform_org": (command.same_platform_org, org),
        "item": (command.same_item_key, pool.item.key),
    }
    for field, (named, own) in same.items():
        if named is not None and named != own:
            return Refusal(Code.IMMUTABLE, "A pool stays with its platform and its item.", field)
    return None
