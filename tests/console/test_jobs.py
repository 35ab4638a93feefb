"""Lists of changes: a button says what a trial would do, and what is left can be tried."""

import re
from datetime import timedelta
from typing import Any

import pytest

from seatledger.console.pages import jobs
from seatledger.domain.job import JobKind, JobMode
from seatledger.domain.job_command import CancelJob
from tests.console.conftest import Browser, Console, text_of
from tests.support.cast import MANAGER
from tests.support.jobs import asked, job, work


@pytest.fixture
def pool(console: Console) -> int:
    return console.world.pool(9).id


def page_of(console: Console, browser: Browser, pool: int, kind: JobKind, **fields: Any) -> str:
    """The page of a list of ada and ben, which was worked off."""
    end = console.world.now + timedelta(days=9)
    rows = asked("ada", "ben", end=None if kind is JobKind.END else end)
    made = job(console.world, pool, kind, rows, **fields)
    work(console.world.database, console.world.now, made.id)
    return browser.page(f"/console/p/1/jobs/{made.id}")


@pytest.mark.parametrize(
    ("kind", "label", "tone"),
    [
        (JobKind.END, "Take 2 seats back", "danger"),
        (JobKind.EXTEND, "Move 2 ends", "primary"),
    ],
)
def test_the_button_of_a_trial_says_what_it_does(
    console: Console, manager: Browser, pool: int, kind: JobKind, label: str, tone: str
) -> None:
    console.world.assign(pool, "ada", "ben")
    page = page_of(console, manager, pool, kind, trial=True)
    (button,) = re.findall(r'confirm"[^>]*><button class="button (\w+)"[^>]*>([^<]*)<', page)
    assert button == (tone, label)
    assert "Assign" not in page
    assert "/assign" not in page


def test_taking_seats_back_is_not_what_the_enter_key_does(
    console: Console, manager: Browser, pool: int
) -> None:
    console.world.assign(pool, "ada", "ben")
    assert "autofocus" not in page_of(console, manager, pool, JobKind.END, trial=True)
    assert "autofocus" in page_of(console, manager, pool, JobKind.EXTEND, trial=True)


def test_what_a_cancelled_list_left_can_be_tried(
    console: Console, manager: Browser, pool: int
) -> None:
    made = job(console.world, pool, JobKind.IMPORT, asked("ada", "ben"))
    console.world.do(CancelJob(MANAGER, job_id=made.id))
    path = f"/console/p/1/jobs/{made.id}"
    page = text_of(manager.page(path))
    assert "2 Not tried" in page
    assert "Try the rest" in page
    console.finish(manager.led(manager.post(f"{path}/retry")))
    assert sorted(console.world.holders(pool)) == ["ada", "ben"]


def test_of_all_or_nothing_all_can_be_tried_again(
    console: Console, manager: Browser, pool: int
) -> None:
    console.world.assign(pool, "ada")
    page = page_of(console, manager, pool, JobKind.END, mode=JobMode.ALL_OR_NOTHING)
    assert "Try all of it again" in page


def test_where_nothing_is_left_nothing_is_tried_again(
    console: Console, manager: Browser, pool: int
) -> None:
    assert "/retry" not in page_of(console, manager, pool, JobKind.IMPORT)


def test_old_lists_are_behind_the_newest(
    console: Console, manager: Browser, pool: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(jobs, "JOBS_SHOWN", 2)
    ids = [job(console.world, pool, JobKind.IMPORT, asked("ada")).id for _ in range(3)]
    page = manager.page("/console/p/1/jobs")
    assert re.findall(r'/jobs/(\d+)"', page) == [str(ids[2]), str(ids[1])]
    (href,) = re.findall(r'href="([^"]*after=[^"]*)"', page)
    assert re.findall(r'/jobs/(\d+)"', manager.page(href)) == [str(ids[0])]
    assert "after=" not in manager.page(href)


def test_lists_of_changes_are_found_from_the_pools(manager: Browser) -> None:
    assert 'href="/console/p/1/jobs"' in manager.page("/console/p/1/pools")
    assert 'href="/console/p/1/pools"' in manager.page("/console/p/1/jobs")
