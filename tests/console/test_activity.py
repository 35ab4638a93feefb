"""Activity: filtered, read on, and taken away in files that no spreadsheet carries out."""

import asyncio
import csv
import io
import re
import zipfile
from datetime import timedelta
from typing import Any

import pytest

from seatledger.console.pages import activity
from seatledger.console.spreadsheet import workbook
from seatledger.domain.command import AssignSeat
from tests.console.conftest import Browser, Console, text_of
from tests.support.cast import OPERATOR

EVIL = "=HYPERLINK(1)"


@pytest.fixture
def busy(console: Console) -> None:
    """A pool on Sunday, a seat on Monday."""
    pool = console.world.pool(name="+1")
    console.world.now += timedelta(days=1)
    console.world.do(AssignSeat(OPERATOR, pool_id=pool.id, email="ada@acme.example", name=EVIL))


@pytest.mark.parametrize(
    ("query", "shown", "hidden"),
    [
        ("", ["opened", "gave"], []),
        ("kind=seats", ["gave"], ["opened"]),
        ("kind=pools", ["opened"], ["gave"]),
        ("kind=nonsense", ["opened", "gave"], []),
        ("from=2026-03-02", ["gave"], ["opened"]),
        ("to=2026-03-01", ["opened"], ["gave"]),
        ("from=2026-03-03", [], ["opened", "gave"]),
        ("from=soon", ["opened", "This is a day, as 2027-01-31."], []),
    ],
)
def test_what_is_shown(
    busy: None, manager: Browser, query: str, shown: list[str], hidden: list[str]
) -> None:
    page = text_of(manager.page(f"/console/p/1/activity?{query}"))
    assert [word for word in shown if word not in page] == []
    assert [word for word in hidden if f" {word} " in page] == []


def test_a_csv_file_has_all_of_it_and_nothing_to_carry_out(busy: None, manager: Browser) -> None:
    answer = manager.get("/console/p/1/activity.csv?kind=seats")
    assert answer.headers["content-disposition"] == 'attachment; filename="activity.csv"'
    (row,) = csv.DictReader(io.StringIO(answer.text.removeprefix("\ufeff")))
    assert row["what"] == "seat_assigned"
    assert row["learner"] == f"'{EVIL}"
    assert row["pool"] == "'+1"


def test_a_workbook_has_text_and_no_formula(busy: None, manager: Browser) -> None:
    answer = manager.get("/console/p/1/activity.xlsx")
    with zipfile.ZipFile(io.BytesIO(answer.content)) as book:
        sheet = book.read("xl/worksheets/sheet1.xml").decode()
        texts = book.read("xl/sharedStrings.xml").decode()
    assert "<f>" not in sheet
    assert EVIL in texts
    assert "hyperlink" not in sheet.lower()


def test_a_workbook_too_large_is_refused_before_anything_is_read(
    busy: None, manager: Browser, monkeypatch: pytest.MonkeyPatch
) -> None:
    def read(*_: Any) -> None:
        raise AssertionError

    monkeypatch.setattr(activity, "WORKBOOK_ROWS_MAX", 2)
    monkeypatch.setattr(activity, "latest_entries", read)
    answer = manager.get("/console/p/1/activity.xlsx")
    assert answer.status_code == 422
    assert "take the CSV file" in answer.text
    monkeypatch.undo()
    assert manager.get("/console/p/1/activity.xlsx").status_code == 200


def test_a_workbook_is_written_beside_the_loop(
    busy: None, manager: Browser, monkeypatch: pytest.MonkeyPatch
) -> None:
    threads: list[bool] = []

    def written(*given: Any) -> Any:
        try:
            asyncio.get_running_loop()
        except RuntimeError:
            threads.append(True)
        return workbook(*given)

    monkeypatch.setattr(activity, "workbook", written)
    manager.get("/console/p/1/activity.xlsx")
    assert threads == [True]


def test_activity_is_read_on_and_nothing_is_told_twice(console: Console, manager: Browser) -> None:
    pool = console.world.pool(200)
    console.world.assign(pool.id, *(f"learner{number:03}" for number in range(120)))
    path: str | None = "/console/p/1/activity?kind=seats"
    seen: list[str] = []
    while path is not None:
        page = manager.part(path).text
        seen += re.findall(r">(learner\d+)@acme.example</a>", page)
        more = re.search(r'hx-get="([^"]*after=\d+[^"]*)"', page)
        path = None if more is None else more[1].replace("&amp;", "&")
    assert seen == [f"learner{number:03}" for number in reversed(range(120))]
