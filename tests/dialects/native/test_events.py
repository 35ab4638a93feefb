"""GET /events: what happened on a platform, in the order it became true."""

from typing import Any

import pytest

from seatledger.domain.command import GrantGroup, SaveGroup
from seatledger.domain.event import EventKind, subject_of
from seatledger.domain.people_command import CreatePlatform, LinkLearner
from tests.dialects.native.conftest import Native
from tests.support.cast import OPERATOR


def seqs(native: Native, **parameters: Any) -> list[int]:
    found = native.told(200, "GET", "/events", params=parameters)
    return [event["seq"] for event in found["data"]]


def test_an_event_says_who_when_how_and_what_changed(native: Native) -> None:
    native.world.pool(2)
    seat = native.told(
        201,
        "POST",
        "/seats",
        json={"pool": "1", "email": "ada@acme.example"},
        headers={"X-Request-Id": "call-7"},
    )
    *_, last = native.told(200, "GET", "/events")["data"]
    learner = seat["learner"]["id"]
    assert {**last, "id": "", "after": last["after"] | {"start": ""}} == {
        "id": "",
        "seq": 4,
        "type": "seat_assigned",
        "at": "2026-03-01T12:00:00Z",
        "actor": "m",
        "role": "manager",
        "surface": "native",
        "request_id": "call-7",
        "platform": "acme",
        "pool": "1",
        "subject": {"kind": "seat", "id": seat["id"]},
        "before": None,
        "after": {
            "learner_id": learner,
            "state": "live",
            "reason": None,
            "start": "",
            "end": None,
            "direct": True,
            "grants": [],
            "fulfilled": False,
            "redirect_to": None,
            "metadata": {},
        },
        "labels": {"change_type": None, "transaction_id": None},
    }


def test_what_was_done_through_the_other_surfaces_is_told_too(native: Native) -> None:
    native.world.pool(5)
    base = {"Authorization": f"Api-Token {native.operator}", "X-Request-Id": "ibl-1"}
    given = native.client.post(
        "/api/catalog/licenses/course/assignment/",
        headers=base,
        json={"license_id": 1, "email": "a@acme.example"},
    )
    assert given.status_code in {200, 201}, given.text
    bearer = {"Authorization": f"Bearer {native.manager}", "X-Request-Id": "sqlbi-1"}
    given = native.client.post(
        "/api/licensing/v1/pool/1/license", headers=bearer, json={"email": "b@acme.example"}
    )
    assert given.status_code in {200, 201}, given.text
    native.told(201, "POST", "/seats", json={"pool": "1", "email": "c@acme.example"})
    told = native.told(200, "GET", "/events?type=seat_assigned")["data"]
    assert [(event["surface"], event["request_id"]) for event in told[:2]] == [
        ("ibl", "ibl-1"),
        ("sqlbi", "sqlbi-1"),
    ]
    assert told[2]["surface"] == "native"
    assert len(told[2]["request_id"]) == 32  # an id of its own, as in the log


def test_a_reader_goes_on_from_the_last_number_seen(native: Native) -> None:
    native.world.pool()
    native.world.assign(1, *"abcdef")
    first = native.told(200, "GET", "/events?limit=4")
    assert [event["seq"] for event in first["data"]] == [1, 2, 3, 4]
    assert first["next"] == "4"
    rest = native.told(200, "GET", f"/events?after={first['next']}&limit=500")
    assert [event["seq"] for event in rest["data"]] == [5, 6, 7, 8, 9]
    assert rest["next"] is None
    assert seqs(native, after="9") == []
    native.world.assign(1, "g")
    assert seqs(native, after="9") == [10]


@pytest.mark.parametrize(
    ("parameters", "expected"),
    [
        ({"pool": "1"}, [3, 5, 6, 9, 10]),
        ({"pool": "2"}, [4, 7]),
        ({"seat": "1"}, [5, 10]),
        ({"learner": "1"}, [5, 7, 8, 10]),
        ({"type": "seat_ended"}, [10]),
        ({"type": "seat_ended, pool_opened"}, [3, 4, 10]),
        ({"pool": "1", "type": "seat_assigned"}, [5, 6]),
        ({"pool": "1", "after": "5", "limit": "1"}, [6]),
        ({"pool": "987654"}, []),
        ({"seat": "987654"}, []),
        ({"learner": "987654"}, []),
        ({"platform": "acme", "after": "8"}, [9, 10]),
    ],
)
def test_events_are_narrowed(
    native: Native, parameters: dict[str, str], expected: list[int]
) -> None:
    world = native.world  # its platform is event 1, the manager's token event 2
    world.pool()
    world.pool(item_key="course-2")
    world.assign(1, "a")
    world.assign(1, "b")
    world.assign(2, "a")
    world.do(LinkLearner(OPERATOR, learner_id=1, platform_key="acme"))
    native.told(200, "PATCH", "/pools/1", json={"size": 5}, token=native.operator)
    native.told(200, "DELETE", "/seats/1")
    assert seqs(native, **parameters) == expected


def test_grants_and_groups_are_told_of_with_their_ids(native: Native) -> None:
    native.world.pool()
    (seated,) = native.world.assign(1, "a")
    group = native.world.do(
        SaveGroup(OPERATOR, platform_key="acme", name="G", member_ids=(seated.learner.id,))
    ).group
    native.world.pool(item_key="course-2")
    grant = native.world.do(GrantGroup(OPERATOR, pool_id=2, group_id=group.id)).grant
    (made,) = native.told(200, "GET", "/events?type=grant_made")["data"]
    assert made["subject"] == {"kind": "grant", "id": str(grant.id)}
    assert made["after"]["group_id"] == str(group.id)
    (_, given) = native.told(200, "GET", "/events?type=seat_assigned")["data"]
    assert given["after"]["grants"] == [str(grant.id)]


def test_managers_read_their_own_platform_and_operators_the_one_they_name(native: Native) -> None:
    native.world.do(CreatePlatform(OPERATOR, key="zeta", org="ZETA", name="Zeta"))
    native.world.pool(item_key="zeta-1", platform_key="zeta")
    native.problem("unknown_platform", "GET", "/events?platform=zeta")
    asked = {"token": native.operator}
    of_zeta = native.told(200, "GET", "/events?platform=zeta", **asked)["data"]
    assert [(event["seq"], event["type"]) for event in of_zeta] == [
        (1, "platform_created"),
        (2, "pool_opened"),
    ]
    (of_none,) = native.told(200, "GET", "/events", **asked)["data"]
    assert (of_none["seq"], of_none["type"], of_none["platform"]) == (1, "token_created", None)
    for narrowed in ("pool=1", "seat=1", "learner=1"):
        problem = native.problem("invalid", "GET", f"/events?{narrowed}", **asked)
        assert problem["field"] == "platform"
    assert {event["platform"] for event in native.told(200, "GET", "/events")["data"]} == {"acme"}


@pytest.mark.parametrize(
    ("query", "code", "field"),
    [
        ("limit=0", "invalid", "limit"),
        ("limit=501", "invalid", "limit"),
        ("limit=x", "invalid", "limit"),
        ("after=x", "invalid", "after"),
        ("after=-1", "invalid", "after"),
        ("after=99999999999999999999", "invalid", "after"),
        ("after=9223372036854775808", "invalid", "after"),
        ("type=seat_sold", "invalid", "type"),
        ("type=", "invalid", "type"),
        ("fields=colour", "invalid", "fields"),
        ("pool=x", "unknown_pool", None),
        ("seat=0", "unknown_seat", None),
        ("learner=99999999999999999999", "unknown_learner", None),
        ("platform=nowhere", "unknown_platform", None),
        ("type=a%00b", "invalid", "type"),
    ],
)
def test_what_cannot_be_read_is_refused_by_name(
    native: Native, query: str, code: str, field: str | None
) -> None:
    assert native.problem(code, "GET", f"/events?{query}").get("field") == field


def test_only_the_fields_asked_for_are_told(native: Native) -> None:
    (event,) = native.told(200, "GET", "/events?limit=1&fields=seq,type")["data"]
    assert event == {"seq": 1, "type": "platform_created"}


def test_every_kind_of_event_has_a_subject_in_one_word() -> None:
    words = {subject_of(kind) for kind in EventKind}
    assert {"pool", "seat", "grant", "group", "learner", "item", "enrolment", "token"} <= words
    assert not words & {"enrolled", "unenrolled", "member", "progress"}
