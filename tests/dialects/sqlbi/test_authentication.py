"""Tokens: where they are read, and what a request without a good one is told."""

from datetime import timedelta

import pytest

from seatledger.domain.people_command import CreateToken, DeleteToken
from seatledger.usecases.keep_tokens import SHELL
from tests.dialects.sqlbi.world import BASE, NOON, World, refused


@pytest.mark.parametrize(
    "headers",
    [
        pytest.param({}, id="none"),
        pytest.param({"Authorization": ""}, id="empty"),
        pytest.param({"Authorization": "Bearer"}, id="no token"),
        pytest.param({"Authorization": "Bearer "}, id="a space for a token"),
        pytest.param({"Authorization": "Bearer unknown"}, id="unknown"),
        pytest.param({"Authorization": f"Bearer {'0' * 64}"}, id="unknown, well-formed"),
        pytest.param({"Authorization": "Token {token}"}, id="another scheme"),
        pytest.param({"Authorization": "{token}"}, id="no scheme"),
        pytest.param({"Authorization": "Bearer {token}x"}, id="more than the token"),
        pytest.param({"Authorization": "Bearer ü{token}"}, id="not ASCII"),
        pytest.param({"X-Api-Key": "{token}"}, id="another header"),
    ],
)
@pytest.mark.parametrize(
    ("method", "path"),
    [("GET", "/v1/me"), ("PUT", "/v1/me"), ("GET", "/v1/nothing"), ("POST", "/v1/pool/1/license")],
)
def test_whoever_shows_no_valid_token_learns_nothing_else(
    shared_world: World, headers: dict[str, str], method: str, path: str
) -> None:
    """O4, O33, O35: the same body for a missing, a malformed and an unknown token."""
    sent = {
        name.encode(): value.format(token=shared_world.tokens["acme"]).encode("latin-1")
        for name, value in headers.items()
    }
    answer = shared_world.client.request(method, BASE + path, headers=sent)
    assert refused(answer) == (401, "unauthenticated")
    assert answer.headers["WWW-Authenticate"] == "Bearer"
    assert answer.headers["Cache-Control"] == "no-store"
    assert answer.json() == shared_world.ask("GET", "/v1/me", by=None).json()


@pytest.mark.parametrize("scheme", ["Bearer", "bearer", "BEARER"])
def test_the_scheme_is_read_in_any_case(shared_world: World, scheme: str) -> None:
    headers = {"Authorization": f"{scheme}  {shared_world.tokens['acme']} "}
    assert shared_world.client.get(f"{BASE}/v1/me", headers=headers).status_code == 200


def test_a_token_is_opaque_and_several_may_stand_side_by_side(world: World) -> None:
    """O36: 64 hexadecimal characters, in which nothing can be read."""
    second = world.carry_out(CreateToken(SHELL, name="second", platform_key="acme"))
    world.tokens["second"] = second.text
    assert world.get("/v1/me", by="second") == world.get("/v1/me")
    assert len(second.text) == 64


def test_a_deleted_token_stops_at_once(world: World) -> None:
    """O33, O36."""
    assert world.ask("GET", "/v1/me").status_code == 200
    world.carry_out(DeleteToken(SHELL, name="first", platform_key="acme"))
    answer = world.ask("GET", "/v1/me")
    assert refused(answer) == (401, "unauthenticated")
    assert answer.json() == world.ask("GET", "/v1/me", by=None).json()


def test_an_expired_token_stops_at_its_moment(world: World) -> None:
    """O33, O36."""
    hour = timedelta(hours=1)
    minted = world.carry_out(
        CreateToken(SHELL, name="short", platform_key="acme", expires=NOON + hour)
    )
    world.tokens["short"] = minted.text
    assert world.ask("GET", "/v1/me", by="short").status_code == 200
    world.clock.forward(hours=1)
    assert refused(world.ask("GET", "/v1/me", by="short")) == (401, "unauthenticated")
