"""Rows that say which courses a program opens, in order."""

from collections.abc import Iterable, Sequence

from sqlalchemy import delete, insert, select

from seatledger.domain.item import Item
from seatledger.storage import items as item_rows
from seatledger.storage.catalog_tables import item_parts
from seatledger.storage.tables import items
from seatledger.storage.unit import Unit


def of(unit: Unit, item_ids: Iterable[int]) -> dict[int, list[Item]]:
    """The courses of each program."""
    found: dict[int, list[Item]] = {item_id: [] for item_id in item_ids}
    query = (
        select(item_parts.c.item_id.label("whole_id"), *items.c)
        .join_from(item_parts, items, items.c.id == item_parts.c.part_id)
        .where(item_parts.c.item_id.in_(list(found)))
        .order_by(item_parts.c.item_id, item_parts.c.position)
    )
    for row in unit.select(query):
        found[row.whole_id].append(item_rows.build(row))
    return found


def put(unit: Unit, item: Item, parts: Sequence[Item]) -> None:
    """Make these the courses of a program."""
    unit.execute(delete(item_parts).where(item_parts.c.item_id == item.id))
    rows = [
        {"platform_id": item.platform_id, "item_id": item.id, "part_id": part.id, "position": at}
        for at, part in enumerate(parts)
    ]
    if rows:
        unit.execute(insert(item_parts).values(rows))
