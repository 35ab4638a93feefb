"""`seatledger key`."""

import re

from tests.support.program import Program

KID = re.compile(r"[A-Za-z0-9_-]{43}")


def test_there_is_no_key_before_the_first_use(seatledger: Program) -> None:
    assert seatledger.answer("key", "list") == []


def test_rotating_makes_a_key_that_signs_and_retires_the_one_before(seatledger: Program) -> None:
    first, second = (seatledger.answer("key", "rotate")["kid"] for _ in range(2))
    assert KID.fullmatch(first)
    assert first != second
    old, new = seatledger.answer("key", "list")
    assert (old["kid"], old["signs"], old["published"]) == (first, False, True)
    assert (new["kid"], new["signs"], new["published"]) == (second, True, True)
    assert old["retired"] is not None
    assert new["retired"] is None
    assert set(old) == {"kid", "signs", "published", "created", "retired"}


def test_people_are_told_in_a_sentence(seatledger: Program) -> None:
    said = seatledger("key", "rotate")
    assert said.exit_code == 0
    assert said.out.startswith("Key ")
    assert said.out.endswith(" signs from now on.\n")
