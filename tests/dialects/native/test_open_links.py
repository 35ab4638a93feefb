"""/links/open/{token}: the road of a visitor, who has no token but the link's."""

import io
from collections.abc import Iterator
from typing import Any

import pytest

from seatledger.domain.command import ShapePool
from seatledger.domain.link import Link
from seatledger.ops import log
from seatledger.storage.engine import Database
from tests.dialects.native.conftest import Native
from tests.dialects.native.writes import everything
from tests.support.cast import DAY, NOON, OPERATOR
from tests.support.links import a_link, code_for, enter, mailed, other_than
from tests.support.world import World

ADA = "ada@acme.example"


def visit(native: Native, method: str, path: str, **request: Any) -> Any:
    """The response to somebody without a token."""
    return native.client.request(method, f"/api/v1/links/open/{path}", **request)


def problem(native: Native, code: str, method: str, path: str, **request: Any) -> dict[str, Any]:
    answer = visit(native, method, path, **request)
    assert answer.headers["content-type"] == "application/problem+json", answer.text
    told: dict[str, Any] = answer.json()
    assert (told["code"], told["status"]) == (code, answer.status_code), told
    return told


@pytest.fixture
def link(native: Native) -> Link:
    pool = native.world.pool(size=5, name="Spring", end=NOON + 30 * DAY)
    return a_link(native.world, pool.id, quota=1, duration_days=7)


def test_the_road_from_the_link_to_the_license_and_back(native: Native, link: Link) -> None:
    assert visit(native, "GET", link.token).json() == {
        "title": "Course 1",
        "item": "course:course-1",
        "pool": "Spring",
        "platform": "Acme",
        "duration_days": 7,
        "ends": "2026-03-31T12:00:00Z",
        "transferable": True,
        "available": True,
    }
    asked = visit(native, "POST", f"{link.token}/code", json={"email": ADA})
    assert (asked.status_code, asked.json()) == (202, {"minutes": 15})
    (code,) = mailed(native.world, ADA)
    assert code not in asked.text
    proof = {"email": ADA, "code": code}
    given = visit(native, "POST", f"{link.token}/redeem", json=proof)
    assert given.status_code == 201
    assert given.json() == {
        "title": "Course 1",
        "item": "course:course-1",
        "start": "2026-03-01T12:00:00Z",
        "valid_until": "2026-03-08T12:00:00Z",
    }
    assert native.world.holders(link.pool_id) == ["ada"]
    assert not visit(native, "GET", link.token).json()["available"]
    visit(native, "POST", f"{link.token}/code", json={"email": ADA})
    proof = {"email": ADA, "code": mailed(native.world, ADA)[-1]}
    back = visit(native, "POST", f"{link.token}/return", json=proof)
    assert (back.status_code, back.json()["valid_until"]) == (200, "2026-03-01T12:00:00Z")
    assert native.world.holders(link.pool_id) == []
    assert visit(native, "GET", link.token).json()["available"]


def test_the_request_that_took_the_seat_is_in_its_history(native: Native, link: Link) -> None:
    proof = {"email": ADA, "code": code_for(native.world, link, ADA)}
    headers = {"X-Request-Id": "spring-1"}
    visit(native, "POST", f"{link.token}/redeem", json=proof, headers=headers)
    (event,) = native.told(200, "GET", "/events?type=seat_assigned")["data"]
    assert (event["actor"], event["surface"], event["request_id"]) == (
        f"link-{link.id}",
        "link",
        "spring-1",
    )


def test_looking_enrols_nobody_and_writes_nothing(native: Native, link: Link) -> None:
    """F21i: mail scanners open links, with GET and with HEAD."""
    before = everything(native, "rates")
    for method in ("GET", "HEAD", "OPTIONS"):
        visit(native, method, link.token)
        visit(native, method, f"{link.token}/redeem")
    assert everything(native, "rates") == before


@pytest.mark.parametrize(
    ("path", "body"),
    [
        ("", None),
        ("/code", {"email": ADA}),
        ("/redeem", {"email": ADA, "code": "123456"}),
        ("/return", {"email": ADA, "code": "123456"}),
    ],
)
def test_a_link_that_is_gone_and_one_that_never_was_are_the_same(
    native: Native, link: Link, path: str, body: dict[str, str] | None
) -> None:
    """F21h."""
    native.told(200, "DELETE", f"/links/{link.id}")
    method = "GET" if body is None else "POST"
    told = [
        problem(native, "unknown_link", method, token + path, json=body)
        for token in (link.token, "f" * 64, "x", str(link.id))
    ]
    assert all(each == told[0] for each in told)
    assert told[0]["status"] == 404


def test_what_stands_in_the_way_is_told_in_a_visitors_words(native: Native, link: Link) -> None:
    world = native.world
    bob = "bob@acme.example"
    code = code_for(world, link, bob)
    wrong = {"email": bob, "code": other_than(code)}
    told = problem(native, "invalid", "POST", f"{link.token}/redeem", json=wrong)
    assert (told["status"], told["field"]) == (400, "code")
    enter(world, link, "ada")
    proof = {"email": bob, "code": code}
    told = problem(native, "pool_full", "POST", f"{link.token}/redeem", json=proof)
    assert (told["status"], told["detail"]) == (409, "No license is free.")
    assert "details" not in told
    again = {"email": ADA, "code": code_for(world, link, ADA)}
    told = problem(native, "already_seated", "POST", f"{link.token}/redeem", json=again)
    assert "already" in told["detail"]
    back = {"email": bob, "code": code}
    told = problem(native, "unknown_seat", "POST", f"{link.token}/return", json=back)
    assert told["status"] == 404


@pytest.mark.parametrize(
    ("path", "body", "field"),
    [
        ("code", {}, "email"),
        ("code", {"email": 7}, "email"),
        ("code", {"email": "ada"}, "email"),
        ("code", {"email": ADA, "dry_run": True}, "dry_run"),
        ("redeem", {"email": ADA}, "code"),
        ("redeem", {"email": ADA, "code": 123456}, "code"),
        ("redeem", {"email": ADA, "code": "1" * 33}, "code"),
        ("redeem", {"email": "ada", "code": "123456"}, "email"),
        ("redeem", {"email": ADA, "code": "١٢٣٤٥٦"}, "code"),
        ("return", {"code": "123456"}, "email"),
    ],
)
def test_a_bad_body_names_its_field_and_changes_nothing(
    native: Native, link: Link, path: str, body: dict[str, Any], field: str
) -> None:
    before = everything(native, "rates")
    told = problem(native, "invalid", "POST", f"{link.token}/{path}", json=body)
    assert (told["status"], told["field"]) == (400, field)
    assert everything(native, "rates") == before


def test_a_rehearsal_is_no_way_to_guess_codes_for_nothing(native: Native, link: Link) -> None:
    code = code_for(native.world, link, ADA)
    for _ in range(5):
        answer = visit(
            native,
            "POST",
            f"{link.token}/redeem?dry_run=true",
            json={"email": ADA, "code": other_than(code)},
            headers={"Idempotency-Key": "again"},
        )
        assert answer.status_code == 400
        assert "dry-run" not in answer.headers
    proof = {"email": ADA, "code": code}
    problem(native, "invalid", "POST", f"{link.token}/redeem", json=proof)
    assert everything(native)["repeats"] == []


def test_a_wrong_method_and_an_unknown_path_are_refused_in_the_same_shape(
    native: Native, link: Link
) -> None:
    assert problem(native, "wrong_method", "DELETE", link.token)["status"] == 405
    assert problem(native, "unknown_path", "POST", f"{link.token}/enrol")["status"] == 404


@pytest.mark.parametrize(
    "path",
    [
        "/api/v1/links",
        "/api/v1/links/open",
        "/api/v1/links/open/",
        "/api/v1/links/1",
        "/api/v1/links/open/a/code/b",
    ],
)
def test_all_around_it_asks_for_a_managers_token(native: Native, path: str) -> None:
    for method in ("GET", "POST", "DELETE"):
        assert native.client.request(method, path, json={}).status_code == 401


def test_a_pool_that_was_switched_off_has_nothing_available(native: Native, link: Link) -> None:
    native.world.do(ShapePool(OPERATOR, pool_id=link.pool_id, active=False))
    assert not visit(native, "GET", link.token).json()["available"]


@pytest.fixture
def limited(database: Database, database_url: str) -> Iterator[Native]:
    native = Native(database_url, World(database), link_rate_per_minute=3)
    with native.client:
        yield native


def test_the_visitors_of_each_link_are_counted_together(limited: Native) -> None:
    pool = limited.world.pool()
    one, other = a_link(limited.world, pool.id), a_link(limited.world, pool.id)
    for _ in range(3):
        assert visit(limited, "GET", one.token).status_code == 200
    answer = visit(limited, "POST", f"{one.token}/code", json={"email": ADA})
    assert answer.status_code == 429
    assert 1 <= int(answer.headers["retry-after"]) <= 60
    assert mailed(limited.world, ADA) == []
    assert visit(limited, "GET", other.token).status_code == 200
    assert limited.told(200, "GET", "/links")["next"] is None
    limited.world.now += DAY
    assert visit(limited, "GET", one.token).status_code == 200


def test_no_log_line_has_the_links_token_the_address_or_the_code(
    native: Native, link: Link
) -> None:
    stream = io.StringIO()
    log.configure("json", "debug", stream)
    visit(native, "POST", f"{link.token}/code", json={"email": ADA})
    proof = {"email": ADA, "code": mailed(native.world, ADA)[-1]}
    visit(native, "POST", f"{link.token}/redeem", json=proof)
    written = stream.getvalue()
    assert "/api/v1/links/open/[token]/redeem" in written
    for secret in (link.token, ADA, proof["code"]):
        assert secret not in written
