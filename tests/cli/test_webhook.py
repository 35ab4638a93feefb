"""`seatledger webhook`."""

import pytest

from seatledger.storage.engine import Database
from tests.support.program import Program
from tests.support.webhooks import dead_letter, webhook_at
from tests.support.world import World


@pytest.fixture
def world(database: Database) -> World:
    return World(database)


def test_webhooks_are_listed_without_their_secrets(world: World, seatledger: Program) -> None:
    made = webhook_at(world)
    [row] = seatledger.answer("webhook", "list")
    assert (row["webhook_id"], row["platform_key"], row["state"]) == (
        made.webhook.id,
        "acme",
        "active",
    )
    assert made.text not in str(seatledger("webhook", "list").out)


def test_deliveries_tell_of_the_last_attempt_and_are_made_once_more(
    world: World, seatledger: Program
) -> None:
    webhook, delivery = dead_letter(world)
    [row, _] = seatledger.answer("webhook", "deliveries", webhook)
    assert (row["delivery_id"], row["state"], row["status"], row["why"]) == (
        delivery,
        "dead",
        400,
        "never",
    )
    again = seatledger.answer("webhook", "redeliver", webhook, "--delivery", delivery)
    assert again == {"deliveries": 1}
    [row] = seatledger.answer("webhook", "deliveries", webhook, "--state", "waiting")
    assert row["delivery_id"] == delivery
    again = seatledger.answer("webhook", "redeliver", webhook, "--first", 1, "--last", 99)
    assert again == {"deliveries": 1}, "the other: the first waits already"


def test_a_test_is_told_in_history(world: World, seatledger: Program) -> None:
    made = webhook_at(world).webhook
    assert seatledger.answer("webhook", "test", made.id) == {"webhook_id": made.id}


@pytest.mark.parametrize(
    "options", [(), ("--first", 1), ("--delivery", 1, "--first", 1, "--last", 2)]
)
def test_what_to_deliver_is_named_one_way(
    world: World, seatledger: Program, options: tuple[str | int, ...]
) -> None:
    made = webhook_at(world).webhook
    assert seatledger("webhook", "redeliver", made.id, *options).exit_code == 2


def test_what_is_not_there_is_refused(world: World, seatledger: Program) -> None:
    webhook, delivery = dead_letter(world)
    other = webhook_at(world).webhook.id
    for arguments in (
        ("test", 999),
        ("deliveries", 999),
        ("redeliver", webhook, "--delivery", 999),
        ("redeliver", other, "--delivery", delivery),
    ):
        assert seatledger("webhook", *arguments).exit_code == 1, arguments
