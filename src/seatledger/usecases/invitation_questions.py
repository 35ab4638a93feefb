"""Questions about invitations and access requests."""

from datetime import datetime

from seatledger.domain.actor import Reach
from seatledger.domain.item import ItemKind
from seatledger.domain.learner import email_key
from seatledger.domain.refusal import Refusal, invalid, unknown_invitation
from seatledger.storage import access_requests as request_rows
from seatledger.storage import invitation_lists
from seatledger.storage.access_requests import Asker
from seatledger.storage.invitation_lists import InvitationFilter, Invitee
from seatledger.storage.paging import Found, Page, sortable
from seatledger.storage.unit import Unit
from seatledger.usecases.naming import read_address

__all__ = ["Asker", "InvitationFilter", "Invitee"]


def list_invitations(
    unit: Unit, reach: Reach, wanted: InvitationFilter, page: Page
) -> Found[Invitee] | Refusal:
    if not sortable(invitation_lists.SORTS, page.sort):
        return _unsortable(page)
    return invitation_lists.find(unit, reach, wanted, page)


def get_invitation(unit: Unit, reach: Reach, invitation_id: int) -> Invitee | Refusal:
    wanted = InvitationFilter(invitation_id=invitation_id)
    rows = invitation_lists.find(unit, reach, wanted, Page(1, 1)).rows
    return rows[0] if rows else unknown_invitation()


def list_requests(
    unit: Unit,
    reach: Reach,
    reviewed: bool | None,
    page: Page,
    waiting: bool | None = None,
) -> Found[Asker] | Refusal:
    """Requests for access, those that were decided or not among them as `reviewed` asks.

    `waiting` tells those that wait for a decision from those that were decided or closed.
    """
    if not sortable(request_rows.SORTS, page.sort):
        return _unsortable(page)
    return request_rows.find(unit, reach, reviewed, page, waiting)


def is_invited(unit: Unit, email: str, now: datetime) -> bool | Refusal:
    """Whether the address has an open invitation to any platform: anybody may ask (ibl L9)."""
    address = read_address(email)
    if isinstance(address, Refusal):
        return address
    return invitation_lists.is_invited(unit, ItemKind.PLATFORM, email_key(address), now)


def _unsortable(page: Page) -> Refusal:
    return invalid("sort", f"This list can't be sorted by {page.sort!r}.")
