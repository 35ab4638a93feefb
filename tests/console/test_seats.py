"""A seat is taken back, passed on, and its end moved: each asked first, and each at most once."""

import re
from datetime import datetime, timedelta
from typing import Any

import pytest

from seatledger.domain.actor import Reach
from seatledger.domain.command import ChangeEnd, EndSeat
from seatledger.domain.moves import MoveRule, Moves
from seatledger.domain.seating import Seated
from seatledger.usecases.questions import get_seat
from tests.console.conftest import Browser, Console, text_of
from tests.support.cast import OPERATOR


@pytest.fixture
def seated(console: Console) -> Seated:
    """Ada's seat."""
    pool = console.world.pool(2, end=console.world.now + timedelta(days=30))
    return console.world.assign(pool.id, "ada")[0]


def form(browser: Browser, path: str) -> dict[str, Any]:
    """What the form of a page would send, untouched."""
    return {"version": version(browser.page(path))}


def version(page: str) -> str:
    (found,) = re.findall('name="version" value="([^"]*)"', page)
    return str(found)


def own_end_of(console: Console, seated: Seated) -> datetime | None:
    """A seat's own end; None follows the pool."""
    with console.world.database.read() as unit:
        found = get_seat(unit, Reach(None), seated.seat.id, console.world.now)
    assert isinstance(found, Seated)
    return found.seat.end


def at(seated: Seated, what: str) -> str:
    return f"/console/p/1/seats/{seated.seat.id}/{what}"


def test_taking_back_is_confirmed_and_frees_the_place(
    console: Console, manager: Browser, seated: Seated
) -> None:
    asked = form(manager, at(seated, "end"))
    assert console.world.holders(seated.pool.id) == ["ada"]
    led = manager.led(manager.post(at(seated, "end"), **asked))
    assert led == f"/console/p/1/pools/{seated.pool.id}?said=seat_ended"
    assert "The seat was taken back." in manager.page(led)
    assert console.world.look(seated.pool.id).free == 2


def test_who_comes_from_the_learner_goes_back_there(manager: Browser, seated: Seated) -> None:
    back = f"/console/p/1/learners/{seated.learner.id}"
    path = f"{at(seated, 'end')}?back={back}"
    assert manager.led(manager.post(path, **form(manager, path))) == f"{back}?said=seat_ended"


def test_back_leads_nowhere_else(manager: Browser, seated: Seated) -> None:
    path = f"{at(seated, 'end')}?back=https://evil.example/"
    assert "evil" not in manager.page(path).replace("back=https", "")
    led = manager.led(manager.post(path, **form(manager, path)))
    assert led == f"/console/p/1/pools/{seated.pool.id}?said=seat_ended"


@pytest.mark.parametrize("what", ["end", "move", "change"])
def test_a_seat_that_changed_meanwhile_stays(
    console: Console, manager: Browser, seated: Seated, what: str
) -> None:
    asked = form(manager, at(seated, what))
    console.world.do(EndSeat(OPERATOR, seat_id=seated.seat.id))
    answer = manager.post(at(seated, what), **asked, email="ben@acme.example", end="2026-03-05")
    assert answer.status_code == 422
    assert "Taken back" in text_of(answer.text)
    assert console.world.holders(seated.pool.id) == []


@pytest.mark.parametrize("what", ["end", "move", "change"])
def test_a_seat_that_changed_meanwhile_is_shown_as_it_is_now_and_asked_again(
    console: Console, manager: Browser, seated: Seated, what: str
) -> None:
    fields = form(manager, at(seated, what)) | {"email": "ben@acme.example", "end": "2026-03-05"}
    moved = console.world.now + timedelta(days=8)
    console.world.do(ChangeEnd(OPERATOR, seat_id=seated.seat.id, end=moved))
    answer = manager.post(at(seated, what), **fields)
    assert answer.status_code == 422
    assert "This is how it is now." in answer.text
    assert f"In use until {moved:%-d %b %Y}" in text_of(answer.text)
    assert ('value="ben@acme.example"' in answer.text) == (what == "move")
    assert (f'value="{moved:%Y-%m-%d}"' in answer.text) == (what == "change")
    manager.led(manager.post(at(seated, what), **{**fields, "version": version(answer.text)}))


def test_a_seat_of_an_untransferable_pool_is_not_taken_back(
    console: Console, manager: Browser
) -> None:
    pool = console.world.pool(2, transferable=False, item_key="course-2")
    seated = console.world.assign(pool.id, "ada")[0]
    page = manager.page(f"/console/p/1/pools/{pool.id}")
    assert at(seated, "end") not in page
    answer = manager.post(at(seated, "end"), **form(manager, at(seated, "end")))
    assert answer.status_code == 422
    assert 'role="alert"' in answer.text
    assert console.world.holders(pool.id) == ["ada"]


def test_a_seat_is_passed_on_with_its_end(
    console: Console, manager: Browser, seated: Seated
) -> None:
    asked = form(manager, at(seated, "move"))
    manager.led(manager.post(at(seated, "move"), **asked, email="ben@acme.example", name="Ben"))
    assert console.world.holders(seated.pool.id) == ["ben"]


@pytest.mark.parametrize(
    ("email", "said"),
    [
        ("", "Fill this in."),
        ("nobody", "This is not an e-mail address."),
        ("zed@elsewhere.example", "go only to addresses in: acme.example"),
        ("ada@acme.example", "already holds seat"),
    ],
)
def test_to_whom_a_seat_is_not_passed_on(
    manager: Browser, seated: Seated, email: str, said: str
) -> None:
    asked = form(manager, at(seated, "move"))
    answer = manager.post(at(seated, "move"), **asked, email=email)
    assert answer.status_code == 422
    assert said in text_of(answer.text)
    assert 'id="email-error"' in answer.text


def test_a_pool_whose_seats_are_never_passed_on_does_not_offer_it(
    console: Console, manager: Browser
) -> None:
    rule = MoveRule(Moves.NEVER)
    pool = console.world.pool(2, item_key="course-3", moves=rule)
    seated = console.world.assign(pool.id, "ada")[0]
    assert at(seated, "move") not in manager.page(f"/console/p/1/pools/{pool.id}")
    asked = form(manager, at(seated, "move"))
    answer = manager.post(at(seated, "move"), **asked, email="ben@acme.example")
    assert (answer.status_code, "never pass" in answer.text) == (422, True)


@pytest.mark.parametrize(
    ("end", "status", "said"),
    [
        ("2026-03-10", 303, ""),
        ("2026-03-30", 303, ""),  # the pool's own last day but one
        ("2026-04-05", 422, "The end may not be later than that of pool"),
        ("", 422, "Choose a day."),
        ("tomorrow", 422, "This is a day, as 2027-01-31."),
        ("9999-12-31", 422, "The year is from 2000 to 9998."),
        ("0026-03-10", 422, "The year is from 2000 to 9998."),
        ("2000-01-01", 303, ""),  # over: the seat ends now
    ],
)
def test_an_end_is_moved(
    manager: Browser, seated: Seated, end: str, status: int, said: str
) -> None:
    asked: dict[str, Any] = form(manager, at(seated, "change"))
    answer = manager.post(at(seated, "change"), **asked, end=end)
    assert answer.status_code == status
    assert said in text_of(answer.text)


@pytest.mark.parametrize("own_end", [None, 18])
def test_a_last_day_that_is_left_alone_keeps_its_hour(
    console: Console, manager: Browser, own_end: int | None
) -> None:
    last = console.world.now.replace(hour=20) + timedelta(days=9)
    pool = console.world.pool(2, item_key="course-4", end=last)
    seated = console.world.assign(pool.id, "ada")[0]
    if own_end is not None:
        end = last.replace(hour=own_end)
        console.world.do(ChangeEnd(OPERATOR, seat_id=seated.seat.id, end=end))
    path = at(seated, "change")
    page = manager.page(path)
    assert f'value="{last:%Y-%m-%d}"' in page
    answer = manager.post(path, version=version(page), end=f"{last:%Y-%m-%d}")
    assert manager.led(answer)
    kept = own_end_of(console, seated)
    assert kept == (None if own_end is None else last.replace(hour=own_end))


def test_the_last_day_of_a_pool_ends_with_the_pool(console: Console, manager: Browser) -> None:
    last = console.world.now.replace(hour=20) + timedelta(days=9)
    pool = console.world.pool(2, item_key="course-4", end=last)
    seated = console.world.assign(pool.id, "ada")[0]
    path = at(seated, "change")
    for day in (last - timedelta(days=3), last):
        answer = manager.post(path, **form(manager, path), end=f"{day:%Y-%m-%d}")
        assert manager.led(answer)
    assert own_end_of(console, seated) is None  # it follows the pool again


def test_what_is_done_is_in_the_history_with_who_did_it(manager: Browser, seated: Seated) -> None:
    manager.post(at(seated, "change"), **form(manager, at(seated, "change")), end="2026-03-10")
    manager.post(at(seated, "end"), **form(manager, at(seated, "end")))
    page = text_of(manager.page(f"/console/p/1/pools/{seated.pool.id}/history"))
    assert "Mira took back the seat of ada@acme.example in" in page
    assert "Mira changed the seat of ada@acme.example" in page
    assert "Ends: none → to 11 Mar 2026, 00:00" in page
