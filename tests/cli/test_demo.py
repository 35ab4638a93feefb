"""What `seatledger init --demo` makes: something of everything, with a history like any other."""

from datetime import UTC, datetime
from typing import Any

import pytest

from seatledger.cli.demo import fill
from seatledger.domain.actor import Reach
from seatledger.domain.refusal import Refusal
from seatledger.storage.engine import Database
from seatledger.usecases.ledger import Ledger
from seatledger.usecases.questions import GrantFilter, Page, list_grants
from seatledger.usecases.verify import verify
from tests.architecture.project import ROOT
from tests.support.program import Program

LEAP_DAY = datetime(2028, 2, 29, 0, 0, 1, tzinfo=UTC)


@pytest.fixture
def demo(bare_database_url: str) -> Program:
    program = Program(bare_database_url)
    program.answer("init", "--demo")
    return program


def pools(program: Program) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = program.answer("pool", "list", "--platform", "acme")
    return found


def test_the_platform_can_be_reached_and_admits_its_own_domain(demo: Program) -> None:
    (platform,) = demo.answer("platform", "list")
    assert platform["platform_key"] == "acme"
    assert platform["domains"] == ["acme.example"]
    assert platform["email"].endswith("@acme.example")


def test_there_are_pools_of_every_sort(demo: Program) -> None:
    now = datetime.now(UTC).isoformat()
    found = pools(demo)
    assert {pool["transferable"] for pool in found} == {True, False}
    assert any(0 < pool["free"] <= 1 for pool in found)
    assert any(pool["end"] is not None and pool["end"] < now for pool in found)
    assert any(pool["end"] is not None and pool["start"] < now < pool["end"] for pool in found)
    assert any(pool["start"] > now for pool in found)
    assert {pool["item"].partition(":")[0] for pool in found} == {"course", "program"}


def test_every_learner_has_a_name_and_an_address_of_the_platform(demo: Program) -> None:
    seats = [
        seat
        for pool in pools(demo)
        for seat in demo.answer("seat", "list", "--pool", pool["pool_id"])
    ]
    assert len({seat["email"] for seat in seats}) >= 10
    assert all(seat["name"] and seat["email"].endswith("@acme.example") for seat in seats)
    assert {seat["state"] for seat in seats} == {"live", "ended"}


def test_a_group_holds_a_grant_and_all_its_members_have_seats(demo: Program) -> None:
    database = Database(demo.url)
    with database.read() as unit:
        found = list_grants(
            unit, Reach(None), GrantFilter(), Page(number=1, size=10), datetime.now(UTC)
        )
    database.close()
    assert not isinstance(found, Refusal)
    (granted,) = found.rows
    assert granted.member_count == granted.seated_count == 4
    assert granted.waiting_count == 0


def test_its_history_tells_all_that_it_shows(demo: Program) -> None:
    report = demo.answer("verify")
    assert report["ok"] is True
    assert report["pools"] == 6
    assert report["events"] > 30


def test_nothing_in_it_depends_on_the_day(database: Database) -> None:
    ledger = Ledger(database, lambda: LEAP_DAY)
    token = ledger.do_together(lambda together: fill(together, LEAP_DAY))
    assert isinstance(token, str)
    assert verify(database).ok


def test_the_course_that_the_readme_speaks_of_is_there(demo: Program) -> None:
    named = "course-v1:ACME+DATA+2026"
    assert named in (ROOT / "README.md").read_text(encoding="utf-8")
    assert f"course:{named}" in {pool["item"] for pool in pools(demo)}
