"""The three kinds of suggestion as a manager of `acme` makes them, and what tests do with them."""

from dataclasses import dataclass
from typing import Any

import pytest
from httpx import Response

from seatledger.domain.catalog_command import SavePathway
from seatledger.domain.command import SaveItem
from seatledger.domain.item import ItemKind
from seatledger.domain.learner import PersonName
from tests.dialects.ibl.people_contract import checked
from tests.dialects.ibl.persons import CATALOG
from tests.dialects.ibl.world import COURSE, PROGRAM, ROOT, Caller, World

SUGGESTIONS = f"{CATALOG}/suggestions"
NOON_SAID = "2026-03-01T12:00:00Z"


@dataclass(frozen=True)
class Kind:
    """`field` names the subject in bodies, `user` the person in their own list."""

    name: str
    field: str
    user: str

    def __str__(self) -> str:
        return self.name

    @property
    def manage(self) -> str:
        return f"{SUGGESTIONS}/{self.name}/manage/"

    @property
    def bulk(self) -> str:
        return f"{self.manage}bulk/"

    @property
    def group(self) -> str:
        return f"{self.manage}group/"

    @property
    def reaching(self) -> str:
        return f"{SUGGESTIONS}/{self.name}/user/"

    def operation(self, rest: str) -> str:
        return f"catalog_suggestions_{self.name}_{rest}"


COURSE_KIND = Kind("course", "course_id", "user")
PROGRAM_KIND = Kind("program", "program_key", "username")
PATHWAY_KIND = Kind("pathway", "pathway_uuid", "username")
KINDS = [COURSE_KIND, PROGRAM_KIND, PATHWAY_KIND]
kinds = pytest.mark.parametrize("kind", KINDS, ids=str)


def subject(world: World, kind: Kind, number: int = 1, platform: str = "acme") -> dict[str, str]:
    """What names a subject in a body: the platform's first one, or another that is made."""
    org = platform.upper()
    if kind is PATHWAY_KIND:
        return {"pathway_uuid": pathway(world, f"way-{number}", platform)["pathway_uuid"]}
    item_kind = ItemKind(kind.name)
    first = {COURSE_KIND: COURSE, PROGRAM_KIND: PROGRAM}[kind]
    key = first if (number, platform) == (1, "acme") else f"{org}+{kind}-{number}"
    title = {COURSE: "One", PROGRAM: "Nursing"}.get(key, f"Number {number}")
    world.do(SaveItem(ROOT, kind=item_kind, key=key, platform_org=org, title=title))
    return {kind.field: key}


def pathway(world: World, key: str, platform: str = "acme", owner: str = "owner") -> dict[str, str]:
    """All that is said of a pathway, which is made where there is none."""
    owned = PersonName(learner_id=world.member(owner, platform))
    made = world.do(
        SavePathway(ROOT, owner=owned, platform_key=platform, key=key, name="My way", path=[])
    ).pathway
    return {
        "pathway_id": key,
        "pathway_uuid": made.uuid,
        "pathway_name": "My way",
        "pathway_platform_key": platform,
    }


def said_of(world: World, kind: Kind) -> dict[str, str]:
    """What answers say of the first subject."""
    if kind is PATHWAY_KIND:
        return pathway(world, "way-1")
    if kind is COURSE_KIND:
        return {"course_id": COURSE, "course_name": "One"}
    return {"program_key": PROGRAM, "program_name": "Nursing"}


def suggested(world: World, kind: Kind, user_id: int, **fields: Any) -> dict[str, Any]:
    """A suggestion to a person that must be made; of the first subject, if nothing else is said."""
    if not {"course_id", "program_key", "pathway_uuid", "pathway_id"} & set(fields):
        fields |= subject(world, kind)
    answer = world.manager.post(kind.manage, {"user_id": user_id, **fields})
    row: dict[str, Any] = checked(answer, kind.operation("manage_create"))
    return row


def suggested_to_group(world: World, kind: Kind, group_id: int, **fields: Any) -> dict[str, Any]:
    """A suggestion to a group that must be made."""
    if not {"course_id", "program_key", "pathway_uuid"} & set(fields):
        fields |= subject(world, kind)
    answer = world.manager.post(kind.group, {"group_id": group_id, **fields})
    row: dict[str, Any] = checked(answer, kind.operation("manage_group_create"))
    return row


def listed(caller: Caller, kind: Kind, **query: Any) -> list[dict[str, Any]]:
    """Suggestions to people, as their list shows them."""
    return _rows(caller.get(kind.manage, **query), kind, "manage_retrieve")


def listed_to_groups(caller: Caller, kind: Kind, **query: Any) -> list[dict[str, Any]]:
    return _rows(caller.get(kind.group, **query), kind, "manage_group_retrieve")


def reaching(caller: Caller, kind: Kind, **query: Any) -> list[dict[str, Any]]:
    """What is suggested to one person."""
    return _rows(caller.get(kind.reaching, **query), kind, "user_retrieve")


def _rows(answer: Response, kind: Kind, operation: str) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = checked(answer, kind.operation(operation))["results"]
    return rows
