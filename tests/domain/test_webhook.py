"""When a webhook is given up, and which secrets sign."""

from datetime import timedelta

import pytest

from seatledger.domain.delivery import Subscription, SubscriptionState
from seatledger.domain.event import EventKind
from seatledger.domain.webhook import SECRETS_MAX, Health, Secret, facts, rotated, settings_of
from tests.support.cast import NOON

HOUR = timedelta(hours=1)
DAY = timedelta(days=1)


@pytest.mark.parametrize(
    ("failing_for", "failures", "hopeless"),
    [
        (None, 0, False),
        (timedelta(0), 1, False),
        (timedelta(0), 500, False),
        (DAY - timedelta(seconds=1), 500, False),
        (DAY, 9, False),
        (DAY, 10, True),
        (30 * DAY, 9, False),
        (30 * DAY, 10, True),
    ],
)
def test_it_is_given_up_after_a_day_and_ten_attempts(
    failing_for: timedelta | None, failures: int, hopeless: bool
) -> None:
    since = None if failing_for is None else NOON - failing_for
    assert Health(since, failures).hopeless(NOON) is hopeless


def test_failing_begins_with_the_first_failure() -> None:
    health = Health(None, 0).after_failure(NOON).after_failure(NOON + HOUR)
    assert health == Health(NOON, 2)


def signing(secrets: tuple[Secret, ...], hours: float) -> list[str]:
    return [each.text for each in secrets if each.signs(NOON + hours * HOUR)]


def test_an_old_secret_signs_for_as_long_as_it_is_kept() -> None:
    secrets = rotated([Secret("old", NOON - DAY)], "new", 24 * HOUR, NOON)
    assert signing(secrets, 0) == ["new", "old"]
    assert signing(secrets, 23.99) == ["new", "old"]
    assert signing(secrets, 24) == ["new"]


def test_rotating_again_prolongs_nothing_and_may_cut_short() -> None:
    secrets = rotated([Secret("a", NOON)], "b", 2 * HOUR, NOON)
    longer = rotated(secrets, "c", 48 * HOUR, NOON + HOUR)
    assert signing(longer, 1) == ["c", "b", "a"]
    assert signing(longer, 2) == ["c", "b"]
    assert signing(rotated(longer, "d", timedelta(0), NOON + HOUR), 1) == ["d"]


def test_secrets_that_sign_no_more_are_forgotten_and_few_sign_at_once() -> None:
    secrets = rotated([Secret("a", NOON)], "b", HOUR, NOON)
    assert [each.text for each in rotated(secrets, "c", HOUR, NOON + DAY)] == ["c", "b"]
    for number in range(20):
        secrets = rotated(secrets, str(number), DAY, NOON)
    assert [each.text for each in secrets] == ["19", "18", "17", "16", "15"]
    assert len(secrets) == SECRETS_MAX


def subscription(
    kinds: tuple[str, ...] | None, url: str = "https://acme.example/x"
) -> Subscription:
    settings = settings_of(url, [Secret("whsec_hush", NOON)])
    state = SubscriptionState.ACTIVE
    return Subscription(7, 1, "webhook", kinds, settings, state, None, 0, None, 0, NOON)


@pytest.mark.parametrize(
    ("kinds", "kind", "subject", "hears"),
    [
        (None, EventKind.SEAT_ENDED, 1, True),
        (("seat_ended",), EventKind.SEAT_ENDED, 1, True),
        (("seat_ended",), EventKind.SEAT_ASSIGNED, 1, False),
        (("seat_ended",), EventKind.WEBHOOK_TESTED, 7, True),
        (None, EventKind.WEBHOOK_TESTED, 8, False),
        (("webhook_tested",), EventKind.WEBHOOK_TESTED, 8, False),
        (None, EventKind.WEBHOOK_PAUSED, 8, True),
    ],
)
def test_a_test_is_heard_by_the_tested_alone(
    kinds: tuple[str, ...] | None, kind: EventKind, subject: int, hears: bool
) -> None:
    assert subscription(kinds).hears(kind, subject) is hears


def test_history_learns_no_secret_but_that_the_url_is_another() -> None:
    here, there = (
        facts(subscription(None, f"https://acme.example/hush-{path}?key=hush")) for path in "ab"
    )
    assert "hush" not in str(here)
    assert here["origin"] == there["origin"] == "https://acme.example"
    assert here["url_digest"] != there["url_digest"]
