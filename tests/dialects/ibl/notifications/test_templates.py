"""/api/notification/v1/platforms/…/templates/: the nine types of U1, and ours besides."""

from typing import Any

import pytest
from sqlalchemy import select

from seatledger.dialects.ibl.notifications.types import FURTHER, OURS, PUBLISHED
from seatledger.domain.message_type import MESSAGE_TYPES
from seatledger.storage.delivery_tables import deliveries
from seatledger.storage.message_tables import messages
from tests.dialects.ibl.people_contract import checked
from tests.dialects.ibl.persons import key_of
from tests.dialects.ibl.world import Caller, World, problem

PATH = "/api/notification/v1/platforms/acme/templates/"
NAMED = "notification_v1_platforms_templates"
ASSIGNED = f"{PATH}COURSE_LICENSE_ASSIGNMENT/"


def read(world: World, path: str = ASSIGNED) -> dict[str, Any]:
    template: dict[str, Any] = checked(world.manager.get(path), f"{NAMED}_retrieve")
    return template


def patch(world: World, body: Any, path: str = ASSIGNED) -> Any:
    return world.manager.send("PATCH", path, json=body)


@pytest.fixture
def ada(world: World) -> Caller:
    """A manager whose key is of a person."""
    return key_of(world, world.member("ada"))


def test_the_nine_published_types_are_listed(world: World) -> None:
    rows = checked(world.manager.get(PATH), f"{NAMED}_list")
    assert [row["type"] for row in rows] == list(PUBLISHED)
    for row in rows:
        assert row["is_inherited"]
        assert row["is_enabled"]
        assert "item_title" in row["available_context"]
    assert len({row["id"] for row in rows}) == 9


def test_every_type_of_ours_has_a_name_there() -> None:
    assert sorted(OURS.values()) == sorted(MESSAGE_TYPES)


@pytest.mark.parametrize("name", OURS)
def test_each_type_is_read_changed_switched_and_reset(world: World, name: str) -> None:
    path = f"{PATH}{name}/"
    usual = read(world, path)
    assert usual["name"] == name
    assert usual["type"] == (None if name in FURTHER else name)
    assert usual["is_inherited"]
    changed = checked(
        patch(world, {"email_subject": "News of {{ platform_name }}"}, path),
        f"{NAMED}_partial_update",
    )
    assert (changed["email_subject"], changed["is_inherited"]) == (
        "News of {{ platform_name }}",
        False,
    )
    assert changed["source_platform"] == "acme"
    assert read(world, path) == changed
    if name != "LINK_CODE":
        body = {"allow_notification": False}
        answer = world.manager.send("PATCH", f"{path}toggle/", json=body)
        assert checked(answer, f"{NAMED}_toggle_partial_update") == body
        assert not read(world, path)["is_enabled"]
    gone = checked(world.manager.post(f"{path}reset/"), f"{NAMED}_reset_create")
    assert gone["deleted"]
    again = read(world, path)
    assert again["email_subject"] == usual["email_subject"]
    assert again["is_enabled"] is (name == "LINK_CODE")  # a switch is no word
    assert not world.manager.post(f"{path}reset/").json()["deleted"]


def test_the_title_is_the_subject(world: World) -> None:
    assert patch(world, {"message_title": "One"}).json()["email_subject"] == "One"
    both = {"message_title": "Two", "email_subject": "Three"}
    assert patch(world, both).json()["message_title"] == "Three"
    assert patch(world, {"email_subject": None}).json()["is_inherited"]
    assert patch(world, {}).json()["is_inherited"]


def test_bodies_are_changed_part_by_part(world: World) -> None:
    usual = read(world)
    changed = patch(world, {"message_body": "Hi", "email_html_template": "<p>Hi</p>"}).json()
    assert (changed["message_body"], changed["email_html_template"]) == ("Hi", "<p>Hi</p>")
    assert changed["email_subject"] == usual["email_subject"]


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("email_subject", "{{ nonsense }}"),
        ("message_title", "{{ nonsense }}"),
        ("message_body", "{{ ''.__class__.__mro__ }}"),
        ("message_body", "{% for x in range(10**9) %}x{% endfor %}"),
        ("email_html_template", "{% include 'layout.html' %}"),
        ("email_html_template", ""),
        ("email_subject", 7),
    ],
)
def test_words_that_can_not_be_used_change_nothing(world: World, field: str, value: Any) -> None:
    usual = read(world)
    problem(patch(world, {field: value}), 400, field)
    assert read(world) == usual


def test_a_switch_says_which_way(world: World) -> None:
    for body in ({}, {"allow_notification": "perhaps"}, {"allow_notification": None}):
        answer = world.manager.send("PATCH", f"{ASSIGNED}toggle/", json=body)
        problem(answer, 400, "allow_notification")
    off = {"allow_notification": False}
    answer = world.manager.send("PATCH", f"{PATH}LINK_CODE/toggle/", json=off)
    problem(answer, 400, "allow_notification")


def test_a_test_goes_to_the_caller_alone(world: World, ada: Caller) -> None:
    patch(world, {"email_subject": "{{ item_title }}, {{ learner_name }}"})
    body = {"context": {"item_title": "Knots", "surprise": "x", "learner_name": None}}
    answer = checked(ada.post(f"{ASSIGNED}test/", body), f"{NAMED}_test_create")
    assert answer == {
        "success": False,
        "message": "Mail is switched off here; it waits.",
        "recipient": "ada@acme.example",
    }
    with world.database.read() as unit:
        [message] = unit.select(select(messages))
        [delivery] = unit.select(select(deliveries))
    assert (message.address, message.subject) == ("ada@acme.example", "Knots, Ada Lovelace")
    assert delivery.message_id == message.id


def test_a_key_of_nobody_can_not_try(world: World) -> None:
    problem(world.manager.post(f"{ASSIGNED}test/"), 403)


def test_an_unknown_type_and_a_foreign_platform(world: World) -> None:
    for suffix in ("", "reset/", "test/", "toggle/"):
        path = f"{PATH}NONSENSE/{suffix}"
        method = {"": "GET", "toggle/": "PATCH"}.get(suffix, "POST")
        body = None if method == "GET" else {"allow_notification": True}
        problem(world.manager.send(method, path, json=body), 404)
    problem(world.stranger.get(PATH), 403)
    problem(world.operator.get(PATH.replace("acme", "nowhere")), 404)
    assert world.operator.get(PATH.replace("acme", "ACME")).status_code == 200  # by its org
    assert world.manager.get(PATH.replace("acme", "ACME")).status_code == 200
