"""The three kinds of invitation as a caller speaks of them, for the platform `acme`."""

from typing import Any

from tests.dialects.ibl.people_contract import checked
from tests.dialects.ibl.world import COURSE, PROGRAM, Caller, Kind, World

PATH = "/api/catalog/invitations"

COURSES = Kind("course", {"course_id": COURSE}, {"course_id": COURSE})
PROGRAMS = Kind("program", {"program_key": PROGRAM}, {"program_key": PROGRAM})
PLATFORMS = Kind("platform", {"platform_key": "acme"}, {"platform_key": "acme"})
ALL = [COURSES, PROGRAMS, PLATFORMS]
OF_ITEMS = [COURSES, PROGRAMS]


def invite(world: World, kind: Kind, email: str = "ada@acme.example", **said: Any) -> Any:
    """An invitation that must be made, or changed."""
    answer = world.manager.post(f"{PATH}/{kind}/", {**kind.item, "email": email, **said})
    return checked(answer, f"catalog_invitations_{kind}_create")


def offer(world: World, kind: Kind, count: int = 1, source: str = "fair", **said: Any) -> None:
    """Blank invitations that must be made."""
    body = {**kind.item, "count": count, "source": source, **said}
    answer = world.manager.post(f"{PATH}/{kind}/blank/", body)
    made = checked(answer, f"catalog_invitations_{kind}_blank_create")
    assert made == {"successes": count, "error_codes": []}


def redeem(world: World, kind: Kind, email: str = "ada@acme.example", **said: Any) -> Any:
    """An invitation that must be redeemed."""
    body = {**kind.item, "email": email, "source": "fair", **said}
    answer = world.manager.post(f"{PATH}/{kind}/redeem/", body)
    return checked(answer, f"catalog_invitations_{kind}_redeem_create")


def listed(world: World, kind: Kind, caller: Caller | None = None, **query: Any) -> list[Any]:
    answer = (caller or world.manager).get(f"{PATH}/{kind}/", **query)
    rows: list[Any] = checked(answer, f"catalog_invitations_{kind}_retrieve")["results"]
    return rows


def body_for(kind: Kind, **said: Any) -> dict[str, Any]:
    return {**kind.item, "email": "ada@acme.example", **said}
