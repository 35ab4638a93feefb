"""Auto-enrolment links on a world, and the mails that their visitors get."""

import re
from typing import Any

import sqlalchemy

from seatledger.domain.link import Link, LinkUse
from seatledger.domain.link_command import AskForCode, CreateLink, RedeemLink, ReturnSeat
from seatledger.storage.tables import messages
from seatledger.usecases import keep_links
from tests.support.cast import MANAGER
from tests.support.world import World

WRONG = "not it"


def a_link(world: World, pool_id: int, **settings: Any) -> Link:
    """A link of a pool, as its manager makes it."""
    use: LinkUse = world.do(CreateLink(MANAGER, pool_id=pool_id, **settings))
    return use.link


def ask_code(link: Link, email: str) -> AskForCode:
    return AskForCode(link.visitor(), token=link.token, email=email)


def redeem(link: Link, email: str, code: str) -> RedeemLink:
    return RedeemLink(link.visitor(), token=link.token, email=email, code=code)


def give_back(link: Link, email: str, code: str) -> ReturnSeat:
    return ReturnSeat(link.visitor(), token=link.token, email=email, code=code)


def mailed(world: World, email: str) -> list[str]:
    """The codes that were mailed to an address, the last one last."""
    query = sqlalchemy.select(messages.c.text).where(
        messages.c.kind == "link_code", messages.c.address == email
    )
    with world.database.read() as unit:
        rows = unit.select(query.order_by(messages.c.id))
    return [re.findall(r"\b[0-9]{6}\b", row.text)[0] for row in rows]


def code_for(world: World, link: Link, email: str) -> str:
    """A code that was asked for now, out of its mail."""
    world.do(ask_code(link, email))
    return mailed(world, email)[-1]


def other_than(code: str) -> str:
    """A code that is not this one."""
    return f"{(int(code) + 1) % 1_000_000:06}"


def enter(world: World, link: Link, name: str) -> Any:
    """Take a seat out for `name`@acme.example, code and all; answers what came of it."""
    email = f"{name}@acme.example"
    return world.all(redeem(link, email, code_for(world, link, email)))[0]


def use_of(world: World, link: Link) -> LinkUse:
    with world.database.read() as unit:
        return keep_links.uses(unit, [link], world.now)[0]
