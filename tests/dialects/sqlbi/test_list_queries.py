"""The query parameters that lists have in common."""

from typing import Any

import pytest

from tests.dialects.sqlbi.world import World, refused

PAGED = ["/v1/courses", "/v1/pools", "/v1/licenses", "/v1/students", "/v1/pool/{pool}/licenses"]
FLAGGED = ["/v1/licenses", "/v1/students", "/v1/pool/{pool}/licenses", "/v1/student?id={student}"]


@pytest.fixture(scope="module")
def world(shared_world: World) -> World:
    """One pool with one active and one revoked license, of two students."""
    pool_id = shared_world.pool()
    shared_world.revoke(shared_world.assign(pool_id, "jon")["id"])
    shared_world.assign(pool_id, "mira")
    return shared_world


def ask(world: World, path: str, **query: object) -> Any:
    (pool,) = world.get("/v1/pools")
    (student,) = world.get("/v1/students")
    path = path.format(pool=pool["id"], student=student["id"])
    if "?" in path:
        path, _, named = path.partition("?")
        query = {**dict([named.split("=")]), **query}
    return world.ask("GET", path, params=query)


@pytest.mark.parametrize("path", PAGED)
@pytest.mark.parametrize("parameter", ["page", "pageSize"])
@pytest.mark.parametrize("value", ["0", "-1", "1.5", "abc", "", " 1", "+1", "1e1", "٣", "0x1"])
def test_a_page_is_a_whole_number_from_1(
    world: World, path: str, parameter: str, value: str
) -> None:
    """O16."""
    answer = ask(world, path, **{parameter: value})
    code = {"page": "invalid_page", "pageSize": "invalid_page_size"}[parameter]
    assert refused(answer) == (400, code)
    assert answer.json()["field"] == parameter


@pytest.mark.parametrize("path", PAGED)
@pytest.mark.parametrize(
    ("size", "status"), [("1", 200), ("100", 200), ("101", 400), ("9" * 5000, 400)]
)
def test_a_page_has_at_most_a_hundred_elements(
    world: World, path: str, size: str, status: int
) -> None:
    """O15: never shrunk silently."""
    answer = ask(world, path, pageSize=size)
    assert answer.status_code == status
    if status == 400:
        assert refused(answer) == (400, "invalid_page_size")


@pytest.mark.parametrize("path", PAGED)
@pytest.mark.parametrize("page", ["2", "1000000", "9" * 30, "9" * 5000])
def test_a_page_past_the_end_is_empty(world: World, path: str, page: str) -> None:
    """O17, O18."""
    answer = ask(world, path, page=page)
    assert (answer.status_code, answer.json()) == (200, [])
    assert answer.headers["X-Total-Count"] == ask(world, path).headers["X-Total-Count"] == "1"


@pytest.mark.parametrize("path", FLAGGED)
@pytest.mark.parametrize(
    ("value", "more"),
    [("true", True), ("TRUE", True), ("1", True), ("false", False), ("False", False), ("0", False)],
)
def test_a_flag_is_read_in_several_spellings(
    world: World, path: str, value: str, more: bool
) -> None:
    """O20."""
    answer = ask(world, path, includeInactive=value)
    plain = ask(world, path)
    assert answer.status_code == 200
    grows = more and not path.startswith("/v1/student?")
    assert (len(answer.json()) > len(plain.json())) == grows


@pytest.mark.parametrize("path", FLAGGED)
@pytest.mark.parametrize("value", ["yes", "on", "2", "", "tru", "null", " true"])
def test_anything_else_is_no_flag(world: World, path: str, value: str) -> None:
    """O20."""
    answer = ask(world, path, includeInactive=value)
    assert refused(answer) == (400, "invalid_include_inactive")
    assert answer.json()["field"] == "includeInactive"


@pytest.mark.parametrize("path", PAGED)
def test_unknown_parameters_are_ignored(world: World, path: str) -> None:
    """O13."""
    assert ask(world, path, sort="-id", page_size=1).json() == ask(world, path).json()
