"""The key in the Authorization header, and the paths it is asked for on (parts A and B)."""

import re
from dataclasses import replace

import pytest

from seatledger.dialects.ibl import dialect
from seatledger.dialects.ibl.credentials import read_token
from seatledger.dialects.ibl.roles import OPEN
from seatledger.domain.people_command import CreateToken, DeleteToken
from tests.dialects.ibl.world import DAY, NOON, ROOT, World, problem

KEY = "0123456789abcdef" * 4


@pytest.mark.parametrize(
    ("header", "key"),
    [
        (f"Api-Token {KEY}", KEY),
        (KEY, KEY),
        (f"Api-Key {KEY}", KEY),
        (f"Token {KEY}", KEY),
        (f"API-TOKEN {KEY}", KEY),
        (f"api-key {KEY}", KEY),
        (f"tOkEn   {KEY} ", KEY),
        (f"Bearer {KEY}", None),
        (f"Basic {KEY}", None),
        ("Token", None),
        (f"Api-Token {KEY} {KEY}", None),
        ("", None),
    ],
)
def test_the_key_stands_alone_or_behind_a_known_word_in_any_case(
    header: str, key: str | None
) -> None:
    """A4, W55."""
    assert read_token({"authorization": header}) == key


def test_without_a_header_there_is_no_key() -> None:
    assert read_token({"x-authorization": KEY}) is None


def said(world: World, header: str) -> int:
    stranger = replace(world.operator, headers={"Authorization": header})
    return stranger.get("course/").status_code


def test_every_form_of_a_good_key_is_let_in_and_a_bearer_is_not(world: World) -> None:
    """A4, W55."""
    key = world.operator.headers["Authorization"].split()[1]
    forms = [key, f"Api-Token {key}", f"api-key {key}", f"TOKEN {key}", f"Bearer {key}"]
    assert [said(world, form) for form in forms] == [200, 200, 200, 200, 401]


def test_missing_and_bad_keys_get_401_that_says_how_to_ask(world: World) -> None:
    """A6."""
    for caller in (world.nobody, replace(world.nobody, headers={"Authorization": KEY})):
        answer = caller.get("course/")
        problem(answer, 401)
        assert answer.headers["www-authenticate"] == "Api-Token"


def test_expired_and_deleted_keys_get_401(world: World) -> None:
    """W55."""
    minted = world.do(CreateToken(ROOT, name="brief", operator=True, expires=NOON + DAY))
    assert said(world, minted.text) == 200
    world.clock.now += DAY
    assert said(world, minted.text) == 401
    other = world.do(CreateToken(ROOT, name="other", operator=True))
    world.do(DeleteToken(ROOT, name="other"))
    assert said(world, other.text) == 401


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("GET", "/api/catalog/nowhere/"),
        ("PUT", "/api/catalog/licenses/course/"),
        ("POST", "/api/core/nowhere/"),
    ],
)
def test_a_stranger_learns_nothing_about_what_exists(world: World, method: str, path: str) -> None:
    problem(world.nobody.send(method, path), 401)


@pytest.mark.parametrize(
    "prefix", ["/api", "/dm/api", "/api/ibl", "/dm/api/ibl"], ids=lambda prefix: prefix.strip("/")
)
def test_paths_may_be_spelled_as_behind_the_gateway_or_as_the_sdk_does(
    world: World, prefix: str
) -> None:
    """A1, A2."""
    assert world.operator.get(f"{prefix}/catalog/licenses/course/").status_code == 200
    problem(world.operator.get(f"{prefix}/catalog/licenses/nowhere/"), 404)
    problem(world.operator.send("PUT", f"{prefix}/catalog/licenses/course/"), 405)


def test_the_slash_at_the_end_may_be_missing(world: World) -> None:
    assert world.operator.get("/api/catalog/licenses/course").status_code == 200


def operations() -> set[tuple[str, str]]:
    """Every operation of the dialect, by method and path."""
    return {
        (method, route.path)
        for router in dialect.routers
        for route in router.routes
        for method in route.methods
    }


def test_every_operation_asks_for_a_key_but_for_the_listed_ones(
    world: World, subtests: pytest.Subtests
) -> None:
    """A6, A7, A8."""
    assert set(OPEN) <= operations()
    for method, path in sorted(operations()):
        with subtests.test(f"{method} {path}"):
            answer = world.nobody.send(method, re.sub(r"{\w+(:\w+)?}", "1", path))
            if (method, path) in OPEN:
                assert answer.status_code in {200, 400, 404}
            else:
                problem(answer, 401)


def test_the_list_of_open_operations_is_exact() -> None:
    """A7: neither another method nor a longer path."""
    path = "/api/catalog/licenses/user/assignment/check/"
    assert dialect.is_open("GET", path)
    assert not dialect.is_open("POST", path)
    assert not dialect.is_open("GET", f"{path}more")
