"""Groups as pages show them: how many are in each, and the members some at a time."""

from dataclasses import dataclass

from seatledger.domain.actor import Reach
from seatledger.domain.group import Group
from seatledger.domain.learner import Learner
from seatledger.domain.refusal import Refusal, unknown_group
from seatledger.storage import groups as group_rows
from seatledger.storage.cursors import Followed, Stretch
from seatledger.storage.groups import GroupFilter
from seatledger.storage.paging import Found, Page
from seatledger.storage.unit import Unit


@dataclass(frozen=True, slots=True)
class SizedGroup:
    """A group, and how many members it has."""

    group: Group
    member_count: int


def list_sized(unit: Unit, reach: Reach, page: Page) -> Found[SizedGroup]:
    found = group_rows.find(unit, reach, GroupFilter(), page)
    return Found(found.total, _sized(unit, found.rows))


def get_sized(unit: Unit, reach: Reach, group_id: int) -> SizedGroup | Refusal:
    group = group_rows.get(unit, reach, group_id)
    return unknown_group() if group is None else _sized(unit, [group])[0]


def follow_members(
    unit: Unit, reach: Reach, group_id: int, called: str | None, stretch: Stretch
) -> Followed[Learner] | Refusal:
    """The next members, in order of joining; those of whom a word of the name begins so."""
    if group_rows.get(unit, reach, group_id) is None:
        return unknown_group()
    return group_rows.follow_members(unit, group_id, called, stretch)


def _sized(unit: Unit, groups: list[Group]) -> list[SizedGroup]:
    counts = group_rows.member_counts(unit, [group.id for group in groups])
    return [SizedGroup(group, counts.get(group.id, 0)) for group in groups]
