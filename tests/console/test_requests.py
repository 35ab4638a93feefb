"""Access requests: open ones first, each approved with a seat, or rejected."""

import re

import pytest

from seatledger.desk import Desk
from seatledger.domain.access_request import AccessRequest
from seatledger.domain.command import Command
from seatledger.domain.instant import text
from seatledger.domain.invitation_command import DecideRequest, RequestAccess
from seatledger.domain.learner import PersonName
from seatledger.domain.people_command import AddLearner
from seatledger.domain.refusal import Code, Refusal
from tests.console.conftest import Browser, Console, text_of
from tests.console.test_reach import history
from tests.support.cast import MANAGER
from tests.usecases.invitations import course

LIST = "/console/p/1/requests"


def ask(console: Console, name: str) -> AccessRequest:
    """`name`@acme.example asks for course-1."""
    world = console.world
    added = world.do(AddLearner(MANAGER, platform_key="acme", email=f"{name}@acme.example"))
    person = PersonName(learner_id=added.membership.learner.id)
    made = world.do(
        RequestAccess(MANAGER, item_key="course-1", person=person, metadata={"why": f"{name}!"})
    )
    request: AccessRequest = made.request
    return request


def tables(page: str) -> tuple[str, str]:
    """What stands under open and under decided."""
    waiting, decided = re.findall(r'<section class="card">(.*?)</section>', page, re.DOTALL)
    return text_of(waiting), text_of(decided)


def above(page: str) -> str:
    """What stands above both lists."""
    return text_of(page.partition('<section class="card">')[0])


def test_without_requests_the_page_says_what_it_is_for(manager: Browser) -> None:
    assert "Nobody waits" in manager.page(LIST)


def test_open_ones_stand_first_the_oldest_before_all(console: Console, manager: Browser) -> None:
    course(console.world)
    decided = ask(console, "ada")
    for name in ("ben", "cleo"):
        ask(console, name)
    closed = ask(console, "dora")
    console.world.do(DecideRequest(MANAGER, request_id=decided.id, approved=False))
    console.world.do(DecideRequest(MANAGER, request_id=closed.id, active=False))
    waiting, done = tables(manager.page(LIST))
    assert re.findall(r"(\w+)@acme.example course-1 why: (\w+)!", waiting) == [
        ("ben", "ben"),
        ("cleo", "cleo"),
    ]
    assert "Open 2" in waiting
    assert re.search(r"ada@acme.example .* Rejected Approve after all", done)
    assert re.search(r"dora@acme.example .* Closed", done)


def test_approving_gives_a_seat(console: Console, manager: Browser) -> None:
    pool = console.world.pool(1)
    request = ask(console, "ada")
    answer = manager.post(f"{LIST}/{request.id}/approve")
    assert manager.led(answer) == f"{LIST}?said=request_approved"
    assert console.world.holders(pool.id) == ["ada"]
    waiting, done = tables(manager.page(LIST))
    assert "Nobody waits" in waiting
    assert "Approved" in done
    assert "without a seat" not in done


def test_where_the_course_has_no_pool_it_is_said_that_no_seat_was_given(
    console: Console, manager: Browser
) -> None:
    course(console.world)
    request = ask(console, "ada")
    led = manager.led(manager.post(f"{LIST}/{request.id}/approve"))
    assert "no seat" in manager.page(led)
    assert "Approved without a seat" in tables(manager.page(LIST))[1]


def test_where_the_pool_is_full_it_is_said_beside_the_request_which_stays_open(
    console: Console, manager: Browser
) -> None:
    pool = console.world.pool(1)
    console.world.assign(pool.id, "ben")
    ask(console, "cleo")
    request = ask(console, "ada")
    before = history(console)
    answer = manager.post(f"{LIST}/{request.id}/approve")
    assert answer.status_code == 422
    rows = re.findall(r'<tr id="request-(\d+)">(.*?)</tr>', answer.text, re.DOTALL)
    wrong = {int(number): 'class="error"' in row for number, row in rows}
    assert wrong[request.id]
    assert sum(wrong.values()) == 1
    assert "No seat is free in pool 1" in above(answer.text)
    assert history(console) == before
    assert "Open 2" in tables(manager.page(LIST))[0]


def test_what_is_refused_is_told_in_words_of_people(
    console: Console, manager: Browser, monkeypatch: pytest.MonkeyPatch
) -> None:
    console.world.pool(1)
    request = ask(console, "ada")

    async def over(desk: Desk, command: Command) -> Refusal:
        return Refusal(Code.POOL_ENDED, f"Pool 1 ended on {text(console.world.now)}.")

    monkeypatch.setattr(Desk, "submit", over)
    answer = manager.post(f"{LIST}/{request.id}/approve")
    assert "Pool 1 ended on 2026-03-01 at 12:00 UTC." in above(answer.text)


def test_rejecting_gives_nothing_and_can_be_made_good(console: Console, manager: Browser) -> None:
    pool = console.world.pool(1)
    request = ask(console, "ada")
    led = manager.led(manager.post(f"{LIST}/{request.id}/reject"))
    assert led == f"{LIST}?said=request_rejected"
    assert console.world.holders(pool.id) == []
    manager.led(manager.post(f"{LIST}/{request.id}/approve"))
    assert console.world.holders(pool.id) == ["ada"]


def test_what_was_decided_meanwhile_is_not_decided_otherwise(
    console: Console, manager: Browser
) -> None:
    pool = console.world.pool(3)
    given, refused, closed = (ask(console, name) for name in ("ada", "ben", "cleo"))
    console.world.do(DecideRequest(MANAGER, request_id=given.id, approved=True))
    console.world.do(DecideRequest(MANAGER, request_id=refused.id, approved=False))
    console.world.do(DecideRequest(MANAGER, request_id=closed.id, active=False))
    before = history(console)
    for verb, request, said in (
        ("reject", given, "approved meanwhile"),
        ("approve", refused, "rejected meanwhile"),
        ("reject", closed, "closed meanwhile"),
    ):
        answer = manager.post(f"{LIST}/{request.id}/{verb}", open="yes")
        assert answer.status_code == 422
        assert said in above(answer.text)
    assert manager.led(manager.post(f"{LIST}/{given.id}/approve", open="yes"))
    assert manager.led(manager.post(f"{LIST}/{refused.id}/reject", open="yes"))
    assert history(console) == before
    assert console.world.holders(pool.id) == ["ada"]


def test_what_is_refused_on_a_later_page_is_said_there(console: Console, manager: Browser) -> None:
    pool = console.world.pool(1)
    console.world.assign(pool.id, "ben")
    last = [ask(console, f"p{number:02}") for number in range(51)][-1]
    action = f"{LIST}/{last.id}/approve?page=2"
    assert f'action="{action}"' in manager.page(f"{LIST}?page=2")
    answer = manager.post(action, open="yes")
    assert "No seat is free in pool 1" in above(answer.text)
    assert "p50@acme.example" in tables(answer.text)[0]


@pytest.mark.parametrize("verb", ["approve", "reject"])
def test_looking_at_the_address_decides_nothing(
    console: Console, manager: Browser, verb: str
) -> None:
    console.world.pool(1)
    request = ask(console, "ada")
    before = history(console)
    assert manager.get(f"{LIST}/{request.id}/{verb}").status_code == 405
    answer = manager.post(f"{LIST}/{request.id}/{verb}", {"Sec-Fetch-Site": "cross-site"})
    assert answer.status_code == 403
    assert history(console) == before


def test_both_lists_have_pages(console: Console, manager: Browser) -> None:
    course(console.world)
    requests = [ask(console, f"p{number:02}") for number in range(51)]
    assert f'href="{LIST}?page=2"' in manager.page(LIST)
    assert "p50@acme.example" in tables(manager.page(f"{LIST}?page=2"))[0]
    for each in requests[:26]:
        console.world.do(DecideRequest(MANAGER, request_id=each.id, approved=False))
    assert f'href="{LIST}?decided=2"' in manager.page(LIST)
