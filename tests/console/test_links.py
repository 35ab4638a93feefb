"""Auto-enrolment links as managers keep them: what is listed, made, refused and deleted."""

import re
from datetime import timedelta
from typing import Any

import pytest

from tests.console.conftest import ORIGIN, Browser, Console, text_of
from tests.support.links import a_link, enter

LIST = "/console/p/1/links"


def addresses(page: str) -> list[str]:
    """The links that a page has to copy."""
    return re.findall(rf'readonly value="{ORIGIN}(/l/[0-9a-f]{{64}})"', page)


def test_without_links_the_page_says_what_to_do(manager: Browser) -> None:
    page = manager.page(LIST)
    assert "No links yet" in page
    assert f'href="{LIST}/new"' in page


def test_without_an_open_pool_the_form_says_so(console: Console, manager: Browser) -> None:
    console.world.pool(end=console.world.now + timedelta(hours=1))
    console.world.now += timedelta(hours=2)
    assert "No pool to lend from" in manager.page(f"{LIST}/new")


def test_a_link_is_made_and_its_address_leads_somewhere(console: Console, manager: Browser) -> None:
    pool = console.world.pool(10)
    made = manager.post(
        f"{LIST}/new", pool=pool.id, quota="4", duration_days="30", auto_reassign="yes"
    )
    assert manager.led(made) == f"{LIST}?said=link_made"
    page = manager.page(LIST)
    (address,) = addresses(page)
    assert "Course 1 made 1 Mar 2026 · the oldest seat makes way 4 0 0 4 30 days" in text_of(page)
    assert "Course 1" in console.browser().page(address)


def test_what_is_left_out_is_the_whole_pool_for_as_long_as_it_lasts(
    console: Console, manager: Browser
) -> None:
    pool = console.world.pool(10)
    manager.led(manager.post(f"{LIST}/new", pool=pool.id))
    assert "made 1 Mar 2026 10 0 0 10 as long as the pool" in text_of(manager.page(LIST))


def test_the_list_tells_what_is_out_what_ever_was_and_what_is_free(console: Console) -> None:
    console.account("mira", "acme")
    world = console.world
    link = a_link(world, world.pool(10).id, quota=3, duration_days=1)
    enter(world, link, "ada")
    world.now += timedelta(days=2)
    enter(world, link, "ben")
    later = console.browser("mira")
    assert "3 1 2 2 1 day" in text_of(later.page(LIST))


REFUSED: list[tuple[dict[str, Any], str, str]] = [
    ({"pool": ""}, "pool", "Fill this in."),
    ({"pool": "99"}, "pool", "There is no such pool."),
    ({"pool": "x"}, "pool", "There is no such pool."),
    ({"quota": "0"}, "quota", "offers 1 to 5 seats"),
    ({"quota": "6"}, "quota", "offers 1 to 5 seats"),
    ({"quota": "many"}, "quota", "This is a whole number"),
    ({"duration_days": "0"}, "duration_days", "1 to 3650 days"),
    ({"duration_days": "3651"}, "duration_days", "1 to 3650 days"),
    ({"auto_reassign": "yes"}, "auto_reassign", "its seats are not reassigned"),
]


@pytest.mark.parametrize(("changed", "field", "sentence"), REFUSED)
def test_what_is_wrong_is_said_beside_its_field(
    console: Console, manager: Browser, changed: dict[str, Any], field: str, sentence: str
) -> None:
    pool = console.world.pool(5, transferable=False)
    answer = manager.post(f"{LIST}/new", **{"pool": str(pool.id), **changed})
    assert answer.status_code == 422
    (said,) = re.findall(rf'id="{field}-error">([^<]*)<', answer.text)
    assert sentence in said
    assert addresses(manager.page(LIST)) == []


def test_the_pool_of_another_platform_lends_nothing_here(
    console: Console, manager: Browser, operator: Browser
) -> None:
    foreign = console.world.pool(5, platform_key="zeta", item_key="zeta-1", name="zsecret")
    for browser in (manager, operator):
        assert browser.post(f"{LIST}/new", pool=foreign.id).status_code == 422
        assert "zsecret" not in browser.page(f"{LIST}/new")


def test_a_deleted_link_is_gone_and_its_seats_stay(console: Console, manager: Browser) -> None:
    world = console.world
    link = a_link(world, world.pool(5).id)
    enter(world, link, "ada")
    path = f"{LIST}/{link.id}/delete"
    asked = text_of(manager.page(path))
    assert "Delete the link to Course 1?" in asked
    assert "1 seat that it lent stay" in asked
    assert addresses(manager.page(LIST)) == [f"/l/{link.token}"]
    assert manager.led(manager.post(path)) == f"{LIST}?said=link_deleted"
    assert addresses(manager.page(LIST)) == []
    assert world.holders(link.pool_id) == ["ada"]
    assert manager.get(path).status_code == 404
    assert console.browser().get(f"/l/{link.token}").status_code == 404


def test_history_tells_of_links_in_sentences(console: Console, manager: Browser) -> None:
    pool = console.world.pool(5)
    manager.led(manager.post(f"{LIST}/new", pool=pool.id))
    assert "Mira made a link to" in text_of(manager.page("/console/p/1/activity"))
