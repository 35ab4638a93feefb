"""The way in for whoever runs no event loop: what shares a transaction, and what is refused."""

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from seatledger.domain.actor import Role
from seatledger.domain.people_command import CreatePlatform, CreateToken
from seatledger.domain.refusal import Code, Refusal
from seatledger.storage import tokens as token_rows
from seatledger.storage.engine import Conflict, Database
from seatledger.usecases.create_platforms import list_platforms
from seatledger.usecases.keep_tokens import SHELL
from seatledger.usecases.ledger import Ledger, Together, open_ledger

NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)


def platform(key: str) -> CreatePlatform:
    return CreatePlatform(SHELL, key=key, org=key, name=key)


@pytest.fixture
def ledger(database_url: str) -> Iterator[Ledger]:
    opened = open_ledger(database_url, lambda: NOW)
    assert isinstance(opened, Ledger)
    yield opened
    opened.close()


def keys(ledger: Ledger) -> list[str]:
    found = ledger.ask(list_platforms, SHELL)
    assert not isinstance(found, Refusal)
    return [each.key for each in found]


def test_a_command_is_carried_out_at_the_time_of_the_clock(ledger: Ledger) -> None:
    assert ledger.do(platform("acme")).created == NOW


def test_what_is_done_together_is_there_together(ledger: Ledger) -> None:
    def work(together: Together) -> int:
        together.do(platform("acme"), NOW)
        together.do(platform("zeta"), NOW)
        return len(together.ask(list_platforms, SHELL))

    assert ledger.do_together(work) == 2
    assert keys(ledger) == ["acme", "zeta"]


def test_one_refusal_undoes_all_that_was_done_together(ledger: Ledger) -> None:
    def work(together: Together) -> None:
        together.do(platform("acme"), NOW)
        together.do(platform("acme"), NOW)

    refusal = ledger.do_together(work)
    assert isinstance(refusal, Refusal)
    assert refusal.code is Code.TAKEN
    assert keys(ledger) == []


def test_an_exception_undoes_all_that_was_done_together(ledger: Ledger) -> None:
    def work(together: Together) -> None:
        together.do(platform("acme"), NOW)
        raise KeyError("nobody planned this")

    with pytest.raises(KeyError):
        ledger.do_together(work)
    assert keys(ledger) == []


def test_what_met_another_writer_is_done_anew(ledger: Ledger) -> None:
    attempts: list[int] = []

    def work(together: Together) -> None:
        attempts.append(len(attempts))
        together.do(platform("acme"), NOW)
        if len(attempts) < 3:
            raise Conflict("somebody was there first")

    assert ledger.do_together(work) is None
    assert attempts == [0, 1, 2]
    assert keys(ledger) == ["acme"]


def test_what_always_meets_another_writer_is_given_up(ledger: Ledger) -> None:
    def work(together: Together) -> None:
        raise Conflict("somebody was there first")

    refusal = ledger.do_together(work)
    assert isinstance(refusal, Refusal)
    assert refusal.code is Code.UNAVAILABLE


def test_two_operators_tokens_can_not_have_one_name_even_past_the_rules(
    ledger: Ledger, database: Database
) -> None:
    ledger.do(CreateToken(SHELL, name="watch", operator=True))
    values = {"name": "watch", "role": Role.OPERATOR, "platform_id": None, "expires": None}
    with pytest.raises(Conflict), database.write() as unit:
        token_rows.add(unit, digest="other", created=NOW, **values)  # type: ignore[arg-type]


def test_an_upgrade_of_a_current_schema_changes_nothing(ledger: Ledger) -> None:
    ledger.do(platform("acme"))
    assert ledger.upgrade() is None
    assert ledger.is_current()
    assert keys(ledger) == ["acme"]


def test_a_bare_database_becomes_current_by_an_upgrade(bare_database_url: str) -> None:
    opened = open_ledger(bare_database_url)
    assert isinstance(opened, Ledger)
    assert not opened.is_current()
    assert opened.upgrade() is None
    assert opened.is_current()
    opened.close()


def test_an_address_that_is_none_is_a_refusal_that_shows_no_part_of_it() -> None:
    refusal = open_ledger("postgresql://mira:geheim@host:port/name")
    assert isinstance(refusal, Refusal)
    assert (refusal.code, refusal.field) == (Code.INVALID, "database_url")
    assert "geheim" not in refusal.sentence


def test_opening_and_asking_do_not_make_a_file(tmp_path: Path) -> None:
    opened = open_ledger(f"sqlite:///{tmp_path}/new/ledger.db")
    assert isinstance(opened, Ledger)
    assert not opened.is_current()
    assert list(tmp_path.iterdir()) == []
    opened.close()
