"""Ids of nothing: one answer for all of them, given before anything else of a request is judged."""

import pytest

from tests.dialects.sqlbi.world import World, refused

IDS = ["999", "0", "-1", "01", "+1", "1.0", "1e3", "abc", "%00", "%20", "１", "9" * 19, "9" * 5000]

OPERATIONS = [
    ("GET", "/v1/course/{}", None),
    ("GET", "/v1/pool/{}", None),
    ("GET", "/v1/pool/{}/licenses", None),
    ("GET", "/v1/pool/{}/licenses?page=0", None),
    ("GET", "/v1/pool/{}/licenses?pageSize=many", None),
    ("GET", "/v1/pool/{}/licenses?includeInactive=perhaps", None),
    ("POST", "/v1/pool/{}/license", b'{"email": "mira@acme.example"}'),
    ("POST", "/v1/pool/{}/license", b'{"email": "mira"}'),
    ("POST", "/v1/pool/{}/license", b'{"email": 7}'),
    ("POST", "/v1/pool/{}/license", b"no json"),
    ("GET", "/v1/license/{}", None),
    ("PATCH", "/v1/license/{}", b'{"endDate": "2027-01-01"}'),
    ("PATCH", "/v1/license/{}", b'{"endDate": null}'),
    ("PATCH", "/v1/license/{}", b"no json"),
    ("DELETE", "/v1/license/{}", None),
    ("GET", "/v1/student?id={}", None),
]


@pytest.fixture(scope="module")
def world(shared_world: World) -> World:
    """One pool with one license: nobody asks for these by their ids."""
    shared_world.assign(shared_world.pool(), "mira")
    return shared_world


@pytest.mark.parametrize(("method", "path", "body"), OPERATIONS)
@pytest.mark.parametrize("unknown", IDS, ids=lambda each: each[:20])
def test_an_id_of_nothing_is_not_found_whatever_it_looks_like(
    world: World, method: str, path: str, body: bytes | None, unknown: str
) -> None:
    """O3, O35."""
    answer = world.ask(method, path.format(unknown), content=body)
    assert refused(answer) == (404, "not_found")
    assert "field" not in answer.json()


@pytest.mark.parametrize(("method", "path", "body"), OPERATIONS)
def test_nothing_tells_an_id_of_nothing_from_a_stranger_s(
    world: World, method: str, path: str, body: bytes | None
) -> None:
    """O3: the body is the same for an unknown id and for one that is no number."""
    bodies = [world.ask(method, path.format(each), content=body).json() for each in ("999", "abc")]
    assert bodies[0] == bodies[1]
