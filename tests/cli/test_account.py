"""`seatledger account`."""

from seatledger.storage.engine import Database
from seatledger.usecases import keep_sessions, passwords
from tests.support.program import Program

MIRA = ("mira@acme.example", "--name", "Mira", "--role", "manager", "--platform", "acme")


def opens(database: Database, email: str, password: str) -> bool:
    """Whether somebody could sign in with it."""
    with database.read() as unit:
        found = keep_sessions.password_of(unit, email)
    return found is not None and passwords.verify(password, found[1])


def test_an_account_is_made_with_a_password_that_is_shown_once(
    acme: Program, database: Database
) -> None:
    made = acme.answer("account", "create", *MIRA)
    assert set(made) == {"email", "password"}
    assert opens(database, "mira@acme.example", made["password"])
    (listed,) = acme.answer("account", "list")
    assert made["password"] not in str(listed)
    assert (listed["role"], listed["platforms"], listed["active"]) == ("manager", ["acme"], True)


def test_a_password_that_was_typed_is_not_shown(acme: Program, database: Database) -> None:
    typed = "correct horse battery\n" * 2
    said = acme("account", "create", *MIRA, "--ask", typed=typed)
    assert said.exit_code == 0, said.err
    assert "correct horse" not in said.out
    assert opens(database, "mira@acme.example", "correct horse battery")


def test_a_weak_password_is_refused(acme: Program) -> None:
    said = acme("account", "create", *MIRA, "--ask", typed="short\nshort\n")
    assert said.exit_code == 1
    assert acme.answer("account", "list") == []


def test_a_new_password_replaces_the_old_one(acme: Program, database: Database) -> None:
    old = acme.answer("account", "create", *MIRA)["password"]
    new = acme.answer("account", "password", "MIRA@acme.example")["password"]
    assert not opens(database, "mira@acme.example", old)
    assert opens(database, "mira@acme.example", new)


def test_an_account_is_switched_off_and_on(acme: Program, database: Database) -> None:
    password = acme.answer("account", "create", *MIRA)["password"]
    acme.answer("account", "disable", "mira@acme.example")
    assert not opens(database, "mira@acme.example", password)
    acme.answer("account", "enable", "mira@acme.example")
    assert opens(database, "mira@acme.example", password)


def test_refusals(acme: Program) -> None:
    assert acme.refusal("account", "disable", "nobody@acme.example") == "unknown_account"
    assert acme.refusal("account", "create", "x", "--name", "X", "--role", "operator") == "invalid"
    acme.answer("account", "create", *MIRA)
    assert acme.refusal("account", "create", *MIRA) == "taken"
