"""A part of a platform's organisation, with people and admins of its own. It holds no seats."""

from dataclasses import dataclass
from datetime import datetime

from seatledger.domain.learner import Learner


@dataclass(frozen=True, slots=True)
class Department:
    id: int
    platform_id: int
    platform_key: str
    name: str
    created: datetime


@dataclass(frozen=True, slots=True)
class DepartmentMember:
    """`active` is False only in the answer to who just left."""

    department: Department
    learner: Learner
    is_admin: bool
    added: datetime
    active: bool = True
