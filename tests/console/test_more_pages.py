"""Tokens, groups, platforms, health, the overview: what each is for, once through."""

import re
from datetime import timedelta
from typing import Any

from seatledger.domain.command import IfHeld
from tests.console.conftest import Browser, Console, text_of


def test_a_token_is_shown_once_and_speaks_for_its_platform(
    console: Console, manager: Browser
) -> None:
    made = manager.post("/console/p/1/tokens/new", name="Moodle").text
    (token,) = re.findall(r'value="([0-9a-f]{64})"', made)
    headers = {"Authorization": f"Bearer {token}"}
    assert console.client.get("/api/v1/pools", headers=headers).status_code == 200
    page = manager.page("/console/p/1/tokens")
    assert "Moodle" in page
    assert token not in page
    (path,) = set(re.findall(r'href="(/console/p/1/tokens/\d+/delete)"', page))
    assert "Delete the token Moodle?" in manager.page(path)
    manager.led(manager.post(path))
    assert console.client.get("/api/v1/pools", headers=headers).status_code == 401


def test_a_token_needs_a_name_of_its_own(manager: Browser) -> None:
    assert manager.post("/console/p/1/tokens/new", name=" ").status_code == 422
    manager.post("/console/p/1/tokens/new", name="Moodle")
    answer = manager.post("/console/p/1/tokens/new", name="Moodle")
    assert answer.status_code == 422
    assert "Another token has this name." in answer.text


def test_a_group_is_given_a_pool_and_whoever_finds_no_place_waits(
    console: Console, manager: Browser
) -> None:
    pool = console.world.pool(2)
    path = manager.led(manager.post("/console/p/1/groups/new", name="Sales")).partition("?")[0]
    people = "Ada <ada@acme.example>, ben@acme.example"
    manager.led(manager.post(f"{path}/members", people=people))
    manager.led(manager.post(f"{path}/grants", pool=pool.id))
    assert sorted(console.world.holders(pool.id)) == ["ada", "ben"]
    manager.led(manager.post(f"{path}/members", people="cleo@acme.example"))
    page = text_of(manager.page(path))
    assert "2 of 3 have a seat 1 waits They get a seat as soon as a place is free." in page
    assert "cleo@acme.example waits for Course 1" in page
    assert page.count("waits for") == 1
    ada = console.world.assign(pool.id, "ada", if_held=IfHeld.KEEP)[0].learner.id
    manager.led(manager.post(f"{path}/members/{ada}/remove"))
    assert "cleo" in console.world.holders(pool.id)
    grant = re.findall(rf'"({path}/grants/\d+/remove)"', manager.page(path))[0]
    manager.led(manager.post(grant))
    assert console.world.holders(pool.id) == []
    manager.led(manager.post(f"{path}/delete"))
    assert manager.get(path).status_code == 404


def test_what_a_group_is_refused_is_said_beside_its_field(
    console: Console, manager: Browser
) -> None:
    pool = console.world.pool(1)
    path = manager.led(manager.post("/console/p/1/groups/new", name="Sales")).partition("?")[0]
    answer = manager.post(f"{path}/members", people="nobody")
    assert (answer.status_code, "nobody: This is not an e-mail" in answer.text) == (422, True)
    manager.post(f"{path}/members", people="ada@acme.example ben@acme.example")
    answer = manager.post(f"{path}/grants", pool=pool.id)
    assert answer.status_code == 422
    assert "The group does not fit into pool" in answer.text


def test_an_operator_makes_and_changes_a_platform(console: Console, operator: Browser) -> None:
    fields: dict[str, Any] = {
        "name": "Nova",
        "key": "nova",
        "org": "NOVA",
        "domains": "nova.example, n.example",
    }
    answer = operator.post("/console/platforms/new", **fields)
    assert operator.led(answer) == "/console/p/3?said=platform_made"
    answer = operator.post("/console/platforms/new", **fields)
    assert (answer.status_code, "Another platform has this key." in answer.text) == (422, True)
    domains = "@nova.example; N.example\tother.example"
    operator.led(operator.post("/console/p/3/settings", name="Nova Learning", domains=domains))
    page = operator.page("/console/p/3/settings")
    assert 'value="nova.example, n.example, other.example"' in page
    for field, said, wrong in (
        ("domains", "https://nova.example", "is no mail domain"),
        ("domains", "me@nova.example", "is no mail domain"),
        ("email", "x", "This is not an e-mail address."),
    ):
        given = fields | {"key": "two", "org": "TWO", field: said}
        for path in ("/console/p/3/settings", "/console/platforms/new"):
            answer = operator.post(path, **given)
            assert answer.status_code == 422
            assert re.search(f'{field}-error">[^<]*{wrong}', answer.text)
    operator.led(operator.post("/console/p/3/settings", name="Nova Learning", domains=""))
    page = operator.page("/console/platforms?q=nova")
    assert ("Nova Learning" in page, "Zeta" in page) == (True, False)


def test_the_overview_tells_what_ends_and_what_is_full(console: Console, manager: Browser) -> None:
    world = console.world
    soon = world.now + timedelta(days=40)
    full = world.pool(10, end=soon)
    world.assign(full.id, *"abcdefghi")
    roomy = world.pool(10, item_key="course-2", item_title="Two")
    world.assign(roomy.id, "ada", end=world.now + timedelta(days=3))
    page = text_of(manager.page("/console/p/1"))
    assert "Seats bought 20 In use 10 50 % Free to give 10 Pools 2" in page
    assert (
        "Ends soon Course 1 the whole pool, 9 seats in 40 days ada@acme.example Two in 3 days"
        in page
    )
    assert "Nearly full Course 1 1 place free" in page
    assert "root gave ada@acme.example a seat in Two" in page


def test_the_overview_of_nothing_says_what_to_do(manager: Browser, operator: Browser) -> None:
    assert "Whoever sells you seats opens the first pool." in manager.page("/console/p/1")
    assert "Open the first pool" in operator.page("/console/p/1")
