"""Roles: a manager sees and changes their own platforms; the rest is as if it did not exist."""

import re
from typing import Any

import pytest
import sqlalchemy

from seatledger.domain.command import AssignSeat, GrantGroup, SaveGroup
from seatledger.domain.invitation_command import InvitePerson, RequestAccess
from seatledger.domain.item import ItemKind
from seatledger.domain.job import JobKind
from seatledger.domain.learner import PersonName
from seatledger.domain.people_command import CreateToken, LinkLearner
from seatledger.storage.tables import events
from tests.console.conftest import Browser, Console
from tests.console.test_door import CHANGES, LOOKS
from tests.support.cast import MANAGER, OPERATOR
from tests.support.jobs import asked, job, work
from tests.support.links import a_link

SECRET = "zsecretz"
OF_PLATFORM = [path for path in LOOKS if "{platform_id}" in path]
WITH_IDS = [path for path in OF_PLATFORM + CHANGES if len(re.findall(r"\{", path)) > 1]
OPERATORS_ONLY = [
    "/console/platforms",
    "/console/platforms/new",
    "/console/accounts",
    "/console/accounts/new",
    "/console/accounts/{account_id}",
    "/console/health",
    "/console/p/{platform_id}/settings",
    "/console/p/{platform_id}/pools/new",
    "/console/p/{platform_id}/pools/{pool_id}/change",
]


@pytest.fixture
def ids(console: Console) -> dict[str, Any]:
    """A thing of each sort on acme, each marked as its secret."""
    world = console.world
    pool = world.pool(name=SECRET, metadata={"note": SECRET})
    seated = world.do(
        AssignSeat(OPERATOR, pool_id=pool.id, email=f"{SECRET}@acme.example", name=SECRET)
    )
    person = seated.learner.id
    world.do(LinkLearner(OPERATOR, learner_id=person, platform_key="acme"))
    group = world.do(
        SaveGroup(OPERATOR, platform_key="acme", name=SECRET, member_ids=(person,))
    ).group
    grant = world.do(GrantGroup(OPERATOR, pool_id=pool.id, group_id=group.id)).grant
    made = job(world, pool.id, JobKind.IMPORT, asked(SECRET))
    work(world.database, world.now, made.id)
    token = world.do(CreateToken(OPERATOR, name=SECRET, platform_key="acme"))
    link = a_link(world, pool.id)
    invited = world.do(InvitePerson(MANAGER, kind=ItemKind.PLATFORM, learner_id=person))
    asked_for = world.do(
        RequestAccess(MANAGER, item_key="course-1", person=PersonName(learner_id=person))
    )
    return {
        "platform_id": 1,
        "pool_id": pool.id,
        "seat_id": seated.seat.id,
        "learner_id": person,
        "group_id": group.id,
        "grant_id": grant.id,
        "job_id": made.id,
        "token_id": token.id,
        "link_id": link.id,
        "invitation_id": invited.invitation.id,
        "request_id": asked_for.request.id,
        "account_id": 1,
    }


def at(path: str, ids: dict[str, Any], **others: Any) -> str:
    return re.sub(r"\{(\w+)\}", lambda found: str({**ids, **others}[found[1]]), path)


def history(console: Console) -> list[Any]:
    query = sqlalchemy.select(events).order_by(events.c.id)
    with console.world.database.read() as unit:
        return [tuple(row) for row in unit.select(query)]


@pytest.fixture
def stranger(console: Console) -> Browser:
    """Zoe, the manager of zeta."""
    console.account("zoe", "zeta")
    return console.browser("zoe")


def test_all_pages_open_for_their_own_manager(
    manager: Browser, console: Console, ids: dict[str, Any]
) -> None:
    for path in set(OF_PLATFORM) - set(OPERATORS_ONLY):
        assert (path, manager.get(at(path, ids)).status_code) == (path, 200)


def test_all_pages_open_for_an_operator(operator: Browser, ids: dict[str, Any]) -> None:
    for path in {*OF_PLATFORM, *OPERATORS_ONLY}:
        assert (path, operator.get(at(path, ids)).status_code) == (path, 200)


def test_another_platform_answers_as_if_it_did_not_exist(
    console: Console, stranger: Browser, ids: dict[str, Any]
) -> None:
    before = history(console)
    for method, paths in (("GET", OF_PLATFORM), ("POST", CHANGES)):
        for path in paths:
            if "{platform_id}" not in path:
                continue
            foreign = stranger.request(method, at(path, ids), headers={"Sec-Fetch-Site": "none"})
            nothing = stranger.request(
                method, at(path, ids, platform_id=99), headers={"Sec-Fetch-Site": "none"}
            )
            assert (path, foreign.status_code, foreign.text) == (path, 404, nothing.text)
    assert history(console) == before


def test_what_is_a_strangers_is_not_found_on_ones_own_platform_either(
    console: Console, stranger: Browser, ids: dict[str, Any]
) -> None:
    """The pool of acme, asked for on zeta's pages."""
    before = history(console)
    for path in WITH_IDS:
        if "{platform_id}" not in path or path in OPERATORS_ONLY:
            continue
        method = "POST" if path in CHANGES and path not in LOOKS else "GET"
        for each in {method, "POST" if path in CHANGES else "GET"}:
            answer = stranger.request(
                each, at(path, ids, platform_id=2), headers={"Sec-Fetch-Site": "none"}
            )
            assert (path, each, answer.status_code) == (path, each, 404)
            assert SECRET not in answer.text
    assert history(console) == before


def test_lists_show_nothing_of_others(stranger: Browser, ids: dict[str, Any]) -> None:
    for path in OF_PLATFORM:
        if len(re.findall(r"\{", path)) == 1:
            assert SECRET not in stranger.get(at(path, ids, platform_id=2)).text
    for path in ("pools", "learners"):
        assert SECRET not in stranger.page(f"/console/p/2/{path}?q={SECRET}").replace(
            f'value="{SECRET}"', ""
        )


def test_an_operator_who_mixes_platforms_finds_nothing(
    console: Console, operator: Browser, ids: dict[str, Any]
) -> None:
    before = history(console)
    for path in WITH_IDS:
        if "{platform_id}" not in path:
            continue
        method = "POST" if path in CHANGES else "GET"
        answer = operator.request(
            method, at(path, ids, platform_id=2), headers={"Sec-Fetch-Site": "none"}
        )
        assert (path, answer.status_code) == (path, 404)
    assert history(console) == before


def test_operators_pages_are_closed_to_managers(
    console: Console, manager: Browser, ids: dict[str, Any]
) -> None:
    before = history(console)
    for path in OPERATORS_ONLY:
        answer = manager.get(at(path, ids))
        assert (path, answer.status_code) == (path, 403)
        assert "Only an operator" in answer.text
        if path in CHANGES:
            assert manager.post(at(path, ids), name="x").status_code == 403
    for path in ("/console/accounts/1/invite", "/console/health/verify"):
        assert manager.post(path).status_code == 403
    assert history(console) == before


def test_what_is_no_id_is_not_found(operator: Browser, ids: dict[str, Any]) -> None:
    for text in ("0", "-1", "x", "1.5", "9" * 19, "9" * 40, "١", "%00"):
        for path in WITH_IDS:
            if path.endswith("members/{learner_id}/remove") and text == "0":
                continue  # nobody has it, and nobody leaves
            variable = re.findall(r"\{(\w+)\}", path)[-1]
            method = "POST" if path in CHANGES else "GET"
            answer = operator.request(
                method, at(path, ids, **{variable: text}), headers={"Sec-Fetch-Site": "none"}
            )
            assert (path, text, answer.status_code) == (path, text, 404)


def test_a_manager_of_several_chooses_and_goes_from_one_to_another(console: Console) -> None:
    console.account("mira", "acme", "zeta")
    browser = console.browser("mira")
    start = browser.page("/console")
    assert 'href="/console/p/1"' in start
    assert 'href="/console/p/2"' in start
    assert 'href="/console/p/2"' in browser.page("/console/p/1")
    assert browser.get("/console/p/2/pools").status_code == 200


def test_a_manager_of_one_is_led_to_it(console: Console, manager: Browser) -> None:
    assert manager.led(manager.get("/console")) == "/console/p/1"
    assert "Zeta" not in manager.page("/console/p/1")
