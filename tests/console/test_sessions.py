"""Sessions: how long they last, and how people end them."""

from datetime import timedelta

import pytest

from seatledger.domain.account_command import ChangeAccount
from tests.console.conftest import PASSWORD, Browser, Console, text_of
from tests.support.cast import OPERATOR

NEW = "another long password"


@pytest.mark.parametrize(
    ("uses", "after", "status"),
    [
        ([], timedelta(hours=7, minutes=59), 200),
        ([], timedelta(hours=8), 303),
        ([timedelta(hours=7)], timedelta(hours=14), 200),
        ([timedelta(minutes=4)], timedelta(hours=8), 303),  # so soon, use is not noted
        ([timedelta(hours=6 * n) for n in range(1, 28)], timedelta(days=7, minutes=-1), 200),
        ([timedelta(hours=6 * n) for n in range(1, 28)], timedelta(days=7), 303),
    ],
)
def test_how_long_a_session_lasts(
    console: Console, manager: Browser, uses: list[timedelta], after: timedelta, status: int
) -> None:
    begun = console.world.now
    for use in uses:
        console.world.now = begun + use
        assert manager.get("/console/account").status_code == 200
    console.world.now = begun + after
    assert manager.get("/console/account").status_code == status


def test_where_somebody_is_signed_in_is_listed(console: Console, manager: Browser) -> None:
    other = Browser(console)
    other.headers["User-Agent"] = "Mozilla/5.0 (iPhone) Safari/605.1 <script>"
    other.sign_in("mira@seats.example", PASSWORD)
    page = text_of(manager.page("/console/account"))
    assert "Firefox on Linux this one" in page
    assert "Safari on iPhone" in page


def test_another_browser_is_signed_out(console: Console, manager: Browser) -> None:
    other = console.browser("mira")
    page = manager.page("/console/account")
    (path,) = {part.partition('"')[0] for part in page.split('action="') if "/sessions/" in part}
    manager.post(path)
    assert other.get("/console/account").status_code == 303
    assert manager.get("/console/account").status_code == 200


def test_all_other_browsers_are_signed_out(console: Console, manager: Browser) -> None:
    others = [console.browser("mira") for _ in range(2)]
    manager.post("/console/account/sign-out-elsewhere")
    assert [other.get("/console/account").status_code for other in others] == [303, 303]
    assert manager.get("/console/account").status_code == 200


def test_somebody_elses_session_is_out_of_reach(console: Console, manager: Browser) -> None:
    console.account("nora", "acme")
    nora = console.browser("nora")
    for number in range(1, 10):
        manager.post(f"/console/account/sessions/{number}/end")
    assert nora.get("/console/account").status_code == 200


def test_a_new_password_ends_all_other_sessions(console: Console, manager: Browser) -> None:
    other = console.browser("mira")
    answer = manager.post("/console/account/password", current=PASSWORD, password=NEW, again=NEW)
    assert manager.led(answer) == "/console/account?said=password_set"
    assert other.get("/console/account").status_code == 303
    assert manager.get("/console/account").status_code == 200
    assert console.browser().sign_in("mira@seats.example", PASSWORD).status_code == 422
    assert console.browser().sign_in("mira@seats.example", NEW).status_code == 303


@pytest.mark.parametrize(
    ("current", "password", "again", "said"),
    [
        (PASSWORD, "short", "short", "A password has at least 12 characters."),
        (PASSWORD, "x" * 201, "x" * 201, "A password has at most 200 characters."),
        (PASSWORD, "abababababab", "abababababab", "too easy to guess"),
        (PASSWORD, "mira@seats.example!", "mira@seats.example!", "too easy to guess"),
        (PASSWORD, NEW, NEW + " ", "This is not the same."),
        ("wrong", NEW, NEW, "The address or the password is wrong."),
    ],
)
def test_what_no_new_password_may_be(
    console: Console, manager: Browser, current: str, password: str, again: str, said: str
) -> None:
    answer = manager.post(
        "/console/account/password", current=current, password=password, again=again
    )
    assert answer.status_code == 422
    assert said in answer.text
    assert console.browser().sign_in("mira@seats.example", PASSWORD).status_code == 303


def test_an_account_that_is_switched_off_is_out_at_once(console: Console, manager: Browser) -> None:
    console.world.do(ChangeAccount(OPERATOR, email="mira@seats.example", active=False))
    assert manager.get("/console/account").status_code == 303
