"""/learners: whom a platform knows."""

from typing import Any

import pytest

from seatledger.domain.people_command import CreatePlatform, CreateToken, LinkLearner
from tests.dialects.native.conftest import Native
from tests.support.cast import OPERATOR

ADA = {"email": "ada@acme.example", "name": "Ada"}


def stranger(native: Native) -> str:
    native.world.do(CreatePlatform(OPERATOR, key="zeta", org="ZETA", name="Zeta"))
    return str(native.world.do(CreateToken(OPERATOR, name="z", platform_key="zeta")).text)


def test_somebody_new_is_made_a_member_once(native: Native) -> None:
    answer = native.ask("POST", "/learners", json=ADA)
    assert answer.status_code == 201
    added = answer.json()
    assert added == {
        "id": added["id"],
        **ADA,
        "username": None,
        "registered": True,
        "created": "2026-03-01T12:00:00Z",
        "platforms": [
            {"platform": "acme", "active": True, "admin": False, "since": "2026-03-01T12:00:00Z"}
        ],
    }
    assert native.told(200, "GET", answer.headers["location"].removeprefix("/api/v1")) == added
    again = {"email": " ADA@acme.example", "name": "Somebody else"}
    assert native.told(200, "POST", "/learners", json=again) == added


def test_who_waits_for_a_seat_unregistered_becomes_a_member_and_keeps_the_seat(
    native: Native,
) -> None:
    pool = native.world.pool().id
    (seated,) = native.world.assign(pool, "ada")
    before = native.told(200, "GET", f"/learners/{seated.learner.id}")
    assert (before["registered"], before["platforms"]) == (False, [])
    added = native.told(201, "POST", "/learners", json=ADA)
    assert (added["id"], added["registered"]) == (before["id"], True)
    rows = native.told(200, "GET", "/seats", params={"learner": added["id"]})["data"]
    assert [row["pool"] for row in rows] == [str(pool)]


@pytest.mark.parametrize(
    ("body", "code", "field"),
    [
        ({}, "invalid", "email"),
        ({"email": "nobody"}, "invalid", "email"),
        ({"email": 7}, "invalid", "email"),
        ({**ADA, "username": "ada"}, "invalid", "username"),
        ({**ADA, "name": "a\0b"}, "invalid", "body"),
        ({**ADA, "admin": "yes"}, "invalid", "admin"),
        ({**ADA, "platform": "zeta"}, "unknown_platform", None),
    ],
)
def test_who_cannot_be_added_is_refused_by_name(
    native: Native, body: dict[str, Any], code: str, field: str | None
) -> None:
    assert native.problem(code, "POST", "/learners", json=body).get("field") == field
    assert native.told(200, "GET", "/learners")["data"] == []


def test_a_tie_that_ends_suspends_the_seats_and_coming_back_does_not_restore_them(
    native: Native,
) -> None:
    pool = native.world.pool().id
    ada = native.told(201, "POST", "/learners", json=ADA)["id"]
    native.told(201, "POST", "/seats", json={"pool": str(pool), "learner": ada})
    gone = native.told(200, "PATCH", f"/learners/{ada}", json={"active": False})
    assert [tie["active"] for tie in gone["platforms"]] == [False]
    assert native.world.holders(pool) == []
    back = native.told(200, "POST", "/learners", json=ADA)
    assert [tie["active"] for tie in back["platforms"]] == [True]
    assert native.world.holders(pool) == []


@pytest.mark.parametrize(
    ("path", "body", "code", "field"),
    [
        ("/learners/77", {"active": False}, "unknown_learner", None),
        ("/learners/x", {"active": False}, "unknown_learner", None),
        ("/learners/1", {"active": "no"}, "invalid", "active"),
        ("/learners/1", {"email": "b@acme.example"}, "invalid", "email"),
        ("/learners/1?platform=zeta", {"active": False}, "unknown_platform", None),
    ],
)
def test_a_tie_that_cannot_be_changed_is_refused_by_name(
    native: Native, path: str, body: dict[str, Any], code: str, field: str | None
) -> None:
    native.told(201, "POST", "/learners", json=ADA)
    assert native.problem(code, "PATCH", path, json=body).get("field") == field


def test_a_stranger_does_not_know_them_until_they_belong_there_too(native: Native) -> None:
    zed = stranger(native)
    ada = native.told(201, "POST", "/learners", json=ADA)["id"]
    native.problem("unknown_learner", "GET", f"/learners/{ada}", token=zed)
    native.problem("unknown_learner", "PATCH", f"/learners/{ada}", json={}, token=zed)
    assert native.told(200, "GET", "/learners", token=zed)["data"] == []
    native.world.do(LinkLearner(OPERATOR, learner_id=int(ada), platform_key="zeta"))
    for token, platforms in (
        (native.manager, ["acme"]),
        (zed, ["zeta"]),
        (native.operator, ["acme", "zeta"]),
    ):
        found = native.told(200, "GET", f"/learners/{ada}", token=token)
        assert [tie["platform"] for tie in found["platforms"]] == platforms
        assert native.told(200, "GET", "/learners", token=token)["data"] == [found]


@pytest.mark.parametrize(
    ("parameters", "expected"),
    [
        ({}, "abcd"),
        ({"search": "AD"}, "a"),
        ({"search": "cecil@"}, "c"),
        ({"search": "Bo%"}, ""),
        ({"search": "ob"}, ""),
        ({"email": "BOB@acme.example"}, "b"),
        ({"email": "bo"}, ""),
        ({"username": "ada"}, ""),
        ({"limit": "3"}, "abc"),
        ({"platform": "acme", "search": "d", "limit": "1"}, "d"),
    ],
)
def test_learners_are_found_by_how_name_or_address_begins_members_or_not(
    native: Native, parameters: dict[str, str], expected: str
) -> None:
    for name in ("ada", "bob"):
        body = {"email": f"{name}@acme.example", "name": name.title()}
        native.told(201, "POST", "/learners", json=body)
    pool = native.world.pool().id
    for name in ("bob", "cecil", "dora"):
        native.world.assign(pool, name)
    native.world.assign(native.world.pool(item_key="c-2").id, "cecil")
    found = native.told(200, "GET", "/learners", params=parameters)
    assert "".join(row["email"][0] for row in found["data"]) == expected
    assert (found["next"] is None) == (expected != "abc")


def test_every_learner_is_met_once_by_who_reads_on(native: Native) -> None:
    stranger(native)
    pool, other = native.world.pool().id, native.world.pool(platform_key="zeta").id
    native.world.assign(other, *(f"z{number}" for number in range(3)))
    native.world.assign(pool, *(f"a{number}" for number in range(4)))
    for number in range(4, 7):
        native.told(201, "POST", "/learners", json={"email": f"a{number}@acme.example"})
    met: list[str] = []
    after: dict[str, Any] = {}
    while True:
        found = native.told(200, "GET", "/learners", params={"limit": 2, "fields": "email"} | after)
        met += [row["email"] for row in found["data"]]
        if found["next"] is None:
            break
        after = {"after": found["next"]}
    assert sorted(met) == [f"a{number}@acme.example" for number in range(7)]
