"""Asking for access in few words, for the platform `acme`."""

from typing import Any

from tests.dialects.ibl.people_contract import checked
from tests.dialects.ibl.world import COURSE, Caller, World

PATH = "/api/catalog/access_requests/course"
REQUEST = f"{PATH}/request/"
MANAGE = f"{PATH}/manage/"


def ask(caller: Caller, **said: Any) -> Any:
    """A request that must be taken."""
    answer = caller.post(REQUEST, {"course_id": COURSE, **said})
    return checked(answer, "catalog_access_requests_course_request_create")


def status(caller: Caller, **query: Any) -> Any:
    answer = caller.get(REQUEST, course_id=COURSE, **query)
    return checked(answer, "catalog_access_requests_course_request_retrieve")


def listed(caller: Caller, **query: Any) -> list[Any]:
    answer = caller.get(MANAGE, **query)
    rows: list[Any] = checked(answer, "catalog_access_requests_course_manage_retrieve")["results"]
    return rows


def decide(world: World, request_id: int, **said: Any) -> Any:
    answer = world.manager.post(MANAGE, {"request_id": request_id, **said})
    return checked(answer, "catalog_access_requests_course_manage_create")
