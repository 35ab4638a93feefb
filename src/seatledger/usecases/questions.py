"""Questions: what the surfaces may ask of the rows, each within a reach that an actor has."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from seatledger.domain.actor import Reach
from seatledger.domain.granting import Granted
from seatledger.domain.group import Group, Wait
from seatledger.domain.item import ItemKind
from seatledger.domain.learner import Learner, PersonName
from seatledger.domain.platform import Platform
from seatledger.domain.pool import Pool
from seatledger.domain.refusal import (
    Refusal,
    invalid,
    unknown_grant,
    unknown_group,
    unknown_pool,
    unknown_seat,
)
from seatledger.domain.seating import Seated
from seatledger.storage import grants as grant_rows
from seatledger.storage import groups as group_rows
from seatledger.storage import items as item_rows
from seatledger.storage import learners as learner_rows
from seatledger.storage import members as member_rows
from seatledger.storage import platforms as platform_rows
from seatledger.storage import pool_lists, seat_lists
from seatledger.storage import waits as wait_rows
from seatledger.storage.cursors import Followed, Stretch
from seatledger.storage.grants import GrantFilter
from seatledger.storage.groups import GroupFilter
from seatledger.storage.items import Owned
from seatledger.storage.members import Tie
from seatledger.storage.paging import Found, Page, sortable
from seatledger.storage.pool_lists import PoolFilter
from seatledger.storage.seat_filter import SeatFilter
from seatledger.storage.unit import Unit
from seatledger.usecases.persons import find_person
from seatledger.usecases.save_groups import GroupView

__all__ = [
    "Followed",
    "Found",
    "GrantFilter",
    "GroupFilter",
    "Owned",
    "Page",
    "PoolFilter",
    "SeatFilter",
    "Stretch",
    "Tie",
]

ONE = Page(number=1, size=1)


def list_pools(
    unit: Unit, reach: Reach, wanted: PoolFilter, page: Page, now: datetime
) -> Found[Pool] | Refusal:
    if not sortable(pool_lists.SORTS, page.sort):
        return _unsortable(page)
    return pool_lists.find(unit, reach, wanted, page, now)


def follow_pools(
    unit: Unit, reach: Reach, wanted: PoolFilter, stretch: Stretch, now: datetime
) -> Followed[Pool]:
    return pool_lists.follow(unit, reach, wanted, stretch, now)


def get_pool(unit: Unit, reach: Reach, pool_id: int, now: datetime) -> Pool | Refusal:
    return pool_lists.get(unit, reach, pool_id, now) or unknown_pool()


def list_seats(
    unit: Unit, reach: Reach, wanted: SeatFilter, page: Page, now: datetime
) -> Found[Seated] | Refusal:
    if not sortable(seat_lists.SORTS, page.sort):
        return _unsortable(page)
    return seat_lists.find(unit, reach, wanted, page, now)


def follow_seats(
    unit: Unit, reach: Reach, wanted: SeatFilter, stretch: Stretch, now: datetime
) -> Followed[Seated]:
    return seat_lists.follow(unit, reach, wanted, stretch, now)


def get_seat(unit: Unit, reach: Reach, seat_id: int, now: datetime) -> Seated | Refusal:
    """A seat whatever its state: what has ended can still be read."""
    return seat_lists.get(unit, reach, seat_id, now) or unknown_seat()


def list_grants(
    unit: Unit, reach: Reach, wanted: GrantFilter, page: Page, now: datetime
) -> Found[Granted] | Refusal:
    """Standing grants."""
    if not sortable(grant_rows.SORTS, page.sort):
        return _unsortable(page)
    return grant_rows.find(unit, reach, wanted, page, now)


def get_grant(unit: Unit, reach: Reach, grant_id: int, now: datetime) -> Granted | Refusal:
    """A standing grant."""
    found = grant_rows.find(unit, reach, GrantFilter(grant_id=grant_id), ONE, now)
    return found.rows[0] if found.rows else unknown_grant()


@dataclass(frozen=True, slots=True)
class GroupWithMembers:
    """A group with its platform, its owner, and its members as persons, in order of joining."""

    view: GroupView
    members: tuple[Learner, ...]
    owner: Learner
    platform: Platform


def list_groups(
    unit: Unit, reach: Reach, wanted: GroupFilter, page: Page
) -> Found[GroupWithMembers] | Refusal:
    if not sortable(group_rows.SORTS, page.sort):
        return _unsortable(page)
    found = group_rows.find(unit, reach, wanted, page)
    return Found(found.total, _with_members(unit, found.rows))


def get_group(unit: Unit, reach: Reach, group_id: int) -> GroupWithMembers | Refusal:
    group = group_rows.get(unit, reach, group_id)
    return unknown_group() if group is None else _with_members(unit, [group])[0]


def list_waits(
    unit: Unit, reach: Reach, group_id: int, learner_ids: Collection[int]
) -> list[Wait] | Refusal:
    """Which of these members of a group wait for a place, in order of joining."""
    if group_rows.get(unit, reach, group_id) is None:
        return unknown_group()
    return wait_rows.of_group(unit, group_id, learner_ids)


def list_items(
    unit: Unit,
    reach: Reach,
    kind: ItemKind,
    key: str | None = None,
    slug: str | None = None,
    org: str | None = None,
) -> list[Owned]:
    """The items a platform owns or holds a pool of."""
    return item_rows.find(unit, reach, kind, key=key, slug=slug, org=org)


def list_ties(
    unit: Unit,
    reach: Reach,
    learner_id: int | None = None,
    username: str | None = None,
    email: str | None = None,
) -> list[Tie]:
    """The platforms, within reach, that a person named one way or another belongs to."""
    name = PersonName(learner_id=learner_id, username=username, email=email)
    person = find_person(unit, reach, name)
    return [] if isinstance(person, Refusal) else member_rows.of_learner(unit, reach, person.id)


def _with_members(unit: Unit, groups: list[Group]) -> list[GroupWithMembers]:
    ids = group_rows.members(unit, [group.id for group in groups])
    named = {member for members in ids.values() for member in members}
    persons = learner_rows.by_ids(unit, named | {group.owner_id for group in groups})
    platforms = platform_rows.by_ids(unit, {group.platform_id for group in groups})
    return [
        GroupWithMembers(
            GroupView(group, tuple(ids[group.id])),
            tuple(persons[member] for member in ids[group.id]),
            persons[group.owner_id],
            platforms[group.platform_id],
        )
        for group in groups
    ]


def _unsortable(page: Page) -> Refusal:
    return invalid("sort", f"This list can't be sorted by {page.sort!r}.")
