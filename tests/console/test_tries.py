"""How often somebody may try to sign in: counted for the account, and for where they come from."""

from datetime import timedelta
from typing import Any

import pytest

from tests.console.conftest import PASSWORD, Console

WRONG = "not the password"


@pytest.fixture
def people(console: Console) -> Console:
    for name in ("mira", "nora"):
        console.account(name, "acme")
    return console


def tried(console: Console, name: str, times: int, password: str = WRONG) -> Any:
    """The answer to the last of so many tries."""
    for _ in range(times):
        answer = console.browser().sign_in(f"{name}@seats.example", password)
    return answer


@pytest.mark.parametrize("name", ["mira", "nobody"])
def test_an_account_is_tried_ten_times_whether_or_not_it_exists(people: Console, name: str) -> None:
    assert tried(people, name, 10).status_code == 422
    refused = tried(people, name, 1, PASSWORD)
    assert refused.status_code == 429
    assert refused.headers["retry-after"] == "900"
    assert "Too many tries to sign in: try again in 15 minutes." in refused.text


def test_other_accounts_are_not_held_up(people: Console) -> None:
    tried(people, "mira", 11)
    assert tried(people, "nora", 1, PASSWORD).status_code == 303


def test_a_refused_try_does_not_make_the_wait_longer(people: Console) -> None:
    tried(people, "mira", 10)
    people.world.now += timedelta(minutes=14)
    assert tried(people, "mira", 3).status_code == 429
    people.world.now += timedelta(minutes=1)
    assert tried(people, "mira", 1, PASSWORD).status_code == 303


def test_the_right_password_forgets_the_tries_before(people: Console) -> None:
    tried(people, "mira", 9)
    assert tried(people, "mira", 1, PASSWORD).status_code == 303
    assert tried(people, "mira", 9).status_code == 422
    assert tried(people, "mira", 1, PASSWORD).status_code == 303


def test_an_address_tries_fifty_times_whatever_accounts(people: Console) -> None:
    for name in ("ada", "bob", "cleo", "dan", "eve"):
        people.account(name, "acme")
        assert tried(people, name, 10).status_code == 422
    assert tried(people, "mira", 1, PASSWORD).status_code == 429


def test_the_current_password_is_not_guessed_on_the_account_page_either(people: Console) -> None:
    browser = people.browser("mira")
    said: dict[str, Any] = {"password": "another long password", "again": "another long password"}
    for _ in range(10):
        answer = browser.post("/console/account/password", current="wrong", **said)
        assert answer.status_code == 422
    answer = browser.post("/console/account/password", current=PASSWORD, **said)
    assert answer.status_code == 429
