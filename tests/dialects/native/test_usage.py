"""How pools were used: the same rows as JSON and as CSV, and when a pool will be full."""

import csv
import io
from typing import Any

import pytest

from tests.dialects.native.conftest import Native
from tests.support.cast import DAY, NOON


def lived(native: Native) -> None:
    """A pool of 10 and one of 3 from 1 March on, some coming and going; it is 31 March now."""
    world = native.world
    world.pool(10)
    world.pool(3, item_key="course-2", transferable=False)
    world.assign(1, *"abc")
    world.assign(2, "a")
    world.now = NOON + 2 * DAY
    world.assign(1, "d")
    native.told(200, "DELETE", "/seats/1")
    native.told(200, "DELETE", "/seats/2")
    world.now = NOON + 30 * DAY


def test_each_step_tells_its_end_its_most_and_what_came_and_went(native: Native) -> None:
    lived(native)
    told = native.told(200, "GET", "/pools/1/usage?from=2026-02-28&to=2026-03-04")
    assert told["step"] == "day"
    plain = {"size": 10, "held": 2, "most_held": 2, "assigned": 0, "ended": 0}
    assert [{**row, "from": "", "to": ""} for row in told["data"]] == [
        plain | {"from": "", "to": "", **changed}
        for changed in (
            {"size": 0, "held": 0, "most_held": 0},
            {"held": 3, "most_held": 3, "assigned": 3},
            {"held": 3, "most_held": 3},
            {"most_held": 4, "assigned": 1, "ended": 2},
            {},
        )
    ]
    assert (told["data"][0]["from"], told["data"][4]["to"]) == ("2026-02-28", "2026-03-04")


def test_steps_are_weeks_and_months_too_and_end_today(native: Native) -> None:
    lived(native)
    (march,) = native.told(200, "GET", "/pools/1/usage?step=month&from=2026-03-01")["data"]
    assert (march["from"], march["to"], march["held"], march["most_held"]) == (
        "2026-03-01",
        "2026-03-31",
        2,
        4,
    )
    weeks = native.told(200, "GET", "/pools/1/usage?step=week")["data"]
    assert (len(weeks), weeks[0]["from"], weeks[-1]["to"]) == (13, "2026-01-05", "2026-03-31")
    days = native.told(200, "GET", "/pools/1/usage")["data"]
    assert (len(days), days[0]["from"], days[-1]["to"]) == (30, "2026-03-02", "2026-03-31")


def test_a_platform_adds_up_its_pools(native: Native) -> None:
    lived(native)
    told = native.told(200, "GET", "/usage?from=2026-03-01&to=2026-03-03")
    assert [(row["size"], row["held"], row["assigned"]) for row in told["data"]] == [
        (13, 4, 4),
        (13, 4, 0),
        (13, 3, 1),
    ]
    asked = {"token": native.operator}
    assert native.told(200, "GET", "/usage?platform=acme", **asked)["step"] == "day"
    assert native.problem("invalid", "GET", "/usage", **asked)["field"] == "platform"
    native.problem("unknown_platform", "GET", "/usage?platform=zeta")


@pytest.mark.parametrize("path", ["/pools/1/usage", "/usage"])
@pytest.mark.parametrize(
    "asked", [{"params": {"format": "csv"}}, {"headers": {"Accept": "text/csv"}}]
)
def test_csv_has_the_very_numbers_of_json(native: Native, path: str, asked: dict[str, Any]) -> None:
    lived(native)
    rows = native.told(200, "GET", path)["data"]
    answer = native.ask("GET", path, **asked)
    assert answer.status_code == 200
    assert answer.headers["content-type"] == "text/csv; charset=utf-8"
    written = list(csv.DictReader(io.StringIO(answer.text)))
    assert written == [{name: str(value) for name, value in row.items()} for row in rows]
    assert list(written[0]) == ["from", "to", "size", "held", "most_held", "assigned", "ended"]
    as_json = native.ask("GET", path, params={"format": "json"}, headers={"Accept": "text/csv"})
    assert as_json.json()["data"] == rows


def test_running_out_is_estimated_with_the_method_stated(native: Native) -> None:
    lived(native)
    told = native.told(200, "GET", "/pools/1/usage?from=2026-03-30")
    method = "linear, net change a day over the last 28 days"
    assert told["run_out"] == {
        "date": None,
        "why": "No more places are taken than 28 days ago.",
        "method": method,
    }
    native.world.assign(1, *"fgh")
    native.world.now += 7 * DAY
    told = native.told(200, "GET", "/pools/1/usage?from=2026-04-01")
    assert told["run_out"] == {"date": "2026-05-24", "why": None, "method": method}


def test_where_nothing_can_be_said_it_is_said_why(native: Native) -> None:
    native.world.pool(1)
    young = native.told(200, "GET", "/pools/1/usage")["run_out"]
    assert (young["date"], young["why"]) == (None, "The pool has less than 28 days of history.")
    native.world.assign(1, "a")
    full = native.told(200, "GET", "/pools/1/usage")["run_out"]
    assert (full["date"], full["why"]) == (None, "The pool is full already.")


@pytest.mark.parametrize(
    ("query", "field"),
    [
        ("from=2026-03-02&to=2026-03-01", "from"),
        ("to=2026-04-02", "to"),
        ("from=yesterday", "from"),
        ("to=2026-13-01", "to"),
        ("step=year", "step"),
        ("from=2020-01-01", "step"),
        ("from=0001-01-01&step=month", "step"),
        ("format=xml", "format"),
    ],
)
@pytest.mark.parametrize("path", ["/pools/1/usage", "/usage"])
def test_what_cannot_be_shown_is_refused_by_name(
    native: Native, path: str, query: str, field: str
) -> None:
    lived(native)
    assert native.problem("invalid", "GET", f"{path}?{query}")["field"] == field


def test_a_pool_that_is_none_has_no_usage(native: Native) -> None:
    native.problem("unknown_pool", "GET", "/pools/99/usage")
    native.problem("unknown_pool", "GET", "/pools/x/usage")
