"""Lists whose links are page numbers, or null (ibl S5, V11)."""

from collections.abc import Callable
from typing import Generic, TypeVar

import msgspec

from seatledger.dialects.ibl.lists import Listing
from seatledger.usecases.questions import Found

T = TypeVar("T")
R = TypeVar("R")


class NumberedPage(msgspec.Struct, Generic[T], kw_only=True):
    count: int
    next_page: int | None
    previous_page: int | None
    results: T


def numbered(listing: Listing, found: Found[R], say: Callable[[R], T]) -> NumberedPage[list[T]]:
    """A page in its envelope."""
    last = max(1, found.pages(listing.asked().size))
    return NumberedPage(
        count=found.total,
        next_page=listing.page + 1 if listing.page < last else None,
        previous_page=min(listing.page - 1, last) if listing.page > 1 else None,
        results=[say(row) for row in found.rows],
    )
