"""`seatledger pool`."""

from typing import Any

import pytest

from tests.support.program import Program

CREATE = ("pool", "create", "--platform", "acme")
COURSE = ("--item", "course:course-v1:ACME+X+2026")


def listed(program: Program, *arguments: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = program.answer("pool", "list", *arguments)
    return found


def test_opening_a_pool_answers_with_its_id(acme: Program) -> None:
    opened = acme.answer(*CREATE, *COURSE, "--size", 3)
    assert set(opened) == {"pool_id"}
    assert isinstance(opened["pool_id"], int)
    assert [pool["pool_id"] for pool in listed(acme)] == [opened["pool_id"]]


def test_a_pool_is_listed_as_it_was_opened(acme: Program) -> None:
    opened = acme.answer(
        *(*CREATE, *COURSE, "--title", "X", "--size", 3, "--name", "Spring"),
        *("--start", "2026-01-01", "--end", "2036-01-01T12:00:00+01:00"),
        *("--no-transferable", "--external-id", "order-1"),
    )
    assert listed(acme) == [
        {
            "pool_id": opened["pool_id"],
            "platform_key": "acme",
            "item": "course:course-v1:ACME+X+2026",
            "name": "Spring",
            "size": 3,
            "held": 0,
            "free": 3,
            "start": "2026-01-01T00:00:00Z",
            "end": "2036-01-01T11:00:00Z",
            "active": True,
            "transferable": False,
            "external_id": "order-1",
        }
    ]


def test_left_alone_a_pool_is_transferable_and_never_ends(acme: Program) -> None:
    acme.answer(*CREATE, *COURSE, "--size", 3)
    (pool,) = listed(acme)
    assert pool["transferable"] is True
    assert (pool["end"], pool["external_id"]) == (None, None)


@pytest.mark.parametrize("title", [[], ["--title", "Excel for all"]])
def test_an_unknown_item_is_made_and_called_by_its_title_or_its_key(
    acme: Program, title: list[str]
) -> None:
    acme.answer(*CREATE, *COURSE, *title, "--size", 3)
    (pool,) = listed(acme)
    assert pool["name"] == (title[1] if title else "course-v1:ACME+X+2026")


def test_a_known_item_keeps_its_title(acme: Program) -> None:
    for title in ("First", "Second"):
        acme.answer(*CREATE, *COURSE, "--title", title, "--size", 3)
    assert [pool["name"] for pool in listed(acme)] == ["First", "First"]


@pytest.mark.parametrize("kind", ["course", "program", "user", "platform"])
def test_the_kind_of_an_item_ends_at_the_first_colon(acme: Program, kind: str) -> None:
    acme.answer(*CREATE, "--item", f"{kind}:a:b:c", "--size", 1)
    assert [pool["item"] for pool in listed(acme)] == [f"{kind}:a:b:c"]


def test_a_list_can_be_narrowed_to_one_platform(acme: Program) -> None:
    acme.answer("platform", "create", "zeta", "--org", "zeta-org", "--name", "Zeta")
    acme.answer(*CREATE, *COURSE, "--size", 3)
    acme.answer("pool", "create", "--platform", "zeta", *COURSE, "--size", 4)
    assert [pool["size"] for pool in listed(acme)] == [3, 4]
    assert [pool["size"] for pool in listed(acme, "--platform", "zeta")] == [4]
    assert acme.refusal("pool", "list", "--platform", "nobody") == "unknown_platform"


def test_people_are_told_what_was_opened_and_get_a_table(acme: Program) -> None:
    assert acme(*CREATE, *COURSE, "--size", 3).out.endswith(" is open: 3 seats.\n")
    table = acme("pool", "list").out
    assert "course:course-v1:ACME+X+2026" in table
    assert "\x1b" not in table


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (["--platform", "zeta", *COURSE, "--size", "3"], "unknown_platform"),
        (["--platform", "acme", *COURSE, "--size", "-1"], "invalid"),
        (["--platform", "acme", *COURSE, "--size", "2147483648"], "invalid"),
        (["--platform", "acme", *COURSE, "--size", "9" * 30], "invalid"),
        (
            ["--platform", "acme", *COURSE, "--size", "3", "--external-id", "order-1"],
            "taken",
        ),
        (
            [
                *("--platform", "acme", *COURSE, "--size", "3"),
                *("--start", "2026-02-01", "--end", "2026-01-31"),
            ],
            "window_reversed",
        ),
    ],
)
def test_a_refused_pool_is_not_opened(acme: Program, arguments: list[str], code: str) -> None:
    first = acme.answer(*CREATE, *COURSE, "--size", 3, "--external-id", "order-1")
    assert acme.refusal("pool", "create", *arguments) == code
    assert [pool["pool_id"] for pool in listed(acme)] == [first["pool_id"]]


@pytest.mark.parametrize(
    ("arguments", "hint"),
    [
        (["--item", "seminar:x", "--size", "3"], "'seminar:x' is not KIND:KEY"),
        (["--item", "course", "--size", "3"], "'course' is not KIND:KEY"),
        (["--item", "course:", "--size", "3"], "'course:' is not KIND:KEY"),
        (["--item", ":x", "--size", "3"], "':x' is not KIND:KEY"),
        (["--size", "3"], "--item"),
        ([*COURSE], "--size"),
        ([*COURSE, "--size", "many"], "--size"),
        ([*COURSE, "--size", "1.5"], "--size"),
        ([*COURSE, "--size", "3", "--end", "someday"], "neither a date"),
        ([*COURSE, "--size", "3", "--start", ""], "neither a date"),
        ([*COURSE, "--size", "3", "--seats", "4"], "--seats"),
    ],
)
def test_wrong_usage_is_told_and_opens_nothing(
    acme: Program, arguments: list[str], hint: str
) -> None:
    assert hint in acme.wrong_usage(*CREATE, *arguments)
    assert listed(acme) == []
