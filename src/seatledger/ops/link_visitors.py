"""Lets visitors of auto-enrolment links in: by whatever surface they come, they are counted."""

from seatledger.desk import Desk
from seatledger.domain.link import LinkUse
from seatledger.domain.refusal import Refusal
from seatledger.ops.settings import Settings
from seatledger.usecases.redeem_links import open_link


async def enter_link(desk: Desk, settings: Settings, token: str) -> LinkUse | Refusal:
    """The link of a token, counted against what all its visitors may ask in a minute.

    A Refusal where it is unknown or deleted, and where the minute's requests are used up.
    """
    use: LinkUse | Refusal = await desk.ask(open_link, token, desk.clock())
    if isinstance(use, Refusal):
        return use
    counted = await desk.admit(use.link.counter, settings.link_rate_per_minute)
    return counted if isinstance(counted, Refusal) else use
