"""Questions that gather: items with their pools, learners with their seats, a platform's sums."""

from dataclasses import dataclass, replace
from datetime import datetime

from seatledger.domain.actor import Actor, Reach
from seatledger.domain.item import ItemKind
from seatledger.domain.platform import Platform
from seatledger.domain.refusal import Code, Refusal, unknown_item, unknown_learner
from seatledger.storage import holder_lists, stock_lists
from seatledger.storage import platforms as platform_rows
from seatledger.storage.holder_lists import Holder, Holding
from seatledger.storage.paging import Found, Page
from seatledger.storage.seat_filter import SeatFilter
from seatledger.storage.stock_lists import Stock, Totals
from seatledger.storage.unit import Unit

__all__ = ["Account", "Holder", "Holding", "Stock", "Totals"]

ONE = Page(number=1, size=1)


@dataclass(frozen=True, slots=True)
class Account:
    """A platform and what it bought of one kind of item."""

    platform: Platform
    totals: Totals


def get_account(unit: Unit, actor: Actor, kind: ItemKind) -> Account | Refusal:
    """The actor's own platform; operators have none."""
    platform = None
    if actor.platform_id is not None:
        platform = platform_rows.by_id(unit, actor.platform_id)
    if platform is None:
        return Refusal(Code.FORBIDDEN, "This token speaks for no single platform.")
    return Account(platform, stock_lists.totals(unit, actor.reach, kind))


def list_stock(unit: Unit, reach: Reach, kind: ItemKind, page: Page, now: datetime) -> Found[Stock]:
    """The items of which somebody within reach has a pool, by id."""
    return stock_lists.find(unit, reach, kind, page, now)


def get_stock(
    unit: Unit, reach: Reach, kind: ItemKind, item_id: int, now: datetime
) -> Stock | Refusal:
    found = stock_lists.find(unit, reach, kind, ONE, now, item_id)
    return found.rows[0] if found.rows else unknown_item()


def list_holders(
    unit: Unit, reach: Reach, held: SeatFilter, page: Page, now: datetime
) -> Found[Holder]:
    """The learners who have a seat such as `held` asks, by id, with those seats."""
    return holder_lists.find(unit, reach, held, held, page, now)


def get_holder(unit: Unit, reach: Reach, held: SeatFilter, now: datetime) -> Holder | Refusal:
    """The learner whom `held` names by id, by address, or by both where they agree.

    Who holds nothing that gives access now is found too; `in_force` only narrows the seats shown.
    """
    found = holder_lists.find(unit, reach, replace(held, in_force=False), held, ONE, now)
    return found.rows[0] if found.rows else unknown_learner()
