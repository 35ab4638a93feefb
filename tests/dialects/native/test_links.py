"""/links: auto-enrolment links, as managers keep them."""

import re

import pytest

from seatledger.domain.people_command import CreatePlatform, CreateToken
from tests.dialects.native.conftest import Native
from tests.support.cast import OPERATOR
from tests.support.links import a_link, enter


def test_a_link_is_made_with_a_token_that_can_be_read_again(native: Native) -> None:
    pool = str(native.world.pool(size=8).id)
    wish = {"pool": pool, "quota": 5, "duration_days": 14, "auto_reassign": True}
    answer = native.ask("POST", "/links", json=wish)
    assert answer.status_code == 201
    link = answer.json()
    assert answer.headers["location"] == f"/api/v1/links/{link['id']}"
    token = link.pop("token")
    assert re.fullmatch(r"[0-9a-f]{64}", token)
    assert link == {
        "id": link["id"],
        "pool": pool,
        "platform": "acme",
        "quota": 5,
        "duration_days": 14,
        "auto_reassign": True,
        "live": 0,
        "ever": 0,
        "free": 5,
        "created": "2026-03-01T12:00:00Z",
    }
    assert native.told(200, "GET", f"/links/{link['id']}")["token"] == token


def test_what_is_left_out_offers_the_whole_pool(native: Native) -> None:
    link = native.told(201, "POST", "/links", json={"pool": str(native.world.pool(size=8).id)})
    assert (link["quota"], link["duration_days"], link["auto_reassign"]) == (8, None, False)


def test_links_are_listed_with_their_use_by_cursor(native: Native) -> None:
    pool, other = native.world.pool(size=5), native.world.pool(size=5)
    links = [a_link(native.world, each.id, quota=2) for each in (pool, pool, other)]
    enter(native.world, links[0], "ada")
    first = native.told(200, "GET", "/links?limit=2&fields=id,live,ever,free")
    assert first["data"] == [
        {"id": str(links[0].id), "live": 1, "ever": 1, "free": 1},
        {"id": str(links[1].id), "live": 0, "ever": 0, "free": 2},
    ]
    rest = native.told(200, "GET", f"/links?after={first['next']}")
    assert [each["id"] for each in rest["data"]] == [str(links[2].id)]
    assert rest["next"] is None
    of_pool = native.told(200, "GET", f"/links?pool={other.id}")
    assert [each["id"] for each in of_pool["data"]] == [str(links[2].id)]


def test_a_deleted_link_is_gone_for_its_manager_too(native: Native) -> None:
    made = a_link(native.world, native.world.pool().id)
    enter(native.world, made, "ada")
    assert native.told(200, "DELETE", f"/links/{made.id}")["live"] == 1
    for method in ("GET", "DELETE"):
        assert native.problem("unknown_link", method, f"/links/{made.id}")["status"] == 404
    assert native.told(200, "GET", "/links")["data"] == []
    assert native.world.holders(made.pool_id) == ["ada"]


@pytest.mark.parametrize(
    ("body", "code", "field"),
    [
        ({}, "invalid", "pool"),
        ({"pool": 1}, "invalid", "pool"),
        ({"pool": "987654"}, "unknown_pool", None),
        ({"pool": "POOL", "quota": 0}, "invalid", "quota"),
        ({"pool": "POOL", "quota": 11}, "invalid", "quota"),
        ({"pool": "POOL", "quota": "many"}, "invalid", "quota"),
        ({"pool": "POOL", "quota": 2**70}, "invalid", "quota"),
        ({"pool": "POOL", "duration_days": -1}, "invalid", "duration_days"),
        ({"pool": "POOL", "duration_days": 2**40}, "invalid", "duration_days"),
        ({"pool": "POOL", "colour": "red"}, "invalid", "colour"),
        ({"pool": "KEPT", "auto_reassign": True}, "not_transferable", "auto_reassign"),
    ],
)
def test_a_bad_wish_names_its_field_and_makes_nothing(
    native: Native, body: dict[str, object], code: str, field: str | None
) -> None:
    ids = {"POOL": native.world.pool().id, "KEPT": native.world.pool(transferable=False).id}
    if body.get("pool") in ids:
        body = {**body, "pool": str(ids[str(body["pool"])])}
    problem = native.problem(code, "POST", "/links", json=body)
    assert problem.get("field") == field
    assert native.told(200, "GET", "/links")["data"] == []


@pytest.mark.parametrize("link_id", ["0", "x", "9" * 30])
def test_what_is_no_id_is_no_link(native: Native, link_id: str) -> None:
    assert native.problem("unknown_link", "GET", f"/links/{link_id}")["status"] == 404


def test_a_manager_of_another_platform_sees_none_of_it(native: Native) -> None:
    world = native.world
    made = a_link(world, world.pool().id)
    world.do(CreatePlatform(OPERATOR, key="zeta", org="ZETA", name="Zeta"))
    zed = world.do(CreateToken(OPERATOR, name="zed", platform_key="zeta")).text
    assert native.ask("GET", "/links", zed).json()["data"] == []
    assert native.ask("GET", f"/links/{made.id}", zed).status_code == 404
    assert native.ask("DELETE", f"/links/{made.id}", zed).status_code == 404
    assert native.ask("POST", "/links", zed, json={"pool": str(made.pool_id)}).status_code == 404
    assert native.ask("GET", "/links?platform=acme", native.operator).json()["data"] != []
