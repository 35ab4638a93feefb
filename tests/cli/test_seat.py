"""`seatledger seat`."""

from datetime import UTC, datetime, timedelta

import pytest

from seatledger.cli import shell
from tests.support.program import Program

ADA = ("--email", "ada@acme.example")
TOMORROW = f"{datetime.now(UTC) + timedelta(days=1):%Y-%m-%d}"


def test_assigning_answers_with_the_id_of_the_seat(acme: Program, pool_id: int) -> None:
    given = acme.answer("seat", "assign", "--pool", pool_id, *ADA)
    assert set(given) == {"seat_id"}
    assert isinstance(given["seat_id"], int)


def test_a_seat_is_listed_with_its_learner(acme: Program, pool_id: int) -> None:
    given = acme.answer(
        "seat", "assign", "--pool", pool_id, *ADA, "--name", "Ada", "--end", TOMORROW
    )
    (seat,) = acme.answer("seat", "list", "--pool", pool_id)
    assert seat.pop("start").endswith("Z")
    assert seat == {
        "seat_id": given["seat_id"],
        "pool_id": pool_id,
        "email": "ada@acme.example",
        "name": "Ada",
        "state": "live",
        "reason": None,
        "end": f"{TOMORROW}T00:00:00Z",
        "in_force": True,
    }


def test_asking_again_gives_the_same_seat_and_takes_no_other(acme: Program, pool_id: int) -> None:
    assign = ("seat", "assign", "--pool", pool_id, "--email")
    first = acme.answer(*assign, "ada@acme.example")
    assert acme.answer(*assign, " ADA@acme.example") == first
    assert acme(*assign, "ada@acme.example").out.startswith("ada@acme.example already had seat")
    assert [pool["held"] for pool in acme.answer("pool", "list")] == [1]


def test_ending_a_seat_frees_it_for_the_next_learner(acme: Program, pool_id: int) -> None:
    assign = ("seat", "assign", "--pool", pool_id, "--email")
    first = acme.answer(*assign, "ada@acme.example")
    acme.answer(*assign, "ben@acme.example")
    assert acme.refusal(*assign, "eve@acme.example") == "pool_full"
    assert acme.answer("seat", "end", first["seat_id"]) == first
    acme.answer(*assign, "eve@acme.example")
    states = [
        (seat["email"], seat["state"], seat["reason"], seat["in_force"])
        for seat in acme.answer("seat", "list", "--pool", pool_id)
    ]
    assert states == [
        ("ada@acme.example", "ended", "revoked", False),
        ("ben@acme.example", "live", None, True),
        ("eve@acme.example", "live", None, True),
    ]


def test_a_seat_passes_to_another_learner_with_its_end(acme: Program, pool_id: int) -> None:
    given = acme.answer("seat", "assign", "--pool", pool_id, *ADA, "--end", TOMORROW)
    to_ben = ("--to", "ben@acme.example", "--name", "Ben")
    moved = acme.answer("seat", "move", given["seat_id"], *to_ben)
    assert moved["moved_from"] == given["seat_id"]
    again = acme("seat", "move", moved["seat_id"], "--to", "eve@acme.example", "--follow-pool")
    assert f"Seat {moved['seat_id']} of ben@acme.example passed to eve@acme.example" in again.out
    seats = [
        (seat["email"], seat["name"], seat["reason"], seat["in_force"])
        for seat in acme.answer("seat", "list", "--pool", pool_id)
    ]
    assert seats == [
        ("ada@acme.example", "", "passed_on", False),
        ("ben@acme.example", "Ben", "passed_on", False),
        ("eve@acme.example", "", None, True),
    ]
    assert acme.answer("seat", "list", "--pool", pool_id)[2]["end"] is None
    assert acme.refusal("seat", "move", given["seat_id"], "--to", "x@acme.example") == "seat_ended"


def test_people_are_told_what_was_done(acme: Program, pool_id: int) -> None:
    given = acme("seat", "assign", "--pool", pool_id, *ADA)
    seat_id = given.out.split()[3]
    assert given.out == f"ada@acme.example has seat {seat_id} of pool {pool_id}.\n"
    ended = acme("seat", "end", seat_id)
    assert ended.out == f"Seat {seat_id} is ended; 2 free in pool {pool_id}.\n"


def test_a_name_can_not_write_to_the_terminal(acme: Program, pool_id: int) -> None:
    acme.answer("seat", "assign", "--pool", pool_id, *ADA, "--name", "\x1b[31m[bold]Ada")
    assert "?[31m[bold]Ada" in acme("seat", "list", "--pool", pool_id).out


def test_a_long_list_is_asked_for_page_by_page(
    acme: Program, pool_id: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(shell, "PAGE_SIZE", 2)
    seats = []
    for number in range(4):
        given = acme.answer(
            "seat", "assign", "--pool", pool_id, "--email", f"l{number}@acme.example"
        )
        acme.answer("seat", "end", given["seat_id"])
        seats.append(given["seat_id"])
        listed = acme.answer("seat", "list", "--pool", pool_id)
        assert [seat["seat_id"] for seat in listed] == seats


def test_people_see_the_beginning_of_a_very_long_list(
    acme: Program, pool_id: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("seatledger.cli.answers.ROWS_SHOWN_MAX", 1)
    for address in ("ada@acme.example", "ben@acme.example"):
        acme.answer("seat", "assign", "--pool", pool_id, "--email", address)
    shown = acme("seat", "list", "--pool", pool_id).out
    assert "ada@acme.example" in shown
    assert "ben@acme.example" not in shown
    assert shown.endswith("1 more are not shown; --json answers with all.\n")
    assert len(acme.answer("seat", "list", "--pool", pool_id)) == 2


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (["assign", "--pool", "{other}", *ADA], "unknown_pool"),
        (["assign", "--pool", str(2**63 - 1), *ADA], "unknown_pool"),
        (["assign", "--pool", "{pool}", "--email", "ada"], "invalid"),
        (["assign", "--pool", "{pool}", "--email", ""], "invalid"),
        (["assign", "--pool", "{pool}", *ADA, "--end", "2020-01-01"], "end_in_past"),
        (["end", "999999"], "unknown_seat"),
        (["move", "999999", "--to", "ada@acme.example"], "unknown_seat"),
        (["list", "--pool", "{other}"], "unknown_pool"),
    ],
)
def test_a_refusal_gives_and_takes_nothing(
    acme: Program, pool_id: int, arguments: list[str], code: str
) -> None:
    words = [word.format(pool=pool_id, other=pool_id + 1) for word in arguments]
    assert acme.refusal("seat", *words) == code
    assert acme.answer("seat", "list", "--pool", pool_id) == []


def test_an_ended_seat_can_not_end_again(acme: Program, pool_id: int) -> None:
    given = acme.answer("seat", "assign", "--pool", pool_id, *ADA)
    acme.answer("seat", "end", given["seat_id"])
    assert acme.refusal("seat", "end", given["seat_id"]) == "seat_ended"
    assert acme.sentence("seat", "end", given["seat_id"]).endswith("has ended already.")


def test_a_seat_of_a_pool_that_is_not_transferable_stays(acme: Program) -> None:
    opened = acme.answer(
        *("pool", "create", "--platform", "acme", "--item", "course:c", "--size", 1),
        "--no-transferable",
    )
    given = acme.answer("seat", "assign", "--pool", opened["pool_id"], *ADA)
    assert acme.refusal("seat", "end", given["seat_id"]) == "not_transferable"


@pytest.mark.parametrize(
    ("arguments", "hint"),
    [
        (["assign", *ADA], "--pool"),
        (["assign", "--pool", "1"], "--email"),
        (["assign", "--pool", "one", *ADA], "--pool"),
        (["assign", "--pool", "0", *ADA], "--pool"),
        (["assign", "--pool", str(2**63), *ADA], "--pool"),
        (["assign", "--pool", "1", *ADA, "--end", "never"], "neither a date"),
        (["end"], "ID"),
        (["end", "one"], "ID"),
        (["move", "1"], "--to"),
        (["move", "one", "--to", "ada@acme.example"], "ID"),
        (["end", str(2**63)], "ID"),
        (["list"], "--pool"),
    ],
)
def test_wrong_usage_is_told(seatledger: Program, arguments: list[str], hint: str) -> None:
    assert hint in seatledger.wrong_usage("seat", *arguments)
