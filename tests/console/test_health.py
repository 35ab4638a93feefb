"""Health: the ledger is verified beside everything else, once at a time."""

import time
from collections.abc import Iterator
from threading import Event
from typing import Any

import pytest

from seatledger.console import verifying
from seatledger.domain.refusal import Code, Refusal
from seatledger.storage.engine import Database
from seatledger.usecases.verify import Report, try_verify
from tests.console.conftest import Browser, Console, text_of

HEALTH = "/console/health"
VERIFY = f"{HEALTH}/verify"
HTMX = {"HX-Request": "true"}


class Held:
    """A verification that waits to be let go on, and counts how often it was begun."""

    def __init__(self) -> None:
        self.begun = 0
        self.go = Event()
        self.outcome: Report | Refusal | Exception | None = None

    def __call__(self, database: Database) -> Report | Refusal:
        self.begun += 1
        assert self.go.wait(20)
        if isinstance(self.outcome, Exception):
            raise self.outcome
        return self.outcome or try_verify(database)


@pytest.fixture
def held(monkeypatch: pytest.MonkeyPatch) -> Iterator[Held]:
    held = Held()
    monkeypatch.setattr(verifying, "try_verify", held)
    yield held
    held.go.set()


def begun(browser: Browser) -> str:
    """Where the page of a verification is, that this begins or joins."""
    return browser.led(browser.post(VERIFY))


def ended(browser: Browser, path: str) -> str:
    """What the page says when the verification is over."""
    deadline = time.monotonic() + 20
    while "hx-trigger" in (part := browser.part(path).text):
        assert time.monotonic() < deadline, part
        time.sleep(0.01)
    return text_of(part)


def test_health_verifies_the_ledger(console: Console, operator: Browser) -> None:
    console.world.assign(console.world.pool().id, "ada")
    page = text_of(operator.page(HEALTH))
    assert "Database Ready" in page
    assert "promise is kept" not in page
    assert "Every promise is kept: 1 pools, 1 seats" in ended(operator, begun(operator))
    assert "Every promise is kept: 1 pools, 1 seats" in text_of(operator.page(HEALTH))


def test_while_it_goes_on_the_page_looks_again_with_scripts_and_without(
    operator: Browser, held: Held
) -> None:
    path = begun(operator)
    for answer in (operator.page(HEALTH), operator.page(path), operator.part(path).text):
        assert f'hx-get="{path}" hx-trigger="load' in answer
    assert f'<noscript><meta http-equiv="refresh" content="2;url={path}">' in operator.page(path)
    held.go.set()
    ended(operator, path)
    assert "http-equiv" not in operator.page(path)


def test_whoever_asks_meanwhile_joins_the_running_one_and_all_pages_answer(
    console: Console, operator: Browser, held: Held
) -> None:
    (first,) = {begun(operator) for _ in range(9)}
    assert operator.get("/console/p/1/pools").status_code == 200
    held.go.set()
    ended(operator, first)
    second = begun(operator)
    ended(operator, second)
    assert (held.begun, first == second) == (2, False)


@pytest.mark.parametrize(
    ("outcome", "said"),
    [
        (Refusal(Code.UNAVAILABLE, "The ledger can't be read now."), "can't be read now"),
        (RuntimeError("no"), "Something went wrong here"),
    ],
)
def test_what_stopped_it_is_said_and_it_can_be_begun_again(
    operator: Browser, held: Held, outcome: Any, said: str
) -> None:
    held.outcome = outcome
    held.go.set()
    path = begun(operator)
    assert said in ended(operator, path)
    held.outcome = None
    assert "Every promise is kept" in ended(operator, begun(operator))


def test_one_of_another_process_is_waited_for_but_not_for_ever(operator: Browser) -> None:
    path: str | None = f"{HEALTH}?run=elsewhere"
    looks = 0
    while path is not None and looks < 99:
        page = operator.part(path).text
        looks += 1
        path = page.partition('hx-get="')[2].partition('"')[0].replace("&amp;", "&") or None
    assert 10 < looks < 40
