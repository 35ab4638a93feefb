"""Give pools to groups, and take them back."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from seatledger.domain.book import Book
from seatledger.domain.command import GrantGroup, RemoveGrant, Unset
from seatledger.domain.event import Event, EventKind, Origin, difference
from seatledger.domain.granting import Granted, fits, release_member, seat_member
from seatledger.domain.group import Grant, Group
from seatledger.domain.pool import Pool
from seatledger.domain.refusal import Refusal, unknown_grant, unknown_group
from seatledger.domain.waiting import seat_waiters
from seatledger.storage import events, ledger
from seatledger.storage import grants as grant_rows
from seatledger.storage import groups as group_rows
from seatledger.storage import pools as pool_rows
from seatledger.storage.unit import Unit
from seatledger.usecases.assign_seats import reached
from seatledger.usecases.opening import Demand, open_book, origin


def grant_groups(
    unit: Unit, commands: Sequence[GrantGroup], now: datetime
) -> list[Granted | Refusal]:
    return [_grant(unit, command, now) for command in commands]


def _grant(unit: Unit, command: GrantGroup, now: datetime) -> Granted | Refusal:
    group = group_rows.lock(unit, command.group_id)
    pools = pool_rows.lock(unit, [command.pool_id])
    pool = reached(pools.get(command.pool_id), command.by, command.item_kind)
    if isinstance(pool, Refusal):
        return pool
    if group is None or group.platform_id != pool.platform_id:
        return unknown_group()
    members = group_rows.members(unit, [group.id])[group.id]
    book = _book(unit, now, pool, members, asked=len(members))
    by = origin(command, now)
    standing = grant_rows.of_pool_and_group(unit, pool.id, group.id)
    wanted = _wanted(command, standing, pool, now)
    if wanted.active and (refusal := fits(book, pool.id, members, by)):
        return refusal
    grant = _save(unit, wanted, standing, by)
    if grant.active:
        for member in members:
            seat_member(book, grant, member, by)
    else:
        for member in members:
            release_member(book, grant, member, by, suspend=True)
        seat_waiters(book, pool.id, by)
    ledger.write(unit, book)
    return replace(granted(book, grant, group, members), created=standing is None)


def remove_grants(
    unit: Unit, commands: Sequence[RemoveGrant], now: datetime
) -> list[Granted | Refusal]:
    return [_remove(unit, command, now) for command in commands]


def _remove(unit: Unit, command: RemoveGrant, now: datetime) -> Granted | Refusal:
    grant = grant_rows.by_id(unit, command.grant_id)
    if grant is None or not command.by.reach.covers(grant.platform_id):
        return unknown_grant()
    if command.pool_id not in {None, grant.pool_id}:
        return unknown_grant()
    group = group_rows.lock(unit, grant.group_id)
    grant = grant_rows.by_id(unit, command.grant_id)
    pool = pool_rows.lock(unit, [grant.pool_id])[grant.pool_id] if grant is not None else None
    if isinstance(reached(pool, command.by, command.item_kind), Refusal):
        return unknown_grant()
    assert grant is not None and pool is not None and group is not None
    members = group_rows.members(unit, [group.id])[group.id]
    book = _book(unit, now, pool, members, asked=0)
    by = origin(command, now)
    grant = take_back(unit, book, grant, members, by, keep_seats=command.keep_seats)
    seat_waiters(book, pool.id, by)
    ledger.write(unit, book)
    return granted(book, grant, group, members)


def take_back(
    unit: Unit,
    book: Book,
    grant: Grant,
    members: Sequence[int],
    by: Origin,
    *,
    keep_seats: bool = False,
) -> Grant:
    """Remove a grant; its seats go with it, or stay as direct ones (ibl H7, W28)."""
    for member in members:
        if keep_seats:
            seat = book.standing(grant.pool_id, member)
            if seat is not None and grant.id in seat.grants:
                book.change(seat, by, direct=True)
        release_member(book, grant, member, by)
    removed = replace(grant, removed=True, modified=by.at)
    grant_rows.change(unit, removed)
    _record(unit, EventKind.GRANT_REMOVED, grant, removed, by)
    return removed


def granted(book: Book, grant: Grant, group: Group, members: Sequence[int]) -> Granted:
    """The grant with its counts, from a book that holds the members' seats."""
    pool = book.pools[grant.pool_id]
    seats = [book.standing(pool.id, member) for member in members]
    seated = sum(1 for seat in seats if seat is not None and seat.live)
    waiting = sum(1 for wait in book.waiting(pool.id) if wait.grant_id == grant.id)
    waiting += sum(1 for _, grant_id, _ in book.new_waits if grant_id == grant.id)
    return Granted(grant, group, pool, len(members), seated, waiting)


def _book(unit: Unit, now: datetime, pool: Pool, members: Sequence[int], *, asked: int) -> Book:
    return open_book(
        unit,
        now,
        {pool.id: pool},
        holders=[(pool, member) for member in members],
        demand={pool.id: Demand(places=asked)} if asked else {},
        freeing=[pool.id],
        new_seats=asked,
    )


def _wanted(command: GrantGroup, standing: Grant | None, pool: Pool, now: datetime) -> Grant:
    given = {
        "active": command.active,
        "fulfilled": command.fulfilled,
        "redirect_to": command.redirect_to,
        "metadata": command.metadata,
    }
    changes: dict[str, Any] = {k: v for k, v in given.items() if not isinstance(v, Unset)}
    grant = standing or Grant(
        id=0,
        platform_id=pool.platform_id,
        pool_id=pool.id,
        group_id=command.group_id,
        active=True,
        fulfilled=False,
        redirect_to=None,
        metadata={},
        created=now,
        modified=now,
    )
    return replace(grant, **changes, modified=now)


def _save(unit: Unit, wanted: Grant, standing: Grant | None, by: Origin) -> Grant:
    if standing is None:
        grant = replace(wanted, id=grant_rows.add(unit, wanted))
        _record(unit, EventKind.GRANT_MADE, None, grant, by)
        return grant
    if wanted.facts() == standing.facts():
        return standing
    grant_rows.change(unit, wanted)
    _record(unit, EventKind.GRANT_CHANGED, standing, wanted, by)
    return wanted


def _record(unit: Unit, kind: EventKind, before: Grant | None, after: Grant, by: Origin) -> None:
    was, now = (None, after.facts())
    if before is not None:
        was, now = difference(before.facts(), after.facts())
    events.add(unit, Event(kind, by, after.platform_id, after.pool_id, after.id, was, now))
