"""Make, list and delete auto-enrolment links (SQLBI F16–F19, F21, F21h)."""

import secrets
from collections.abc import Sequence
from datetime import datetime

from seatledger.domain.actor import Reach
from seatledger.domain.event import Event, EventKind
from seatledger.domain.link import Link, LinkUse, unknown_link, unusable
from seatledger.domain.link_command import CreateLink, DeleteLink
from seatledger.domain.refusal import Refusal, unknown_pool
from seatledger.storage import events, pool_lists
from seatledger.storage import link_codes as code_rows
from seatledger.storage import link_seats as link_seat_rows
from seatledger.storage import links as link_rows
from seatledger.storage import platforms as platform_rows
from seatledger.storage.cursors import Followed, Stretch
from seatledger.storage.unit import Unit
from seatledger.usecases.opening import origin

TOKEN_BYTES = 32


def create_links(
    unit: Unit, commands: Sequence[CreateLink], now: datetime
) -> list[LinkUse | Refusal]:
    return [_create(unit, command, now) for command in commands]


def _create(unit: Unit, command: CreateLink, now: datetime) -> LinkUse | Refusal:
    pool = pool_lists.get(unit, command.by.reach, command.pool_id, now)
    if pool is None:
        return unknown_pool()
    quota = pool.size if command.quota is None else command.quota
    if refusal := unusable(pool, quota, command.duration_days, command.auto_reassign):
        return refusal
    link = link_rows.add(
        unit,
        platform_id=pool.platform_id,
        pool_id=pool.id,
        token=secrets.token_hex(TOKEN_BYTES),
        quota=quota,
        duration_days=command.duration_days,
        auto_reassign=command.auto_reassign,
        created=now,
    )
    _tell(unit, EventKind.LINK_CREATED, command, link, now)
    return uses(unit, [link], now)[0]


def delete_links(
    unit: Unit, commands: Sequence[DeleteLink], now: datetime
) -> list[LinkUse | Refusal]:
    """Seats that were lent stay as they are; codes under way open nothing any more."""
    return [_delete(unit, command, now) for command in commands]


def _delete(unit: Unit, command: DeleteLink, now: datetime) -> LinkUse | Refusal:
    link = link_rows.get(unit, command.by.reach, command.link_id, lock=True)
    if link is None:
        return unknown_link()
    (was,) = uses(unit, [link], now)
    link_rows.delete(unit, link, now)
    code_rows.remove_of_link(unit, link)
    _tell(unit, EventKind.LINK_DELETED, command, link, now)
    return was


def _tell(
    unit: Unit, kind: EventKind, command: CreateLink | DeleteLink, link: Link, now: datetime
) -> None:
    """The history of a pool tells of its seats alone, so that it can be folded: not there."""
    made = kind is EventKind.LINK_CREATED
    before, after = (None, link.facts()) if made else (link.facts(), {})
    by = origin(command, now)
    events.add(unit, Event(kind, by, link.platform_id, None, link.id, before, after))


def follow_links(
    unit: Unit, reach: Reach, pool_id: int | None, stretch: Stretch, now: datetime
) -> Followed[LinkUse]:
    """Links that are not deleted, by id, each with the use that is made of it."""
    found = link_rows.follow(unit, reach, pool_id, stretch)
    return Followed(uses(unit, found.rows, now), found.last_id, found.more)


def get_link(unit: Unit, reach: Reach, link_id: int, now: datetime) -> LinkUse | Refusal:
    link = link_rows.get(unit, reach, link_id)
    return unknown_link() if link is None else uses(unit, [link], now)[0]


def uses(unit: Unit, links: Sequence[Link], now: datetime) -> list[LinkUse]:
    """Links that were found within a reach already, with the use that is made of them."""
    pools = pool_lists.by_ids(unit, {link.pool_id for link in links}, now)
    platforms = platform_rows.by_ids(unit, {link.platform_id for link in links})
    lent = link_seat_rows.lent(unit, [link.id for link in links], now)
    return [
        LinkUse(
            link,
            pools[link.pool_id],
            platforms[link.platform_id].name,
            lent[link.id].live,
            lent[link.id].ever,
        )
        for link in links
    ]
