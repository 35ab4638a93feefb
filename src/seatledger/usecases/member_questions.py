"""Who belongs to a platform."""

from seatledger.domain.actor import Reach
from seatledger.domain.refusal import Refusal, invalid
from seatledger.storage import member_lists
from seatledger.storage.member_lists import MemberFilter
from seatledger.storage.members import Tie
from seatledger.storage.paging import Found, Page, sortable
from seatledger.storage.unit import Unit

__all__ = ["MemberFilter", "list_members"]


def list_members(
    unit: Unit, reach: Reach, wanted: MemberFilter, page: Page
) -> Found[Tie] | Refusal:
    """A page of a platform's people, those who left among them; one platform must be named."""
    if not sortable(member_lists.SORTS, page.sort):
        return invalid("sort", f"This list can't be sorted by {page.sort!r}.")
    if reach.platform_id is None:
        return invalid("platform_key", "Name the platform.")
    return member_lists.find(unit, reach.platform_id, wanted, page)
