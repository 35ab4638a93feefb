"""Webhooks are made, changed, paused, tested and deleted; each change has one event."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
import sqlalchemy

from seatledger.domain.command import Command
from seatledger.domain.delivery import Retry, SubscriptionState
from seatledger.domain.event import EventKind
from seatledger.domain.people_command import CreatePlatform
from seatledger.domain.refusal import Code
from seatledger.domain.webhook import WEBHOOKS_MAX
from seatledger.domain.webhook_command import (
    ChangeWebhook,
    CreateWebhook,
    DeleteWebhook,
    RedeliverRange,
    RotateWebhookSecret,
    TryWebhook,
)
from seatledger.storage.tables import events
from tests.support.cast import DAY, MANAGER, OPERATOR, STRANGER
from tests.support.webhooks import (
    LOOPBACK,
    NOWHERE,
    answering,
    delivered,
    log,
    states,
    subscription,
    webhook_at,
)
from tests.support.world import World

URL = "https://hooks.acme.example/in"
PAUSED, ACTIVE = SubscriptionState.PAUSED, SubscriptionState.ACTIVE
BUSY = answering(lambda _: Retry("busy", status=503))


def history(world: World, *kinds: EventKind) -> list[Any]:
    """What happened to webhooks, or of some kinds: kind, before, after and silent."""
    query = sqlalchemy.select(events).where(events.c.platform_id == 1).order_by(events.c.seq)
    with world.database.read() as unit:
        rows = unit.select(query)
    wanted = kinds or [kind for kind in EventKind if kind.startswith("webhook_")]
    return [row for row in rows if row.kind in wanted]


def last_event(world: World) -> tuple[str, Any, Any]:
    row = history(world)[-1]
    return row.kind, row.before, row.after


def change(webhook_id: int, **fields: Any) -> ChangeWebhook:
    return ChangeWebhook(MANAGER, webhook_id=webhook_id, allowance=LOOPBACK, **fields)


def test_a_new_one_hears_what_happens_from_now_on(world: World) -> None:
    world.pool()
    made = webhook_at(world).webhook
    world.pool()
    delivered(world, BUSY)
    assert [each.kind for each in log(world, made.id)] == ["webhook_created", "pool_opened"]


def test_or_from_an_event_that_it_names(world: World) -> None:
    world.pool()  # the platform was event 1, this is event 2
    made = webhook_at(world, since_seq=2).webhook
    assert made.seq == 1
    delivered(world, BUSY)
    assert [each.delivery.seq for each in log(world, made.id)] == [2, 3]


@pytest.mark.parametrize(("since", "good"), [(0, False), (-1, False), (2, True), (3, False)])
def test_no_other_than_there_are_and_the_next(world: World, since: int, good: bool) -> None:
    command = CreateWebhook(MANAGER, platform_key="acme", url=URL, since_seq=since)
    if good:
        world.do(command)
    else:
        assert world.refusal(command).field == "since_seq"


def test_it_hears_only_the_kinds_it_asked_for(world: World) -> None:
    made = webhook_at(world, kinds=(EventKind.SEAT_ASSIGNED,)).webhook
    world.assign(world.pool().id, "ada", "bob")
    delivered(world, BUSY)
    assert [each.kind for each in log(world, made.id)] == ["seat_assigned"] * 2


def test_creation_is_told_without_the_secret_and_the_path(world: World) -> None:
    made = webhook_at(world, "https://hooks.acme.example/hush?key=hush")
    kind, before, after = last_event(world)
    assert (kind, before) == ("webhook_created", None)
    assert after["origin"] == "https://hooks.acme.example"
    text = str([tuple(row) for row in history(world)])
    assert "hush" not in text
    assert made.text.removeprefix("whsec_") not in text


def test_a_platform_has_only_so_many(world: World) -> None:
    for _ in range(WEBHOOKS_MAX):
        last = webhook_at(world).webhook
    command = CreateWebhook(MANAGER, platform_key="acme", url=URL)
    refusal = world.refusal(command)
    assert (refusal.code, refusal.details) == (Code.LIMIT_REACHED, {"allowed": 20})
    world.do(DeleteWebhook(MANAGER, webhook_id=last.id))
    world.do(command)


@pytest.mark.parametrize(
    ("fields", "event"),
    [
        (
            {"kinds": (EventKind.SEAT_ENDED,)},
            ("webhook_changed", {"kinds": None}, {"kinds": ["seat_ended"]}),
        ),
        ({"state": PAUSED}, ("webhook_paused", {"state": "active"}, {"state": "paused"})),
    ],
)
def test_a_change_is_told_by_what_changed(
    world: World, fields: dict[str, Any], event: tuple[str, Any, Any]
) -> None:
    made = webhook_at(world).webhook
    changed = world.do(change(made.id, **fields))
    assert changed == replace(made, **fields)
    assert last_event(world) == event


def test_another_path_is_another_digest(world: World) -> None:
    made = webhook_at(world, "https://hooks.acme.example/a").webhook
    world.do(change(made.id, url="https://hooks.acme.example/b"))
    kind, before, after = last_event(world)
    assert (kind, set(before), set(after)) == ("webhook_changed", {"url_digest"}, {"url_digest"})


def test_what_changes_nothing_is_not_told(world: World) -> None:
    made = webhook_at(world).webhook
    told = len(history(world))
    assert world.do(change(made.id, url=NOWHERE, kinds=None, state=ACTIVE)) == made
    assert len(history(world)) == told


def test_who_pauses_by_hand_gets_no_mail_about_it(world: World) -> None:
    made = webhook_at(world).webhook
    world.do(change(made.id, state=PAUSED))
    assert [row.silent for row in history(world, EventKind.WEBHOOK_PAUSED)] == [True]


def test_a_paused_one_hears_nothing_and_all_of_it_when_it_goes_on(world: World) -> None:
    made = webhook_at(world, kinds=(EventKind.POOL_OPENED,)).webhook
    world.pool()
    delivered(world, BUSY)
    world.do(change(made.id, state=PAUSED))
    world.pool()
    world.now += 30 * DAY
    assert delivered(world) == 0
    world.do(change(made.id, state=ACTIVE))
    delivered(world, BUSY)
    found = log(world, made.id)
    assert states(found) == ["waiting", "waiting"], "what waited has its whole time again"
    assert [each.delivery.attempts for each in found] == [1, 1]


def test_another_url_is_tried_at_once(world: World) -> None:
    made = webhook_at(world, kinds=(EventKind.POOL_OPENED,)).webhook
    world.pool()
    delivered(world, BUSY)
    assert delivered(world, BUSY) == 0
    world.do(change(made.id, kinds=None))
    assert [each.delivery.due > world.now for each in log(world, made.id)] == [True]
    world.do(change(made.id, url="https://other.example/"))
    assert [each.delivery.due for each in log(world, made.id)] == [world.now]


def test_a_test_is_delivered_to_the_tested_alone_whatever_it_hears(world: World) -> None:
    tested = webhook_at(world, kinds=(EventKind.SEAT_ENDED,)).webhook
    other = webhook_at(world, kinds=(EventKind.WEBHOOK_TESTED,)).webhook
    world.do(TryWebhook(MANAGER, webhook_id=tested.id))
    delivered(world, BUSY)
    assert [each.kind for each in log(world, tested.id)] == ["webhook_tested"]
    assert log(world, other.id) == []
    assert last_event(world) == ("webhook_tested", None, {})


def test_a_paused_one_cannot_be_tested(world: World) -> None:
    made = webhook_at(world).webhook
    world.do(change(made.id, state=PAUSED))
    assert world.code(TryWebhook(MANAGER, webhook_id=made.id)) is Code.WEBHOOK_PAUSED


def test_a_deleted_one_is_gone_with_what_waits_and_with_its_secrets(world: World) -> None:
    made = webhook_at(world)
    world.pool()
    delivered(world, BUSY)
    gone = world.do(DeleteWebhook(MANAGER, webhook_id=made.webhook.id))
    assert gone.id == made.webhook.id
    assert log(world, gone.id) == []
    assert made.text not in str(subscription(world, gone.id))
    assert delivered(world) == 0
    assert last_event(world)[0::2] == ("webhook_deleted", {})
    assert world.code(DeleteWebhook(MANAGER, webhook_id=gone.id)) is Code.UNKNOWN_WEBHOOK


def test_rotation_tells_no_secret_and_keeps_the_old_one_a_day(world: World) -> None:
    made = webhook_at(world)
    keyed = world.do(RotateWebhookSecret(MANAGER, webhook_id=made.webhook.id))
    assert keyed.text != made.text
    terms = [(each.created, each.until) for each in keyed.webhook.secrets]
    assert terms == [(world.now, None), (world.now, world.now + DAY)]
    kind, _, after = last_event(world)
    assert (kind, set(after)) == ("webhook_secret_rotated", {"old_until"})


@pytest.mark.parametrize(
    ("keep", "good"),
    [
        (timedelta(seconds=-1), False),
        (timedelta(0), True),
        (timedelta(days=7), True),
        (timedelta(days=7, seconds=1), False),
    ],
)
def test_an_old_secret_is_kept_up_to_a_week(world: World, keep: timedelta, good: bool) -> None:
    made = webhook_at(world).webhook
    command = RotateWebhookSecret(MANAGER, webhook_id=made.id, keep=keep)
    if good:
        assert world.do(command).webhook.secrets[0].until is None
    else:
        assert world.refusal(command).field == "keep"


@pytest.mark.parametrize("url", ["http://hooks.acme.example/", "https://127.0.0.1/", "nonsense"])
def test_a_url_that_leads_nowhere_good_is_refused(world: World, url: str) -> None:
    assert world.refusal(CreateWebhook(MANAGER, platform_key="acme", url=url)).field == "url"
    made = webhook_at(world).webhook
    command = ChangeWebhook(MANAGER, webhook_id=made.id, url=url)
    assert world.refusal(command).field == "url"
    assert subscription(world, made.id).settings["url"] == NOWHERE


def test_what_is_left_alone_is_not_looked_at_again(world: World) -> None:
    """An operator may have taken back what the URL needs; it can still be paused."""
    made = webhook_at(world).webhook
    command = ChangeWebhook(MANAGER, webhook_id=made.id, state=PAUSED)
    assert world.do(command).state is PAUSED


def test_no_kinds_at_all_is_refused(world: World) -> None:
    command = CreateWebhook(MANAGER, platform_key="acme", url=URL, kinds=())
    assert world.refusal(command).field == "kinds"


def test_a_webhook_of_another_platform_is_unknown(world: World) -> None:
    world.do(CreatePlatform(OPERATOR, key="zeta", org="ZETA", name="Zeta"))
    made = webhook_at(world).webhook
    about: dict[str, Any] = {"webhook_id": made.id}
    commands: list[Command] = [
        ChangeWebhook(STRANGER, **about, state=PAUSED),
        DeleteWebhook(STRANGER, **about),
        RotateWebhookSecret(STRANGER, **about),
        TryWebhook(STRANGER, **about),
        RedeliverRange(STRANGER, **about, first=1, last=1),
    ]
    for command in commands:
        assert world.code(command) is Code.UNKNOWN_WEBHOOK
    command = CreateWebhook(STRANGER, platform_key="acme", url=URL)
    assert world.code(command) is Code.UNKNOWN_PLATFORM
    assert len(history(world)) == 1


def test_a_mail_subscription_is_no_webhook(world: World) -> None:
    delivered(world)  # the relay gives each platform its subscription to mail
    assert world.code(DeleteWebhook(MANAGER, webhook_id=1)) is Code.UNKNOWN_WEBHOOK
