"""Lists that are read on by a cursor, and what can be read one by one beside them."""

from dataclasses import dataclass
from datetime import datetime

from seatledger.domain.actor import Reach
from seatledger.domain.granting import Granted
from seatledger.domain.item import Item, ItemKind
from seatledger.domain.learner import Learner
from seatledger.domain.platform import Platform
from seatledger.domain.refusal import (
    Code,
    Refusal,
    unknown_group,
    unknown_item,
    unknown_learner,
)
from seatledger.storage import grants as grant_rows
from seatledger.storage import groups as group_rows
from seatledger.storage import item_parts as part_rows
from seatledger.storage import items as item_rows
from seatledger.storage import learner_lists
from seatledger.storage import learners as learner_rows
from seatledger.storage import platforms as platform_rows
from seatledger.storage import tokens as token_rows
from seatledger.storage.cursors import Followed, Stretch
from seatledger.storage.grants import GrantFilter
from seatledger.storage.groups import GroupFilter
from seatledger.storage.items import Owned
from seatledger.storage.learner_lists import LearnerFilter
from seatledger.storage.members import Tie
from seatledger.storage.tokens import Token
from seatledger.storage.unit import Unit
from seatledger.usecases.save_groups import GroupView

__all__ = ["Followed", "GrantFilter", "GroupFilter", "LearnerFilter", "Owned", "Stretch", "Token"]


@dataclass(frozen=True, slots=True)
class Known:
    """A learner, and their ties to the platforms within reach."""

    learner: Learner
    ties: tuple[Tie, ...]


@dataclass(frozen=True, slots=True)
class Stocked:
    """An item with the key of its owner, and the courses that it opens if it is a program."""

    item: Item
    platform_key: str
    courses: tuple[Item, ...]


def follow_platforms(unit: Unit, reach: Reach, stretch: Stretch) -> Followed[Platform]:
    return platform_rows.follow(unit, reach, stretch)


def follow_items(
    unit: Unit, reach: Reach, kind: ItemKind | None, stretch: Stretch
) -> Followed[Stocked]:
    """The items that a platform owns or has a pool of."""
    found = item_rows.follow(unit, reach, kind, stretch)
    return Followed(_stocked(unit, found.rows), found.last_id, found.more)


def get_item(unit: Unit, reach: Reach, kind: ItemKind, key: str) -> Stocked | Refusal:
    found = item_rows.find(unit, reach, kind, key=key)
    return _stocked(unit, found)[0] if found else unknown_item()


def follow_grants(
    unit: Unit, reach: Reach, wanted: GrantFilter, stretch: Stretch, now: datetime
) -> Followed[Granted]:
    """Standing grants."""
    return grant_rows.follow(unit, reach, wanted, stretch, now)


def follow_groups(
    unit: Unit, reach: Reach, wanted: GroupFilter, stretch: Stretch
) -> Followed[GroupView]:
    found = group_rows.follow(unit, reach, wanted, stretch)
    members = group_rows.members(unit, [group.id for group in found.rows])
    rows = [GroupView(group, tuple(members[group.id])) for group in found.rows]
    return Followed(rows, found.last_id, found.more)


def view_group(unit: Unit, reach: Reach, group_id: int) -> GroupView | Refusal:
    """One group with the ids of its members."""
    group = group_rows.get(unit, reach, group_id)
    if group is None:
        return unknown_group()
    return GroupView(group, tuple(group_rows.members(unit, [group.id])[group.id]))


def follow_learners(
    unit: Unit, reach: Reach, wanted: LearnerFilter, stretch: Stretch
) -> Followed[Known]:
    """Who belongs or belonged to a platform within reach, or holds or held a seat there."""
    found = learner_lists.follow(unit, reach, wanted, stretch)
    return Followed(_known(unit, reach, found.rows), found.last_id, found.more)


def get_learner(unit: Unit, reach: Reach, learner_id: int) -> Known | Refusal:
    wanted = {"id": learner_id, "platform_id": reach.platform_id}
    learner = learner_rows.named(unit, [wanted]).by_id.get(learner_id)
    return unknown_learner() if learner is None else _known(unit, reach, [learner])[0]


def follow_tokens(unit: Unit, reach: Reach, stretch: Stretch) -> Followed[Token]:
    """The tokens of the platforms within reach; without bounds, those of operators too."""
    return token_rows.follow(unit, reach, stretch)


def get_token(unit: Unit, reach: Reach, token_id: int) -> Token | Refusal:
    return token_rows.get(unit, reach, token_id) or unknown_token()


def unknown_token() -> Refusal:
    return Refusal(Code.UNKNOWN_TOKEN, "There is no such token.")


def _stocked(unit: Unit, rows: list[Owned]) -> list[Stocked]:
    courses = part_rows.of(unit, [row.item.id for row in rows])
    return [Stocked(row.item, row.platform_key, tuple(courses[row.item.id])) for row in rows]


def _known(unit: Unit, reach: Reach, learners: list[Learner]) -> list[Known]:
    ties = learner_lists.ties(unit, reach, [learner.id for learner in learners])
    return [Known(learner, tuple(ties[learner.id])) for learner in learners]
