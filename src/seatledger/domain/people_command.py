"""What may be asked of platforms and their people beside seats and groups."""

from dataclasses import dataclass

from seatledger.domain.command import UNSET, Command, Unset


@dataclass(frozen=True, slots=True, kw_only=True)
class ShapePlatform(Command):
    """Change a platform; its key only operators may. Answers with the Platform."""

    key: str
    new_key: str | Unset = UNSET
    name: str | Unset = UNSET
    learning_url: str | Unset = UNSET
    studio_url: str | Unset = UNSET
    portal_url: str | Unset = UNSET


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
