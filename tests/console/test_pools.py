"""Pools: the list, a pool with its seats, and what operators do with them."""

import re
from datetime import timedelta
from typing import Any

import pytest

from seatledger.console.pages import pools
from seatledger.domain.command import ShapePool
from tests.console.conftest import Browser, Console, text_of
from tests.support.cast import OPERATOR


def test_a_list_without_pools_says_what_to_do(manager: Browser, operator: Browser) -> None:
    assert "No pools yet" in manager.page("/console/p/1/pools")
    assert "/pools/new" not in manager.page("/console/p/1/pools")
    assert "/pools/new" in operator.page("/console/p/1/pools")


def test_the_list_tells_what_was_bought_and_what_is_left(
    console: Console, manager: Browser
) -> None:
    pool = console.world.pool(3, name="Data for all")
    console.world.assign(pool.id, "ada", "ben")
    console.world.pool(2, item_key="course-2", item_title="Audit", transferable=False)
    page = text_of(manager.page("/console/p/1/pools"))
    assert "Data for all Course 1 · course-1 Transferable 2 of 3 1" in page
    assert "Audit course-2 Untransferable 0 of 2 2" in page


def test_a_window_is_told_by_its_first_and_its_last_day(
    operator: Browser, manager: Browser
) -> None:
    fields = {**NEW, "start": "2026-11-01", "end": "2027-01-31"}
    answer = operator.post("/console/p/1/pools/new", **fields)
    assert answer.status_code == 303, text_of(answer.text)
    page = manager.page("/console/p/1/pools")
    assert "1 Nov 2026 – 31 Jan 2027" in text_of(page)
    assert 'datetime="2027-02-01T00:00:00Z" title="until 1 Feb 2027, 00:00 UTC">31 Jan' in page


def test_pools_are_found_by_a_part_of_their_name(console: Console, manager: Browser) -> None:
    console.world.pool(name="Data for all")
    console.world.pool(name="Audit", item_key="course-2", item_title="Audit")
    found = manager.part("/console/p/1/pools?q=FOR").text
    assert ("Data for all" in found, "Audit" in found, "<html" in found) == (True, False, False)
    assert "No pool is called that" in manager.page("/console/p/1/pools?q=nothing")


@pytest.mark.parametrize("number", ["0", "-3", "x", "999999", "9" * 30])
def test_any_page_number_is_answered(manager: Browser, number: str) -> None:
    assert manager.get(f"/console/p/1/pools?page={number}").status_code == 200


def test_behind_the_last_page_is_the_way_back(console: Console, operator: Browser) -> None:
    console.world.pool(name="Data")
    page = operator.page("/console/p/1/pools?q=dat&page=99")
    assert 'href="/console/p/1/pools?q=dat">To the first page' in page
    assert "Open the first pool" not in page
    assert "No pool is called that" not in page


def test_pools_are_turned_over_as_other_lists(
    console: Console, manager: Browser, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pools, "POOLS_SHOWN", 1)
    console.world.pool(name="Data one")
    console.world.pool(name="Data two")
    page = manager.page("/console/p/1/pools?q=data")
    assert "Page 1 of 2" in text_of(page)
    assert 'href="/console/p/1/pools?q=data&amp;page=2">Further' in page
    assert "Data one" in manager.page("/console/p/1/pools?q=data&page=2")


def test_seats_are_read_on_the_newest_first_and_none_twice(
    console: Console, manager: Browser
) -> None:
    names = [f"learner{number:03}" for number in range(120)]
    pool = console.world.pool(200)
    console.world.assign(pool.id, *names)
    path: str | None = f"/console/p/1/pools/{pool.id}"
    seen: list[str] = []
    while path is not None:
        page = manager.part(path).text
        seen += re.findall(r">(learner\d+)@acme.example</a>", page)
        more = re.search(r'hx-get="([^"]*after=\d+[^"]*)"', page)
        path = None if more is None else more[1].replace("&amp;", "&")
    assert seen == names[::-1]


def test_a_seat_is_found_by_name_or_address(console: Console, manager: Browser) -> None:
    pool = console.world.pool()
    console.world.assign(pool.id, "ada", name="Ada Moreno")
    console.world.assign(pool.id, "ben", name="Ben Okafor")
    for said in ("ada", "MORE", "ada@acme"):
        found = manager.part(f"/console/p/1/pools/{pool.id}?q={said}").text
        assert ("Ada Moreno" in found, "Ben" in found) == (True, False), said
    assert "Nobody found" in manager.part(f"/console/p/1/pools/{pool.id}?q=oreno").text


def test_ended_seats_are_shown_on_request(console: Console, manager: Browser) -> None:
    pool = console.world.pool()
    seated = console.world.assign(pool.id, "ada")[0]
    manager.post(f"/console/p/1/seats/{seated.seat.id}/end")
    assert "ada@acme.example" not in manager.page(f"/console/p/1/pools/{pool.id}")
    page = text_of(manager.page(f"/console/p/1/pools/{pool.id}?show=all"))
    assert "ada@acme.example Taken back" in page


def test_a_pool_that_is_over_offers_no_seats(console: Console) -> None:
    pool = console.world.pool(end=console.world.now + timedelta(days=1))
    console.world.now += timedelta(days=2)
    console.account("mira", "acme")
    manager = console.browser("mira")
    page = manager.page(f"/console/p/1/pools/{pool.id}")
    assert "Ended" in text_of(page)
    assert "/assign" not in page


NEW: dict[str, Any] = {
    "kind": "course",
    "key": "course-9",
    "title": "Nine",
    "size": "25",
    "transferable": "yes",
}


def test_an_operator_opens_a_pool(console: Console, operator: Browser) -> None:
    answer = operator.post(
        "/console/p/1/pools/new", **NEW, name="For sales", start="2026-03-02", end="2026-03-31"
    )
    led = operator.led(answer)
    assert led == "/console/p/1/pools/1?said=pool_made"
    pool = console.world.look(1)
    assert (pool.name, pool.size, pool.transferable) == ("For sales", 25, True)
    assert pool.window.start.isoformat() == "2026-03-02T00:00:00+00:00"
    assert pool.window.end is not None
    assert pool.window.end.isoformat() == "2026-04-01T00:00:00+00:00"


@pytest.mark.parametrize(
    ("fields", "field", "said"),
    [
        ({"key": ""}, "key", "Fill this in."),
        ({"size": ""}, "size", "Fill this in."),
        ({"size": "2.5"}, "size", "This is a whole number, as 25."),
        ({"size": "-1"}, "size", "This is a whole number, as 25."),
        ({"size": "99999999999"}, "size", "This is a whole number, as 25."),
        ({"kind": "boat"}, "kind", "Choose one of these."),
        ({"end": "9999-12-31"}, "end", "The year is from 2000 to 9998."),
        ({"start": "0026-03-01"}, "start", "The year is from 2000 to 9998."),
        ({"end": "31.3.2026"}, "end", "This is a day, as 2027-01-31."),
        ({"start": "2026-03-31", "end": "2026-03-01"}, "end", ""),
    ],
)
def test_what_no_new_pool_may_be(
    operator: Browser, fields: dict[str, Any], field: str, said: str
) -> None:
    answer = operator.post("/console/p/1/pools/new", **{**NEW, **fields})
    assert answer.status_code == 422
    assert said in text_of(answer.text)
    assert f'id="{field}-error"' in answer.text or 'role="alert"' in answer.text
    assert "No pools yet" in operator.page("/console/p/1/pools")


def filled(operator: Browser, path: str) -> dict[str, Any]:
    """The form as it is shown."""
    return inputs(operator.page(path))


def inputs(page: str) -> dict[str, Any]:
    fields = dict(re.findall(r'<input[^>]* name="(\w+)"[^>]* value="([^"]*)"', page))
    fields |= dict(re.findall(r'name="(\w+)" type="\w+" autocomplete="off" value="([^"]*)"', page))
    return {name: value for name, value in fields.items() if name != "q"}


def test_saving_without_a_change_changes_nothing(console: Console, operator: Browser) -> None:
    moment = console.world.now.replace(hour=18)
    pool = console.world.pool(end=moment + timedelta(days=9))
    path = f"/console/p/1/pools/{pool.id}/change"
    operator.led(operator.post(path, **filled(operator, path)))
    assert console.world.look(pool.id) == pool


def test_an_operator_changes_a_pool(console: Console, operator: Browser) -> None:
    pool = console.world.pool(10)
    path = f"/console/p/1/pools/{pool.id}/change"
    fields = {**filled(operator, path), "size": "12", "end": "2026-06-30"}
    operator.led(operator.post(path, **fields))
    changed = console.world.look(pool.id)
    assert changed.size == 12
    assert changed.window.end is not None
    assert changed.window.end.isoformat() == "2026-07-01T00:00:00+00:00"
    page = text_of(operator.page(f"/console/p/1/pools/{pool.id}/history"))
    assert "Olaf changed Course 1 Places: 10 → to 12 Ends: none → to 1 Jul 2026, 00:00" in page


def test_a_pool_is_not_made_smaller_than_what_is_taken(console: Console, operator: Browser) -> None:
    pool = console.world.pool(3)
    console.world.assign(pool.id, "ada", "ben")
    path = f"/console/p/1/pools/{pool.id}/change"
    answer = operator.post(path, **{**filled(operator, path), "size": "1"})
    assert answer.status_code == 422
    assert "size-error" in answer.text or 'role="alert"' in answer.text
    assert console.world.look(pool.id).size == 3


def test_nobody_undoes_what_they_never_saw(console: Console, operator: Browser) -> None:
    pool = console.world.pool(3)
    path = f"/console/p/1/pools/{pool.id}/change"
    fields = filled(operator, path)
    console.world.do(ShapePool(OPERATOR, pool_id=pool.id, size=9))
    answer = operator.post(path, **{**fields, "size": "4"})
    assert answer.status_code == 422
    assert "It was changed since you looked at it." in answer.text
    assert console.world.look(pool.id).size == 9
    shown = inputs(answer.text)
    assert shown["size"] == "9"
    operator.led(operator.post(path, **{**shown, "size": "4"}))
    assert console.world.look(pool.id).size == 4


def test_the_chart_of_use_comes_after_the_page_and_is_a_page_of_its_own(
    console: Console, manager: Browser
) -> None:
    pool = console.world.pool(size=4)
    console.world.assign(pool.id, "ada")
    for place in ("/console/p/1", f"/console/p/1/pools/{pool.id}"):
        page = manager.page(place)
        assert f'hx-get="{place}/use"' in page
        assert "<svg viewBox" not in page
        assert "now 1 of 4 are in use" in manager.page(f"{place}/use")
