"""What holds for every path: which there are, which methods they take, what answers carry."""

import pytest

from seatledger.domain.refusal import Code, Refusal
from tests.dialects.sqlbi.world import World, refused

PATHS = {
    "/v1/me": {"GET"},
    "/v1/courses": {"GET"},
    "/v1/course/1": {"GET"},
    "/v1/pools": {"GET"},
    "/v1/pool/1": {"GET"},
    "/v1/pool/1/licenses": {"GET"},
    "/v1/pool/1/license": {"POST"},
    "/v1/licenses": {"GET"},
    "/v1/license/1": {"GET", "PATCH", "DELETE"},
    "/v1/students": {"GET"},
    "/v1/student": {"GET"},
}


@pytest.fixture(scope="module")
def world(shared_world: World) -> World:
    shared_world.assign(shared_world.pool(), "mira")
    return shared_world


@pytest.mark.parametrize("method", ["GET", "POST", "PUT", "PATCH", "DELETE"])
@pytest.mark.parametrize("path", PATHS)
def test_a_path_takes_its_own_methods_and_names_them_to_others(
    world: World, path: str, method: str
) -> None:
    """O4."""
    if method in PATHS[path]:
        assert world.ask(method, path).status_code not in {404, 405}
        return
    answer = world.ask(method, path)
    assert refused(answer) == (405, "method_not_allowed")
    assert set(answer.headers["Allow"].split(", ")) - {"OPTIONS"} == PATHS[path]


@pytest.mark.parametrize(
    "path",
    ["", "/", "/v1", "/v2/me", "/v1/nothing", "/v1/course", "/v1/pool", "/v1/license", "/me"],
)
@pytest.mark.parametrize("method", ["GET", "POST", "DELETE"])
def test_an_unknown_path_is_not_found(world: World, path: str, method: str) -> None:
    """O4."""
    assert refused(world.ask(method, path)) == (404, "not_found")


@pytest.mark.parametrize("path", [path for path in PATHS if "GET" in PATHS[path]])
def test_nothing_may_be_kept_by_a_cache(world: World, path: str) -> None:
    """O32."""
    for asked in (path, f"{path}?page=0", f"{path}/nothing"):
        assert world.ask("GET", asked).headers["Cache-Control"] == "no-store"


def test_no_other_origin_is_allowed_in(world: World) -> None:
    """O32."""
    headers = {"Origin": "https://elsewhere.example", "Access-Control-Request-Method": "GET"}
    for method in ("GET", "OPTIONS"):
        answer = world.ask(method, "/v1/me", headers=headers)
        assert not [name for name in answer.headers if name.startswith("access-control-")]


def test_a_fault_of_ours_is_told_in_the_same_shape_and_without_its_trace(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    """O1."""

    def break_off(*_: object) -> None:
        raise RuntimeError("secret")

    monkeypatch.setattr("seatledger.storage.stock_lists.totals", break_off)
    answer = world.ask("GET", "/v1/me")
    assert refused(answer) == (500, "internal_error")
    assert "secret" not in answer.text


@pytest.mark.parametrize("code", [Code.OVERLOADED, Code.UNAVAILABLE])
def test_a_ledger_that_is_too_busy_or_away_says_when_to_come_again(
    world: World, monkeypatch: pytest.MonkeyPatch, code: Code
) -> None:
    async def refuse(*_: object) -> Refusal:
        return Refusal(code, "Try again.")

    monkeypatch.setattr("seatledger.desk.Desk.ask", refuse)
    answer = world.ask("GET", "/v1/me")
    assert refused(answer) == (503, code)
    assert int(answer.headers["Retry-After"]) >= 1
