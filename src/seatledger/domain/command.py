"""What may be asked of the ledger: each write, as a value.

Where the vendors differ, the difference is a field here and is decided once, in the domain:

    question                                ibl          SQLBI               field
    the learner holds a seat of this pool   update it    refuse              if_held
    … of another pool of the same item      allowed      refuse              one_per_item
    the pool has not started                allowed      refuse              must_have_started
    the pool is full                        refuse       refuse, or recycle  recycle
    address outside the platform's domains  allowed      refuse              check_domain
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import Enum, StrEnum
from typing import Any

from seatledger.domain.actor import Actor
from seatledger.domain.item import ItemKind
from seatledger.domain.moves import MoveRule
from seatledger.domain.repeat import Repeat
from seatledger.domain.seat import EndReason


class Unset(Enum):
    """For a field that was left out, where None is a value of its own."""

    UNSET = "unset"


UNSET = Unset.UNSET


class IfHeld(StrEnum):
    """What assigning does when the learner holds a seat of the pool already (I3)."""

    UPDATE = "update"
    REFUSE = "refuse"
    KEEP = "keep"


@dataclass(frozen=True, slots=True)
class Command:
    """A write and its author. `change_type` and `transaction_id` only label the history.

    With `repeat` it is carried out once, however often it is asked. With `dry_run` it is carried
    out as if: the answer is what it would be, and nothing is changed. Of a `silent` one nobody gets
    a mail.
    """

    by: Actor
    change_type: str | None = None
    transaction_id: str | None = None
    repeat: Repeat | None = field(default=None, kw_only=True)
    dry_run: bool = field(default=False, kw_only=True)
    silent: bool = field(default=False, kw_only=True)


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenPool(Command):
    """Buy seats. With `item_title` an unknown item is made, owned by the platform.

    Answers with the Pool. `start` None is the moment of the call, `end` None is never, and `moves`
    None the usual rule.
    """

    platform_key: str
    item_kind: ItemKind
    item_key: str
    size: int
    item_title: str | None = None
    name: str | None = None
    start: datetime | None = None
    end: datetime | None = None
    active: bool = True
    transferable: bool = True
    source: str = ""
    external_id: str | None = None
    metadata: Mapping[str, Any] | None = None
    enrolment_config: Mapping[str, Any] | None = None
    moves: MoveRule | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ShapePool(Command):
    """Change a pool, found by id, by external id (with its kind), or by both where they agree.

    Answers with the Pool. `same_platform_key`, `same_platform_org` and `same_item_key` change
    nothing: naming another platform or item than the pool's is refused. So is `if_version`, where
    it is not the pool's version by now.
    """

    item_kind: ItemKind | None = None
    pool_id: int | None = None
    external_id: str | None = None
    same_platform_key: str | None = None
    same_platform_org: str | None = None
    same_item_key: str | None = None
    if_version: str | None = None
    name: str | Unset = UNSET
    size: int | Unset = UNSET
    start: datetime | Unset = UNSET
    end: datetime | None | Unset = UNSET
    active: bool | Unset = UNSET
    source: str | Unset = UNSET
    metadata: Mapping[str, Any] | Unset = UNSET
    enrolment_config: Mapping[str, Any] | Unset = UNSET
    moves: MoveRule | None | Unset = UNSET


@dataclass(frozen=True, slots=True, kw_only=True)
class AssignSeat(Command):
    """Give a learner a seat, or update the one they hold. Answers with Seated.

    The learner is named by `learner_id` (which decides), `username` or `email`; an unknown address
    makes an unregistered learner, called `name`. `item_kind`, where given, must be the pool's.
    A seat that a link lends (`link_id`) needs room in its quota too, and only its own are recycled.
    """

    pool_id: int
    item_kind: ItemKind | None = None
    learner_id: int | None = None
    username: str | None = None
    email: str | None = None
    name: str | None = None
    end: datetime | None = None
    active: bool | Unset = UNSET
    fulfilled: bool | Unset = UNSET
    direct: bool | Unset = UNSET
    redirect_to: str | None | Unset = UNSET
    metadata: Mapping[str, Any] | Unset = UNSET
    if_held: IfHeld = IfHeld.REFUSE
    one_per_item: bool = False
    must_have_started: bool = False
    check_domain: bool = False
    recycle: bool = False
    link_id: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class EndSeat(Command):
    """Take a seat back. Answers with Seated.

    `pool_id` and `item_kind`, where given, must be its own. With `only_in_force`, a seat that gives
    no access any more is refused rather than ended. `if_version`, where given, must be its version.
    `reason` is what history says: that it was taken back, or given back.
    """

    seat_id: int
    pool_id: int | None = None
    item_kind: ItemKind | None = None
    only_in_force: bool = False
    if_version: str | None = None
    reason: EndReason = EndReason.REVOKED


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangeEnd(Command):
    """Move the end of a seat; an end that has come ends it now. Answers with Seated.

    `item_kind`, where given, must be its own, and `if_version` its version.
    """

    seat_id: int
    end: datetime
    item_kind: ItemKind | None = None
    if_version: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class LapseSeats(Command):
    """Record ends that have come, at most `seats_max`. Answers how many seats that changed."""

    seats_max: int = 1000


@dataclass(frozen=True, slots=True, kw_only=True)
class GrantGroup(Command):
    """Give a pool to a group, whole or not at all. Answers with Granted.

    Asking again re-runs it.
    """

    pool_id: int
    group_id: int
    item_kind: ItemKind | None = None
    active: bool | Unset = UNSET
    fulfilled: bool | Unset = UNSET
    redirect_to: str | None | Unset = UNSET
    metadata: Mapping[str, Any] | Unset = UNSET


@dataclass(frozen=True, slots=True, kw_only=True)
class RemoveGrant(Command):
    """Take a grant back with the seats it made, or (`keep_seats`) without. Answers with Granted."""

    grant_id: int
    pool_id: int | None = None
    item_kind: ItemKind | None = None
    keep_seats: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class SaveGroup(Command):
    """Create a group (no `group_id`) or change one. Answers with GroupView.

    `member_ids` is the full list; `leaving_ids` and `joining_ids` change it. Members who join get
    the seats of the group's grants, or wait; who leaves loses them. With `by_name` a group of that
    name is changed where the platform has one. `if_version`, where given, must be its version.
    """

    group_id: int | None = None
    platform_key: str | None = None
    name: str | None | Unset = UNSET
    description: str | None | Unset = UNSET
    member_ids: tuple[int, ...] | Unset = UNSET
    leaving_ids: tuple[int, ...] = ()
    joining_ids: tuple[int, ...] = ()
    by_name: bool = False
    if_version: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class DeleteGroup(Command):
    """Delete a group, as if its grants were removed first. Answers with what it was: GroupView.

    `if_version`, where given, must be its version.
    """

    group_id: int
    if_version: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class SaveItem(Command):
    """Create or change an item (its owner only with `overwrite_owner`). Answers with Saved.

    `course_keys` are what a program opens, in order; each must be its owner's (operators: any).
    Members of `details` replace those of the same name.
    """

    kind: ItemKind
    key: str
    platform_org: str
    title: str | Unset = UNSET
    slug: str | None | Unset = UNSET
    enabled: bool | Unset = UNSET
    details: Mapping[str, Any] = field(default_factory=dict)
    course_keys: tuple[str, ...] | Unset = UNSET
    overwrite_owner: bool = False
