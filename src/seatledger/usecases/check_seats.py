"""The public question: does an address hold a seat that makes it a user somewhere? (ibl part K)"""

from datetime import datetime

from seatledger.domain.actor import Reach
from seatledger.domain.item import ItemKind
from seatledger.domain.learner import email_key
from seatledger.domain.refusal import Refusal
from seatledger.storage import seat_lists
from seatledger.storage.paging import Page
from seatledger.storage.seat_filter import SeatFilter
from seatledger.storage.unit import Unit
from seatledger.usecases.naming import read_address

# Anybody may ask, about every platform at once; nothing but yes or no leaves.
_EVERYWHERE = Reach(None)


def holds_user_seat(unit: Unit, email: str, now: datetime) -> bool | Refusal:
    """Whether the address has a seat in force in a `user` pool of any platform (K1–K3, W7)."""
    address = read_address(email)
    if isinstance(address, Refusal):
        return address
    wanted = SeatFilter(kind=ItemKind.USER, email=email_key(address), in_force=True)
    return bool(seat_lists.find(unit, _EVERYWHERE, wanted, Page(1, 1), now).rows)
