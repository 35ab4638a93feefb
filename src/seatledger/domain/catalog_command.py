"""What may be asked of the catalog beside its items: pathways, and enrolments without a seat."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from seatledger.domain.command import UNSET, Command, Unset
from seatledger.domain.item import ItemKind
from seatledger.domain.learner import PersonName


@dataclass(frozen=True, slots=True, kw_only=True)
class DeleteItem(Command):
    """Delete an item that no pool and no program needs. Answers how many that were: 0 or 1.

    Suggestions of it are withdrawn.

    An item that is unknown, another platform's or not of `platform_org` and `slug` is none.
    """

    kind: ItemKind
    key: str
    platform_org: str | None = None
    slug: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class SavePathway(Command):
    """Create a pathway or change the one that `uuid`, or owner and key, name.

    Answers with SavedPathway. A key that is left out is made of the name.
    """

    owner: PersonName
    platform_key: str | None = None
    uuid: str | None = None
    key: str | None = None
    name: str
    path: Sequence[Mapping[str, Any]]
    slug: str | None | Unset = UNSET
    visible: bool | Unset = UNSET
    details: Mapping[str, Any] | None | Unset = UNSET


@dataclass(frozen=True, slots=True, kw_only=True)
class DeletePathway(Command):
    """Delete a pathway that nobody is enrolled in. Answers how many that were: 0 or 1.

    Suggestions of it are withdrawn.
    """

    key: str
    owner: PersonName
    platform_key: str | None = None
    uuid: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PathwayName:
    """How a pathway is named: by its uuid, which decides, or by its key or slug (ibl C6)."""

    uuid: str | None = None
    key: str | None = None
    slug: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangeEnrolment(Command):
    """An enrolment, named by its person and by a program or a pathway.

    The program is the first that one of `program_keys` names.

    It is of the platform of `platform_key`, else of the caller's, else of the subject's owner.
    With `members_only` the person must be an active member there (ibl B15).
    """

    person: PersonName
    program_keys: tuple[str, ...] = ()
    pathway: PathwayName | None = None
    platform_key: str | None = None
    members_only: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Enrol(ChangeEnrolment):
    """Enrol somebody, or change their enrolment. Answers with Enrolled. It opens no course."""

    active: bool = True
    start: datetime | None | Unset = UNSET
    end: datetime | None | Unset = UNSET
    metadata: Mapping[str, Any] | Unset = UNSET


@dataclass(frozen=True, slots=True, kw_only=True)
class Unenrol(ChangeEnrolment):
    """Make an enrolment inactive. Answers with Enrolled."""
