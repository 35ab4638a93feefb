"""A visitor proves an address with a mailed code (F21d): what is mailed, counted and refused."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from seatledger.domain.link_code import CodeAsked, LinkCode, per_link_max
from seatledger.domain.link_command import ForgetCodes
from seatledger.domain.privacy import EraseLearner
from seatledger.domain.refusal import Code
from seatledger.domain.seating import Seated
from seatledger.storage.tables import events, link_codes, repeats
from seatledger.usecases.erase_learners import Dossier, export_learner
from seatledger.usecases.rehearse import rehearse
from tests.support.cast import MANAGER, OPERATOR
from tests.support.links import (
    a_link,
    ask_code,
    code_for,
    enter,
    give_back,
    mailed,
    other_than,
    redeem,
)
from tests.support.world import World

ADA = "ada@acme.example"
MINUTE = timedelta(minutes=1)
SECOND = timedelta(seconds=1)
FOREIGN = "eve@elsewhere.example"


def kept(world: World) -> list[str]:
    with world.database.read() as unit:
        return [str(dict(row._mapping)) for row in unit.select(select(link_codes))]


def test_a_code_has_six_digits_and_is_kept_only_as_a_digest(world: World) -> None:
    made = a_link(world, world.pool().id)
    code = code_for(world, made, ADA)
    assert len(code) == 6
    (row,) = kept(world)
    assert code not in row
    assert made.token not in row
    with world.database.read() as unit:
        told = repr(list(unit.select(select(events)))) + repr(list(unit.select(select(repeats))))
    assert code not in told


@pytest.mark.parametrize(
    ("transferable", "email", "count"),
    [
        (True, ADA, 1),
        (True, " Ada@ACME.example ", 1),
        (True, FOREIGN, 0),
        (False, FOREIGN, 1),  # rule 11: any address
    ],
)
def test_everybody_is_told_the_same_and_a_mail_goes_to_who_may_have_a_seat(
    world: World, transferable: bool, email: str, count: int
) -> None:
    made = a_link(world, world.pool(transferable=transferable).id)
    assert world.do(ask_code(made, email)) == CodeAsked(15)
    assert len(mailed(world, email.strip())) == count
    assert len(kept(world)) == 1


def test_who_is_enrolled_and_who_finds_the_library_full_are_told_the_same(world: World) -> None:
    made = a_link(world, world.pool(size=1).id)
    assert isinstance(enter(world, made, "ada"), Seated)
    told = [world.do(ask_code(made, each)) for each in (ADA, "bob@acme.example", FOREIGN)]
    assert set(told) == {CodeAsked(15)}


@pytest.mark.parametrize("email", ["", "ada", "ada@", "@acme.example", "a@b@acme.example"])
def test_what_is_no_address_is_refused_and_not_counted(world: World, email: str) -> None:
    made = a_link(world, world.pool().id)
    refusal = world.refusal(ask_code(made, email))
    assert (refusal.code, refusal.field) == (Code.INVALID, "email")
    assert kept(world) == []


@pytest.mark.parametrize("email", [ADA, FOREIGN])
def test_an_address_gets_three_codes_an_hour_of_each_link(world: World, email: str) -> None:
    pool = world.pool()
    made, other = a_link(world, pool.id), a_link(world, pool.id)
    for _ in range(3):
        world.do(ask_code(made, email))
        world.now += 10 * MINUTE
    refusal = world.refusal(ask_code(made, email.upper()))
    assert refusal.code is Code.RATE_LIMITED
    assert refusal.details == {"retry_after_seconds": 30 * 60}
    world.do(ask_code(other, email))
    world.do(ask_code(made, "bob@acme.example"))
    world.now += 30 * MINUTE - SECOND
    assert world.refusal(ask_code(made, email)).details == {"retry_after_seconds": 1}
    world.now += SECOND
    world.do(ask_code(made, email))


def test_a_link_gives_so_many_codes_an_hour(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("seatledger.domain.link_code.PER_LINK_MIN", 1)
    made = a_link(world, world.pool().id, quota=2)
    assert per_link_max(made) == 5
    for number in range(5):
        world.do(ask_code(made, f"a{number}@acme.example"))
    assert world.code(ask_code(made, "a5@acme.example")) is Code.RATE_LIMITED
    world.now += 60 * MINUTE
    world.do(ask_code(made, "a5@acme.example"))


def test_a_code_holds_for_a_quarter_of_an_hour(world: World) -> None:
    made = a_link(world, world.pool().id)
    codes = {name: code_for(world, made, f"{name}@acme.example") for name in ("ada", "bob")}
    world.now += 15 * MINUTE - SECOND
    world.do(redeem(made, ADA, codes["ada"]))
    world.now += SECOND
    refusal = world.refusal(redeem(made, "bob@acme.example", codes["bob"]))
    assert (refusal.code, refusal.field) == (Code.INVALID, "code")


def test_after_five_wrong_guesses_the_right_code_is_wrong_too(world: World) -> None:
    made = a_link(world, world.pool().id)
    code = code_for(world, made, ADA)
    wrong = world.refusal(redeem(made, ADA, other_than(code)))
    assert (wrong.code, wrong.field) == (Code.INVALID, "code")
    for _ in range(4):
        assert world.refusal(give_back(made, ADA, other_than(code))) == wrong
    assert world.refusal(redeem(made, ADA, code)) == wrong
    assert world.holders(made.pool_id) == []
    world.do(redeem(made, ADA, code_for(world, made, ADA)))  # a new one is a new chance
    world.check()


def test_four_wrong_guesses_leave_a_fifth_try(world: World) -> None:
    made = a_link(world, world.pool().id)
    code = code_for(world, made, ADA)
    for _ in range(4):
        world.refusal(redeem(made, ADA, other_than(code)))
    world.do(redeem(made, ADA, f" {code} "))


def test_a_code_is_of_one_address_and_of_one_link(world: World) -> None:
    pool = world.pool()
    made, other = a_link(world, pool.id), a_link(world, pool.id)
    code = code_for(world, made, ADA)
    code_for(world, other, "bob@acme.example")
    wrong = world.refusal(redeem(made, "bob@acme.example", code))
    assert world.refusal(redeem(other, ADA, code)) == wrong
    assert world.refusal(redeem(other, "bob@acme.example", code)) == wrong
    assert world.refusal(redeem(made, FOREIGN, code)) == wrong
    world.do(redeem(made, " ADA@acme.example", code))


def test_a_used_code_opens_nothing_again(world: World) -> None:
    made = a_link(world, world.pool().id)
    code = code_for(world, made, ADA)
    world.do(redeem(made, ADA, code))
    for again in (redeem(made, ADA, code), give_back(made, ADA, code)):
        refusal = world.refusal(again)
        assert (refusal.code, refusal.field) == (Code.INVALID, "code")
    assert world.holders(made.pool_id) == ["ada"]
    world.check()


def test_only_the_last_code_counts(world: World) -> None:
    made = a_link(world, world.pool().id)
    first = code_for(world, made, ADA)
    second = code_for(world, made, ADA)
    if first != second:
        world.refusal(redeem(made, ADA, first))
    world.do(redeem(made, ADA, second))


def test_an_address_that_was_mailed_nothing_has_no_code(world: World) -> None:
    made = a_link(world, world.pool().id)
    world.do(ask_code(made, FOREIGN))
    for code in ("", "000000", "None"):
        assert world.refusal(redeem(made, FOREIGN, code)).field == "code"


def test_guesses_are_compared_in_a_time_that_tells_nothing(
    monkeypatch: pytest.MonkeyPatch, world: World
) -> None:
    compared = []

    def compare(one: str, other: str) -> bool:
        compared.append((one, other))
        return False

    monkeypatch.setattr("hmac.compare_digest", compare)
    made = a_link(world, world.pool().id)
    code = code_for(world, made, ADA)
    world.refusal(redeem(made, ADA, code))
    assert len(compared) == 1
    assert compared[0][0] == compared[0][1]
    assert "digest" not in repr(LinkCode(1, "digest", 0, world.now)).replace("_digest", "")


def test_a_rehearsal_mails_nothing(world: World) -> None:
    made = a_link(world, world.pool().id)
    assert rehearse(world.database, ask_code(made, ADA), world.now) == CodeAsked(15)
    assert (mailed(world, ADA), kept(world)) == ([], [])


def test_codes_are_forgotten_after_an_hour(world: World) -> None:
    made = a_link(world, world.pool().id)
    code_for(world, made, ADA)
    world.now += 30 * MINUTE
    code_for(world, made, ADA)
    world.now += 30 * MINUTE
    assert world.do(ForgetCodes(OPERATOR)) == 1
    assert world.do(ForgetCodes(OPERATOR)) == 0
    assert len(kept(world)) == 1
    world.now += 30 * MINUTE
    world.do(ask_code(made, "bob@acme.example"))
    assert world.do(ForgetCodes(OPERATOR, rows_max=1)) == 1


def test_who_is_erased_leaves_no_code_and_who_asks_sees_theirs(world: World) -> None:
    made = a_link(world, world.pool().id)
    ada = enter(world, made, "ada").learner
    code = code_for(world, made, ADA)
    other = code_for(world, made, "bob@acme.example")
    with world.database.read() as unit:
        dossier = export_learner(unit, MANAGER.reach, ada.id)
    assert isinstance(dossier, Dossier)
    assert [each["address_key"] for each in dossier.rows["link_codes"]] == [ADA, ADA]
    assert "digest" not in dossier.rows["link_codes"][0]
    world.do(EraseLearner(MANAGER, learner_id=ada.id))
    assert not any("ada" in row for row in kept(world))
    assert world.refusal(redeem(made, ADA, code)).field == "code"
    world.do(redeem(made, "bob@acme.example", other))
    world.check()
