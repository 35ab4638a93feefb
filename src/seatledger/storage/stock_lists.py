"""Items with the pools bought of them, and the sums over them."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, not_, select

from seatledger.domain.actor import Reach
from seatledger.domain.item import Item, ItemKind
from seatledger.domain.pool import Pool
from seatledger.storage import paging, pool_lists
from seatledger.storage.items import build
from seatledger.storage.tables import items, pools
from seatledger.storage.unit import Unit

SORTS = {"id": items.c.id}


@dataclass(frozen=True, slots=True)
class Stock:
    """An item and the pools of it, by id; there is at least one."""

    item: Item
    pools: tuple[Pool, ...]


@dataclass(frozen=True, slots=True)
class Totals:
    """How many pools there are, and how many seats were bought in them."""

    pools: int
    transferable: int
    untransferable: int


def find(
    unit: Unit,
    reach: Reach,
    kind: ItemKind,
    page: paging.Page,
    now: datetime,
    item_id: int | None = None,
) -> paging.Found[Stock]:
    """A page of the items of a kind of which somebody within reach has a pool."""
    bought = select(pools.c.item_id).where(pools.c.kind == kind)
    if reach.platform_id is not None:
        bought = bought.where(pools.c.platform_id == reach.platform_id)
    query = select(items).where(items.c.id.in_(bought))
    if item_id is not None:
        query = query.where(items.c.id == item_id)
    found = paging.find(unit, query, SORTS, page, build)
    bought_of = pool_lists.of_items(unit, reach, [item.id for item in found.rows], now)
    return paging.Found(
        found.total, [Stock(item, tuple(bought_of[item.id])) for item in found.rows]
    )


def totals(unit: Unit, reach: Reach, kind: ItemKind) -> Totals:
    """The sums over all pools of a kind, whether they are over or not."""
    lent, given = pools.c.transferable, not_(pools.c.transferable)
    query = select(
        func.count().label("pools"),
        func.coalesce(func.sum(pools.c.size).filter(lent), 0).label("transferable"),
        func.coalesce(func.sum(pools.c.size).filter(given), 0).label("untransferable"),
    ).where(pools.c.kind == kind)
    if reach.platform_id is not None:
        query = query.where(pools.c.platform_id == reach.platform_id)
    row = unit.select(query)[0]
    return Totals(row.pools, int(row.transferable), int(row.untransferable))
