"""Accounts: operators invite people, who choose a password by a link that works once."""

import re
from datetime import timedelta
from typing import Any

import pytest

from seatledger.desk import Desk
from seatledger.domain.command import Command
from seatledger.domain.refusal import Code, Refusal
from tests.console.conftest import PASSWORD, Browser, Console, text_of

NORA: dict[str, Any] = {
    "name": "Nora",
    "email": "nora@seats.example",
    "role": "manager",
    "platforms": "acme",
}
CHOSEN: dict[str, Any] = {"password": PASSWORD, "again": PASSWORD}


def link(answer_text: str) -> str:
    """The path of the link that a page shows."""
    found = re.search(r"/console/links/[0-9a-f]{64}", answer_text)
    assert found is not None
    return found[0]


@pytest.fixture
def invited(operator: Browser) -> str:
    """The link with which Nora is invited to manage acme."""
    answer = operator.post("/console/accounts/new", **NORA)
    assert answer.status_code == 201 or answer.status_code == 200, answer.text
    return link(answer.text)


def test_who_is_invited_chooses_a_password_and_is_in(console: Console, invited: str) -> None:
    nora = Browser(console)
    assert "Welcome, Nora" in nora.page(invited)
    assert nora.led(nora.post(invited, **CHOSEN)) == "/console"
    assert nora.led(nora.get("/console")) == "/console/p/1"
    assert console.browser().sign_in("nora@seats.example", PASSWORD).status_code == 303


def test_looking_at_a_link_does_not_use_it_up(console: Console, invited: str) -> None:
    for _ in range(3):
        assert Browser(console).get(invited).status_code == 200
    assert Browser(console).request("HEAD", invited).status_code in {200, 405}
    assert Browser(console).post(invited, **CHOSEN).status_code == 303


def test_a_link_works_once(console: Console, invited: str) -> None:
    assert Browser(console).post(invited, **CHOSEN).status_code == 303
    other: dict[str, Any] = {"password": "another long password", "again": "another long password"}
    answer = Browser(console).post(invited, **other)
    assert answer.status_code == 410
    assert "This link is not valid any more" in answer.text
    assert console.browser().sign_in("nora@seats.example", PASSWORD).status_code == 303


def test_a_link_that_could_not_be_used_now_is_not_told_to_be_gone(
    console: Console, invited: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def full(desk: Desk, command: Command) -> Refusal:
        return Refusal(Code.OVERLOADED, "Too much is asked at the moment.")

    with monkeypatch.context() as patched:
        patched.setattr(Desk, "submit", full)
        answer = Browser(console).post(invited, **CHOSEN)
    assert (answer.status_code, "not valid" in answer.text) == (503, False)
    assert Browser(console).post(invited, **CHOSEN).status_code == 303


def test_a_link_stops_after_seven_days(console: Console, invited: str) -> None:
    console.world.now += timedelta(days=7) - timedelta(seconds=1)
    assert Browser(console).get(invited).status_code == 200
    console.world.now += timedelta(seconds=1)
    assert Browser(console).get(invited).status_code == 410
    assert Browser(console).post(invited, **CHOSEN).status_code == 410


def test_a_link_that_nobody_made_is_told_in_the_same_way(console: Console, invited: str) -> None:
    Browser(console).post(invited, **CHOSEN)
    used = Browser(console).get(invited)
    never = Browser(console).get(f"/console/links/{'f' * 64}")
    assert (used.status_code, used.text) == (never.status_code, never.text)


def test_a_newer_link_stops_the_one_before(
    console: Console, operator: Browser, invited: str
) -> None:
    page = operator.page("/console/accounts")
    (path,) = {
        each
        for each in re.findall(r"/console/accounts/\d+", page)
        if "Nora" in page[page.index(each) : page.index(each) + 40]
    }
    newer = link(operator.post(f"{path}/invite").text)
    assert Browser(console).get(invited).status_code == 410
    assert Browser(console).post(newer, **CHOSEN).status_code == 303


def test_a_link_that_a_weak_password_meets_still_works(console: Console, invited: str) -> None:
    answer = Browser(console).post(invited, password="short", again="short")
    assert answer.status_code == 422
    assert "at least 12 characters" in answer.text
    assert Browser(console).post(invited, **CHOSEN).status_code == 303


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"name": ""}, "Fill this in."),
        ({"email": "nobody"}, "This is not an e-mail address."),
        ({"email": "OLAF@seats.example"}, "Another account has this address."),
        ({"platforms": []}, "A manager has one platform at least."),
        ({"platforms": "nowhere"}, "There is no such platform."),
    ],
)
def test_who_cannot_be_invited(operator: Browser, fields: dict[str, Any], said: str) -> None:
    answer = operator.post("/console/accounts/new", **{**NORA, **fields})
    assert answer.status_code in {404, 422}
    assert said in text_of(answer.text)
    assert "nora@" not in operator.page("/console/accounts")


def test_a_manager_loses_a_platform(console: Console, operator: Browser) -> None:
    account = console.account("mira", "acme", "zeta")
    mira = console.browser("mira")
    path = f"/console/accounts/{account.id}"
    operator.led(operator.post(path, name="Mira", active="yes", platforms="zeta"))
    assert mira.get("/console/p/1").status_code == 404
    assert mira.get("/console/p/2").status_code == 200


def test_an_account_is_switched_off_and_on(console: Console, operator: Browser) -> None:
    account = console.account("mira", "acme")
    mira = console.browser("mira")
    path = f"/console/accounts/{account.id}"
    operator.led(operator.post(path, name="Mira", platforms="acme"))
    assert mira.get("/console").status_code == 303
    assert console.browser().sign_in("mira@seats.example", PASSWORD).status_code == 422
    operator.led(operator.post(path, name="Mira", platforms="acme", active="yes"))
    assert console.browser().sign_in("mira@seats.example", PASSWORD).status_code == 303


def test_nobody_locks_themselves_out(console: Console, operator: Browser) -> None:
    page = operator.page("/console/accounts")
    (path,) = set(re.findall(r"/console/accounts/\d+", page))
    answer = operator.post(path, name="Olaf")
    assert answer.status_code == 422
    assert "Nobody switches off the account they are signed in with." in answer.text
    assert operator.get("/console/accounts").status_code == 200
