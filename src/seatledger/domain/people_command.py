"""What may be asked of platforms, their people and their tokens, beside seats and groups."""

from dataclasses import dataclass
from datetime import datetime

from seatledger.domain.command import UNSET, Command, Unset
from seatledger.domain.item import ItemKind


@dataclass(frozen=True, slots=True, kw_only=True)
class ShapePlatform(Command):
    """Change a platform; its key and its domains only operators may. Answers with the Platform."""

    key: str
    new_key: str | Unset = UNSET
    name: str | Unset = UNSET
    learning_url: str | Unset = UNSET
    studio_url: str | Unset = UNSET
    portal_url: str | Unset = UNSET
    email: str | Unset = UNSET
    domains: tuple[str, ...] | Unset = UNSET


@dataclass(frozen=True, slots=True, kw_only=True)
class AllowSelfJoin(Command):
    """Say whether people may join a platform by themselves. Answers with SelfJoinSaved."""

    platform_key: str
    allowed: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class JoinPlatform(Command):
    """Tie the caller's own person to a platform that lets people join. Answers with Membership."""

    platform_key: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SaveDepartment(Command):
    """Create a department (no `department_id`) or change one. Answers with SavedDepartment."""

    department_id: int | None = None
    platform_key: str | None = None
    name: str | Unset = UNSET


@dataclass(frozen=True, slots=True, kw_only=True)
class DeleteDepartment(Command):
    """Delete a department with its memberships. Answers with the Department."""

    department_id: int


@dataclass(frozen=True, slots=True, kw_only=True)
class StaffDepartment(Command):
    """Add somebody to a department, change their part in it, or (`leaves`) remove them.

    Answers with DepartmentMember. Somebody who leaves must be a member.
    """

    department_id: int
    learner_id: int
    is_admin: bool | Unset = UNSET
    leaves: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class LinkLearner(Command):
    """Tie a learner to a platform, or change the tie. Answers with the Membership.

    The first tie registers the learner. An inactive tie suspends their seats there. Who comes to be
    an active member has accepted what invitations they have to the platform itself.
    """

    learner_id: int
    platform_key: str
    active: bool | Unset = UNSET
    is_admin: bool | Unset = UNSET
    added_on: datetime | Unset = UNSET
    expired_on: datetime | None | Unset = UNSET


@dataclass(frozen=True, slots=True, kw_only=True)
class AddLearner(Command):
    """Make a person known to a platform by their address, as an active member. Answers with Added.

    An unknown address makes a person called `name`. Who is known already is left as they are.
    """

    platform_key: str
    email: str
    name: str = ""
    is_admin: bool | Unset = UNSET


@dataclass(frozen=True, slots=True, kw_only=True)
class CreatePlatform(Command):
    """Make a platform; its key and its org are unique. Answers with the Platform."""

    key: str
    org: str
    name: str
    email: str = ""
    domains: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class CreateToken(Command):
    """Make a token, its name unique in its platform. Answers with Minted, which shows its text.

    It acts for the learner of `learner_id` or (operators only) of `email`, else for who makes it.
    """

    name: str
    operator: bool = False
    platform_key: str | None = None
    expires: datetime | None = None
    learner_id: int | None = None
    email: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class DeleteToken(Command):
    """Delete a token, which then stops at once. Answers with its name.

    `token_id`, where given, must be its own.
    """

    name: str
    platform_key: str | None = None
    token_id: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportProgress(Command):
    """Say how far a learner whom a platform knows has come in one of its items.

    Answers with Reported. The learner is named by `learner_id` or `email`; `percent` is from 0 to
    100. A report replaces the one before it, unless that one is as of later than `at`; None is now.
    """

    platform_key: str
    learner_id: int | None = None
    email: str | None = None
    item_kind: ItemKind
    item_key: str
    percent: float
    completed: datetime | None = None
    last_opened: datetime | None = None
    at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportProgressOfMany(Command):
    """Many reports in one transaction. Answers with Reported or Refusal for each, in order."""

    reports: tuple[ReportProgress, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class CountRequest(Command):
    """Count a request against what its platform may ask in a minute. Answers with Allowance.

    No part of history. Each surface is counted by itself. A refused request does not count.
    """

    per_minute: int
