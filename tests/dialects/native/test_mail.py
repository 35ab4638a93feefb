"""/mail-settings and /message-templates: a platform speaks to its people in its own words."""

from typing import Any

import pytest

from seatledger.domain.message import MessageKind
from seatledger.domain.message_type import MESSAGE_TYPES
from seatledger.storage import messages as message_rows
from seatledger.storage import subscriptions
from seatledger.usecases.write_messages import Telling, read_settings, write_messages
from tests.dialects.native.conftest import Native

TEMPLATES = "/message-templates"


def told_ada(native: Native) -> Any:
    """The message that Ada is written now of a seat that ended, or None."""
    world = native.world
    ada = world.assign(world.pool().id, "ada")[0].learner
    telling = Telling(
        learner=ada, address=ada.email, kind=MessageKind.ENDED, facts={"item_title": "Engines"}
    )
    with world.database.write() as unit:
        mail = subscriptions.of_platform(unit, 1, "mail")
        settings = read_settings(mail[0])
        written = write_messages(unit, 1, [telling], settings, world.now)
        message_rows.remove(unit, [each.id for each in written])
    return written[0] if written else None


def test_mails_have_the_usual_look_until_it_is_changed(native: Native) -> None:
    usual = {"sender_name": "", "reply_to": "", "greeting": ""}
    assert native.told(200, "GET", "/mail-settings") == usual
    native.told(200, "PATCH", "/mail-settings", json={"sender_name": " Acme Academy "})
    changed = native.told(
        200, "PATCH", "/mail-settings", json={"reply_to": "help@acme.example", "greeting": "Dear"}
    )
    assert changed == {
        "sender_name": "Acme Academy",
        "reply_to": "help@acme.example",
        "greeting": "Dear",
    }
    assert native.told(200, "GET", "/mail-settings") == changed
    assert told_ada(native).text.startswith("Dear,")
    events = native.told(200, "GET", "/events?type=mail_changed")["data"]
    assert [each["after"] for each in events] == [
        {"sender_name": "Acme Academy"},
        {"reply_to": True, "greeting": "Dear"},
    ]
    native.told(200, "PATCH", "/mail-settings", json={"greeting": "Dear"})
    assert len(native.told(200, "GET", "/events?type=mail_changed")["data"]) == 2


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("sender_name", "Acme\r\nBcc: all@example.com"),
        ("sender_name", "x" * 101),
        ("sender_name", None),
        ("greeting", "Hi\nthere"),
        ("reply_to", "nobody"),
        ("reply_to", "a@acme.example\r\nBcc: b@c.example"),
        ("surprise", "x"),
    ],
)
def test_a_look_that_can_not_be(native: Native, field: str, value: Any) -> None:
    problem = native.problem("invalid", "PATCH", "/mail-settings", json={field: value})
    assert problem["field"] == field
    assert native.told(200, "GET", "/mail-settings")["sender_name"] == ""


def test_an_operator_names_the_platform(native: Native) -> None:
    problem = native.problem("invalid", "GET", "/mail-settings", token=native.operator)
    assert problem["field"] == "platform"
    native.told(200, "GET", "/mail-settings?platform=acme", token=native.operator)
    native.problem("unknown_platform", "GET", f"{TEMPLATES}?platform=x", token=native.operator)


def test_every_type_of_message_is_listed(native: Native) -> None:
    rows = native.told(200, "GET", TEMPLATES)["data"]
    assert [row["type"] for row in rows] == list(MESSAGE_TYPES)
    assert all(row["enabled"] and not row["custom"] and row["facts"] for row in rows)
    assert native.told(200, "GET", f"{TEMPLATES}/{rows[0]['type']}") == rows[0]
    native.problem("unknown_template", "GET", f"{TEMPLATES}/nonsense")


def test_own_words_are_used_until_they_are_given_up(native: Native) -> None:
    usual = native.told(200, "GET", f"{TEMPLATES}/ended")
    words = {"subject": "{{ item_title }}: over", "html": "<h1>{{ item_title }}</h1>"}
    saved = native.told(200, "PATCH", f"{TEMPLATES}/ended", json=words)
    assert saved == {**usual, **words, "custom": True, "modified": "2026-03-01T12:00:00Z"}
    native.told(200, "PATCH", "/mail-settings", json={"greeting": "Dear"})
    message = told_ada(native)
    assert message.subject == "Engines: over"
    assert "<h1>Engines</h1>" in message.html
    part = native.told(200, "PATCH", f"{TEMPLATES}/ended", json={"html": None})
    assert part["html"] == usual["html"]
    assert native.told(200, "DELETE", f"{TEMPLATES}/ended") == usual
    assert native.told(200, "DELETE", f"{TEMPLATES}/ended") == usual
    assert told_ada(native).subject == "Your seat in Engines has ended"
    kinds = [each["type"] for each in native.told(200, "GET", "/events?limit=99")["data"]]
    assert (kinds.count("template_saved"), kinds.count("template_reset")) == (2, 1)


def test_nobody_is_told_of_what_is_switched_off(native: Native) -> None:
    native.told(200, "PATCH", "/mail-settings", json={"greeting": "Dear"})
    off = native.told(200, "PATCH", f"{TEMPLATES}/ended", json={"enabled": False, "text": "Over"})
    assert (off["enabled"], off["custom"]) == (False, True)
    assert told_ada(native) is None
    reset = native.told(200, "DELETE", f"{TEMPLATES}/ended")
    assert (reset["enabled"], reset["custom"]) == (False, False)
    native.told(200, "PATCH", f"{TEMPLATES}/ended", json={"enabled": True})
    assert told_ada(native) is not None


@pytest.mark.parametrize(
    ("type_", "body", "field", "sentence"),
    [
        ("ended", {"subject": "{{ nonsense }}"}, "subject", "There is no fact 'nonsense'"),
        ("ended", {"text": "{{ ''.__class__ }}"}, "text", "Line 1: a text may name facts"),
        ("ended", {"text": "{% for x in y %}{% endfor %}"}, "text", "Line 1"),
        ("ended", {"html": "{{ item_title "}, "html", "Line 1: unexpected end of template"),
        ("ended", {"html": " "}, "html", "This says nothing"),
        ("ended", {"subject": "{{ '' }}"}, "subject", "It comes out empty."),
        ("ended", {"subject": "x" * 256}, "subject", "This has at most 255 characters."),
        ("ended", {"text": "x" * 20_001}, "text", "This has at most 20000 characters."),
        ("ended", {"enabled": None}, "enabled", "Expected `bool`"),
        ("ended", {"words": "x"}, "words", ""),
        ("link_code", {"enabled": False}, "enabled", "Somebody waits for this message"),
    ],
)
def test_words_that_can_not_be_used(
    native: Native, type_: str, body: dict[str, Any], field: str, sentence: str
) -> None:
    usual = native.told(200, "GET", f"{TEMPLATES}/{type_}")
    problem = native.problem("invalid", "PATCH", f"{TEMPLATES}/{type_}", json=body)
    assert problem["field"] == field
    assert problem["detail"].startswith(sentence)
    assert native.told(200, "GET", f"{TEMPLATES}/{type_}") == usual


def test_another_platform_has_its_own_words(native: Native) -> None:
    native.told(200, "PATCH", f"{TEMPLATES}/ended", json={"subject": "Over"})
    made = {"key": "zeta", "name": "Zeta"}
    native.told(201, "POST", "/platforms", token=native.operator, json=made)
    path = f"{TEMPLATES}/ended?platform=zeta"
    assert not native.told(200, "GET", path, token=native.operator)["custom"]
