"""/api/notification/v1/orgs/…: the inboxes of people (ibl U2)."""

from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest

from seatledger.domain.item import ItemKind
from seatledger.domain.learner import Learner
from seatledger.domain.message import Message, MessageKind
from seatledger.storage import learners as learner_rows
from tests.dialects.ibl.people_contract import check, checked
from tests.dialects.ibl.persons import key_of
from tests.dialects.ibl.world import NOON, World, problem
from tests.support.mail import write

ORG = "/api/notification/v1/orgs/acme"
ALL = f"{ORG}/notifications/"
NAMED = "notification_v1_orgs"
OWN = f"{ORG}/mark-all-as-read"


def inbox(person: str = "ada@acme.example") -> str:
    return f"{ORG}/users/{person}/notifications/"


class Story:
    """Ada has three messages, an hour apart, and Bob one."""

    def __init__(self, world: World) -> None:
        self.world = world
        self.ada, self.bob = world.member("ada"), world.member("bob")
        self.first, self.second, self.third = [
            self.write(self.ada, hours, kind=MessageKind.ASSIGNMENT, item_kind=ItemKind.COURSE)
            for hours in (0, 1, 2)
        ]
        self.other = self.write(self.bob, 3)
        self.secret = self.write(self.ada, 4, kind=MessageKind.LINK_CODE)

    def write(self, learner_id: int, hours: int, **fields: Any) -> Message:
        return write(
            self.world.database, self.person(learner_id), NOON + timedelta(hours=hours), **fields
        )

    def person(self, learner_id: int) -> Learner:
        with self.world.database.read() as unit:
            return learner_rows.by_ids(unit, [learner_id])[learner_id]

    def listed(self, path: str = "", **query: Any) -> list[int]:
        answer = self.world.manager.get(path or inbox(), **query)
        name = "_notifications_retrieve" if path == ALL else "_users_notifications_retrieve"
        body = checked(answer, NAMED + name)
        for row in body["results"]:
            check("Notification", "Notification", row)
        return [UUID(row["id"]).int for row in body["results"]]


@pytest.fixture
def story(world: World) -> Story:
    return Story(world)


def uuids(*of: Message) -> str:
    return ",".join(str(UUID(int=each.id)) for each in of)


def put(world: World, body: Any, path: str = "") -> Any:
    return world.manager.send("PUT", path or inbox(), json=body)


def test_an_inbox_has_the_unread_first_and_then_the_newest(world: World, story: Story) -> None:
    assert story.listed() == [story.third.id, story.second.id, story.first.id]
    put(world, {"notification_id": uuids(story.third), "status": "READ"})
    assert story.listed() == [story.second.id, story.first.id, story.third.id]
    assert story.listed(ALL)[0] == story.other.id
    assert story.secret.id not in story.listed(ALL)


def test_a_message_is_said_as_the_contract_has_it(world: World, story: Story) -> None:
    row = world.manager.get(inbox()).json()["results"][0]
    assert row == {
        "id": uuids(story.third),
        "username": "ada@acme.example",
        "title": "You have a seat in ada",
        "body": story.third.text,
        "status": "UNREAD",
        "channel": "email",
        "context": {"type": "COURSE_LICENSE_ASSIGNMENT"},
        "short_message": "You have a seat in ada",
        "created_at": "2026-03-01T14:00:00Z",
        "updated_at": "2026-03-01T14:00:00Z",
    }


@pytest.mark.parametrize(
    ("query", "wanted"),
    [
        ({}, (2, 1, 0)),
        ({"status": "UNREAD"}, (2, 1, 0)),
        ({"status": "READ"}, ()),
        ({"channel": "email"}, (2, 1, 0)),
        ({"channel": "sms"}, ()),
        ({"exclude_channel": "email"}, ()),
        ({"exclude_channel": "sms"}, (2, 1, 0)),
        ({"start_date": "2026-03-01T13:00:00Z"}, (2, 1)),
        ({"start_date": "2026-03-01"}, (2, 1, 0)),
        ({"start_date": "2026-03-02"}, ()),
        ({"end_date": "2026-03-01T13:00:00"}, (1, 0)),
        ({"end_date": "2026-03-01"}, (2, 1, 0)),
        ({"end_date": "2026-02-28"}, ()),
        ({"end_date": "9999-12-31"}, (2, 1, 0)),
        ({"page_size": "2"}, (2, 1)),
        ({"page_size": "2", "page": "2"}, (0,)),
        ({"page": "9"}, ()),
    ],
)
def test_a_list_is_narrowed(story: Story, query: dict[str, str], wanted: tuple[int, ...]) -> None:
    three = (story.first.id, story.second.id, story.third.id)
    assert story.listed(**query) == [three[number] for number in wanted]


def test_a_page_names_its_neighbours_by_number(world: World, story: Story) -> None:
    assert len(story.listed()) == 3
    page = world.manager.get(inbox(), page=2, page_size=1).json()
    assert (page["count"], page["next"], page["previous"]) == (3, 3, 1)
    assert (page["next_page"], page["previous_page"]) == (3, 1)


@pytest.mark.parametrize(
    ("query", "field"),
    [
        ({"status": "unread"}, "status"),
        ({"start_date": "yesterday"}, "start_date"),
        ({"end_date": "31.12.2026"}, "end_date"),
        ({"page": "0"}, "page"),
        ({"page": "x"}, "page"),
    ],
)
def test_a_list_can_not_be_narrowed_by_nonsense(
    world: World, query: dict[str, str], field: str
) -> None:
    world.member("ada")
    problem(world.manager.get(inbox(), **query), 400, field)


def test_people_are_named_by_username_address_or_id(world: World, story: Story) -> None:
    for name in ("ada@acme.example", "ADA@acme.example", str(story.ada)):
        assert len(story.listed(inbox(name))) == 3
    problem(world.manager.get(inbox("nobody@acme.example")), 404)
    problem(world.manager.get(inbox("9" * 40)), 404)


def test_messages_are_counted(world: World, story: Story) -> None:
    path = f"{ORG}/users/{story.ada}/notifications-count/"
    named = f"{NAMED}_users_notifications_count_retrieve"
    assert checked(world.manager.get(path), named) == {"count": 3}
    put(world, {"notification_id": uuids(story.first), "status": "READ"})
    unread = checked(world.manager.get(path, status="UNREAD"), named)
    assert unread == {"count": 2, "status": "UNREAD"}
    assert world.manager.get(path, channel="sms").json() == {"count": 0, "channel": "sms"}
    problem(world.manager.get(path, status="x"), 400, "status")


@pytest.mark.parametrize("status", ["READ", "CANCELLED", "UNREAD"])
def test_some_messages_get_a_status(world: World, story: Story, status: str) -> None:
    world.clock.now += timedelta(hours=5)
    body = {"notification_id": uuids(story.first, story.second), "status": status}
    changed = checked(put(world, body), f"{NAMED}_users_notifications_update")
    assert (changed["success"], changed["status"]) == (True, status)
    rows = world.manager.get(inbox()).json()["results"]
    statuses = {row["id"]: row["status"] for row in rows}
    assert statuses[uuids(story.first)] == statuses[uuids(story.second)] == status
    assert statuses[uuids(story.third)] == "UNREAD"
    one = {"notification_id": uuids(story.other), "status": status}
    checked(put(world, one, ALL), f"{NAMED}_notifications_update")


def test_a_status_is_given_to_what_is_there_or_to_nothing(world: World, story: Story) -> None:
    def body(*of: Message) -> dict[str, str]:
        return {"notification_id": uuids(*of), "status": "READ"}

    problem(put(world, body(story.first, story.other)), 404)  # Bob's is not Ada's
    problem(put(world, body(story.first, story.secret)), 404)
    problem(put(world, body(story.first), inbox("bob@acme.example")), 404)
    problem(put(world, {"notification_id": f"{UUID(int=2**100)}", "status": "READ"}), 404)
    problem(put(world, {"status": "READ"}), 400, "notification_id")
    problem(put(world, {"notification_id": "7", "status": "READ"}), 400, "notification_id")
    problem(put(world, {**body(story.first), "status": "SEEN"}), 400, "status")
    problem(put(world, {"notification_id": uuids(story.first)}), 400, "status")
    assert len(story.listed(status="UNREAD")) == 3


def test_all_of_an_inbox_or_of_a_platform_get_a_status(world: World, story: Story) -> None:
    path = f"{inbox()}bulk-update/"
    answer = world.manager.send("PATCH", path, json={"status": "READ"})
    changed = checked(answer, f"{NAMED}_users_notifications_bulk_update_partial_update")
    assert changed["status"] == "READ"
    assert story.listed(ALL, status="UNREAD") == [story.other.id]
    answer = world.manager.send("PATCH", f"{ALL}bulk-update/", json={"status": "CANCELLED"})
    checked(answer, f"{NAMED}_notifications_bulk_update_partial_update")
    assert len(story.listed(ALL, status="CANCELLED")) == 4
    answer = world.manager.send("PATCH", path, json={})
    assert (answer.status_code, answer.json()["status"]) == (400, ["This field is required."])


def test_an_empty_inbox_has_nothing_to_mark(world: World) -> None:
    world.member("ada")
    answer = world.manager.send("PATCH", f"{inbox()}bulk-update/", json={"status": "READ"})
    assert answer.status_code == 400
    assert answer.json()["error"] == "Notification does not exist"


def test_a_message_is_deleted_once(world: World, story: Story) -> None:
    path = f"{inbox()}{uuids(story.second)}/"
    checked(world.manager.delete(path), f"{NAMED}_users_notifications_destroy", 204)
    assert story.listed() == [story.third.id, story.first.id]
    problem(world.manager.delete(path), 404)
    problem(world.manager.delete(f"{inbox()}{uuids(story.other)}/"), 404)
    problem(world.manager.delete(f"{inbox()}{uuids(story.secret)}/"), 404)
    problem(world.manager.delete(f"{inbox()}x/"), 400, "notification_id")


def test_the_callers_own_are_marked_as_read(world: World, story: Story) -> None:
    own = key_of(world, story.ada)
    some = {"notification_ids": [uuids(story.first)]}
    named = f"{NAMED}_mark_all_as_read_create"
    assert checked(own.post(OWN, some), named)["count"] == 1
    assert checked(own.post(OWN, some), named)["count"] == 0
    answer = checked(own.post(OWN), named)
    assert answer == {"message": "Successfully marked 2 notifications as read", "count": 2}
    assert story.listed(ALL, status="UNREAD") == [story.other.id]
    problem(own.post(OWN, {"notification_ids": [uuids(story.other)]}), 404)
    problem(own.post(OWN, {"notification_ids": ["x"]}), 400, "notification_ids")
    assert world.manager.post(OWN).json()["count"] == 0  # a key of nobody has no inbox


def test_another_platforms_inboxes_are_closed(world: World, story: Story) -> None:
    for path in (ALL, inbox(), f"{ORG}/users/{story.ada}/notifications-count/"):
        problem(world.stranger.get(path), 403)
    problem(world.stranger.post(OWN), 403)
    foreign = inbox(str(story.ada)).replace("acme/", "zeta/", 1)
    problem(world.stranger.get(foreign), 404)  # zeta does not know her
