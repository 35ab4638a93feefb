"""Callers whose keys belong to persons, for operations that act for the caller's own."""

from typing import Any

from seatledger.domain.people_command import CreateToken
from tests.dialects.ibl.world import ROOT, Caller, World

CATALOG = "/api/catalog"
CORE = "/api/core"
LATER_COURSE = "course-v1:ACME+2+2026"
HUGE = 10**30


def key_of(world: World, learner_id: int, platform: str = "acme") -> Caller:
    """A caller with a manager's key that was made for this person."""
    command = CreateToken(
        ROOT, name=f"of-{learner_id}", platform_key=platform, learner_id=learner_id
    )
    headers = {"Authorization": f"Token {world.do(command).text}"}
    return Caller(world.client, headers)


def ids(rows: list[dict[str, Any]], name: str = "id") -> list[Any]:
    return [row[name] for row in rows]
