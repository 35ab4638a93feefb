"""Assigning: what was pasted or dropped is looked over first, and done only when confirmed."""

import re
from html import unescape
from typing import Any

import pytest

from seatledger.domain.command import IfHeld
from tests.console.conftest import Browser, Console, text_of

PEOPLE = "Ada Moreno <ada@acme.example>\nben@acme.example, zed@elsewhere.example\nnobody"


@pytest.fixture
def pool(console: Console) -> int:
    return console.world.pool(2).id


def looked_over(console: Console, browser: Browser, pool: int, **fields: Any) -> str:
    """The address of the page that says what would happen."""
    path = browser.led(browser.post(f"/console/p/1/pools/{pool}/assign", **fields))
    console.finish(path)
    return path


def test_nothing_is_given_before_it_is_confirmed(
    console: Console, manager: Browser, pool: int
) -> None:
    path = looked_over(console, manager, pool, people=PEOPLE)
    page = text_of(manager.page(path))
    assert "What will happen" in page
    assert "2 Will get a seat" in page
    assert "1 Not allowed" in page
    assert "nobody Can't be read This is not an e-mail address." in page
    assert "Assign 2 seats" in page
    assert console.world.holders(pool) == []

    done = manager.led(manager.post(f"{path}/confirm"))
    console.finish(done)
    assert sorted(console.world.holders(pool)) == ["ada", "ben"]
    page = text_of(manager.page(done))
    assert "What happened" in page
    assert "2 Got a seat" in page
    assert "zed@elsewhere.example Not allowed" in page


def test_who_has_a_seat_and_for_whom_none_is_left_is_told(
    console: Console, manager: Browser, pool: int
) -> None:
    console.world.assign(pool, "ada")
    path = looked_over(
        console, manager, pool, people="ada@acme.example ben@acme.example\nc@acme.example"
    )
    page = text_of(manager.page(path))
    assert "ada@acme.example Has a seat already" in page
    assert "ben@acme.example Will get a seat" in page
    assert "c@acme.example No place free" in page


def test_where_nobody_gets_a_seat_there_is_nothing_to_confirm(
    console: Console, manager: Browser, pool: int
) -> None:
    path = looked_over(console, manager, pool, people="zed@elsewhere.example")
    assert "/confirm" not in manager.page(path)


def test_confirming_twice_gives_no_seat_twice(
    console: Console, manager: Browser, pool: int
) -> None:
    path = looked_over(console, manager, pool, people="ada@acme.example")
    for _ in range(2):
        console.finish(manager.led(manager.post(f"{path}/confirm")))
    assert console.world.holders(pool) == ["ada"]
    assert console.world.look(pool).given == 1


def test_what_was_done_is_not_confirmed_once_more(
    console: Console, manager: Browser, pool: int
) -> None:
    path = looked_over(console, manager, pool, people="ada@acme.example")
    done = manager.led(manager.post(f"{path}/confirm"))
    console.finish(done)
    assert manager.post(f"{done}/confirm").status_code == 422


@pytest.mark.parametrize(
    "data",
    [
        b"email,name\nada@acme.example,Ada\n",
        "\ufeffE-Mail;Name\nada@acme.example;Ada\n".encode(),
        b"ada@acme.example\n",
        b"Ada,ada@acme.example\n",
    ],
)
def test_a_file_is_read_with_or_without_a_header(
    console: Console, manager: Browser, pool: int, data: bytes
) -> None:
    path = looked_over(console, manager, pool, files={"file": ("people.csv", data, "text/csv")})
    assert "Will get a seat" in manager.page(path)


@pytest.mark.parametrize(
    ("fields", "data", "said"),
    [
        ({}, b"", "Paste one address at least, or choose a file."),
        ({"people": " \n "}, b"", "Paste one address at least, or choose a file."),
        ({"people": "a@acme.example"}, b"b@acme.example", "not both"),
        ({}, b"name\nAda\n", "No column is headed email."),
        ({}, b"email\n", "The file has no rows below its header."),
        ({}, b"\xff\xfe\x00", "marked as UTF-16-LE"),
        ({"people": "a@acme.example", "end": "soon"}, b"", "This is a day, as 2027-01-31."),
        ({"people": "x" * 1_000_001}, b"", "At most 1000000 characters."),
    ],
)
def test_what_cannot_be_looked_over_is_said_beside_its_field(
    console: Console, manager: Browser, pool: int, fields: dict[str, Any], data: bytes, said: str
) -> None:
    files = {"file": ("people.csv", data, "text/csv")}
    answer = manager.post(f"/console/p/1/pools/{pool}/assign", files=files, **fields)
    assert answer.status_code == 422
    assert said in text_of(answer.text)
    assert 'class="error"' in answer.text


def test_a_date_in_a_file_is_a_last_day_as_well(
    console: Console, manager: Browser, pool: int
) -> None:
    rows = b"email,end\nada@acme.example,2026-03-31\nben@acme.example,2026-03-31T18:00:00Z\n"
    path = looked_over(console, manager, pool, files={"file": ("people.csv", rows, "text/csv")})
    console.finish(manager.led(manager.post(f"{path}/confirm")))
    ends = [each.seat.end for each in console.world.assign(pool, "ada", "ben", if_held=IfHeld.KEEP)]
    assert [end and end.isoformat() for end in ends] == [
        "2026-04-01T00:00:00+00:00",
        "2026-03-31T18:00:00+00:00",
    ]


def test_an_end_is_the_end_of_the_last_day(console: Console, manager: Browser, pool: int) -> None:
    path = looked_over(console, manager, pool, people="ada@acme.example", end="2026-03-31")
    console.finish(manager.led(manager.post(f"{path}/confirm")))
    (seated,) = console.world.assign(pool, "ada", if_held=IfHeld.KEEP)
    assert seated.seat.end is not None
    assert seated.seat.end.isoformat() == "2026-04-01T00:00:00+00:00"


def test_in_a_dialog_all_of_it_is_parts(console: Console, manager: Browser, pool: int) -> None:
    htmx = {"HX-Request": "true"}
    assert "<html" not in manager.part(f"/console/p/1/pools/{pool}/assign").text
    answer = manager.post(f"/console/p/1/pools/{pool}/assign", htmx, people="")
    assert answer.status_code == 422
    assert "<html" not in answer.text
    answer = manager.post(f"/console/p/1/pools/{pool}/assign", htmx, people="ada@acme.example")
    path = manager.led(answer)
    assert "<html" not in manager.part(path).text


def filled(browser: Browser, path: str) -> tuple[str, str]:
    """What the form to which a page leads back has: its addresses and its last day."""
    (href,) = re.findall(r'href="([^"]*/assign\?from=[^"]*)"', browser.page(path))
    page = browser.page(href)
    people = re.findall(r"<textarea[^>]*>\n(.*?)</textarea>", page, re.DOTALL)[0]
    return unescape(people), re.findall(r'name="end"[^>]* value="([^"]*)"', page)[0]


def test_back_from_the_preview_is_the_form_as_it_was(
    console: Console, manager: Browser, pool: int
) -> None:
    people = 'Ada <ada@acme.example>\n"Okafor, Ben" <ben@acme.example>\nnobody'
    path = looked_over(console, manager, pool, people=people, end="2026-03-31")
    assert filled(manager, path) == (people, "2026-03-31")
    path = looked_over(console, manager, pool, people=people)
    assert filled(manager, path) == (people, "")


@pytest.mark.parametrize(
    ("rows", "form", "said"),
    [
        ("ada@acme.example,2026-04-01", ("ada@acme.example", "2026-04-01"), False),
        ("ada@acme.example,2026-04-01T12:00:00Z", ("ada@acme.example", ""), True),
        (
            "a@acme.example,2026-04-01\nb@acme.example,",
            ("a@acme.example\nb@acme.example", ""),
            True,
        ),
        ("a@acme.example,soon\n,", ("<a@acme.example, soon>", ""), False),
    ],
)
def test_of_a_file_the_form_has_what_fits_into_it(
    console: Console, manager: Browser, pool: int, rows: str, form: tuple[str, str], said: bool
) -> None:
    files = {"file": ("people.csv", f"email,end\n{rows}".encode(), "text/csv")}
    path = looked_over(console, manager, pool, files=files)
    assert filled(manager, path) == form
    page = manager.page(f"/console/p/1/pools/{pool}/assign?from={path.rpartition('/')[2]}")
    assert ("choose it again to keep them" in text_of(page)) == said


def test_the_form_is_filled_from_no_other_list(
    console: Console, manager: Browser, pool: int
) -> None:
    path = looked_over(console, manager, pool, people="ada@acme.example")
    trial = path.rpartition("/")[2]
    other = console.world.pool(item_key="course-2").id
    done = manager.led(manager.post(f"{path}/confirm")).rpartition("/")[2]
    for where, job in ((other, trial), (pool, done), (pool, "x"), (pool, "999")):
        assert manager.get(f"/console/p/1/pools/{where}/assign?from={job}").status_code == 404


def test_a_job_says_how_far_it_has_come_and_can_be_cancelled(
    console: Console, manager: Browser, pool: int
) -> None:
    path = looked_over(console, manager, pool, people="ada@acme.example")
    assert manager.post(f"{path}/cancel").status_code == 422
    page = manager.page("/console/p/1/jobs")
    assert path in page


def test_the_result_is_a_file_that_no_spreadsheet_carries_out(
    console: Console, manager: Browser, pool: int
) -> None:
    people = "=cmd|' /C calc'!A0 <ada@acme.example>\n+1 <ben@acme.example>\n-1"
    path = looked_over(console, manager, pool, people=people)
    answer = manager.get(f"{path}/result.csv")
    assert answer.headers["content-type"] == "text/csv; charset=utf-8"
    assert answer.headers["content-disposition"] == (
        f'attachment; filename="job-{path.rpartition("/")[2]}.csv"'
    )
    lines = answer.text.removeprefix("\ufeff").splitlines()
    assert lines[0] == "email,name,outcome,code,reason,seat"
    assert lines[1].startswith("ada@acme.example,'=cmd|")
    assert lines[3].startswith("'-1,")
