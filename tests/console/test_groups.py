"""Groups: large ones are read some members at a time, and none is out of reach."""

import re
from collections.abc import Iterable
from datetime import timedelta
from typing import Any

import pytest

from seatledger.console.pages import groups
from seatledger.domain.command import SaveGroup
from seatledger.usecases.questions import Page
from tests.console.conftest import Browser, Console, text_of
from tests.support.cast import MANAGER

LIST = "/console/p/1/groups"


def a_group(console: Console, name: str = "Sales", members: Iterable[int] = ()) -> str:
    """The page of a new group."""
    made: Any = console.world.do(
        SaveGroup(MANAGER, platform_key="acme", name=name, member_ids=tuple(members))
    )
    return f"{LIST}/{made.group.id}"


@pytest.fixture
def large(console: Console) -> str:
    """A group of 120."""
    pool = console.world.pool(200)
    names = [f"learner{number:03}" for number in range(120)]
    seated = console.world.assign(pool.id, *names)
    return a_group(console, members=[each.learner.id for each in seated])


def test_members_are_read_on_the_newest_first_and_none_twice(large: str, manager: Browser) -> None:
    path: str | None = large
    seen: list[str] = []
    sizes: list[int] = []
    while path is not None:
        page = manager.part(path).text
        found = re.findall(r">(learner\d+)@acme.example</a>", page)
        seen, sizes = seen + found, [*sizes, len(found)]
        more = re.search(r'hx-get="([^"]*after=\d+[^"]*)"', page)
        path = None if more is None else more[1].replace("&amp;", "&")
    assert seen == [f"learner{number:03}" for number in reversed(range(120))]
    assert sizes == [50, 50, 20]


def test_a_member_of_a_large_group_is_found_by_name(large: str, manager: Browser) -> None:
    page = text_of(manager.page(large))
    assert "Members 120" in page
    assert "learner007" not in page
    found = text_of(manager.part(f"{large}?q=LEARNER007").text)
    assert re.findall(r"learner\d+", found) == ["learner007"]
    assert "Nobody found." in text_of(manager.part(f"{large}?q=nobody").text)


def test_every_group_is_on_a_page_the_newest_first(
    console: Console, manager: Browser, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(groups, "GROUPS_SHOWN", 2)
    for name in ("First", "Second", "Third"):
        a_group(console, name)
    page = manager.page(LIST)
    assert re.findall("First|Second|Third", text_of(page)) == ["Third", "Second"]
    assert f"{LIST}?page=2" in page
    assert "First" in manager.page(f"{LIST}?page=2")


def test_behind_the_last_page_of_groups_is_the_way_back(console: Console, manager: Browser) -> None:
    a_group(console)
    page = manager.page(f"{LIST}?page=9")
    assert "No groups yet" not in page
    assert f'href="{LIST}">To the first page' in page


def test_pools_that_are_over_or_off_use_up_no_choice(
    console: Console, manager: Browser, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(groups, "CHOICES", Page(1, 1, "-id"))
    console.world.pool(name="Open")
    console.world.pool(name="Over", end=console.world.now + timedelta(hours=1))
    console.world.pool(name="Off", active=False)
    path = a_group(console)
    console.world.now += timedelta(hours=1)
    assert re.findall(r"<option[^>]*>(\w+) –", manager.page(path)) == ["Open"]


def test_with_one_address_refused_nobody_becomes_known(console: Console, manager: Browser) -> None:
    path = a_group(console)
    answer = manager.post(f"{path}/members", people="ada@acme.example\nbad@\nben@acme.example")
    assert answer.status_code == 422
    assert "bad@: This is not an e-mail address." in text_of(answer.text)
    assert "ada@acme.example" not in manager.page("/console/p/1/learners")
