"""`seatledger link`."""

import re

import pytest

from tests.support.program import Program


def test_a_link_is_made_listed_and_deleted(acme: Program, pool_id: int) -> None:
    made = acme.answer(
        *("link", "create", "--pool", str(pool_id), "--quota", "2", "--days", "14"),
        "--auto-reassign",
    )
    assert re.fullmatch(r"[0-9a-f]{64}", made["token"])
    assert {name: made[name] for name in made if name not in {"link_id", "token", "created"}} == {
        "pool_id": pool_id,
        "platform_key": "acme",
        "quota": 2,
        "duration_days": 14,
        "auto_reassign": True,
        "live": 0,
        "ever": 0,
        "free": 2,
    }
    assert (
        acme.answer("link", "list") == acme.answer("link", "list", "--pool", str(pool_id)) == [made]
    )
    assert acme.answer("link", "list", "--pool", str(pool_id + 1)) == []
    assert acme.answer("link", "delete", str(made["link_id"])) == {"link_id": made["link_id"]}
    assert acme.answer("link", "list") == []
    assert acme.refusal("link", "delete", str(made["link_id"])) == "unknown_link"


def test_people_get_the_token_alone_so_that_it_can_be_piped(acme: Program, pool_id: int) -> None:
    made = acme("link", "create", "--pool", str(pool_id))
    assert re.fullmatch(r"[0-9a-f]{64}\n", made.out)
    assert made.out.strip() in acme("link", "list").out
    (listed,) = acme.answer("link", "list")
    assert acme("link", "delete", str(listed["link_id"])).out == (
        f"Link {listed['link_id']} is deleted; 0 seats stay.\n"
    )


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (["--pool", "987654"], "unknown_pool"),
        (["--pool", "POOL", "--quota", "3"], "invalid"),
        (["--pool", "POOL", "--quota", "0"], "invalid"),
        (["--pool", "POOL", "--days", "0"], "invalid"),
    ],
)
def test_a_refusal_makes_nothing(
    acme: Program, pool_id: int, arguments: list[str], code: str
) -> None:
    given = [each.replace("POOL", str(pool_id)) for each in arguments]
    assert acme.refusal("link", "create", *given) == code
    assert acme.answer("link", "list") == []


@pytest.mark.parametrize("arguments", [["create"], ["create", "--pool", "0"], ["delete", "x"]])
def test_wrong_usage_is_told(acme: Program, arguments: list[str]) -> None:
    acme.wrong_usage("link", *arguments)
