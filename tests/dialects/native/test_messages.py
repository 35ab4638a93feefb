"""/messages: what people were told, and mails that came back."""

from typing import Any

import pytest

from seatledger.domain.message import MailState, Message, MessageKind
from seatledger.domain.people_command import CreatePlatform, CreateToken
from tests.dialects.native.conftest import Native
from tests.support.cast import OPERATOR
from tests.support.mail import sent_message, write


@pytest.fixture
def sent(native: Native) -> Message:
    (seated,) = native.world.assign(native.world.pool().id, "ada")
    return sent_message(native.world, seated.learner, seq=3)


def stranger(native: Native) -> str:
    native.world.do(CreatePlatform(OPERATOR, key="zeta", org="ZETA", name="Zeta"))
    return str(native.world.do(CreateToken(OPERATOR, name="z", platform_key="zeta")).text)


def listed(native: Native, query: str = "", **request: Any) -> list[str]:
    return [row["id"] for row in native.told(200, "GET", f"/messages{query}", **request)["data"]]


def test_a_message_tells_all_there_is(native: Native, sent: Message) -> None:
    said = native.told(200, "GET", f"/messages/{sent.id}")
    assert said == {
        "id": str(sent.id),
        "learner": str(sent.learner_id),
        "address": "ada@acme.example",
        "kind": "ended",
        "seq": 3,
        "subject": "Your seat in Course 1 has ended",
        "text": sent.text,
        "html": sent.html,
        "status": "unread",
        "mail": "sent",
        "why": None,
        "created": "2026-03-01T12:00:00Z",
        "sent": "2026-03-01T12:00:00Z",
    }
    assert native.told(200, "GET", "/messages")["data"] == [said]


def test_messages_are_narrowed_to_learner_kind_and_state(native: Native, sent: Message) -> None:
    bob = native.world.assign(native.world.pool().id, "bob")[0].learner
    kept = write(
        native.world.database, bob, native.world.now, kind=MessageKind.EXPIRED, mail=MailState.KEPT
    )
    both, first, second = [str(sent.id), str(kept.id)], [str(sent.id)], [str(kept.id)]
    assert listed(native) == both
    assert listed(native, f"?learner={bob.id}") == second
    assert listed(native, "?kind=ended") == first
    assert listed(native, "?mail=kept") == second
    assert listed(native, "?mail=kept&kind=ended") == []
    assert listed(native, "?limit=1") == first
    native.problem("invalid", "GET", "/messages?kind=nonsense")
    native.problem("invalid", "GET", "/messages?mail=nonsense")
    native.problem("unknown_learner", "GET", "/messages?learner=x")


def test_a_code_is_shown_to_nobody_until_it_is_kept_for_development(native: Native) -> None:
    ada = native.world.assign(native.world.pool().id, "ada")[0].learner
    wanted: dict[str, Any] = {"kind": MessageKind.LINK_CODE, "facts": {"code": "493817"}}
    waiting = write(native.world.database, ada, native.world.now, **wanted)
    kept = write(native.world.database, ada, native.world.now, mail=MailState.KEPT, **wanted)
    hidden = native.told(200, "GET", f"/messages/{waiting.id}")
    assert (hidden["text"], hidden["html"]) == (None, None)
    assert "493817" in native.told(200, "GET", f"/messages/{kept.id}")["text"]
    export = native.told(200, "GET", f"/learners/{ada.id}/export")["rows"]["messages"]
    assert [row["text"] for row in export] == ["", ""]


def test_a_mail_that_came_back_is_reported_once(native: Native, sent: Message) -> None:
    path = f"/messages/{sent.id}/bounce"
    told = native.told(200, "POST", path, json={"reason": "  mailbox\nclosed "})
    assert (told["mail"], told["why"]) == ("bounced", "mailbox closed")
    assert native.told(200, "GET", f"/messages/{sent.id}") == told
    assert native.told(200, "POST", path, json={"reason": "again"}) == told
    [event] = native.told(200, "GET", "/events?type=message_bounced")["data"]
    assert (event["before"], event["after"]) == (
        {"mail": "sent"},
        {"mail": "bounced", "kind": "ended", "learner_id": str(sent.learner_id)},
    )


@pytest.mark.parametrize("body", [{}, {"reason": ""}, {"reason": "x" * 301}, {"reason": 1}])
def test_a_bounce_has_a_reason(native: Native, sent: Message, body: dict[str, Any]) -> None:
    problem = native.problem("invalid", "POST", f"/messages/{sent.id}/bounce", json=body)
    assert problem["field"] == "reason"
    assert native.told(200, "GET", f"/messages/{sent.id}")["mail"] == "sent"


def test_only_what_was_sent_can_come_back(native: Native) -> None:
    ada = native.world.assign(native.world.pool().id, "ada")[0].learner
    waiting = write(native.world.database, ada, native.world.now)
    native.problem("in_use", "POST", f"/messages/{waiting.id}/bounce", json={"reason": "x"})


def test_a_strangers_message_is_unknown(native: Native, sent: Message) -> None:
    token = stranger(native)
    body = {"json": {"reason": "x"}}
    for message_id in (sent.id, 987_654, "x"):
        native.problem("unknown_message", "GET", f"/messages/{message_id}", token=token)
        path = f"/messages/{message_id}/bounce"
        native.problem("unknown_message", "POST", path, token=token, **body)
    assert listed(native, token=token) == []
    native.problem("unknown_platform", "GET", "/messages?platform=acme", token=token)
