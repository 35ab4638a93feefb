"""`seatledger init`."""

import json
import re
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import text

from seatledger.domain.actor import Actor, Role
from seatledger.storage.engine import Database
from seatledger.usecases import passwords
from seatledger.usecases.keep_sessions import password_of
from seatledger.usecases.keep_tokens import authenticate
from tests.support.program import Program, start

SECRET = re.compile(r"[0-9a-f]{64}")
OF_DEMO = ("manager_token", "demo_manager_email", "demo_operator_email", "password")


@pytest.fixture
def bare(bare_database_url: str) -> Program:
    """The program on a database without any table, on each engine in turn."""
    return Program(bare_database_url)


def who(program: Program, token: str) -> tuple[Role, str | None]:
    """The role and the platform that the interfaces find behind a token."""
    database = Database(program.url)
    with database.read() as unit:
        actor = authenticate(unit, [(token, "test")], datetime.now(UTC))[0]
    database.close()
    assert isinstance(actor, Actor)
    return actor.role, actor.platform_key


def rows(program: Program) -> dict[str, int]:
    """How many rows the tables have that any command would touch."""
    tables = ("events", "platforms", "items", "pools", "seats", "learners", "groups", "tokens")
    database = Database(program.url)
    with database.read() as unit:
        counted = {
            table: unit.connection.execute(text(f"SELECT count(*) FROM {table}")).scalar_one()
            for table in tables
        }
    database.close()
    return counted


def test_the_first_run_makes_the_schema_and_an_operators_token(bare: Program) -> None:
    made = bare.answer("init")
    assert set(made) == {"operator_token"}
    assert who(bare, made["operator_token"]) == (Role.OPERATOR, None)
    assert bare.answer("pool", "list") == []


def test_a_second_run_changes_nothing_and_shows_no_secret(bare: Program) -> None:
    bare.answer("init")
    before = rows(bare)
    assert bare.answer("init") == {}
    assert bare("init").out == "The ledger is ready.\n"
    assert rows(bare) == before


def test_the_demo_comes_with_its_managers_token(bare: Program) -> None:
    made = bare.answer("init", "--demo")
    assert set(made) == {"operator_token", "platform_key", *OF_DEMO}
    assert made["platform_key"] == "acme"
    assert who(bare, made["operator_token"]) == (Role.OPERATOR, None)
    assert who(bare, made["manager_token"]) == (Role.MANAGER, "acme")


def test_a_second_run_with_the_demo_changes_nothing_and_shows_no_secret(bare: Program) -> None:
    bare.answer("init", "--demo")
    before = rows(bare)
    assert bare.answer("init", "--demo") == {"platform_key": "acme"}
    assert bare("init", "--demo").out == "The ledger is ready.\n"
    assert rows(bare) == before


def test_the_demo_can_be_added_later_and_then_shows_its_own_token_only(bare: Program) -> None:
    bare.answer("init")
    added = bare.answer("init", "--demo")
    assert set(added) == {"platform_key", *OF_DEMO}
    assert who(bare, added["manager_token"]) == (Role.MANAGER, "acme")


def opens(program: Program, email: str, password: str) -> bool:
    """Whether somebody could sign in to the console."""
    database = Database(program.url)
    with database.read() as unit:
        found = password_of(unit, email)
    database.close()
    return found is not None and passwords.verify(password, found[1])


def test_the_demo_comes_with_people_who_sign_in(bare: Program) -> None:
    made = bare.answer("init", "--demo")
    for email in (made["demo_manager_email"], made["demo_operator_email"]):
        assert opens(bare, email, made["password"])
    assert made["password"] not in bare("init", "--demo").out


def test_the_first_operators_account_is_made_once(bare: Program) -> None:
    made = bare.answer("init", "--operator", "olaf@acme.example")
    assert set(made) == {"operator_token", "operator_email", "password"}
    assert opens(bare, "olaf@acme.example", made["password"])
    assert bare.answer("init", "--operator", "OLAF@acme.example") == {}
    assert opens(bare, "olaf@acme.example", made["password"])


def test_an_operators_account_needs_an_address(bare: Program) -> None:
    assert bare.refusal("init", "--operator", "olaf") == "invalid"


def test_people_see_each_token_in_the_run_that_makes_it(bare: Program) -> None:
    first = bare("init")
    assert (first.exit_code, len(SECRET.findall(first.out))) == (0, 1)
    second = bare("init", "--demo")
    assert (second.exit_code, len(SECRET.findall(second.out))) == (0, 1)
    assert who(bare, SECRET.findall(first.out)[0]) == (Role.OPERATOR, None)
    assert who(bare, SECRET.findall(second.out)[0]) == (Role.MANAGER, "acme")


def test_a_deleted_manager_token_of_the_demo_does_not_come_back(bare: Program) -> None:
    bare.answer("init", "--demo")
    (name,) = [each["name"] for each in bare.answer("token", "list") if each["platform_key"]]
    bare.answer("token", "delete", name, "--platform", "acme")
    assert bare.answer("init", "--demo") == {"platform_key": "acme"}


def test_with_no_operators_token_left_another_is_made(bare: Program) -> None:
    bare.answer("init")
    (name,) = [each["name"] for each in bare.answer("token", "list")]
    bare.answer("token", "delete", name)
    assert who(bare, bare.answer("init")["operator_token"]) == (Role.OPERATOR, None)


def test_any_operators_token_is_enough(seatledger: Program) -> None:
    seatledger.answer("token", "create", "--role", "operator", "--name", "own")
    assert seatledger.answer("init") == {}


def test_a_demo_that_has_no_room_is_refused_whole(seatledger: Program) -> None:
    seatledger.answer("platform", "create", "other", "--org", "ACME", "--name", "Other")
    before = rows(seatledger)
    assert seatledger.refusal("init", "--demo") == "taken"
    assert rows(seatledger) == before


def test_several_at_the_same_time_make_one_operators_token_and_one_demo(bare: Program) -> None:
    running = [start(bare.url, "init", "--demo", "--json") for _ in range(4)]
    ended = [(*process.communicate(timeout=90), process.returncode) for process in running]
    assert [(err, code) for _, err, code in ended] == [("", 0)] * 4
    answers: list[dict[str, Any]] = sorted((json.loads(out) for out, _, _ in ended), key=len)
    assert answers[:3] == [{"platform_key": "acme"}] * 3
    assert set(answers[3]) == {"operator_token", "platform_key", *OF_DEMO}
    roles = [each["role"] for each in bare.answer("token", "list")]
    assert sorted(roles) == ["manager", "operator"]
    assert len(bare.answer("platform", "list")) == 1
    assert bare.answer("verify")["ok"] is True


def test_a_newer_schema_is_left_alone(seatledger: Program) -> None:
    database = Database(seatledger.url)
    with database.write() as unit:
        unit.connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    database.close()
    assert seatledger.sentence("init") == (
        "The schema is not one of this version's: a newer Seatledger may have made it."
    )
    assert seatledger.sentence("pool", "list") == (
        "The schema is not current: run `seatledger init`."
    )


def test_the_folder_of_a_new_file_is_made(tmp_path: Path) -> None:
    program = Program(f"sqlite:///{tmp_path}/new/folder/ledger.db")
    program.answer("init")
    assert program.answer("pool", "list") == []
